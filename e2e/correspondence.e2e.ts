// She asks, the desk answers, she reads; she raises a concern past the desk, the officer above answers. In Hindi, 360 px, without script.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { someComplaint, someMobile } from './complaint.ts';
import { fill, herPhone, lastStatus, look, press, said } from './her-phone.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow, lookAt, type Ways } from './officer.ts';
import { confirmByPhone } from './whole-case.ts';

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
