// She chooses a time without script, sits in the room with the officer and somebody beside her, through a real relay and nothing else;
// what she agreed to is recorded; the net fails, it falls to voice and then to a phone call, and it counts as held.
import { createHash } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { someComplaint, someMobile } from './complaint.ts';
import { fill, herPhone, type HerPhone, lastStatus, look, press, said } from './her-phone.ts';
import { type Json, openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { beginShift, follow, lookAt, type Officer } from './officer.ts';
import { type Relay, startRelay } from './relay.ts';
import { confirmByPhone } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
let relay: Relay;
beforeAll(async () => {
  relay = await startRelay();
  [house, browser] = await Promise.all([
    startHouse({ env: relay.env }),
    openBrowser({ microphone: true, talks: true }),
  ]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await house?.discard();
  await relay?.stop();
});

const h = words('hi').hearing;
const shot = async (page: Page, name: string, width?: number): Promise<void> => {
  const folder = process.env['ITSSO_SHOTS'];
  if (!folder) return;
  const before = page.viewportSize();
  if (width) await page.setViewportSize({ width, height: 800 });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  if (before) await page.setViewportSize(before);
};

// the page's own connections, to be looked into
const KEEP = `{ const Real = RTCPeerConnection; globalThis.kept = [];
  globalThis.RTCPeerConnection = class extends Real { constructor(...told) { super(...told); kept.push(this); } }; }`;
type Line = { local: string; remote: string; voice: number; frames: number };
/** Of each living connection: by which kind of way it goes, and what has come in. */
const lines = (page: Page): Promise<Line[]> =>
  page.evaluate(`(async () => {
    const lines = [];
    for (const pc of kept.filter((one) => one.connectionState === 'connected')) {
      const rows = [...(await pc.getStats()).values()];
      const by = (id) => rows.find((row) => row.id === id);
      const pair = by(rows.find((row) => row.type === 'transport')?.selectedCandidatePairId);
      const came = (kind) => rows.find((row) => row.type === 'inbound-rtp' && row.kind === kind);
      lines.push({ local: by(pair?.localCandidateId)?.candidateType, remote: by(pair?.remoteCandidateId)?.candidateType,
        voice: came('audio')?.packetsReceived ?? 0, frames: came('video')?.framesDecoded ?? 0 });
    }
    return lines;
  })()`);
const says = (page: Page, code: string, ms = 30_000) =>
  page.locator(`[data-says="${code}"]:not([hidden])`).waitFor({ timeout: ms });
const until = async (page: Page, holds: (all: Line[]) => boolean): Promise<Line[]> => {
  for (let tries = 0; ; tries++) {
    const all = await lines(page);
    if (holds(all)) return all;
    if (tries > 60) throw new Error(`it does not come to that: ${JSON.stringify(all)}`);
    await page.waitForTimeout(250);
  }
};
const go = (page: Page, what: string) => page.locator(`[data-do="${what}"]`).click();

async function opened(script: boolean, receipt: string): Promise<HerPhone> {
  const her = await herPhone(browser, house.url, { script, lang: 'hi' });
  if (script) await her.context.addInitScript(KEEP);
  // her clock goes as it does, and faster where the page would only wait
  if (script) await her.page.clock.install();
  await press(her, 'door-receipt');
  await fill(her, { receipt });
  await press(her, 'open-receipt');
  await press(her, 'show');
  return her;
}
async function guest(code: string): Promise<{ context: BrowserContext; page: Page }> {
  const context = await openPhone(browser, { script: true });
  await context.addInitScript(KEEP);
  const page = await context.newPage();
  await page.goto(`${house.url}/room`);
  await page.fill('main input[name=code]', '1');
  await page.locator('main form button').click();
  await page.locator('.govuk-error-summary').waitFor();
  expect(await faultsOfItsKind(page)).toEqual([]);
  await shot(page, 'hearing-code');
  await page.fill('main input[name=code]', code);
  await page.locator('main form button').click();
  await page.locator('[data-room][data-ready]').waitFor();
  expect(await page.title()).toBe(words('hi').common.service);
  expect(page.url()).toBe(`${house.url}/room`);
  return { context, page };
}
const pair = (at: string) => ({ on: at.slice(0, 10).split('-').reverse().join('-'), at: at.slice(11, 16) });

test('offered, chosen without script, heard through the relay with somebody beside her, recorded with consent, finished by phone', async () => {
  const mobile = someMobile();
  const complaint = someComplaint({ mobile });
  const filed = await house.api('POST', '/complaints', complaint, { key: `heard-${mobile}` });
  expect(filed.status, JSON.stringify(filed.json)).toBe(201);
  const number = await confirmByPhone(house, mobile);

  // the officer offers, inside her hours and no other
  const suman = await beginShift(browser, house, 'suman', { script: true, lang: 'hi', width: 1280 });
  await suman.context.addInitScript(KEEP);
  await suman.page.goto(`${house.url}/file/${number}`);
  await follow(suman, `nav.tabs a[href="/file/${number}/hearings"]`);
  await shot(suman.page, 'hearing-offer');
  await shot(suman.page, 'hearing-offer-360', 360);
  await follow(suman, 'form[action="?/offer"] button[type=submit]').catch(() => undefined);
  expect(suman.statuses.at(-1)).toBe(422);
  const { now } = (await house.api('GET', '/sandbox/clock')).json;
  const at = (minutes: number) =>
    Temporal.Instant.from(now).add({ minutes }).toZonedDateTimeISO('Asia/Kolkata').toString().slice(0, 16);
  for (const [n, minutes] of [20, 60, 90].entries()) {
    const typed = pair(at(minutes));
    await suman.page.fill(`form[action="?/offer"] [name="slots.${n}.on"]`, typed.on);
    await suman.page.fill(`form[action="?/offer"] [name="slots.${n}.at"]`, typed.at);
  }
  await follow(suman, 'form[action="?/offer"] button[type=submit]');
  expect(await suman.page.locator('.said').first().textContent()).toContain(h.staff.sent);

  // she chooses with a thumb and no script; nobody can see what it is about
  const plain = await opened(false, filed.json.receipt);
  expect(await said(plain)).toContain(h.her.line_offered(3));
  await press(plain, 'see-hearings');
  await look(plain);
  await shot(plain.page, 'hearing-choose');
  await press(plain, 'choose-time');
  expect(lastStatus(plain)).toBe(422);
  await look(plain);
  await fill(plain, { time: '1' });
  await press(plain, 'choose-time');
  await look(plain);
  expect(await said(plain)).toContain(h.her.chosen);
  await plain.page.locator('details:has(button[value="bring:support"]) summary').click();
  await press(plain, 'bring:support');
  await look(plain);
  const code = ((await plain.page.locator('.its-code').textContent()) ?? '').replaceAll(/\D/g, '');
  expect(code).toMatch(/^\d{12}$/);
  await shot(plain.page, 'hearing-chosen');
  await plain.page.reload();
  expect(await plain.page.locator('.its-code').count(), 'shown once').toBe(0);
  await plain.context.close();

  // before its hour the room tells when it opens, and lets her try out what she has
  const her = await opened(true, filed.json.receipt);
  await her.page.goto(`${house.url}/room`);
  await her.page.locator('[data-room][data-ready]').waitFor();
  expect(await her.page.locator('[data-do="enter"]').isDisabled()).toBe(true);
  await go(her.page, 'check');
  for (const line of ['mic-ok', 'net-ok']) await her.page.locator(`[data-check="${line}"]:not([hidden])`).waitFor();
  await expect
    .poll(() => her.page.evaluate<number>('document.querySelector("[data-level]").value'), { timeout: 5000 })
    .toBeGreaterThan(0);
  expect(await faultsOfItsKind(her.page)).toEqual([]);
  await shot(her.page, 'hearing-check');
  await house.advance('PT6M');
  await her.page.reload();
  await her.page.locator('[data-room][data-ready]').waitFor();
  await go(her.page, 'enter');
  await says(her.page, 'alone');

  await suman.page.goto(`${house.url}/desk`);
  await lookAt(suman);
  await follow(suman, 'main a[href^="/hearings/"]');
  await suman.page.locator('[data-room][data-ready]').waitFor();
  await shot(suman.page, 'hearing-room-before');
  await go(suman.page, 'enter');
  await Promise.all([says(her.page, 'talking'), says(suman.page, 'talking')]);
  // through the relay and no other way, on both sides; the officer's picture arrives, hers is off until she says otherwise
  const seen = await until(her.page, (all) => all.some(({ frames, voice }) => frames > 5 && voice > 20));
  expect(seen).toMatchObject([{ local: 'relay', remote: 'relay' }]);
  const [there] = await until(suman.page, (all) => all.some(({ voice }) => voice > 20));
  expect(there).toMatchObject({ local: 'relay', remote: 'relay', frames: 0 });
  expect(relay.log()).toContain('ALLOCATE processed, success');

  const friend = await guest(code);
  await go(friend.page, 'enter');
  await says(friend.page, 'talking');
  expect(
    (await until(friend.page, (all) => all.length === 2 && all.every(({ voice }) => voice > 10))).map(
      (one) => one.local,
    ),
  ).toEqual(['relay', 'relay']);
  expect(await her.page.locator('[data-people] figure').count()).toBe(3);
  await her.page.locator('figure[data-role="support"]').waitFor();
  const room = (await her.page.locator('main').textContent()) ?? '';
  for (const name of ['आशा', number, 'लाल मोटरसाइकिल']) expect(room).not.toContain(name);

  // nothing can be recorded until she agrees; then it comes in pieces and is an exhibit with its hash
  expect(await suman.page.locator('[data-do="record"]').isVisible()).toBe(false);
  await go(her.page, 'camera');
  await until(suman.page, (all) => all.some(({ frames }) => frames > 5));
  // asked as soon as it is seen: a machine that is short of time may take it for a bad line later, and the picture goes
  expect(await her.page.locator('[data-own-way]').textContent()).toBe(h.room.ways.video);
  await shot(her.page, 'hearing-room-hers');
  await go(her.page, 'consent');
  await suman.page.locator('[data-do="record"]:not([hidden])').click();
  await her.page.locator('[data-recording]:not([hidden])').waitFor();
  await shot(suman.page, 'hearing-room-officer');
  await shot(suman.page, 'hearing-room-officer-360', 360);
  expect(await faultsOfItsKind(suman.page)).toEqual([]);
  expect(await faultsOfItsKind(her.page)).toEqual([]);
  await suman.page.waitForTimeout(2500);
  // she takes it back: it stops
  await go(her.page, 'no-consent');
  await her.page.locator('[data-recording]').waitFor({ state: 'hidden' });
  const token = await house.signIn('suman');
  const exhibits = async (): Promise<Json[]> =>
    (await house.api('GET', `/files/${number}/evidence`, undefined, { token })).json.exhibits;
  for (let tries = 0; (await exhibits()).length === 0 && tries < 40; tries++) await suman.page.waitForTimeout(250);
  const [kept] = await exhibits();
  expect(kept).toMatchObject({ kind: 'video', origin: 'police', digital: { media: 'video/webm' } });
  const film = await suman.context.request.get(`${house.url}/file/${number}/evidence/${kept.number}/original`);
  const bytes = await film.body();
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(kept.digital.sha256);
  expect(bytes.subarray(0, 4).toString('hex')).toBe('1a45dfa3');

  // one packet in five is lost, the connection stands: the picture goes, the voice is heard
  await friend.context.close();
  await her.page.locator('[data-people] figure').nth(2).waitFor({ state: 'detached' });
  relay.lose(0.2);
  await says(her.page, 'quiet');
  // whichever of the two notices first tells the other; then hers goes too
  await expect
    .poll(() => her.page.locator('[data-own-way]').textContent(), { timeout: 30_000 })
    .toBe(h.room.ways.audio);
  relay.lose(0);
  // the net goes for a while: it comes back by itself, in voice
  relay.hold();
  await says(her.page, 'again');
  relay.release();
  await says(her.page, 'quiet');
  const before = (await lines(suman.page)).reduce((sum, { voice }) => sum + voice, 0);
  await until(suman.page, (all) => all.reduce((sum, { voice }) => sum + voice, 0) > before + 20);
  expect(await her.page.locator('[data-own-way]').textContent()).toBe(h.room.ways.audio);
  // it goes for good: she asks to be called, the officer calls, and it counts as held
  relay.hold();
  await says(her.page, 'again');
  await her.page.clock.runFor(14_000);
  await says(her.page, 'lost', 40_000);
  await go(her.page, 'call-me');
  await suman.page.locator('[data-asks-call]:not([hidden])').waitFor();
  await shot(her.page, 'hearing-lost');
  await finishByPhone(suman, number);
  await says(her.page, 'gone');
  await her.page.goto(house.url);
  await press(her, 'see-hearings');
  await look(her);
  expect(await said(her)).toContain(h.her.held(h.kinds.phone, 15));
  expect(await said(her)).toContain(h.her.recorded(kept.number));
  await shot(her.page, 'hearing-held');
}, 300_000);

async function finishByPhone(suman: Officer, number: string): Promise<void> {
  await suman.page.goto(`${house.url}/file/${number}/hearings`);
  await lookAt(suman);
  await follow(suman, 'form[action="?/call"] button');
  expect(await suman.page.locator('main a[href^="tel:"]').count()).toBe(1);
  await suman.page.locator('details.fold summary').first().click();
  await suman.page.selectOption('select[name=how]', 'phone');
  await suman.page.fill('input[name=minutes]', '15');
  await shot(suman.page, 'hearing-outcome');
  await follow(suman, 'form[action="?/outcome"] button');
  expect(await suman.page.locator('main').textContent()).toContain(h.staff.result(h.kinds.phone, 15));
  await shot(suman.page, 'hearing-list');
  await shot(suman.page, 'hearing-list-360', 360);
}
