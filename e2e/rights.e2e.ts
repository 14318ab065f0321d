// The open pages, read without a name and without a script, in both languages, on paper and by machines that search; and what the
// control room sees of messages that could not go.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { undrawn } from '../test/undrawn.ts';
import type { Lang } from './answers.ts';
import { someComplaint } from './complaint.ts';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { beginShift, follow, lookAt } from './officer.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const SITUATIONS = Object.keys(words('hi').rights.situations);
// nothing in practice reaches this number
const UNREACHABLE = '9999900000';

async function readsWell(page: Page, lang: Lang): Promise<void> {
  const about = `${new URL(page.url()).pathname} (${lang})`;
  expect(await page.title(), about).toBe(words(lang).common.service);
  expect(await page.locator('html').getAttribute('lang'), about).toBe(lang);
  expect(await page.locator('h1').count(), about).toBe(1);
  expect(await page.locator('script:not([src="/hers.js"]), [style]').count(), about).toBe(0);
  expect(await faultsOfItsKind(page), about).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide, about).toBeLessThanOrEqual(0);
}

test.each([
  ['hi', 360],
  ['en', 1280],
] as const)('rights and help are read without a name, in %s at %i px', async (lang, width) => {
  const context = await openPhone(browser, { script: false, width });
  const page = await context.newPage();
  const others: string[] = [];
  page.on('request', (request) => new URL(request.url()).origin !== house.url && others.push(request.url()));
  const go = async (path: string) => {
    const response = await page.goto(`${house.url}${path}${lang === 'en' ? '?lang=en' : ''}`);
    expect(response?.status(), path).toBe(200);
    await readsWell(page, lang);
  };
  await go('/rights');
  expect(await page.locator('[id^=stage-]').count()).toBe(6);
  const links = await page
    .locator('main a[href^="/rights/"]')
    .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  expect(links).toEqual(SITUATIONS.map((id) => `/rights/${id}`));
  // each right has its section beside it
  expect(await page.locator('main .its-log li').count()).toBe(await page.locator('main .its-cite').count());
  for (const id of process.env.ITSSO_LONG ? SITUATIONS : ['now', 'official']) await go(`/rights/${id}`);
  await go('/help/near');
  const near = (await page.locator('main').textContent()) ?? '';
  for (const name of lang === 'hi' ? ['कानपुर नगर', 'आगरा', 'उन्नाव'] : ['Kanpur Nagar', 'Agra', 'Unnao'])
    expect(near).toContain(name);
  expect(await page.locator('main form').count()).toBe(0);
  await go('/help');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.its-bar').isVisible()).toBe(false);
  expect(await context.cookies()).toEqual([]);
  expect(others).toEqual([]);
  expect((await page.goto(`${house.url}/rights/nothing`))?.status()).toBe(404);
  await context.close();
});

test('search engines are led to what is open, in each language under its own address, and to nothing else', async () => {
  const robots = await (await fetch(`${house.url}/robots.txt`)).text();
  expect(robots.match(/^Allow: .*$/gm)).toEqual(['Allow: /rights', 'Allow: /help', 'Allow: /verify']);
  expect(robots).toMatch(/^Disallow: \/$/m);
  const context = await openPhone(browser, { script: false, width: 360 });
  const page = await context.newPage();
  await page.goto(`${house.url}/rights/refused?lang=en`);
  const hrefs = (rel: string) =>
    page.locator(`link[rel=${rel}]`).evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  const here = `${house.url}/rights/refused`;
  expect(await hrefs('canonical')).toEqual([`${here}?lang=en`]);
  expect(await hrefs('alternate')).toEqual([here, `${here}?lang=en`]);
  // whoever changes the language on such a page has changed it
  await page.locator('.its-lang').click();
  await page.waitForURL(here);
  await readsWell(page, 'hi');
  await context.close();
});

test('the control room sees that a message could not go, not whose it was, and decides', async () => {
  const filed = await house.api('POST', '/complaints', someComplaint({ mobile: UNREACHABLE }), {
    key: 'unreachable-1',
  });
  expect(filed.status).toBe(201);
  const w = words('hi').staff.dead;
  const control = await beginShift(browser, house, 'control', { script: false, lang: 'hi', width: 360 });
  const { page } = control;
  const list = page.locator('ul.att > li');
  const open = async () => {
    await page.goto(`${house.url}/dead-letters`);
    await lookAt(control);
  };
  await expect.poll(async () => open().then(() => list.count()), { timeout: 10_000 }).toBe(1);
  expect(await list.first().textContent()).toContain(w.reasons.refused);
  const shown = await page.locator('main').innerHTML();
  expect(shown).not.toContain(UNREACHABLE);
  // nor a part of it: in ids and instants its first digits stand by chance
  expect(undrawn(shown)).not.toMatch(/99999|91999/);
  await follow(control, 'form[action="?/again"] button');
  expect(await page.locator('[role=status]').textContent()).toBe(w.done);
  // it is refused again; then it is given up, but not without a reason
  await expect.poll(async () => open().then(() => list.count()), { timeout: 10_000 }).toBe(1);
  await page.locator('details.ack summary').click();
  await page.locator('form[action="?/give-up"] button').click();
  await page.waitForSelector('.govuk-error-summary');
  expect(control.statuses.at(-1)).toBe(422);
  await page.locator('input[name=reason][value=number-wrong]').check();
  await follow(control, 'form[action="?/give-up"] button');
  expect(await list.count()).toBe(0);
  expect(await page.locator('main').textContent()).toContain(w.empty);
  await control.context.close();
  const desk = await beginShift(browser, house, 'verma', { script: false, lang: 'hi', width: 1280 });
  expect((await desk.page.goto(`${house.url}/dead-letters`))?.status()).toBe(404);
  await desk.context.close();
});
