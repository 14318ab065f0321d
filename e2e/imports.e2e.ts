// FIRs of other systems on the real server: a file longer than any form streams in, the folder is looked into, and the administrator decides
// what nobody knows; by phone in Hindi and at a desk in English.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { openBrowser, type RunningHouse, startHouse, waysToWalk } from './house.ts';
import { beginShift, endShift, follow, type Officer, type Ways } from './officer.ts';

let house: RunningHouse;
let browser: Browser;
const inbox = path.join(os.tmpdir(), `itsso-inbox-${process.pid}`);
beforeAll(async () => {
  mkdirSync(inbox, { recursive: true });
  [house, browser] = await Promise.all([startHouse({ env: { ITSSO_CCTNS_INBOX: inbox } }), openBrowser()]);
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
const HEAD =
  'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on\n';
const ROWS = Array.from(
  { length: 8000 },
  (_, n) =>
    `उत्तर प्रदेश,कानपुर नगर,${n % 2 ? 'थाना कोतवाली' : 'Kotwaly City'},${n + 1},2025,05.03.2025,,,"64, 351(3) BNS r/w 5/6 POCSO",,\n`,
);

test('a file longer than any form streams in by the API; one in the folder is read and put away with its list', async () => {
  const token = await house.signIn('cctns');
  const body = `${HEAD}${ROWS.join('')}Goa,North Goa,Mapusa,1,2025,31.02.2025,,,74 BNS,,\nGoa,North Goa,Mapusa,2,2025,05.03.2025,,,"376",,\n`;
  expect(Buffer.byteLength(body)).toBeGreaterThan(3 * 256 * 1024);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
  const begun = await fetch(`${house.url}/api/v1/cctns/batches?name=march.csv`, { method: 'POST', headers, body });
  expect(begun.status).toBe(202);
  const { batch } = (await begun.json()) as { batch: string };
  const nobody = await fetch(`${house.url}/api/v1/cctns/batches`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body,
  });
  expect(nobody.status).toBe(401);
  writeFileSync(
    path.join(inbox, 'april.csv'),
    `${HEAD}UP,Agra,Sadar,1,2025,2025-04-01,,,64 BNS,,\nUP,Agra,Sadar,2,2025,nonsense,,,64 BNS,,\n`,
  );
  const state = async () => (await house.api('GET', `/cctns/batches/${batch}`, undefined, { token })).json;
  for (let n = 0; n < 150 && (await state()).state !== 'done'; n++) await wait(200);
  expect(await state()).toMatchObject({ state: 'done', read: 8002, accepted: 8001, rejected: 1 });
  for (let n = 0; n < 150 && !existsSync(path.join(inbox, 'done/april.csv')); n++) await wait(200);
  expect(readFileSync(path.join(inbox, 'done/april.csv.rejections.csv'), 'utf8')).toContain(
    `3,recorded_at,nonsense,not-a-day,${words('hi').imports.faults['not-a-day']}`,
  );
  expect(existsSync(path.join(inbox, 'april.csv'))).toBe(false);
}, 60_000);

test.each(waysToWalk<Ways>({ lang: 'hi', script: false, width: 360 }, { lang: 'en', script: true, width: 1280 }))(
  'an administrator decides what nobody knows ($lang, $width)',
  async (ways) => {
    const w = words(ways.lang).imports;
    const officer = await beginShift(browser, house, 'administrator', ways);
    const { page } = officer;
    await follow(officer, 'nav a[href="/admin/imports"]');
    expect(await page.locator('h1').textContent()).toBe(w.title);
    expect(await page.locator('table').last().textContent()).toContain('march.csv');
    await picture(officer, 'imports');
    // a file of one's own, longer than any form, by the page itself
    const before = (await house.api('GET', '/cctns/batches', undefined, { token: await house.signIn('administrator') }))
      .json.items.length;
    await Promise.all([page.waitForEvent('load'), page.locator('form[action="?/receive"] button').click()]);
    expect(await page.locator('#file-error').count(), 'a file has to be chosen').toBe(1);
    const year = ways.width === 360 ? '2023' : '2024';
    const known = ROWS.filter((_, n) => n % 2 === 1).map((row) => row.replaceAll('2025', year));
    const buffer = Buffer.from(`${HEAD}${known.join('')}`);
    expect(buffer.length).toBeGreaterThan(256 * 1024);
    await page.setInputFiles('#file', { name: `own-${ways.width}.csv`, mimeType: 'text/csv', buffer });
    await follow(officer, 'form[action="?/receive"] button');
    expect(await page.locator('.said').textContent()).toBe(w.bring.done);
    const items = (await house.api('GET', '/cctns/batches', undefined, { token: await house.signIn('administrator') }))
      .json.items;
    expect(items.length).toBe(before + 1);
    expect(items).toContainEqual(expect.objectContaining({ name: `own-${ways.width}.csv`, source: 'page' }));
    const list = await page.locator('table').last().locator('a[download]').first().getAttribute('href');
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await fetch(house.url + list, { headers: { cookie } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(await answer.text()).toContain('not-a-day');
    if (ways.lang === 'hi') {
      await follow(officer, 'a:text-is("Kotwaly City")');
      const save = 'form.step-form button[type=submit]';
      await Promise.all([page.waitForEvent('load'), page.locator(save).click()]);
      expect(await page.locator('#is-error').count(), 'something has to be chosen').toBe(1);
      await page.selectOption('select[name=is]', 'in.up.kanpur_nagar.east.circle_1.kotwali');
      await picture(officer, 'imports-place');
      await follow(officer, save);
      expect(await page.locator('.said').textContent()).toBe(w.places.done('4,000'));
    } else {
      await page.locator('details.ack summary').first().click();
      await page.fill('details[open] [name=means]', '79');
      await Promise.all([page.waitForEvent('load'), page.locator('details[open] button').click()]);
      expect(await page.locator('#means-error').textContent()).toContain(words('en').reasons['sections-unreadable']);
      await page.fill('details[open] [name=means]', '79 BNS');
      await picture(officer, 'imports-piece');
      await follow(officer, 'details[open] button');
      expect(await page.locator('.said').textContent()).toBe(w.pieces.done);
    }
    await endShift(officer);
  },
);

test('who is no administrator finds no such page', async () => {
  const cookie = `__Host-p=${await house.signIn('verma')}`;
  for (const at of [
    '/admin/imports',
    '/admin/imports/00000000-0000-4000-8000-000000000000',
    '/admin/imports/places/in.up.x_0000000000',
  ])
    expect((await fetch(house.url + at, { headers: { cookie, accept: 'text/html' } })).status).toBe(404);
});
