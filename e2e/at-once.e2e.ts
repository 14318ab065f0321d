// Her tracking page is answered before the pages' framework. It is the framework's page, byte for byte but for marks, under the same headers;
// and everything that is not exactly that page is still answered by the framework.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { someComplaint, someMobile } from './complaint.ts';
import { type RunningHouse, startHouse } from './house.ts';
import { codeFor, confirmByPhone, throughSixDesks } from './whole-case.ts';
import { openWire, type Wire, type WireAnswer } from './wire.ts';

let house: RunningHouse;
const mobile = someMobile();
let receipt: string;
beforeAll(async () => {
  house = await startHouse();
  receipt = (await house.api('POST', '/complaints', someComplaint({ mobile }))).json.receipt;
  // what becomes of her SMS is no part of what is compared
  await codeFor(house, mobile, 8);
});
afterAll(() => house?.discard());

/** Opens her file by its receipt and says “yes, show it now”. */
async function opened(): Promise<Wire> {
  const wire = openWire(house.url);
  await wire.press('door-receipt');
  await wire.press('open-receipt', [['receipt', receipt]]);
  await wire.press('show');
  return wire;
}
/** The framework says of each of its pages that it is one. */
const byFramework = ({ headers }: WireAnswer): boolean => headers['x-sveltekit-page'] !== undefined;

// the framework draws its own root around her page: marks for a script that there is none of, and a blank
// of a file that is seconds old the bar of today grows while one looks
const unmarked = (text: string): string =>
  text
    .replaceAll(/<!--.*?-->/g, '')
    .replace(/ +<\/body>/, '</body>')
    .replaceAll(/(<rect class="l-now"[^>]*width=")[\d.]+%/g, '$1');
// of one answer and no other; and in how many pieces it went out
const OWN = ['date', 'x-request-id', 'x-sveltekit-page', 'content-length', 'transfer-encoding'];
const shown = ({ status, headers, text, cookies }: WireAnswer) => ({
  status,
  cookies,
  text: unmarked(text),
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN.includes(name))),
});

async function isTheSame(wire: Wire): Promise<void> {
  for (const language of ['', '; __Host-l=en', '; __Host-l=hi; other=1']) {
    for (const packed of ['br', 'identity']) {
      const ask = (at: string) => wire.get(at, { cookie: wire.cookie() + language, 'accept-encoding': packed });
      // the minute may turn between them: the framework's stands between two at once
      const [one, theirs, other] = [await ask('/'), await ask('/?a=1'), await ask('/')];
      expect([one, theirs, other].map(byFramework), packed).toEqual([false, true, false]);
      expect([shown(one), shown(other)], `${language} ${packed}`).toContainEqual(shown(theirs));
      expect(one.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
      expect(theirs.headers.etag ?? one.headers.etag, 'what nobody may keep has no mark').toBeUndefined();
      if (packed === 'identity') expect(one.text.length).toBeGreaterThan(6000);
      if (packed === 'identity') expect(one.text).toContain(`<html lang="${language.includes('en') ? 'en' : 'hi'}"`);
    }
  }
}

test('what has just been sent is shown as the framework shows it', async () => {
  await isTheSame(await opened());
});

test('everything that is not exactly her open file is the framework’s', async () => {
  const wire = await opened();
  const ours = wire.cookie();
  const [session = '', view = ''] = ['__Host-s', '__Host-v'].map((name) => new RegExp(`${name}=[^;]+`).exec(ours)?.[0]);
  const theirs = async (cookie: string, more: Record<string, string> = {}) => {
    const answer = await openWire(house.url).get('/', { cookie, ...more });
    expect([answer.status, byFramework(answer)], cookie).toEqual([200, true]);
    return answer;
  };
  // the file is shown to nobody without her session, her own view of it, or with another woman's
  const other = openWire(house.url);
  await other.press('door-receipt');
  await other.press('open-receipt', [
    ['receipt', (await house.api('POST', '/complaints', someComplaint())).json.receipt],
  ]);
  const [hers = ''] = /__Host-s=[^;]+/.exec(other.cookie()) ?? [];
  for (const cookie of [session, view, `${session}; ${view}x`, `${session}x; ${view}`, `${hers}; ${view}`, 'a=1'])
    expect((await theirs(cookie)).text, cookie).not.toContain('its-ledger');
  // these show it, in the framework's own way
  for (const cookie of [`${ours}; __Host-p=none`, `${ours}; ${session}`, `${session}; ${view}; __Host-l="en"`])
    expect((await theirs(cookie)).text, cookie).toContain('its-ledger');
  expect((await theirs(ours, { authorization: 'Bearer none' })).text).toContain('its-ledger');
  expect((await wire.get('/')).text).toContain('its-ledger');
  // a page beside it, and back
  const dates = await wire.press('see-dates');
  expect([dates.status, byFramework(dates), dates.text.includes('its-ledger')]).toEqual([200, true, false]);
  expect(byFramework(await wire.press('see-case'))).toBe(false);
  // a sentence is said once, and what tells it is taken back by the framework
  const told = await wire.press('resend-code');
  expect([byFramework(told), told.cookies.some((set) => set.startsWith('__Host-v='))]).toEqual([true, true]);
  expect(byFramework(await wire.get('/'))).toBe(false);
  expect((await wire.press('leave')).text).not.toContain('its-ledger');
  expect((await theirs(ours)).text, 'whoever left has left').not.toContain('its-ledger');
});

test('a case that has lain on six desks is shown as the framework shows it; and a session that idled out shows nothing', async () => {
  const number = await confirmByPhone(house, mobile);
  await throughSixDesks(house, number);
  const wire = await opened();
  await isTheSame(wire);
  await house.advance('PT16M');
  const over = await wire.get('/');
  expect([byFramework(over), over.text.includes('its-ledger')]).toEqual([true, false]);
  expect(over.cookies.some((set) => /^__Host-s=;/.test(set))).toBe(true);
});
