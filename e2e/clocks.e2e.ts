// The pages around the clocks: calendar, sections of law, changes of law, confirmation in person, an event and a court's order, and her
// page of all dates. In Hindi on a phone without script, and in English at a desk.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import type { Lang } from './answers.ts';
import { someComplaint, someMobile } from './complaint.ts';
import { fill, herPhone, look, press, said } from './her-phone.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow, lookAt, openFile, takeStep, type Ways } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  await asOfficer(house, 'administrator', 'POST', '/admin/law-changes', {
    name_hi: 'नमूना: नई प्रक्रिया संहिता',
    name_en: 'Sample: a new code of procedure',
    in_force_from: '2030-07-01',
    acts: ['BNSS'],
    goal: 'Finish what is under inquiry.',
  });
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

let fir = 600;
/** A case that lies with the station, its FIR some weeks old. */
async function registered(): Promise<{ number: string; receipt: string; fir: string }> {
  const mobile = someMobile();
  const filed = await house.api('POST', '/complaints', someComplaint({ mobile }), { key: `clocks-${mobile}` });
  expect(filed.status, JSON.stringify(filed.json)).toBe(201);
  const number = await confirmByPhone(house, mobile);
  const now = (): Promise<string> => house.api('GET', '/sandbox/clock').then(({ json }) => json.now);
  const step = (who: string, body: Json) => asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: await now(), place: 'home' });
  const at = await now();
  const sections = [{ act: 'BNS', section: '64(1)' }];
  const numbered = String(++fir);
  await step('verma', {
    step: 'register-fir',
    fir_number: numbered,
    year: Number(at.slice(0, 4)),
    recorded_at: at,
    offence_on: '2026-09-26',
    sections,
  });
  return { number, receipt: filed.json.receipt, fir: numbered };
}

const TABLE: { how: string; lang: Lang; ways: Ways }[] = [
  { how: 'in Hindi, on a phone, without script', lang: 'hi', ways: { script: false, lang: 'hi', width: 360 } },
  { how: 'in English, at a desk', lang: 'en', ways: { script: true, lang: 'en', width: 1280 } },
];

// on a phone in Hindi too in the long run
test.each(process.env.ITSSO_LONG ? TABLE : TABLE.slice(1))(
  'what falls due, what the law says, what changes and what happened: $how',
  async ({ lang, ways }) => {
    const w = words(lang);
    const { number, receipt, fir: numbered } = await registered();
    await house.advance('P8DT2H');
    const verma = await beginShift(browser, house, 'verma', ways);
    const { page } = verma;
    const go = async (at: string) => {
      await page.goto(house.url + at);
      await lookAt(verma);
      return (await page.locator('main').textContent()) ?? '';
    };

    await go('/calendar');
    expect(await page.locator('table.cal').count()).toBe(1);
    await follow(verma, '.chips a[href*="circle=1"]');
    await follow(verma, 'a[href="/calendar?show=late&circle=1"]');
    expect(await page.locator('#list tbody tr').count(), 'what is late is listed').toBeGreaterThan(0);
    await go('/calendar?circle=1');
    await follow(verma, 'a[rel=next]');
    // what was registered early in a month is due the month after the next
    for (let more = 0; more < 2 && (await page.locator('table.cal td.is-full a').count()) === 0; more++)
      await follow(verma, 'a[rel=next]');
    await follow(verma, 'table.cal td.is-full a');
    expect(await page.locator('section[aria-labelledby=day] tbody tr').count()).toBeGreaterThan(0);

    await go('/law');
    await page.fill('input[name=word]', lang === 'hi' ? 'पीछा' : 'stalking');
    await follow(verma, 'form.law-find button');
    expect(await page.locator('main').textContent()).toContain('78');
    await page.fill('input[name=word]', '354D');
    await follow(verma, 'form.law-find button');
    expect(await page.locator('main').textContent(), 'the old section leads to the new one').toContain('78');
    await page.fill('input[name=word]', 'zzzz');
    await follow(verma, 'form.law-find button');

    expect(await go('/changes')).toContain(lang === 'hi' ? 'नई प्रक्रिया संहिता' : 'a new code of procedure');
    await follow(verma, 'ul.att a');
    expect(await page.locator(`a[href="/file/${number}"]`).count(), 'the file that the change concerns').toBe(1);

    expect(await go('/confirm'), 'whose work it is not is told so').toContain(w.staff.confirm.who_may);

    await openFile(verma, number);
    await takeStep(verma, number, 'record-event', { event: 'copy-given' });
    await takeStep(verma, number, 'court-order', { kind: 'stay', court: 'High Court' });
    expect(await page.locator('section[aria-labelledby=history]').textContent()).toContain('High Court');
    await go(`/file/${number}/repeats`);
    await follow(verma, 'nav.tabs a[href$="/evidence"]');
    await verma.context.close();

    const suman = await beginShift(browser, house, 'suman', ways);
    await suman.page.goto(`${house.url}/confirm`);
    await lookAt(suman);
    await suman.page.fill('input[name=receipt]', '12');
    await suman.page.locator('main form button[type=submit]').click();
    await suman.page.waitForSelector('.govuk-error-summary, .error-summary');
    expect(suman.statuses.at(-1)).toBe(422);
    expect(await suman.page.inputValue('input[name=receipt]')).toBe('12');
    await suman.context.close();

    const her = await herPhone(browser, house.url, { script: ways.script, lang });
    await press(her, 'door-receipt');
    await fill(her, { receipt });
    await press(her, 'open-receipt');
    await press(her, 'show');
    await look(her);
    expect(await said(her)).toContain(`${numbered}/`);
    await press(her, 'see-dates');
    await look(her);
    expect(await her.page.locator('h1').textContent()).toBe(w.track.othersTitle);
    expect(await her.page.locator('.its-log li').count()).toBeGreaterThan(2);
    await press(her, 'see-case');
    await look(her);
    expect(await said(her), 'back to her case, the same').toContain(`${numbered}/`);
    await her.context.close();
  },
  300_000,
);
