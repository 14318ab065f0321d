// Pages of figures are kept where they were drawn: by HTTP, as their officers ask for them. Each sees his own frame and only what is his to see,
// and an FIR that has just been recorded stands on the page within five seconds.
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { type RunningHouse, startHouse } from './house.ts';

const HEAD =
  'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on';
const FRESH_MS = 5000;
const tiles = { hi: words('hi').watch.tiles.registered, en: words('en').watch.tiles.registered };
let house: RunningHouse;
let importer: string;
let today: string;
const officers: Record<string, string> = {};

beforeAll(async () => {
  house = await startHouse();
  importer = await house.signIn('cctns');
  today = Temporal.Instant.from(await house.advance('PT1S'))
    .toZonedDateTimeISO('Asia/Kolkata')
    .toPlainDate()
    .toString();
  for (const who of ['national', 'state', 'cp', 'verma', 'khan']) officers[who] = await house.signIn(who);
}, 300_000);
afterAll(() => house?.discard());

async function page(who: string, at: string, lang: 'hi' | 'en' = 'en') {
  const answer = await fetch(`${house.url}${at}`, {
    headers: { cookie: `__Host-p=${officers[who]}; __Host-l=${lang}` },
    redirect: 'manual',
  });
  // without the marks that the framework leaves between the parts
  const text = (await answer.text()).replaceAll(/<!--[\s\S]*?-->/g, '');
  // the figure of the first tile
  const registered = new RegExp(`${tiles[lang]}[\\s\\S]*?<p class="v[^"]*">[\\s\\S]*?([\\d,]+)`).exec(text)?.[1];
  return {
    status: answer.status,
    cache: answer.headers.get('cache-control'),
    text,
    body: /<main[\s\S]*<\/main>/.exec(text)?.[0] ?? '',
    registered: Number(registered?.replaceAll(',', '')),
  };
}
async function record(numbers: readonly number[]): Promise<void> {
  const lines = numbers.map((n) => `UP,Kanpur Nagar,Kotwali,${n},${today.slice(0, 4)},${today},,,64 BNS,,`);
  const begun = await fetch(`${house.url}/api/v1/cctns/batches?name=a.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${importer}`, 'content-type': 'text/csv' },
    body: [HEAD, ...lines, ''].join('\n'),
  });
  const { batch } = (await begun.json()) as { batch: string };
  const told = async () => (await house.api('GET', `/cctns/batches/${batch}`, undefined, { token: importer })).json;
  let state = await told();
  for (; state.state !== 'done'; state = await told()) await wait(100);
  expect(state).toMatchObject({ accepted: numbers.length, rejected: 0 });
}

test('what is drawn once is the same for all who may see it, each in his own frame; nobody else gets it', async () => {
  const district = '/watch/in/up/kanpur_nagar';
  const national = await page('national', district);
  const [state, cp, again] = await Promise.all([
    page('state', district),
    page('cp', district),
    page('national', district),
  ]);
  expect([national, state, cp, again].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  // links lead up as far as an officer may look, and not further
  const up = (text: string) => [...text.matchAll(/<a href="(\/watch\/in(?:\/up)?)"/g)].map(([, at]) => at);
  expect([up(national.body), up(state.body), up(cp.body)]).toEqual([
    ['/watch/in', '/watch/in/up'],
    ['/watch/in/up'],
    [],
  ]);
  expect(again.body).toBe(national.body);
  // the frame is each one's own, and no page is anybody's to keep but the house's
  const post = (text: string) => /<p class="post">[\s\S]*?<\/p>/.exec(text)?.[0];
  expect(new Set([national, state, cp].map(({ text }) => post(text))).size).toBe(3);
  expect([national, state, cp].map(({ cache }) => cache)).toEqual(['no-store', 'no-store', 'no-store']);
  expect(national.text).not.toContain('\uE000');

  expect((await page('verma', district)).status).toBe(404);
  expect((await page('khan', district)).status).toBe(404);
  expect((await page('cp', '/watch/in/up')).status).toBe(404);
  const stranger = await fetch(`${house.url}${district}`, { redirect: 'manual' });
  expect(stranger.status).toBe(303);
});

test('in both languages, for each question, and with a month that nobody can read', async () => {
  const [hi, en] = [await page('national', '/watch/in', 'hi'), await page('national', '/watch/in', 'en')];
  expect([hi.text.includes('lang="hi"'), en.text.includes('lang="en"'), hi.body === en.body]).toEqual([
    true,
    true,
    false,
  ]);
  const month = today.slice(0, 7);
  const [one, odd] = [
    await page('national', `/watch/in?from=${month}`),
    await page('national', '/watch/in?from=2026-13'),
  ];
  expect(one.body).toContain(`value="${month}"`);
  expect(one.body).toContain(`href="/watch/in/up?from=${month}"`);
  expect(odd.body).toContain('value="2026-13"');
  expect((await page('national', '/watch/in?x=%22%3E%3Cscript%3E')).body).toBe(
    (await page('national', '/watch/in')).body,
  );
});

test('an FIR stands on the pages of its station, its district, its state and the nation within five seconds', async () => {
  const at = [
    '/watch/in',
    '/watch/in/up',
    '/watch/in/up/kanpur_nagar',
    '/watch/in/up/kanpur_nagar/east/circle_1/kotwali',
  ];
  const counts = () => Promise.all(at.map(async (one) => (await page('national', one)).registered));
  for (const round of [1, 2, 3]) {
    const before = await counts();
    await record([9000 + round * 2, 9001 + round * 2]);
    const began = performance.now();
    const wanted = before.map((n) => n + 2);
    while ((await counts()).some((n, i) => n !== wanted[i]) && performance.now() - began < FRESH_MS) await wait(50);
    expect(await counts(), `round ${round}`).toEqual(wanted);
    expect(performance.now() - began).toBeLessThan(FRESH_MS);
  }
  // the table that is saved says the same, and who saved it
  const { registered } = await page('cp', '/watch/in/up/kanpur_nagar');
  const [, own = '', ...rest] = (await page('cp', '/watch-table/in/up/kanpur_nagar')).text.split('\r\n');
  const cells = own.split(',');
  expect([0, 1, 4, 5].map((n) => cells[n])).toEqual(['unit', 'in.up.kanpur_nagar', 'all', String(registered)]);
  expect(rest.at(-2)).toMatch(/^exported by,/);
  expect((await page('verma', '/watch-table/in/up/kanpur_nagar')).status).toBe(404);
});
