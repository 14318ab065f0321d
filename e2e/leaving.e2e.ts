// “Leave this page”, looked at from the phone of somebody who picks it up afterwards. The browser keeps whole pages in memory here, as
// on a real phone; the neutral site is a little server of this machine, so that nothing goes out.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchor } from '#ui/anchor.ts';
import { words } from '#words';
import { answersOf, asForm, wholeFiling } from './answers.ts';
import { someComplaint } from './complaint.ts';
import { afterwards, fill, goOn, type HerPhone, herPhone, press, putAway, said } from './her-phone.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';
import { openWire } from './wire.ts';

const WEATHER = 'Weather: a little rain';
const neutral = http.createServer((_, response) =>
  response.setHeader('content-type', 'text/html').end(`<title>Weather</title><p>${WEATHER}`),
);
let neutralSite = '';
let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  await new Promise<void>((listening) => neutral.listen(0, '127.0.0.1', listening));
  neutralSite = `http://127.0.0.1:${(neutral.address() as AddressInfo).port}/`;
  [house, browser] = await Promise.all([
    startHouse({ env: { ITSSO_NEUTRAL_SITE: neutralSite } }),
    openBrowser({ pagesKept: true }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  neutral.close();
  await house?.discard();
});

const told = wholeFiling('hi');
const NAME = String(answersOf(told, 'name').name);

/** Some screens of the form, and a text that is typed but not sent. */
async function halfAForm(phone: HerPhone): Promise<void> {
  await press(phone, 'start');
  for (const screen of ['danger', 'who', 'name']) await goOn(phone, answersOf(told, screen));
  await press(phone, 'back');
  await fill(phone, { name: NAME, guardian_name: 'ABCD' });
}

/** How the house has answered those who left, so far. */
const answered = (): string[] =>
  [...house.log().matchAll(/"method":"POST","route":"[^"]*\/x","status":(\d+)/g)].map(([, status]) => status ?? '');

/** Leaves the page; returns how the house answered. What a script says behind its back no browser shows: the house's log does. */
async function leave(phone: HerPhone, how = byTheForm(phone)): Promise<string> {
  const before = answered().length;
  await afterwards(phone, how);
  await expect.poll(() => answered().length, { timeout: 10_000 }).toBe(before + 1);
  return answered().at(-1) ?? '';
}
const byTheForm = (phone: HerPhone) => () => phone.page.locator('form[action="/x"] button').click();
/** Shift three times; capitals typed quickly are no way out. */
const byTheKey = (phone: HerPhone) => async () => {
  const { keyboard } = phone.page;
  for (const letter of 'ABC') await keyboard.press(`Shift+${letter}`);
  expect(await phone.page.locator('main h1').count()).toBe(1);
  for (let nth = 0; nth < 3; nth++) await keyboard.press('Shift');
};

/** One page back or forward. A page kept in memory comes without being loaded; one that answered a form cannot come again at all. */
async function turn({ page }: HerPhone, way: 'goBack' | 'goForward'): Promise<void> {
  await page[way]({ waitUntil: 'commit', timeout: 2500 }).catch(() => undefined);
  await page.waitForLoadState('domcontentloaded', { timeout: 2500 }).catch(() => undefined);
}

/** Goes through everything the browser remembers, back and forth, and looks whether any of it shows the form or a word of hers. */
async function turnPages(phone: HerPhone): Promise<void> {
  const { page } = phone;
  const length = (await page.evaluate('history.length')) as number;
  for (const way of ['goBack', 'goForward'] as const) {
    for (let nth = 0; nth < length; nth++) {
      await turn(phone, way);
      const html = await page.content();
      expect(html).not.toContain(NAME);
      expect(html).not.toContain('ABCD');
      const fields = await page.locator('input:not([type=hidden]), textarea').count();
      expect(fields, `${way} ${nth}: ${page.url()}`).toBe(0);
      expect(page.url()).not.toMatch(/[?]/);
    }
  }
}

test.each([
  { how: 'the button, with script', script: true, way: byTheForm },
  { how: 'three times Shift', script: true, way: byTheKey },
  { how: 'the button, without script', script: false, way: byTheForm },
])('leaving by $how ends on the neutral site, and nothing of the form comes back', async ({ script, way }) => {
  const phone = await herPhone(browser, house.url, { script, lang: 'hi' });
  await halfAForm(phone);
  const [before] = await phone.context.cookies();
  expect(before?.name).toBe('__Host-s');
  // only going somewhere else would not do: the form stands there again
  await phone.page.goto(neutralSite);
  await turn(phone, 'goBack');
  expect(await phone.page.locator(`#${anchor('guardian_name')}`).inputValue()).toBe('ABCD');
  const length = (await phone.page.evaluate('history.length')) as number;
  const status = await leave(phone, way(phone));
  expect(phone.page.url()).toBe(neutralSite);
  expect(await phone.page.locator('p').textContent()).toBe(WEATHER);
  // the script has gone there by itself, in the place of the page that was left
  expect(status).toBe(script ? '204' : '303');
  if (script) expect(await phone.page.evaluate('history.length')).toBe(length);
  await expect.poll(() => phone.context.cookies(house.url)).toEqual([]);
  // what is left in the browser's memory does not hang on which of the two it was
  if (way === byTheForm) await turnPages(phone);
  // the session is over on the server, not only forgotten by the phone: even the old cookie opens nothing
  const wire = openWire(house.url);
  const cookie = `__Host-s=${before?.value}`;
  const old = await wire.get('/', { cookie });
  expect(old.text).not.toContain(NAME);
  expect(old.text).toContain(words('hi').citizen.home.title);
  const post = await wire.post('/', asForm({ do: 'save', screen: 'name', name: NAME }), { cookie });
  expect([post.status, post.headers.location]).toEqual([303, '/']);
  await phone.page.goto(house.url);
  expect(await putAway(phone)).toEqual({ local: 0, session: 0, databases: 0, caches: 0, bytes: 0, workers: 0 });
  await phone.context.close();
});

test('leaving the tracking page and the receipt leaves nothing to turn back to either', async () => {
  const filed = await house.api('POST', '/complaints', someComplaint());
  const phone = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(phone, 'door-receipt');
  await fill(phone, { receipt: filed.json.receipt });
  await press(phone, 'open-receipt');
  await press(phone, 'show');
  expect(await said(phone)).toContain(words('hi').track.title);
  await leave(phone);
  const length = (await phone.page.evaluate('history.length')) as number;
  for (let nth = 0; nth < length; nth++) {
    await turn(phone, 'goBack');
    expect(await phone.page.content()).not.toContain(words('hi').track.desksToday);
  }
  await phone.context.close();
});

test('the way out tells the browser to forget, and who comes to it by its address is shown the same neutral site', async () => {
  const wire = openWire(house.url);
  const forget = { 'clear-site-data': '"cache", "cookies", "storage"', 'cache-control': 'no-store' };
  const form = await wire.post('/x', []);
  expect([form.status, form.headers.location]).toEqual([303, neutralSite]);
  expect(form.headers).toMatchObject(forget);
  const told = await wire.post('/x', Buffer.alloc(0), { 'sec-fetch-dest': 'empty' });
  expect([told.status, told.headers.location]).toEqual([204, undefined]);
  expect(told.headers).toMatchObject(forget);
  const other = openWire(house.url);
  const stands = async () => (await other.get('/x', { 'sec-fetch-dest': 'empty' })).status;
  expect(await stands()).toBe(410);
  await other.press('start');
  expect(await stands()).toBe(204);
  const answer = await wire.get('/x');
  expect([answer.status, answer.headers.location]).toEqual([303, neutralSite]);
  // a step of the form, asked for without a session, leads home
  for (const wanted of ['save', 'send', 'back', 'later', 'person-0', 'change-name']) {
    const step = await wire.post('/', asForm({ do: wanted, screen: 'name' }));
    expect([step.status, step.headers.location], wanted).toEqual([303, '/']);
  }
});
