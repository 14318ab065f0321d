// The administrator's page of apps: registered, told once, given an address, replaced, ended; by phone in Hindi and at a desk in English.
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { openBrowser, type RunningHouse, startHouse, waysToWalk } from './house.ts';
import { beginShift, endShift, follow, type Officer, type Ways } from './officer.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const PICTURES = process.env.ITSSO_PICTURES;
async function picture({ page, ways }: Officer, name: string): Promise<void> {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}-${ways.lang}-${ways.width}.png`, fullPage: true });
}
const knock = async (token: string): Promise<number> =>
  (await fetch(`${house.url}/api/v1/law/offences?q=354`, { headers: { 'client-token': token } })).status;
const told = async ({ page }: Officer): Promise<string> => (await page.locator('code.told').textContent()) ?? '';

test.each(waysToWalk<Ways>({ lang: 'hi', script: false, width: 360 }, { lang: 'en', script: true, width: 1280 }))(
  'an administrator looks after an app ($lang, $width)',
  async (ways) => {
    const w = words(ways.lang).staff.admin;
    const name = `UP Cop ${ways.width}`;
    const officer = await beginShift(browser, house, 'administrator', ways);
    const { page } = officer;
    await follow(officer, 'nav a[href="/admin/clients"]');
    expect(await page.locator('h1').textContent()).toBe(w.title);
    await page.locator('details summary').first().click();
    await page.fill('[name=name]', name);
    await page.fill('[name=per_minute]', '0');
    const save = 'form.step-form button[type=submit]';
    await Promise.all([page.waitForEvent('load'), page.locator(save).click()]);
    expect(await page.locator('a[href="#contact_post"]').count(), 'a post is asked for').toBe(1);
    expect(await page.locator('a[href="#per_minute"]').count()).toBe(1);
    expect(await page.inputValue('[name=name]')).toBe(name);
    await page.fill('[name=per_minute]', '90');
    await page.locator('select[name=contact_post]').selectOption({ index: 1 });
    await picture(officer, 'register');
    await follow(officer, save);
    const token = await told(officer);
    expect(token).toMatch(/^ct_[\w-]{43}$/);
    expect(await knock(token)).toBe(200);
    await picture(officer, 'registered');
    await page.goto(`${house.url}/admin/clients`);
    expect(await page.content(), 'told once').not.toContain(token);

    await follow(officer, `th a[href^="/admin/clients/"]:text-is("${name}")`);
    await page.fill('[name=url]', 'https://10.0.0.1/h');
    await Promise.all([page.waitForEvent('load'), page.locator('form[action="?/webhook"] button').click()]);
    expect(await page.locator('#url-error').textContent()).toContain(words(ways.lang).reasons['webhook-address']);
    await page.fill('[name=url]', 'https://hooks.example.in/itsso');
    await follow(officer, 'form[action="?/webhook"] button');
    expect(await told(officer)).toMatch(/^whsec_/);
    await page.fill('form[action="?/token"] [name=overlap_hours]', '0');
    await follow(officer, 'form[action="?/token"] button');
    const next = await told(officer);
    expect([await knock(token), await knock(next)]).toEqual([401, 200]);
    await picture(officer, 'client');
    await page.locator('details:has(form[action="?/revoke"]) summary').click();
    await follow(officer, 'form[action="?/revoke"] button');
    expect(await knock(next)).toBe(401);
    expect(await page.locator('form[action="?/token"]').count()).toBe(0);
    await endShift(officer);
  },
);

test('who is no administrator finds no such page', async () => {
  const cookie = `__Host-p=${await house.signIn('verma')}`;
  for (const at of ['/admin/clients', '/admin/clients/00000000-0000-4000-8000-000000000000'])
    expect((await fetch(house.url + at, { headers: { cookie, accept: 'text/html' } })).status).toBe(404);
});
