// The public log and her file of proofs: what she takes along is checked offline, by a page opened from the disk and by a program.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { proofDocument, spoiltDocuments } from '../test/proof-document.ts';
import { someComplaint } from './complaint.ts';
import { following } from './her-journey.ts';
import { herPhone } from './her-phone.ts';
import { type Json, openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-proofs-'));
const CHECK_PAGE = pathToFileURL(path.resolve(import.meta.dirname, '../verifier/check.html')).href;
let house: RunningHouse;
let browser: Browser;
let filed: Json;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  filed = (await house.api('POST', '/complaints', someComplaint())).json;
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const write = (text: string): string => {
  const file = path.join(folder, 'document.txt');
  writeFileSync(file, text);
  return file;
};
/** Gives a file to the page from the disk; what it says. */
async function checkedBy(page: Page, text: string, key = ''): Promise<{ right: boolean; lines: string[] }> {
  await page.goto(CHECK_PAGE);
  await page.locator('#key').fill(key);
  await page.locator('#file').setInputFiles(write(text));
  await page.locator('#result.right, #result.wrong').waitFor();
  return {
    right: (await page.locator('#result.right').count()) === 1,
    lines: await page.locator('#entries li').allTextContents(),
  };
}

test.each(['hi', 'en'] as const)('the log is open to everybody and reads without script (%s)', async (lang) => {
  const phone = await openPhone(browser, { script: false });
  const page = await phone.newPage();
  if (lang === 'en') await page.goto(`${house.url}/l/en`);
  await page.goto(`${house.url}/log`);
  const w = words(lang).log;
  expect(await page.locator('h1').textContent()).toBe(w.title);
  const { key, checkpoint } = (await house.api('GET', '/log/checkpoint')).json;
  const said = (await page.locator('main').textContent()) ?? '';
  expect(said).toContain(key);
  expect(said).toMatch(/[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}/);
  expect(checkpoint.size).toBeGreaterThan(0);
  expect(await faultsOfItsKind(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const days = (await house.api('GET', '/log/checkpoints')).json;
  expect(days[0].size).toBeGreaterThan(0);
  const raw = await fetch(`${house.url}/log/checkpoint`);
  expect(await raw.text()).toMatch(/^localhost.*\/log\n\d+\n/);
  // what it is checked with is saved, never run at this address
  for (const name of ['check.html', 'check.mjs']) {
    const file = await fetch(`${house.url}/log/${name}`);
    expect(file.headers.get('content-disposition')).toContain('attachment');
    expect(await file.text()).toBe(readFileSync(path.resolve(import.meta.dirname, '../verifier', name), 'utf8'));
  }
  expect((await fetch(`${house.url}/log/other`)).status).toBe(404);
  await phone.close();
});

const placed = (text: string): boolean => JSON.parse(text).entries.every((entry: Json) => entry.index >= 0);
test('she takes her proofs along, and anybody checks them without the house', async () => {
  // within seconds everything has its place
  const phone = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await following(phone, filed.receipt.replaceAll(/\D/g, ''));
  const taken = async (): Promise<string> => {
    const [download] = await Promise.all([
      phone.page.waitForEvent('download'),
      phone.page.locator('form[action="/copy"] button').click(),
    ]);
    expect(download.suggestedFilename()).toBe('document.txt');
    return readFileSync(await download.path(), 'utf8');
  };
  let text = '';
  // each look gives the log the time in which it is signed
  for (let tries = 0; tries < 5 && !(text && placed(text)); tries++) {
    await new Promise((go) => setTimeout(go, 5000));
    text = await taken();
  }
  const said = JSON.parse(text);
  expect(said.entries.length).toBeGreaterThanOrEqual(3);
  expect(placed(text)).toBe(true);
  expect(text).not.toMatch(/casework|intake|complaint|police|[A-Z]{2}-?\d{4}-\d/);
  // opened from the browser's list, the address shows nothing
  const again = await fetch(`${house.url}/copy`, { redirect: 'manual' });
  expect([again.status, again.headers.get('location')]).toEqual([303, '/']);
  const page = await (await browser.newContext()).newPage();
  const { key } = (await house.api('GET', '/log/checkpoint')).json;
  const offline = await checkedBy(page, text, key);
  expect(offline.right).toBe(true);
  expect(offline.lines).toHaveLength(said.entries.length);
  const program = execFileSync(process.execPath, ['verifier/check.mjs', write(text), key], { encoding: 'utf8' });
  for (const { fingerprint } of said.entries) {
    expect(offline.lines.join()).toContain(fingerprint);
    expect(program).toContain(fingerprint);
  }
  await page.context().close();
  await phone.context.close();
});

test('the page from the disk lets nothing pass that was changed', async () => {
  const page = await (await browser.newContext()).newPage();
  const said = proofDocument(100, [7, 99]);
  expect((await checkedBy(page, JSON.stringify(said), said.key)).right).toBe(true);
  for (const [what, spoilt] of Object.entries(spoiltDocuments(said)))
    expect((await checkedBy(page, JSON.stringify(spoilt))).right, what).toBe(false);
  expect((await checkedBy(page, JSON.stringify(said), proofDocument(2, [0]).key)).right).toBe(false);
  expect((await checkedBy(page, 'no document')).right).toBe(false);
  expect(await page.title()).toBe('जाँच');
  await page.context().close();
});

test('the receipt shows the mark of what was recorded', async () => {
  const { json } = await house.api('GET', '/track/proof', undefined, {
    token: (await house.api('POST', '/track/sessions', { receipt: filed.receipt })).json.token,
  });
  expect(json.entries[0].fingerprint).toMatch(/^[0-9A-HJKMNP-TV-Z-]{14}$/);
});
