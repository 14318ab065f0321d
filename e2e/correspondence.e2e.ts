// She asks, the desk answers, she reads; she raises a concern past the desk, the officer above answers; she is asked to come, and after the
// report she opens a copy, objects and says that it is not settled. In Hindi, 360 px, without script.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { someComplaint, someMobile } from './complaint.ts';
import { fill, herPhone, lastStatus, look, press, said } from './her-phone.ts';
import { type Json, openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow, lookAt, type Ways } from './officer.ts';
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

const ways: Ways = { script: false, lang: 'hi', width: 360 };
const w = words('hi').correspondence;
const shot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['ITSSO_SHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

test('she asks and is answered; she raises a concern and is answered by the officer above', async () => {
  const mobile = someMobile();
  const filed = await house.api('POST', '/complaints', someComplaint({ mobile }), { key: `letters-${mobile}` });
  const number = await confirmByPhone(house, mobile);
  const her = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(her, 'door-receipt');
  await fill(her, { receipt: filed.json.receipt });
  await press(her, 'open-receipt');
  await press(her, 'show');
  expect(await said(her)).toContain(w.her.messages.line_none);

  await press(her, 'see-messages');
  await look(her);
  await press(her, 'send-message');
  expect(lastStatus(her)).toBe(422);
  await look(her);
  await fill(her, { text: 'मेरा बयान कब लिखा जाएगा?' });
  await press(her, 'send-message');
  await look(her);
  expect(await said(her)).toContain(w.her.messages.sent);
  expect(await said(her)).toContain(w.her.messages.not_seen);

  const suman = await beginShift(browser, house, 'suman', ways);
  await suman.page.goto(`${house.url}/desk`);
  await lookAt(suman);
  await shot(suman.page, 'letters-desk');
  await follow(suman, `a[href="/file/${number}/messages"]`);
  expect(await suman.page.locator('main').textContent()).toContain('मेरा बयान कब लिखा जाएगा?');
  await suman.page.fill('form[action="?/answer"] textarea', 'गुरुवार को, आपके घर पर, महिला अधिकारी के सामने।');
  await follow(suman, 'form[action="?/answer"] button');
  expect(await suman.page.locator('main').textContent()).toContain(w.staff.sent);
  await shot(suman.page, 'letters-thread');

  await press(her, 'see-case');
  await look(her);
  expect(await said(her)).toContain(w.her.messages.line_fresh(1));
  await press(her, 'see-messages');
  expect(await said(her)).toContain('गुरुवार को, आपके घर पर');
  await look(her);
  await shot(her.page, 'letters-hers');

  await press(her, 'see-case');
  await press(her, 'see-concern');
  await look(her);
  await press(her, 'send-concern');
  expect(lastStatus(her)).toBe(422);
  await fill(her, { reason: 'pressure-to-settle', text: 'मुझसे समझौता करने को कहा गया।' });
  await press(her, 'send-concern');
  await look(her);
  expect(await said(her)).toContain(w.her.concern.sent);
  await shot(her.page, 'concern-hers');

  // the desk it is about finds nothing of it
  await suman.page.goto(`${house.url}/concerns`);
  await lookAt(suman);
  expect(await suman.page.locator('main').textContent()).toContain(w.staff.concerns.empty);

  const verma = await beginShift(browser, house, 'verma', ways);
  await verma.page.goto(`${house.url}/attention`);
  await lookAt(verma);
  await follow(verma, 'main a[href="/concerns"]');
  await verma.page.locator('details.ack summary').first().click();
  await shot(verma.page, 'concern-above');
  await verma.page.selectOption('select[name=outcome]', 'directed');
  await verma.page.fill('details.ack textarea', 'आज ही बात की है। ऐसा फिर नहीं होगा।');
  await follow(verma, 'details.ack form button');
  expect(await verma.page.locator('main').textContent()).toContain(w.staff.concerns.sent);

  await press(her, 'see-case');
  expect(await said(her)).toContain(w.her.concern.line_answered);
  await press(her, 'see-concern');
  expect(await said(her)).toContain('ऐसा फिर नहीं होगा');
  await look(her);
  await shot(her.page, 'concern-answered');
}, 90_000);

/** In court with a report that closes, on the desks of one station; one summons is on record. */
async function closedIn(number: string, fir: string): Promise<void> {
  const step = (who: string, body: Record<string, unknown>) =>
    asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  const at = (await house.api('GET', '/sandbox/clock')).json.now;
  const cast = (await house.api('GET', '/sandbox/cast')).json;
  const people: Json[] = Array.isArray(cast) ? cast : cast.items;
  const khan = people.find(({ id }) => id === 'khan').post;
  await step('suman', { step: 'receive' });
  await step('suman', { step: 'sign', signed_at: at, place: 'home' });
  await step('verma', {
    step: 'register-fir',
    fir_number: fir,
    year: Number(String(at).slice(0, 4)),
    recorded_at: at,
    code: 'BNS',
    sections: [{ act: 'BNS', section: '78' }],
  });
  await step('verma', { step: 'assign', to_post: khan.id ?? khan });
  await step('khan', {
    step: 'summon',
    why: 'clarification',
    at,
    place: 'थाना',
    note: 'एक तारीख पूछनी है',
    cannot: 'original-papers',
    agreed: false,
  });
}
async function sentToCourt(number: string): Promise<void> {
  const step = (who: string, body: Record<string, unknown>) =>
    asOfficer(house, who, 'POST', `/files/${number}/steps`, body);
  const at = (await house.api('GET', '/sandbox/clock')).json.now;
  await step('khan', { step: 'submit-report', kind: 'final-report', reason: 'FR_UNTRACED' });
  await step('verma', { step: 'approve-report' });
  await step('singh', { step: 'approve-report' });
  await step('verma', { step: 'forward-report', court: 'CJM, Kanpur Nagar', at });
  const paper = { kind: 'closure-notice', language: 'hi' };
  await asOfficer(house, 'verma', 'POST', `/files/${number}/documents`, paper);
  await step('verma', { step: 'close', outcome: 'closure-accepted' });
}

test('asked to come she answers; after the report she opens a copy, objects, says “not settled”, and is answered from above', async () => {
  const v = words('hi').visits;
  const e = words('hi').ending;
  const mobile = someMobile();
  const earlier = { station: 'कोतवाली', number: '88', year: 2025, on: '2025-06-01', refused: true };
  const filed = await house.api('POST', '/complaints', someComplaint({ mobile, earlier }), { key: `end-${mobile}` });
  const number = await confirmByPhone(house, mobile);
  await closedIn(number, '733');
  const her = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(her, 'door-receipt');
  await fill(her, { receipt: filed.json.receipt });
  await press(her, 'open-receipt');
  await press(her, 'show');
  await look(her);
  const tracking = await said(her);
  expect(tracking).toContain(v.her.line_open(1));
  expect(tracking).toContain(words('hi').desks.earlier.not_joined);
  expect(tracking).toContain(words('hi').desks.purpose.io);
  await shot(her.page, 'end-tracking');
  await press(her, 'see-visits');
  await look(her);
  expect(await said(her)).toContain(v.her.beyond);
  expect(await said(her)).toContain('179(1)');
  const answer = her.page.locator('main button[name=do][value^="answer-summon:"]');
  await Promise.all([her.page.waitForEvent('load'), answer.click()]);
  expect(lastStatus(her)).toBe(422);
  await fill(her, { answer: 'woman-officer', text: 'शाम को' });
  await Promise.all([her.page.waitForEvent('load'), answer.click()]);
  await look(her);
  expect(await said(her)).toContain(v.her.sent);
  await shot(her.page, 'end-visits');

  // the desk finds it on the desk, under attention and on the file
  const khan = await beginShift(browser, house, 'khan', { ...ways, width: 1280 });
  await khan.page.goto(`${house.url}/desk`);
  await follow(khan, `a[href="/file/${number}#appearances"]`);
  const file = (await khan.page.locator('main').textContent()) ?? '';
  expect(file).toContain(v.staff.hers_are['woman-officer']);
  expect(file).toContain('शाम को');
  await shot(khan.page, 'end-file');
  for (const tab of ['diary', 'people']) {
    await follow(khan, `nav.tabs a[href="/file/${number}/${tab}"]`);
    await shot(khan.page, `end-${tab}`);
  }
  await follow(khan, `nav.tabs a[href="/file/${number}"]`);
  await follow(khan, `a[href="/file/${number}/summon-result"]`);
  await khan.page.selectOption('select[name=result]', 'heard-at-home').catch(async () => {
    await khan.page.locator('input[name=result][value="heard-at-home"]').check();
  });
  await follow(khan, 'form.step-form button[type=submit]');

  await sentToCourt(number);
  await press(her, 'see-case');
  expect(await said(her)).toContain(e.papers.line_new(1));
  await press(her, 'see-papers');
  await look(her);
  const open = her.page.locator('main button[name=do][value^="see-paper:"]').first();
  await Promise.all([her.page.waitForEvent('load'), open.click()]);
  await look(her);
  expect(await said(her)).toContain(e.papers.warn);
  await shot(her.page, 'end-papers');
  const [pdf] = await Promise.all([
    her.page.waitForResponse((one) => one.url().endsWith('/paper')),
    her.page.locator('form[action="/paper"] button').click(),
  ]);
  expect([pdf.status(), await pdf.headerValue('content-type')]).toEqual([200, 'application/pdf']);
  expect(await pdf.headerValue('content-disposition')).toContain('document.pdf');
  expect(await pdf.headerValue('cache-control')).toContain('no-store');
  await her.page.goto(house.url);
  expect(await said(her)).not.toContain(e.papers.not_opened);

  await press(her, 'see-case');
  await press(her, 'see-ending');
  await look(her);
  const ending = await said(her);
  for (const line of [...e.meaning.closing, ...e.meaning.FR_UNTRACED]) expect(ending).toContain(line);
  expect(ending).toContain('पुलिस का लक्ष्य');
  await shot(her.page, 'end-hers');
  await press(her, 'see-objection');
  await look(her);
  await press(her, 'send-objection');
  expect(lastStatus(her)).toBe(422);
  await fill(her, { text: 'दो महिलाओं ने देखा था।' });
  await shot(her.page, 'end-objection');
  await press(her, 'send-objection');
  expect(await said(her)).toContain(e.objection.sent);
  await press(her, 'say-settled:no');
  expect(await said(her)).toContain(e.her.said_up);
  await press(her, 'see-feedback');
  await look(her);
  await fill(her, { respect: 'mostly', again: 'maybe' });
  await shot(her.page, 'end-feedback');
  await press(her, 'send-feedback');
  expect(await said(her)).toContain(e.her.feedback_done);

  const singh = await beginShift(browser, house, 'singh', { ...ways, width: 1280 });
  await singh.page.goto(`${house.url}/attention`);
  await follow(singh, 'main a[href="/summons"]');
  expect(await singh.page.locator('main').textContent()).not.toContain(number);
  await shot(singh.page, 'end-who-calls');
  await singh.page.goto(`${house.url}/attention`);
  await follow(singh, 'main a[href="/objections"]');
  expect(await singh.page.locator('main').textContent()).toContain('दो महिलाओं ने देखा था।');
  const objection = singh.page.locator('ul.att > li').filter({ hasText: 'दो महिलाओं' });
  await objection.locator('summary').click();
  await shot(singh.page, 'end-objections');
  await objection.locator('select[name=outcome]').selectOption('further-inquiry');
  await objection.locator('textarea').fill('दोनों से इसी हफ्ते बात होगी।');
  await Promise.all([singh.page.waitForEvent('load'), objection.locator('form button').click()]);
  await lookAt(singh);
  await singh.page.goto(`${house.url}/file/${number}/court`);
  await lookAt(singh);
  const tab = (await singh.page.locator('main').textContent()) ?? '';
  for (const line of [e.outcomes['further-inquiry'], e.staff.tab.not_settled, e.options.respect.mostly])
    expect(tab).toContain(line);
  await shot(singh.page, 'end-court');

  await press(her, 'see-case');
  expect(await said(her)).toContain(words('hi').track.outcomes['closure-accepted']);
  await press(her, 'see-ending');
  expect(await said(her)).toContain('दोनों से इसी हफ्ते बात होगी।');
  await look(her);
  await shot(her.page, 'end-answered');
}, 120_000);
