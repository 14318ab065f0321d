// The steps of a file by their pages: an FIR of another area on both desks, an accused, a correction, a refusal up to her own page.
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { someComplaint } from './complaint.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { type Desk, fillAndTake, go, openDesk, press, shift, take } from './officer-desk.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

/** A file at the station, signed: by the API, because other tests walk that way by its pages. */
async function atTheStation(): Promise<{ number: string; receipt: string }> {
  const complaint = someComplaint({ happened: ['rape'] });
  const filed = await house.api('POST', '/complaints', complaint);
  const number = await confirmByPhone(house, String(complaint.mobile));
  const step = (body: Json) => asOfficer(house, 'suman', 'POST', `/files/${number}/steps`, body);
  await step({ step: 'receive' });
  await step({ step: 'sign', signed_at: (await house.api('GET', '/sandbox/clock')).json.now, place: 'home' });
  return { number, receipt: filed.json.receipt };
}
const hour = async (): Promise<string> => (await house.api('GET', '/sandbox/clock')).json.now.slice(11, 16);
const unitOf = async (who: string): Promise<string> => (await asOfficer(house, who, 'GET', '/me')).unit.path;

/** A picture of the page, where somebody wants to see it. */
async function picture({ page }: Desk, name: string): Promise<void> {
  const folder = process.env.ITSSO_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('an FIR of another area, by pages, in Hindi on a phone: sent, followed, taken, worked on', async () => {
  const { number } = await atTheStation();
  const w = words('hi').staff;
  const desk = await openDesk(browser, house, { script: false, lang: 'hi', width: 360 });
  const { page } = desk;
  await shift(desk, 'verma');
  await go(desk, `/file/${number}`);
  await picture(desk, 'file-360-hi');
  expect(await page.locator('.steps--first a').textContent()).toBe(w.steps.label['register-fir']);
  await go(desk, `/file/${number}/zero-fir`);
  await picture(desk, 'zero-fir-360-hi');
  const fir = { to_unit: await unitOf('aruna'), code: 'BNS', 'sections.0.act': 'BNS', 'sections.0.section': '64(1)' };
  expect(await fillAndTake(desk, fir), 'without a number').toBe(422);
  expect(await page.locator('#zero_number-error').count()).toBe(1);
  expect(await page.locator('#to_unit').inputValue(), 'what was chosen stays').toBe(fir.to_unit);
  expect(await fillAndTake(desk, { zero_number: '००१२' })).toBe(303);
  expect(new URL(page.url()).pathname, 'the file has left this desk').toBe('/desk');
  await press(desk, 'a[href="/elsewhere"]');
  await picture(desk, 'elsewhere-360-hi');
  expect(await page.locator('.sent').textContent()).toContain(w.states.transferred);
  await page.goto(`${house.url}/file/${number}`);
  expect(desk.statuses.at(-1), 'it is out of sight').toBe(404);

  await shift(desk, 'aruna');
  await go(desk, `/file/${number}`);
  expect(await page.locator('.steps--first a').textContent()).toBe(w.steps.label['accept-transfer']);
  expect(await take(desk, number, 'accept-transfer', { fir_number: '61' })).toBe(303);
  expect(await page.locator('h1').textContent()).toContain('61/');
  expect(await take(desk, number, 'arrest', { accused: '1', 'at.at': await hour(), grounds_told: 'yes' })).toBe(303);
  expect(await take(desk, number, 'remand', { accused: '1', 'at.at': await hour(), custody: 'judicial-custody' })).toBe(
    303,
  );
  expect(await page.locator('section:has(> header #accused)').textContent()).toContain(w.file.accused.held);
  const found = { 'at.at': await hour(), what: 'एक फोन', place: 'दुकान', forensic: 'yes', search: 'yes' };
  expect(await take(desk, number, 'seizure', found)).toBe(303);
  const duty = page.locator('.duty li.is-done', { hasText: w.file.duty['forensic-visit'] });
  expect(await duty.count(), 'the step has proven the duty').toBe(1);
  await page.locator('#text').fill('नौ बजे पहुंचे।');
  expect(await press(desk, 'form[action="?/diary"] .btn--go')).toBe(303);
  expect(await take(desk, number, 'correct', { text: 'दस बजे पहुंचे।' })).toBe(422);
  expect(await fillAndTake(desk, { entry: 'entry:1' })).toBe(303);
  expect(await page.locator('section:has(> header #diary)').textContent()).toContain('दस बजे पहुंचे।');
  await picture(desk, 'file-worked-360-hi');
  await page.context().close();
});

test('a refusal, in English at a desk: up to the superior, upheld, and her own page says what is left to her', async () => {
  const { number, receipt } = await atTheStation();
  const desk = await openDesk(browser, house, { script: true, lang: 'en', width: 1280 });
  const { page } = desk;
  await shift(desk, 'verma');
  expect(await take(desk, number, 'refuse-registration')).toBe(422);
  expect(await fillAndTake(desk, { reason: 'A civil matter between neighbours.' })).toBe(303);
  await shift(desk, 'singh');
  await go(desk, '/attention');
  expect(await page.locator('main').textContent()).toContain(
    words('en').staff.attention.reasons['registration-refused'],
  );
  await go(desk, `/file/${number}`);
  await picture(desk, 'file-refused-1280-en');
  expect(await page.locator('main').textContent()).toContain('A civil matter between neighbours.');
  expect(await take(desk, number, 'uphold-refusal', { reason: 'No offence is disclosed.' })).toBe(303);
  await page.context().close();
  const { token } = (await house.api('POST', '/track/sessions', { receipt })).json;
  const seen = await house.api('GET', '/track', undefined, { token });
  expect(seen.json).toMatchObject({
    state: 'refused',
    refusal: { reason: 'A civil matter between neighbours.', upheld: { reason: 'No offence is disclosed.' } },
  });
});

test('every step of a file has a page that asks or says why not, at a desk and on a phone', async () => {
  const { number } = await atTheStation();
  const desk = await openDesk(browser, house, { script: false, lang: 'en', width: 1280 });
  const { page } = desk;
  await shift(desk, 'suman');
  await go(desk, `/file/${number}`);
  await picture(desk, 'file-1280-en');
  const steps = await asOfficer(house, 'suman', 'GET', `/files/${number}`);
  expect(steps.steps.length).toBeGreaterThan(35);
  for (const { step, allowed } of steps.steps as { step: string; allowed: boolean }[]) {
    // the diary is written on the first page of the file
    const at = step === 'diary' ? `/file/${number}` : `/file/${number}/${step}`;
    const html = await (await page.request.get(house.url + at)).text();
    const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
    expect(main.includes(step === 'diary' ? 'action="?/diary"' : 'class="step-form"'), step).toBe(allowed);
    if (step !== 'diary') expect(main.includes('said--not'), step).toBe(!allowed);
    // a code instead of words would stand there as it is written
    const text = main.replace(/<[^>]*>/g, ' ');
    expect(text, step).not.toMatch(/\b[a-z]+(?:-[a-z]+){2,}\b|undefined/);
  }
  await page.context().close();
});
