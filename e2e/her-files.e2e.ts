// She speaks instead of writing, adds pictures and papers, and sends files with a message: with the script by a microphone and over a
// network that goes away, without it by a plain form. And the page reads itself aloud where the phone has a voice of its own.
import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { film, pdf, photo, silence } from '../test/evidence-files.ts';
import { wholeFiling } from './answers.ts';
import { someComplaint, someMobile } from './complaint.ts';
import { quickTo } from './her-journey.ts';
import { afterwards, fill, goOn, type HerPhone, herPhone, lastStatus, look, press, said } from './her-phone.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { beginShift, follow } from './officer.ts';
import { asOfficer, confirmByPhone } from './whole-case.ts';

let house: RunningHouse;
let browser: Browser;
const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-hers-'));
const file = (name: string, bytes: Buffer): string => {
  const at = path.join(folder, name);
  writeFileSync(at, bytes);
  return at;
};
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser({ microphone: true })]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const shot = async ({ page }: HerPhone, name: string): Promise<void> => {
  const at = process.env['ITSSO_SHOTS'];
  if (at) await page.screenshot({ path: `${at}/${name}.png`, fullPage: true });
};
/** Nothing lies beside the narrowest screen, whatever the script shows. */
async function narrow({ page }: HerPhone): Promise<void> {
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 360, height: 740 });
}
/** Chooses a file in the page's own form and sends it, as a phone without script does. */
async function add(phone: HerPhone, chosen: string): Promise<void> {
  await phone.page.locator('input[type=file]').setInputFiles(chosen);
  await afterwards(phone, () => phone.page.locator('[data-add]').click());
}

test('without a script she speaks by a recording, shows a photo and a paper, takes one back, and all of it is sent', async () => {
  const w = words('hi').form;
  const told = wholeFiling('hi');
  const phone = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(phone, 'start');
  await quickTo(phone, told, 'account');
  await look(phone);
  await shot(phone, 'speak-hi');
  await goOn(phone, { account_choice: 'speak' });
  expect(lastStatus(phone)).toBe(422);
  expect(await said(phone)).toContain(words('hi').problems['speak-first']);
  await look(phone);
  // a picture is no voice; chosen and not added is said too, and what was typed stays
  await fill(phone, { account: 'थोड़ा' });
  await add(phone, file('a.jpg', await photo()));
  expect(lastStatus(phone)).toBe(422);
  expect(await said(phone)).toContain(w.files.refused['kind-does-not-fit']);
  expect(await phone.page.locator('textarea').inputValue()).toBe('थोड़ा');
  await look(phone);
  await phone.page.locator('input[type=file]').setInputFiles(file('b.mp3', silence()));
  await shot(phone, 'speak-chosen-hi');
  await press(phone, 'save');
  expect(lastStatus(phone)).toBe(422);
  expect(await said(phone)).toContain(w.files.notAdded);
  await add(phone, file('b.mp3', silence()));
  expect(await said(phone)).toContain(`${w.files.spoken} 1`);
  await look(phone);
  await press(phone, 'save');

  await look(phone);
  expect(await said(phone)).toContain(w.screens.evidence.title);
  await add(phone, file('c.jpg', await photo()));
  await add(phone, file('d.pdf', pdf()));
  await look(phone);
  await shot(phone, 'show-hi');
  await afterwards(phone, () => phone.page.locator('.its-files .its-row button').first().click());
  // longer than any other form may be
  await add(phone, file('e.mp4', film(900_000)));
  const listed = await phone.page.locator('.its-files .its-row').allTextContents();
  expect(listed.map((line) => line.split('·')[0]?.trim())).toEqual([
    `${w.files.kinds.pdf} 1`,
    `${w.files.kinds.video} 1`,
  ]);
  await press(phone, 'save');
  await quickTo(phone, told.slice(told.findIndex(({ screen }) => screen === 'earlier')), 'check');
  const check = await said(phone);
  expect(check).toContain(w.files.count(1, w.files.spoken));
  expect(check).toContain(`${w.files.count(1, w.files.kinds.pdf)}, ${w.files.count(1, w.files.kinds.video)}`);
  await look(phone);
  await shot(phone, 'check-hi');
  await fill(phone, { agreed: ['yes'] });
  await press(phone, 'send');
  expect(await phone.page.locator('.its-phrase').count()).toBe(1);
  await phone.context.close();
}, 240_000);

test('with the script she speaks into the phone, hears it, and it goes on where the network broke off', async () => {
  const w = words('en').form;
  const told = wholeFiling('en');
  const phone = await herPhone(browser, house.url, { script: true, lang: 'en' });
  const { page, context } = phone;
  await press(phone, 'start');
  await quickTo(phone, told, 'account');
  await look(phone);
  // the plain form's button is for phones without script
  expect(await page.locator('[data-add]').isVisible()).toBe(false);
  const status = page.locator('[data-told]');
  const key = async (name: string, pressed = 'Enter') => {
    await page.locator(`[data-do="${name}"]`).focus();
    await page.keyboard.press(pressed);
  };
  await key('record');
  await expect.poll(() => status.textContent()).toBe(w.files.recording);
  await expect.poll(() => page.locator('[data-time]').textContent(), { timeout: 10_000 }).toBe('0:02');
  await narrow(phone);
  // the next button has the focus by itself
  await page.keyboard.press('Space');
  await expect.poll(() => status.textContent()).toBe(w.files.ready);
  expect(await page.locator('audio').isVisible()).toBe(true);
  await narrow(phone);
  await shot(phone, 'speak-ready-en');
  await key('again');
  expect(await page.locator('audio').isVisible()).toBe(false);
  await key('record');
  await expect.poll(() => page.locator('[data-time]').textContent(), { timeout: 10_000 }).toBe('0:01');
  await key('stop');
  await expect.poll(() => status.textContent()).toBe(w.files.ready);
  await fill(phone, { account_choice: 'speak' });
  await context.setOffline(true);
  // going on sends it first; without network it waits, and says so
  await page.locator('main button[value=save]').click();
  await expect.poll(() => status.textContent()).toBe(w.files.waiting);
  await shot(phone, 'speak-waiting-en');
  await afterwards(phone, () => context.setOffline(false));
  expect(await said(phone)).toContain(w.screens.evidence.title);

  // a chosen file goes by itself, in pieces, each of which may break off
  let broken = 0;
  await page.route('**/api/v1/uploads/**', (route) =>
    route.request().method() === 'PATCH' && ++broken % 4 === 2 ? route.abort('connectionreset') : route.continue(),
  );
  const bytes = film(400_000);
  await afterwards(phone, () => page.locator('input[type=file]').setInputFiles(file('f.mp4', bytes)));
  expect(broken).toBeGreaterThan(6);
  expect(await said(phone)).toContain(w.files.kinds.video);
  await page.unroute('**/api/v1/uploads/**');
  await page
    .locator('input[type=file]')
    .setInputFiles(file('g.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')));
  await expect.poll(() => status.textContent(), { timeout: 5000 }).toBe(words('en').reasons['not-this-type']);
  await press(phone, 'back');
  expect(await said(phone)).toContain(`${w.files.spoken} 1`);
  expect(await page.locator('main [value=speak]').isChecked()).toBe(true);
  await press(phone, 'save');
  await press(phone, 'save');
  await quickTo(phone, told.slice(told.findIndex(({ screen }) => screen === 'earlier')), 'check');
  expect(await said(phone)).toContain(w.files.count(1, w.files.spoken));
  await fill(phone, { agreed: ['yes'] });
  await press(phone, 'send');
  expect(await page.locator('.its-phrase').count()).toBe(1);
  await context.close();
}, 240_000);

test('where the phone has a voice of its own the page reads itself aloud, what is typed and the codes apart; a voice from elsewhere is not offered', async () => {
  const heard = async (localService: boolean) => {
    const phone = await herPhone(browser, house.url, { script: true, lang: 'hi' });
    await phone.context.addInitScript((own) => {
      const said: string[] = [];
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => [{ lang: 'hi-IN', localService: own, name: 'x' }],
        speak: ({ text }: { text: string }) => said.push(text),
        cancel: () => undefined,
      });
      Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis });
      Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', {
        value: class {
          text: string;
          constructor(text: string) {
            this.text = text;
          }
        },
      });
      Object.defineProperty(globalThis, 'saidAloud', { value: said });
    }, localService);
    await press(phone, 'start');
    await goOn(phone, { danger_now: 'no' });
    await goOn(phone, { relation: 'self', woman_or_girl: ['yes'] });
    await fill(phone, { name: 'ABCDE' });
    const aloud = phone.page.locator('[data-aloud]');
    if (!localService) {
      expect(await aloud.isVisible()).toBe(false);
      await phone.context.close();
      return [];
    }
    await look(phone);
    await shot(phone, 'aloud-hi');
    await aloud.click();
    expect(await aloud.textContent()).toBe(words('hi').common.aloudStop);
    const said = await phone.page.evaluate<string[]>('saidAloud');
    await aloud.click();
    expect(await aloud.getAttribute('aria-pressed')).toBe('false');
    await phone.context.close();
    return said;
  };
  const w = words('hi');
  const said = (await heard(true)).join('\n');
  for (const text of [
    w.form.screens.name.title,
    w.form.screens.name.intro,
    w.fields.guardian_name.label,
    w.fields.guardian_name.hint,
    ...Object.values(w.fields.guardian_relation.options),
  ])
    expect(said).toContain(text);
  expect(said).not.toMatch(/ABCDE|पेज छोड़ें|आगे बढ़ें/);
  await heard(false);
}, 240_000);

test('files go with messages both ways, and each side opens what the other sent', async () => {
  const w = words('hi');
  const m = w.correspondence.her.messages;
  const mobile = someMobile();
  const filed = await house.api('POST', '/complaints', someComplaint({ mobile }));
  const number = await confirmByPhone(house, mobile);
  const her = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(her, 'door-receipt');
  await fill(her, { receipt: filed.json.receipt });
  await press(her, 'open-receipt');
  const bytes = async (n: number, part: string) => her.context.request.get(`${house.url}/o/${n}/${part}`);
  await press(her, 'show');
  await press(her, 'see-messages');
  await fill(her, { text: 'यह फोटो देखिए' });
  await add(her, file('h.jpg', await photo()));
  await add(her, file('i.mp3', silence()));
  expect(await her.page.locator('textarea').inputValue()).toBe('यह फोटो देखिए');
  await look(her);
  await shot(her, 'letters-files-hi');
  await afterwards(her, () => her.page.locator('.its-files .its-row button').last().click());
  await add(her, file('i.mp3', silence()));
  await press(her, 'send-message');
  expect(await said(her)).toContain(m.sent);
  await look(her);

  // the desk sees them as exhibits, and sends a paper and a film of its own
  const suman = await beginShift(browser, house, 'suman', { script: false, lang: 'hi', width: 1280 });
  await suman.page.goto(`${house.url}/file/${number}/messages`);
  expect(await suman.page.locator('.att a[href*="/evidence/"]').count()).toBe(2);
  await asOfficer(house, 'suman', 'POST', `/files/${number}/steps`, { step: 'receive' });
  await suman.page.goto(`${house.url}/file/${number}/evidence/add`);
  await suman.page.selectOption('select[name=kind]', 'document');
  await suman.page.locator('input[type=file]').setInputFiles(file('j.pdf', pdf()));
  await follow(suman, 'main form button[type=submit]');
  await suman.page.goto(`${house.url}/file/${number}/messages`);
  await suman.page.locator('form[action="?/answer"] summary').click();
  await suman.page.locator('input[name="uploads[]"]').first().check();
  await suman.page.screenshot({
    path: path.join(process.env['ITSSO_SHOTS'] ?? folder, 'desk-files.png'),
    fullPage: true,
  });
  await follow(suman, 'form[action="?/answer"] button.btn--go');
  expect(await suman.page.locator('.att a[href*="/evidence/"]').count()).toBe(3);

  await press(her, 'see-case');
  expect(await said(her)).toContain(m.line_fresh(1));
  await press(her, 'see-messages');
  const open = her.page.locator('.its-log button');
  expect((await open.allTextContents()).map((text) => text.trim())).toEqual(
    ['pdf', 'picture', 'audio'].map((kind) => m.open_file(w.form.files.kinds[kind as 'pdf'])),
  );
  await shot(her, 'letters-thread-hi');
  await afterwards(her, () => open.nth(1).click());
  expect(await her.page.locator('img').evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
  expect(new URL(her.page.url()).pathname).toBe('/');
  expect(await faultsOfItsKind(her.page)).toEqual([]);
  await shot(her, 'letters-photo-hi');
  await press(her, 'see-messages');
  await afterwards(her, () => open.nth(2).click());
  expect(await faultsOfItsKind(her.page)).toEqual([]);
  const heard = await bytes(2, 'play');
  expect([heard.status(), await heard.body()]).toEqual([200, silence()]);
  const paper = await bytes(3, 'original');
  expect(await paper.body()).toEqual(pdf());
  expect(paper.headers()).toMatchObject({
    'content-disposition': 'attachment; filename="document.pdf"',
    'cache-control': 'no-store',
    'content-security-policy': expect.stringContaining('sandbox'),
  });
  // nothing of the case but what is in the thread, and nothing of it before the gate
  expect((await bytes(4, 'original')).status()).toBe(404);
  const other = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await press(other, 'door-receipt');
  await fill(other, { receipt: filed.json.receipt });
  await press(other, 'open-receipt');
  expect((await other.context.request.get(`${house.url}/o/1/view`)).status()).toBe(404);
  await Promise.all([her.context.close(), other.context.close(), suman.context.close()]);
}, 240_000);
