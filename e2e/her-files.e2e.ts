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
import { upTo } from './her-journey.ts';
import { afterwards, fill, goOn, type HerPhone, herPhone, lastStatus, look, press, said } from './her-phone.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';

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
  await upTo(phone, told, 'account');
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
  await upTo(phone, told.slice(told.findIndex(({ screen }) => screen === 'earlier')), 'check');
  const check = await said(phone);
  expect(check).toContain(w.files.count(1, w.files.spoken));
  expect(check).toContain(`${w.files.count(1, w.files.kinds.pdf)}, ${w.files.count(1, w.files.kinds.video)}`);
  await look(phone);
  await shot(phone, 'check-hi');
  await fill(phone, { agreed: ['yes'] });
  await press(phone, 'send');
  expect(await phone.page.locator('.its-phrase').count()).toBe(1);
  await phone.context.close();
}, 60_000);
