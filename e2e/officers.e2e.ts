// The officers' part, on their pages: from the call-back to the closure; with script and without, on a phone and at a desk, in both languages.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import type { Lang } from './answers.ts';
import { someComplaint } from './complaint.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { type Desk, fillAndTake, go, look, openDesk, press, shift, take } from './officer-desk.ts';
import { codeFor } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const TABLE: { lang: Lang; script: boolean; width: number; fir: string; operator: string; how: string }[] = [
  { lang: 'hi', script: false, width: 360, fir: '५०१', operator: 'savita', how: 'without script on a phone' },
  { lang: 'en', script: true, width: 1280, fir: '502', operator: 'meena', how: 'with script at a desk' },
];

async function filed(): Promise<string> {
  const complaint = someComplaint({
    happened: ['rape'],
    needs: { danger_now: true, doctor: false, safe_place: false, protection: false },
  });
  expect((await house.api('POST', '/complaints', complaint)).status).toBe(201);
  return String(complaint.mobile);
}

const castPost = async (id: string): Promise<string> =>
  ((await house.api('GET', '/sandbox/cast')).json as Json[]).find((one) => one.id === id).post;

/** The hour in India, as it is typed. */
const hour = async (): Promise<string> => (await house.api('GET', '/sandbox/clock')).json.now.slice(11, 16);

/** Takes the call, says the words, hears one wrong code and the right one; answers with the number that is to be said. */
async function callBack(desk: Desk, mobile: string, operator = 'savita'): Promise<string> {
  const { page } = desk;
  await shift(desk, operator);
  await press(desk, `tr:has-text("••${mobile.slice(-4)}") form[action="?/take"] button`);
  expect(await page.locator('a[href^="tel:"]').getAttribute('href')).toBe(`tel:+91${mobile}`);
  expect(await page.locator('.phrase').count(), 'the words come only when she is on the line').toBe(0);
  await press(desk, 'form[action="?/connect"] button');
  expect(await page.locator('.phrase').textContent()).toContain('·');
  const check = async (code: string) => {
    await page.locator('#code').fill(code);
    return press(desk, 'form[action="?/check"] button');
  };
  expect(await check('123')).toBe(422);
  expect(await page.locator('#code').inputValue(), 'what was typed stays').toBe('123');
  expect(await check('0000 0000')).toBe(200);
  expect(await page.locator('main').textContent()).toContain(words(desk.lang).staff.calls.tries_left(4));
  expect(await check(await codeFor(house, mobile, 8))).toBe(200);
  const said = await page.locator('.big').textContent();
  expect(said).toMatch(/^\d{4} \d{4} \d{4}$/);
  return (said ?? '').replaceAll(' ', '');
}

async function atTheStation(desk: Desk, number: string): Promise<void> {
  const { page } = desk;
  await shift(desk, 'suman');
  await page.locator('#q').fill(number);
  await press(desk, 'form.find button');
  expect(new URL(page.url()).pathname).toBe(`/file/${number}`);
  expect(await page.locator('main').textContent()).not.toContain('आशा नमूना');
  await go(desk, `/file/${number}/sign`);
  expect(await page.locator('form.step-form').count(), 'a step that cannot be taken has no form').toBe(0);
  expect(await page.locator('.said--not').textContent()).toContain(words(desk.lang).reasons['not-received-yet']);
  await go(desk, `/file/${number}`);
}

/** Opens the identity with a purpose, and closes it; the name is there only in between. */
async function openAndClose(desk: Desk): Promise<void> {
  const { page } = desk;
  expect(await press(desk, 'form[action="?/open"] button')).toBe(422);
  await page.locator('#purpose').selectOption('signing');
  expect(await press(desk, 'form[action="?/open"] button')).toBe(303);
  expect(await page.locator('.seal--open').textContent()).toContain('आशा नमूना');
  expect(await page.title()).not.toContain('आशा');
  expect(await press(desk, 'form[action="?/close"] button')).toBe(303);
  expect(await page.locator('main').textContent()).not.toContain('आशा नमूना');
}

async function onRecord(desk: Desk, number: string, fir: string): Promise<void> {
  const { page } = desk;
  expect(await take(desk, number, 'sign', { 'signed_at.at': '25:90' })).toBe(422);
  expect(await page.locator('[name="signed_at.at"]').inputValue()).toBe('25:90');
  expect(await page.locator('#signed_at-error, #place-error').count()).toBe(2);
  expect(await fillAndTake(desk, { 'signed_at.at': await hour(), place: 'home' })).toBe(303);
  expect(await take(desk, number, 'move', { to_post: await castPost('verma'), reason: 'एफआईआर' })).toBe(303);
  await shift(desk, 'verma');
  await go(desk, `/file/${number}/register-fir`);
  await page.locator('[id="sections.0.section"]').fill('9999');
  expect(await press(desk, 'form.step-form .add button'), 'one more row, nothing lost').toBe(200);
  expect(await page.locator('[id="sections.0.section"]').inputValue()).toBe('9999');
  const more = { fir_number: fir, code: 'BNS', 'sections.1.act': 'POCSO', 'sections.1.section': '8' };
  expect(await fillAndTake(desk, more)).toBe(422);
  expect(await page.locator('[id="sections.0.section-error"]').count(), 'the error stands beside its row').toBe(1);
  expect(await fillAndTake(desk, { 'sections.0.section': '64(1)' })).toBe(303);
  expect(await page.locator('h1').textContent()).toContain('BNS 64(1); POCSO 8');
  expect(await take(desk, number, 'assign', { to_post: await castPost('khan') })).toBe(303);
}

async function investigated(desk: Desk, number: string): Promise<void> {
  const { page } = desk;
  await shift(desk, 'khan');
  await go(desk, `/file/${number}`);
  await page.locator('#text').fill('घटनास्थल देखा।\nनक्शा बनाया।');
  expect(await press(desk, 'form[action="?/diary"] .btn--go')).toBe(303);
  expect(await page.locator('section:has(> header #diary) .tl li').count()).toBe(1);
  const now = await hour();
  expect(
    await take(desk, number, 'statement', {
      kind: 'police',
      'at.at': now,
      by: 'महिला उपनिरीक्षक',
      woman_officer: 'yes',
    }),
  ).toBe(303);
  expect(await take(desk, number, 'medical')).toBe(422);
  expect(await take(desk, number, 'explain-delay', { kind: 'fsl-awaited', text: 'लैब' })).toBe(303);
  expect(await take(desk, number, 'submit-report', { kind: 'final-report' })).toBe(422);
  expect(await fillAndTake(desk, { kind: 'charge-sheet' })).toBe(303);
  expect(new URL(page.url()).pathname, 'the file has left this desk').toBe('/desk');
}

async function toTheEnd(desk: Desk, number: string): Promise<void> {
  const { page } = desk;
  await shift(desk, 'verma');
  expect(await take(desk, number, 'approve-report')).toBe(303);
  await shift(desk, 'singh');
  expect(await take(desk, number, 'approve-report')).toBe(303);
  await shift(desk, 'verma');
  expect(await take(desk, number, 'forward-report', { court: 'विशेष अदालत, कानपुर नगर', 'at.at': await hour() })).toBe(
    303,
  );
  expect(await take(desk, number, 'close', { outcome: 'convicted' })).toBe(303);
  expect(await page.locator('.head').textContent()).toContain(words(desk.lang).staff.states.closed);
}

// without script, in Hindi, the same is walked by whole-path.e2e.ts
test.concurrent.each(process.env.ITSSO_LONG ? TABLE : TABLE.slice(1))(
  'from the call-back to the closure, $how, in $lang',
  async ({ lang, script, width, fir, operator }) => {
    const mobile = await filed();
    const desk = await openDesk(browser, house, { script, lang, width });
    const number = await callBack(desk, mobile, operator);
    await atTheStation(desk, number);
    expect(await take(desk, number, 'receive')).toBe(303);
    await openAndClose(desk);
    await onRecord(desk, number, fir);
    await investigated(desk, number);
    await toTheEnd(desk, number);
    expect(desk.statuses.filter((status) => status >= 500)).toEqual([]);
    await press(desk, 'form[action="/signin?/end"] button');
    await desk.page.goto(`${house.url}/file/${number}`);
    expect(new URL(desk.page.url()).pathname, 'after the shift nothing is to be seen').toBe('/signin');
    await desk.page.context().close();
  },
);

test('a step and a diary entry pressed twice are done once', async () => {
  const mobile = await filed();
  const desk = await openDesk(browser, house, { script: false, lang: 'hi', width: 1280 });
  const number = await callBack(desk, mobile);
  await shift(desk, 'suman');
  await take(desk, number, 'receive');
  await go(desk, `/file/${number}`);
  const sent = await desk.page.locator('form[action="?/diary"] [name="form_id"]').getAttribute('value');
  const cookie = (await desk.page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const twice = await Promise.all(
    [1, 2].map(() =>
      fetch(`${house.url}/file/${number}?/diary`, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          cookie,
          origin: house.url,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ step: 'diary', form_id: sent ?? '', text: 'एक बार' }),
      }),
    ),
  );
  expect(twice.map(({ status }) => status)).toEqual([303, 303]);
  await go(desk, `/file/${number}`);
  expect(await desk.page.locator('section:has(> header #diary) .tl li').count()).toBe(1);
  await desk.page.context().close();
});

test('what a post may not see and what does not exist are one page', async () => {
  const desk = await openDesk(browser, house, { script: false, lang: 'hi', width: 360 });
  const number = await callBack(desk, await filed());
  await shift(desk, 'lko-sho');
  for (const asked of [number, '100000000009']) {
    await desk.page.goto(`${house.url}/file/${asked}`);
    await look(desk);
    expect(desk.statuses.at(-1)).toBe(404);
    expect(await desk.page.locator('h1').textContent()).toBe(words('hi').staff.frame.lost);
  }
  await desk.page.context().close();
});
