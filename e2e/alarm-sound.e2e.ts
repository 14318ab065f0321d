// Sound with an alarm in a real browser with a microphone that hums: switched on beforehand, sent piece by piece, kept while there is no
// network, heard at the board; and a phone without a microphone, whose alarm goes on without a word of it.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { openWire } from './wire.ts';

const HERE = { latitude: 26.5001, longitude: 80.2501, accuracy: 9 };
const w = words('hi').sos;
const LOOK = process.env.ITSSO_LOOK;
let house: RunningHouse;
let hearing: Browser;
let deaf: Browser;
const open: BrowserContext[] = [];
beforeAll(async () => {
  [house, hearing, deaf] = await Promise.all([
    startHouse(),
    openBrowser({ microphone: true, talks: true }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  for (const context of open) await context.close();
  await hearing?.close();
  await deaf?.close();
  await house?.discard();
});

const shot = async (page: Page, name: string) => {
  if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};
async function phone(browser: Browser, permissions: string[], width = 360): Promise<Page> {
  const context = await openPhone(browser, { script: true, width });
  await context.grantPermissions(permissions, { origin: house.url });
  await context.setGeolocation(HERE);
  open.push(context);
  return context.newPage();
}
/** She opens the page and switches sound on, at leisure. Her phone's clock goes as it does, and faster where the page would only wait. */
async function switchedOn(page: Page): Promise<void> {
  await page.clock.install();
  await page.goto(`${house.url}/sos`);
  await page.locator('details summary').last().click();
  await Promise.all([page.waitForEvent('load'), page.locator(`button:has-text("${w.her.sound.turn_on}")`).click()]);
  await page.locator('details summary').last().click();
  await page.locator(`h2:has-text("${w.her.sound.on}")`).waitFor();
}
async function pressed(page: Page): Promise<void> {
  await page.locator('[data-press]').hover();
  await page.mouse.down();
  await page.locator('[data-held]').waitFor({ timeout: 8000 });
  await page.mouse.up();
  await page.locator('[data-alarm]').waitFor({ timeout: 20_000 });
}
/** A piece of sound: for two seconds there is something to hear, then its eight are over. */
async function piece(page: Page): Promise<void> {
  await page.waitForTimeout(2000);
  await page.clock.runFor(8000);
}
/** Her page looks how it stands. */
const looks = (page: Page) => page.clock.runFor(10_000);
async function report(): Promise<void> {
  const token = await house.signIn('fleet');
  const cast = (await house.api('GET', '/sandbox/cast')).json as { kind: string; post: string }[];
  const at = (await house.api('GET', '/sandbox/clock')).json.now as string;
  const fixes = cast
    .filter(({ kind }) => kind === 'vehicle')
    .map(({ post }, n) => ({ vehicle: post, lat: HERE.latitude + 0.01 * (n + 1), lon: HERE.longitude, at }));
  expect((await house.api('POST', '/vehicles/fixes', { fixes }, { token })).status).toBe(202);
}
const control = async () => {
  const token = await house.signIn('control');
  const board = async () => (await house.api('GET', '/sos/board', undefined, { token })).json.alerts;
  const story = async (alert: string) =>
    (await house.api('GET', `/sos/alerts/${alert}/story`, undefined, { token })).json;
  return { token, board, story };
};

test('switched on beforehand, sound goes out in pieces while the page lives on, waits for a network, and is heard at the board', async () => {
  await report();
  const hers = await phone(hearing, ['geolocation', 'microphone']);
  await switchedOn(hers);
  await shot(hers, 'sos-sound-on-360');
  expect(await faultsOfItsKind(hers)).toEqual([]);
  await pressed(hers);
  let loads = 0;
  hers.on('load', () => {
    loads += 1;
  });
  const { token, board, story } = await control();
  const [alarm] = await board();
  const many = async () => (await story(alarm.alert)).sounds.length as number;
  await piece(hers);
  await expect.poll(many, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);

  // a crew accepts: the page is made anew around what records
  const crew = await house.signIn('prv-1');
  const [order] = (await house.api('GET', '/orders', undefined, { token: crew })).json.items;
  await house.api('POST', `/orders/${order.order}/accept`, {}, { token: crew });
  await looks(hers);
  await hers
    .locator(`text=${w.her.running.coming(1)}`)
    .first()
    .waitFor({ timeout: 20_000 });
  expect(loads).toBe(0);

  // no network: what is recorded waits and comes later, in its order
  await hers.context().setOffline(true);
  // what had left before is let arrive
  let before = -1;
  for (let now = await many(); now !== before; now = await many()) {
    before = now;
    await hers.waitForTimeout(1000);
  }
  for (const _ of [1, 2]) await piece(hers);
  await hers.waitForTimeout(1000);
  expect(await many()).toBe(before);
  await hers.context().setOffline(false);
  await looks(hers);
  await expect.poll(many, { timeout: 30_000 }).toBeGreaterThanOrEqual(before + 2);
  const times = (await story(alarm.alert)).sounds.map(({ at }: { at: string }) => Date.parse(at));
  expect(times).toEqual(times.toSorted((a: number, b: number) => a - b));

  // the board: chosen, heard, and written down who heard it
  const desk = await phone(hearing, [], 1280);
  await desk.goto(house.url);
  await desk.evaluate(() =>
    fetch('/sandbox/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'control' }),
    }),
  );
  const played: string[] = [];
  desk.on('response', (answer) => {
    if (answer.url().includes('/sos-board/sound/'))
      played.push(`${answer.status()} ${answer.headers()['content-type']}`);
  });
  await desk.goto(`${house.url}/sos-board`);
  await desk.locator('.alarm').first().click();
  await desk.locator(`button:has-text("${w.board.listen_from}")`).click({ timeout: 10_000 });
  // the second piece follows the first by itself: the first was played to its end
  await expect
    .poll(() => played.filter((one) => one.startsWith('200 video/webm')).length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(2);
  await shot(desk, 'sos-board-sound-1280');
  expect(await faultsOfItsKind(desk)).toEqual([]);
  await desk.locator(`button:has-text("${w.board.listen_stop}")`).click();
  const told = await story(alarm.alert);
  expect(told.events.filter(({ kind }: { kind: string }) => kind === 'listened')).toHaveLength(1);

  // closed by a superior, it becomes a complaint, and nothing can be heard at the board any more
  const cp = await house.signIn('cp');
  await house.api('POST', `/sos/alerts/${alarm.alert}/close`, { outcome: 'complaint', reason: 'आवेदन' }, { token: cp });
  await looks(hers);
  await hers.locator(`h1:has-text("${w.her.running.closed}")`).waitFor({ timeout: 20_000 });
  expect((await story(alarm.alert)).sounds ?? []).toEqual([]);
  await hers.locator('summary').click();
  await hers.locator('#age').fill('24');
  await hers.locator('#mobile').fill('9812345674');
  await hers.locator('#agreed').check();
  await Promise.all([hers.waitForEvent('load'), hers.locator(`button:has-text("${w.her.running.complain}")`).click()]);
  expect(await hers.locator('.its-big').textContent()).toMatch(/^\d{4}( \d{4}){3}$/);
  expect((await house.api('GET', `/sos/sound/${'0'.repeat(32)}`, undefined, { token })).status).toBe(404);
}, 180_000);

test('no microphone: the alarm goes on, and no word on the page says anything of it', async () => {
  await report();
  const hers = await phone(deaf, ['geolocation']);
  await switchedOn(hers);
  // at leisure it is said; in the alarm it is not
  await hers.locator('[data-no-mic]').waitFor();
  await pressed(hers);
  const asked: string[] = [];
  hers.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const _ of [1, 2]) await piece(hers);
  await looks(hers);
  await expect.poll(() => asked, { timeout: 10_000 }).toContain('/sos/live');
  await hers.waitForTimeout(1000);
  expect(asked).not.toContain('/sos/sound');
  const said = (await hers.locator('body').textContent()) ?? '';
  expect(said).not.toContain(w.her.sound.no_mic);
  expect(await hers.locator('[data-alarm]').count()).toBe(1);
}, 90_000);

test('a microphone is allowed where somebody speaks, and on no other page', async () => {
  const wire = openWire(house.url);
  const policy = async (at: string) => String((await wire.get(at)).headers['permissions-policy']);
  for (const at of ['/', '/sos', '/room'])
    expect([at, await policy(at)]).toEqual([at, expect.stringContaining('microphone=(self)')]);
  for (const at of ['/rights', '/status', '/rapid-response', '/log', '/sos/live', '/alarm.js'])
    expect([at, await policy(at)]).toEqual([at, expect.stringContaining('microphone=()')]);
});
