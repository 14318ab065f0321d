// Her alarm where the network or somebody beside her interferes: an answer that is lost, a stop that overtakes the press, a PIN that only seems
// to stop it, help called again from the page of an alarm that is over.
import path from 'node:path';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reason, words } from '#words';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { openWire } from './wire.ts';

const HERE = { latitude: 26.5001, longitude: 80.2501, accuracy: 9 };
const her = words('hi').sos.her;
const LOOK = process.env.ITSSO_LOOK;
let house: RunningHouse;
let browser: Browser;
const open: BrowserContext[] = [];
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  const token = await house.signIn('fleet');
  const cast = (await house.api('GET', '/sandbox/cast')).json as { kind: string; post: string }[];
  const at = (await house.api('GET', '/sandbox/clock')).json.now as string;
  const fixes = cast
    .filter(({ kind }) => kind === 'vehicle')
    .map(({ post }, n) => ({ vehicle: post, lat: HERE.latitude + 0.01 * (n + 1), lon: HERE.longitude, at }));
  await house.api('POST', '/vehicles/fixes', { fixes }, { token });
});
afterAll(async () => {
  for (const context of open) await context.close();
  await browser?.close();
  await house?.discard();
});

const shot = async (page: Page, name: string) => {
  if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};
async function phone(): Promise<Page> {
  const context = await openPhone(browser, { script: true, width: 360 });
  await context.grantPermissions(['geolocation'], { origin: house.url });
  await context.setGeolocation(HERE);
  open.push(context);
  return context.newPage();
}
async function hold(page: Page): Promise<void> {
  await page.locator('[data-press]').hover();
  await page.mouse.down();
  await page.locator('[data-held]').waitFor({ timeout: 8000 });
  await page.mouse.up();
}
type OnBoard = { alert: string; state: string; kind: string; drill: boolean; place: { point: { lat: number } | null } };
async function board(): Promise<OnBoard[]> {
  const token = await house.signIn('control');
  // a zone may be practising meanwhile
  return (await house.api('GET', '/sos/board', undefined, { token })).json.alerts.filter((a: OnBoard) => !a.drill);
}
async function clear(): Promise<void> {
  const token = await house.signIn('cp');
  for (const { alert } of await board())
    await house.api('POST', `/sos/alerts/${alert}/close`, { outcome: 'not-found', reason: 'over' }, { token });
}

test('the house has her alarm and its answer is lost: her phone asks again, and she sees who comes', async () => {
  const page = await phone();
  await page.goto(`${house.url}/sos`);
  let lost = 0;
  await page.route('**/sos/live', async (route) => {
    if (lost > 0 || !route.request().postData()?.includes('raise')) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort('connectionreset');
  });
  await hold(page);
  await page.locator(`p:has-text("${her.running.called(3)}")`).waitFor({ timeout: 25_000 });
  expect(lost).toBe(1);
  expect(await board()).toHaveLength(1);
  await shot(page, 'sos-called-360');
  // minutes are not promised before anybody has said yes
  expect(await page.locator('[data-eta]').count()).toBe(0);
  await page.getByText(her.running.asked).waitFor();
  expect(await faultsOfItsKind(page)).toEqual([]);
  await clear();
}, 60_000);

test('stopped while the press is still on its way: it is stopped, whenever it arrives', async () => {
  const page = await phone();
  await page.goto(`${house.url}/sos`);
  await page.route('**/sos/live', async (route) => {
    if (route.request().postData()?.includes('raise')) await new Promise((go) => setTimeout(go, 2500));
    await route.continue();
  });
  await hold(page);
  await page.locator('[data-stop]').click();
  await page.getByText(her.stopping).waitFor();
  await page.locator(`h1:has-text("${her.running.cancelled}")`).waitFor({ timeout: 20_000 });
  expect(await board()).toEqual([]);
}, 60_000);

test('the PIN that only seems to stop it: her screen says stopped, her place goes on coming in; and from there she can call again', async () => {
  const mobile = '+919812345690';
  const page = await phone();
  await page.goto(`${house.url}/sos`);
  await page.locator('details summary').last().click();
  await page.locator('#reg').fill('12');
  await page.locator('#contact').fill('9812345691');
  await page.locator(`button:has-text("${her.send_code}")`).click();
  // what she typed stays where it was not taken
  await page.locator('#oops').waitFor();
  expect([await page.locator('#reg').inputValue(), await page.locator('#contact').inputValue()]).toEqual([
    '12',
    '9812345691',
  ]);
  await page.locator('#reg').fill(mobile.slice(3));
  await page.locator(`button:has-text("${her.send_code}")`).click();
  await page.locator('#code').waitFor({ state: 'attached' });
  await expect.poll(async () => (await house.messagesTo(mobile)).length, { timeout: 20_000 }).toBe(1);
  await page.locator('#code').fill(/\d{6}/.exec((await house.messagesTo(mobile))[0]?.text ?? '')?.[0] ?? '');
  await page.locator('#pin1').fill('1234');
  await page.locator('#pin2').fill('4321');
  await Promise.all([page.waitForEvent('load'), page.locator(`button:has-text("${her.confirm}")`).last().click()]);

  await hold(page);
  await page.locator('[data-alarm]').waitFor({ timeout: 20_000 });
  await page.locator(`summary:has-text("${her.running.stop}")`).click();
  await page.locator('#pin').fill('4321');
  await page.locator(`button:has-text("${her.running.stop}")`).click();
  await page.locator(`h1:has-text("${her.running.cancelled}")`).waitFor({ timeout: 20_000 });
  await shot(page, 'sos-duress-360');
  await page.context().setGeolocation({ ...HERE, latitude: 26.53 });
  await expect.poll(async () => (await board())[0]?.place.point?.lat, { timeout: 30_000 }).toBe(26.53);
  expect((await board())[0]?.kind).toBe('duress');

  // the page of an alarm that is over is no dead end
  await hold(page);
  await page.locator('[data-alarm]').waitFor({ timeout: 20_000 });
  expect((await board()).length).toBe(1);
  await clear();
}, 120_000);

test('while her alarm runs she gives her number: what she writes stays when the page is made anew, and the alarm is hers', async () => {
  const mobile = '+919812345790';
  const page = await phone();
  await page.goto(`${house.url}/sos`);
  await hold(page);
  await page.locator('[data-alarm]').waitFor({ timeout: 20_000 });
  await page.locator('[data-number] summary').click();
  await shot(page, 'sos-number-360');
  expect(await faultsOfItsKind(page)).toEqual([]);
  await page.locator('#reg').fill(mobile.slice(3));
  await page.locator(`button:has-text("${her.send_code}")`).click();
  await page.locator('#code').waitFor();
  await expect.poll(async () => (await house.messagesTo(mobile)).length, { timeout: 20_000 }).toBe(1);
  await page.locator('#pin1').fill('1234');
  // a vehicle says yes: the page is made anew
  const before = await page.locator('[data-alarm]').getAttribute('data-alarm');
  const token = await house.signIn('prv-1');
  const [order] = (await house.api('GET', '/orders', undefined, { token })).json.items;
  await house.api('POST', `/orders/${order.order}/accept`, {}, { token });
  await expect
    .poll(() => page.locator('[data-alarm]').getAttribute('data-alarm'), { timeout: 20_000 })
    .not.toBe(before);
  expect(await page.locator('#pin1').inputValue()).toBe('1234');
  await page.locator('#code').fill(/\d{6}/.exec((await house.messagesTo(mobile))[0]?.text ?? '')?.[0] ?? '');
  await page.locator('#pin2').fill('4321');
  await page.locator(`button:has-text("${her.confirm}")`).click();
  // the same alarm, and from now on she can stop it
  await page.locator(`summary:has-text("${her.running.stop}")`).waitFor({ timeout: 20_000 });
  expect(await page.locator('[data-number]').count()).toBe(0);
  const [seen] = (await board()) as (OnBoard & { registered: boolean })[];
  expect(seen).toMatchObject({ registered: true, state: 'accepted' });
  await clear();
}, 90_000);

/** Nobody is known by any key until the work is done. */
async function whileStuck(work: () => Promise<void>): Promise<void> {
  const host = path.join(house.data, 'db-socket');
  const client = new pg.Client({ host, port: 5432, user: 'postgres', database: 'itsso' });
  await client.connect();
  await client.query('begin; lock table posts.session in access exclusive mode');
  try {
    await work();
  } finally {
    await client.end();
  }
}

test('without a script, while the database answers nobody: her page comes, says 112, keeps what she wrote, and what she sends again is one alarm', async () => {
  const SECONDS = 6;
  const phone = openWire(house.url);
  const form_id = /name="form_id" value="([^"]+)"/.exec((await phone.get('/sos')).text)?.[1] ?? '';
  const sent: [string, string][] = [
    ['form_id', form_id],
    ['place_text', 'नीले फाटक के सामने'],
  ];
  await whileStuck(async () => {
    // whoever opens it first needs nothing of the database, also where the phone tracks a file or is an officer's
    const opened = await openWire(house.url).get('/sos', {
      cookie: `__Host-s=${'s'.repeat(43)}; __Host-p=${'p'.repeat(43)}`,
    });
    expect(opened.status).toBe(200);
    expect(opened.text).toContain('href="tel:112"');
    const began = performance.now();
    const pressed = await phone.post('/sos?/raise', sent);
    expect(performance.now() - began).toBeLessThan(SECONDS * 1000);
    expect(pressed.status).toBe(503);
    expect(pressed.text).toContain(reason('hi', 'call-112'));
    expect(pressed.text).toContain('value="नीले फाटक के सामने"');
    expect(pressed.text).toContain(`name="form_id" value="${form_id}"`);
    expect(pressed.text).not.toMatch(/id="silent"[^>]* checked/);
  });
  expect((await phone.post('/sos?/raise', sent)).status).toBe(303);
  const running = (await phone.get('/sos')).text;
  expect(running).toContain('data-alarm');
  // the place that she wrote is not asked for again
  expect(running).toContain(her.running.written);
  expect(running).not.toContain(her.running.no_fix);
  expect(await board()).toHaveLength(1);

  // once it runs, a page that cannot see how it stands says so, and not that there is none
  await whileStuck(async () => {
    const { status, text } = await phone.get('/sos');
    expect([status, text.includes(her.stuck), text.includes('href="tel:112"')]).toEqual([200, true, true]);
  });
  await clear();
}, 90_000);

test('with a script, while the database answers nobody: it says that the house is stuck, not the network, goes on sending, and sends once', async () => {
  const page = await phone();
  await page.goto(`${house.url}/sos`);
  const others = (await board()).length;
  await whileStuck(async () => {
    await hold(page);
    await page.locator('[data-says="no-answer"]').waitFor({ timeout: 15_000 });
    expect(await page.locator('[data-says="no-answer"]').textContent()).toBe(her.no_answer);
    expect(await page.locator('[data-says="no-net"]').isVisible()).toBe(false);
  });
  await page.locator('[data-alarm]').waitFor({ timeout: 20_000 });
  expect(await board()).toHaveLength(others + 1);
  // and while it runs: what is shown may no longer be so
  await whileStuck(() => page.locator(`[data-alarm] >> text=${her.stuck}`).waitFor({ timeout: 20_000 }));
  await page.locator('[data-says="no-answer"]').waitFor({ state: 'hidden', timeout: 20_000 });
  await clear();
}, 120_000);
