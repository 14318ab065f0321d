// The crew's page in a real browser: its sound stays on from order to order, what is pressed without a network waits and goes, a phone that does
// not know where it is says nothing, the map is drawn from this server alone; and all of it without a script.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reason, words } from '#words';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

const HERE = { latitude: 26.5001, longitude: 80.2501, accuracy: 9 };
const NEAR = { ...HERE, latitude: HERE.latitude + 0.01 };
const w = words('hi').sos.crew;
const LOOK = process.env.ITSSO_LOOK;
let house: RunningHouse;
let browser: Browser;
let cp = '';
const open: BrowserContext[] = [];
const alarms: string[] = [];
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  cp = await house.signIn('cp');
});
afterAll(async () => {
  for (const context of open) await context.close();
  await browser?.close();
  await house?.discard();
});

const shot = async (page: Page, name: string) => {
  if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};
/** A crew's phone, signed in; its page counts the tones it makes. */
async function crew(who: string, { script = true } = {}): Promise<Page> {
  const context = await openPhone(browser, { script, width: 360 });
  await context.grantPermissions(['geolocation'], { origin: house.url });
  await context.setGeolocation(NEAR);
  await context.addInitScript(() => {
    const made = BaseAudioContext.prototype.createOscillator;
    Object.assign(globalThis, { tones: 0 });
    BaseAudioContext.prototype.createOscillator = function (this: BaseAudioContext) {
      (globalThis as never as { tones: number }).tones += 1;
      return made.call(this);
    };
  });
  open.push(context);
  await context.request.post(`${house.url}/sandbox/sign-in`, { data: { id: who } });
  const page = await context.newPage();
  await page.goto(`${house.url}/orders`);
  return page;
}
const tones = (page: Page) => page.evaluate(() => (globalThis as never as { tones: number }).tones);
async function alarm(): Promise<void> {
  const { alert } = (
    await house.api('POST', '/sos/alerts', { point: { lat: HERE.latitude, lon: HERE.longitude, accuracy_m: 12 } })
  ).json;
  alarms.push(alert);
}
async function close(): Promise<void> {
  const alert = alarms.pop();
  const form = { outcome: 'not-found', reason: 'test' };
  expect((await house.api('POST', `/sos/alerts/${alert}/close`, form, { token: cp })).status).toBe(200);
}
async function over(page: Page): Promise<void> {
  await close();
  await page.getByText(w.none, { exact: true }).waitFor({ timeout: 15_000 });
}
/** Closes a page without a network. A browser that only plays at having none lets out what a page that goes has just begun to send: it begins nothing more. */
async function goes(page: Page): Promise<void> {
  await page.evaluate(() => {
    globalThis.fetch = () => new Promise(() => undefined);
  });
  await page.close();
}
const button = (page: Page, deed: 'accept' | 'en-route' | 'arrived') => page.locator(`button[value="${deed}"]`);
const stateOf = async (token: string) => {
  const [order] = (await house.api('GET', '/orders', undefined, { token })).json.items;
  return order?.state;
};
const onShift = (page: Page) => page.getByText(w.on_shift).waitFor({ timeout: 20_000 });

test('the sound stays on across a press, and a second order sounds too; the map is drawn, and nobody outside is asked', async () => {
  const page = await crew('prv-1');
  const seen = new Set<string>();
  page.on('request', (request) => seen.add(new URL(request.url()).origin));
  page.on('pageerror', (error) => seen.add(`error ${error.message}`));
  await onShift(page);
  // until it may sound it says so, large
  const silent = page.locator('.crew-silent');
  await silent.waitFor();
  await shot(page, 'crew-silent-360');
  await silent.click();
  await silent.waitFor({ state: 'detached' });
  await alarm();
  await button(page, 'accept').waitFor({ timeout: 10_000 });
  await expect.poll(() => tones(page)).toBeGreaterThan(0);
  await page.evaluate(() => Object.assign(globalThis, { same: true }));
  await button(page, 'accept').click();
  await button(page, 'en-route').waitFor();
  await page.locator('canvas.maplibregl-canvas').waitFor({ timeout: 20_000 });
  await page.locator('.crewmap:not(.is-coming)').waitFor({ timeout: 20_000 });
  expect(await page.locator('svg.cmap').count()).toBe(0);
  // in its own frame, not over the order
  const [canvas, box] = await Promise.all(
    ['canvas.maplibregl-canvas', '.crewmap'].map((one) => page.locator(one).boundingBox()),
  );
  expect(Math.abs((canvas?.y ?? 0) - (box?.y ?? 0))).toBeLessThan(1);
  expect(Math.abs((canvas?.width ?? 0) - (box?.width ?? 0))).toBeLessThan(1);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await shot(page, 'crew-map-360');
  // the same page, its sound still on
  expect(await page.evaluate(() => (globalThis as never as { same?: boolean }).same)).toBe(true);
  expect(await silent.count()).toBe(0);
  await over(page);
  const before = await tones(page);
  await alarm();
  await button(page, 'accept').waitFor({ timeout: 10_000 });
  await expect.poll(() => tones(page)).toBeGreaterThan(before);
  await over(page);
  expect([...seen]).toEqual([house.url]);
  await page.context().close();
}, 90_000);

test('pressed without a network: it waits, the page says so and goes on; with one it is sent, and the server decides', async () => {
  const page = await crew('prv-1');
  const own = await house.signIn('prv-1');
  await onShift(page);
  await alarm();
  await button(page, 'accept').waitFor({ timeout: 10_000 });
  await page.context().setOffline(true);
  await button(page, 'accept').click();
  // the page is there still, and the next button after the finger has gone
  await button(page, 'en-route').click({ timeout: 5000 });
  await button(page, 'arrived').waitFor();
  const waits = page.locator('.waits .heed');
  await expect.poll(() => waits.count(), { timeout: 8000 }).toBe(2);
  await shot(page, 'crew-offline-360');
  expect(await faultsOfItsKind(page)).toEqual([]);
  expect(await stateOf(own)).toBe('ordered');
  await page.context().setOffline(false);
  await expect.poll(() => stateOf(own), { timeout: 15_000 }).toBe('en-route');
  await waits.first().waitFor({ state: 'detached' });
  await over(page);

  // accepted too late: it was closed meanwhile. The server decides, and the page says what has become of it
  await alarm();
  await button(page, 'accept').waitFor({ timeout: 10_000 });
  await page.context().setOffline(true);
  await button(page, 'accept').click();
  await button(page, 'en-route').waitFor();
  await close();
  await page.context().setOffline(false);
  await page
    .getByRole('alert')
    .filter({ hasText: reason('hi', 'order-over') })
    .waitFor({ timeout: 15_000 });
  await shot(page, 'crew-late-360');
  await page.context().close();
}, 120_000);

test('what was pressed outlives the page: the phone keeps ids and deeds, the next page sends them, and the board knows each once', async () => {
  const page = await crew('prv-1');
  const context = page.context();
  const own = await house.signIn('prv-1');
  const story = async () =>
    (await house.api('GET', `/sos/alerts/${alarms.at(-1)}/story`, undefined, { token: cp })).json;
  const deeds = async () =>
    (await story()).events
      .map(({ kind }: { kind: string }) => kind)
      .filter((kind: string) => /^crew-|^pressed/.test(kind));
  await onShift(page);
  await alarm();
  await button(page, 'accept').click();
  await expect.poll(() => stateOf(own), { timeout: 15_000 }).toBe('accepted');
  // this one arrives, and its answer is lost
  await page.route('**/orders/data', async (route) => {
    if (route.request().method() === 'POST') await route.fetch().catch(() => undefined);
    await route.abort().catch(() => undefined);
  });
  await button(page, 'en-route').click();
  await expect.poll(() => stateOf(own), { timeout: 15_000 }).toBe('en-route');
  await context.setOffline(true);
  await page.unroute('**/orders/data');
  await button(page, 'arrived').click();
  const report = 'Kanariya: she is with her sister';
  await page.locator('#report').fill(report);
  await page.locator('button[value="settled"]').click();
  await expect.poll(() => page.locator('.waits .heed').count(), { timeout: 8000 }).toBe(3);
  // whoever takes the phone reads of it neither what was written nor where it was
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept.match(/crew-press/g)).toHaveLength(3);
  expect(kept).not.toMatch(/Kanariya|sister|lat|26\.5/);
  await goes(page);
  expect(await stateOf(own)).toBe('en-route');

  await context.setOffline(false);
  const next = await context.newPage();
  await next.goto(`${house.url}/orders`);
  await expect.poll(() => stateOf(own), { timeout: 20_000 }).toBe('settled');
  await next.getByText(w.reported).waitFor();
  await shot(next, 'crew-outlived-360');
  expect((await house.api('GET', `/sos/alerts/${alarms.at(-1)}`)).json.state).toBe('reported');
  expect((await story()).report).toContain(report);
  const once = ['crew-accept', 'crew-en-route', 'crew-arrived', 'crew-settled'];
  expect((await deeds()).filter((kind: string) => kind !== 'pressed-earlier')).toEqual(once);
  expect(await next.evaluate(() => Object.keys(localStorage))).toEqual([]);
  await next.reload();
  await onShift(next);
  expect((await deeds()).filter((kind: string) => kind !== 'pressed-earlier')).toEqual(once);
  await over(next);

  // the phone of another vehicle sends nothing of this one's, and keeps nothing of it
  await alarm();
  await button(next, 'accept').waitFor({ timeout: 10_000 });
  await context.setOffline(true);
  await button(next, 'accept').click();
  await button(next, 'en-route').waitFor();
  await expect.poll(() => next.locator('.waits .heed').count(), { timeout: 8000 }).toBe(1);
  await goes(next);
  await context.setOffline(false);
  await context.request.post(`${house.url}/sandbox/sign-in`, { data: { id: 'prv-2' } });
  const others = await context.newPage();
  await others.goto(`${house.url}/orders`);
  await onShift(others);
  expect(await others.evaluate(() => Object.keys(localStorage))).toEqual([]);
  expect(await stateOf(own)).toBe('ordered');
  await close();
  await context.close();
}, 120_000);

test('a phone that does not know where it is does not tell an old place again; what it tells has its age', async () => {
  const page = await crew('prv-5');
  // its clock goes as it does, and most of a half minute at once where the page would only wait and nothing is on its way
  await page.clock.install();
  const sent: { lat: number; age_s: number }[] = [];
  const under_way = new Set<unknown>();
  page.on('request', (request) => {
    if (!request.url().endsWith('/orders/data')) return;
    under_way.add(request);
    sent.push(...(JSON.parse(request.postData() ?? '{}').fixes ?? []));
  });
  page.on('requestfinished', (request) => under_way.delete(request));
  page.on('requestfailed', (request) => under_way.delete(request));
  await page.reload();
  await onShift(page);
  await expect.poll(() => sent.length, { timeout: 40_000 }).toBeGreaterThan(0);
  const waited = async () => {
    await expect.poll(() => under_way.size, { timeout: 20_000 }).toBe(0);
    await page.clock.runFor(25_000);
  };
  const moved = NEAR.latitude + 0.2;
  const told = () => sent.filter(({ lat }) => lat === moved).length;
  await waited();
  await page.context().setGeolocation({ ...NEAR, latitude: moved });
  await expect.poll(told, { timeout: 40_000 }).toBeGreaterThan(0);
  // it stands, and is asked
  const once = told();
  await waited();
  await expect.poll(told, { timeout: 40_000 }).toBeGreaterThan(once);
  expect(Math.max(...sent.map(({ age_s }) => age_s))).toBeLessThan(10);
  await page.context().setGeolocation(null);
  await waited();
  await page.getByText(w.no_gps).waitFor({ timeout: 45_000 });
  const before = sent.length;
  // asked once more, in vain
  await waited();
  await page.waitForTimeout(8000);
  expect(sent.length).toBe(before);
  await page.context().close();
}, 220_000);

test('without a script an order is a page of forms, with neither map nor promise of sound', async () => {
  const page = await crew('prv-6', { script: false });
  await page.locator('button[value="begin-shift"]').click();
  await page.getByText(w.on_shift).waitFor();
  const token = await house.signIn('fleet');
  const cast = (await house.api('GET', '/sandbox/cast')).json as { id: string; post: string }[];
  const vehicle = cast.find(({ id }) => id === 'prv-6')?.post;
  const far = { lat: 26.44, lon: 80.33 };
  const fixes = [{ vehicle, ...far, age_s: 1 }];
  expect((await house.api('POST', '/vehicles/fixes', { fixes }, { token })).json).toEqual({
    taken: 1,
    unknown: 0,
    stale: 0,
  });
  const raised = (await house.api('POST', '/sos/alerts', { point: far })).json;
  await page.goto(`${house.url}/orders`);
  await shot(page, 'crew-noscript-360');
  expect(await page.locator('canvas, .crewmap, .crew-silent').count()).toBe(0);
  expect(await faultsOfItsKind(page)).toEqual([]);
  await button(page, 'accept').click();
  await button(page, 'en-route').click();
  // a number that she did not say proves nothing, and says so
  const hers = await house.api('GET', `/sos/alerts/${raised.alert}`, undefined, { token: raised.token });
  expect(hers.json.her_number).toMatch(/^\d{4}$/);
  await page.locator('#number').fill(hers.json.her_number === '0000' ? '1111' : '0000');
  await button(page, 'arrived').click();
  await page
    .getByRole('alert')
    .filter({ hasText: reason('hi', 'match-code-wrong') })
    .waitFor();
  expect(await faultsOfItsKind(page)).toEqual([]);
}, 90_000);
