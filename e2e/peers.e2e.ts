// Two posts and a State: the administrator lists it, the State's own post confirms its key by thirty digits; every page is looked at.
import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fingerprintOf, keyText } from '../src/server/exchange/rules.ts';
import { openBrowser, type RunningHouse, startHouse } from './house.ts';
import { beginShift, follow, lookAt, type Ways } from './officer.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  house = await startHouse();
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});
const THEIRS = { state: 'in.mp', generation: 1, sign_key: randomBytes(32), seal_key: randomBytes(32) };
const shown = process.env['ITSSO_PICTURES'];

test('listed by one, refused to the same one, confirmed by another; in Hindi and English, narrow and wide', async () => {
  const hindi: Ways = { script: false, lang: 'hi', width: 360 };
  const admin = await beginShift(browser, house, 'administrator', hindi);
  await admin.page.goto(`${house.url}/admin/peers`);
  await lookAt(admin);
  await follow(admin, 'form[action="?/make"] button');
  expect(await admin.page.locator('section dd code').first().textContent()).toMatch(/^\d{5}( \d{5}){5}$/);
  await admin.page.locator('details.panel > summary').click();
  await admin.page.fill('textarea[name=key]', keyText(THEIRS));
  await admin.page.fill('input[name=address]', 'https://itsso.mp.example');
  await follow(admin, 'form[action="?/add"] button');
  expect(await admin.page.locator('input[name=fingerprint]').count()).toBe(0);
  if (shown) await admin.page.screenshot({ path: `${shown}/peers-admin-360.png`, fullPage: true });
  const state = await beginShift(browser, house, 'state', { script: false, lang: 'en', width: 1280 });
  await state.page.goto(`${house.url}/admin/peers`);
  await lookAt(state);
  if (shown) await state.page.screenshot({ path: `${shown}/peers-state-1280.png`, fullPage: true });
  await state.page.fill('input[name=fingerprint]', '1'.repeat(30));
  await state.page.locator('form[action="?/confirm"] button').click();
  expect(await state.page.locator('[aria-invalid=true]').count()).toBe(1);
  await state.page.fill('input[name=fingerprint]', fingerprintOf(THEIRS));
  await follow(state, 'form[action="?/confirm"] button');
  expect(await state.page.locator('input[name=fingerprint]').count()).toBe(0);
  // nobody else is told that there are peers
  const verma = await beginShift(browser, house, 'verma', hindi);
  await verma.page.goto(`${house.url}/admin/peers`);
  expect(verma.statuses.at(-1)).toBe(404);
});
