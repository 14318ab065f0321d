// An officer at a desk or with a phone: begins a shift, opens a file, takes a step by its page; every page is looked at.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { words } from '#words';
import type { Lang } from './answers.ts';
import { openPhone, type RunningHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

/** Field name → what is typed or chosen. */
export type Typed = Record<string, string>;
/** How this officer works: with script or without, in which language, how wide the screen is. */
export type Ways = { script: boolean; lang: Lang; width: number };
export type Officer = { context: BrowserContext; page: Page; home: string; ways: Ways; statuses: number[] };

/** What holds on every officers' page: its language, its title, that it is practice, status 200, and nothing that axe finds wrong. */
export async function lookAt({ page, ways, statuses }: Officer): Promise<void> {
  const { heading, ...seen } = await page.evaluate(() => ({
    heading: document.querySelector('h1')?.textContent,
    lang: document.documentElement.lang,
    titled: document.title.length > 5,
    practice: document.querySelectorAll('header .sample').length,
    // the two hydrated pages begin with one script of the framework's, under its nonce
    inline: document.querySelectorAll(
      `${/^\/(orders|sos-board)$/.test(location.pathname) ? 'script:not([src]):not([nonce])' : 'script:not([src])'}, [style]`,
    ).length,
    beside: Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
  }));
  const about = `${new URL(page.url()).pathname}: ${heading}`;
  expect(statuses.at(-1), about).toBe(200);
  expect(seen, about).toEqual({ lang: ways.lang, titled: true, practice: 1, inline: 0, beside: 0 });
  expect(await faultsOfItsKind(page), about).toEqual([]);
}

/** Presses something and waits for the page it leads to. */
export async function follow(officer: Officer, selector: string): Promise<void> {
  await Promise.all([
    officer.page.waitForEvent('load', { timeout: 15_000 }),
    officer.page.locator(selector).first().click({ timeout: 15_000 }),
  ]);
  await lookAt(officer);
}

/** Signs in as one of the cast and stands at the first page of that post. */
export async function beginShift(browser: Browser, house: RunningHouse, who: string, ways: Ways): Promise<Officer> {
  const context = await openPhone(browser, { script: ways.script, width: ways.width });
  const page = await context.newPage();
  const officer: Officer = { context, page, home: house.url, ways, statuses: [] };
  page.on('response', (response) => {
    if (response.request().resourceType() === 'document') officer.statuses.push(response.status());
  });
  if (ways.lang === 'en') await page.goto(`${house.url}/l/en`);
  await page.goto(`${house.url}/signin`);
  await lookAt(officer);
  await follow(officer, `button[name=id][value="${who}"]`);
  return officer;
}

/** Ends the shift: the desk is no longer to be seen. */
export async function endShift(officer: Officer): Promise<void> {
  await follow(officer, 'form[action="/signin?/end"] button');
  await officer.page.goto(`${officer.home}/desk`);
  expect(new URL(officer.page.url()).pathname).toBe('/signin');
  await officer.context.close();
}

async function fillIn({ page }: Officer, typed: Typed): Promise<void> {
  for (const [name, value] of Object.entries(typed)) {
    const radio = page.locator(`main input[type=radio][name="${name}"][value="${value}"]`);
    const field = page.locator(`main [name="${name}"]:not([type=radio])`);
    if (await radio.count()) await radio.check();
    else if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
}

/** From the desk into the file, by its link. */
export async function openFile(officer: Officer, number: string): Promise<void> {
  await officer.page.goto(`${officer.home}/desk`);
  await lookAt(officer);
  await follow(officer, `a[href="/file/${number}"]`);
  expect(new URL(officer.page.url()).pathname).toBe(`/file/${number}`);
}

/** Into a file that lies on another desk of one's own station: by its number, in the field at the top. */
export async function findFile(officer: Officer, number: string): Promise<void> {
  await officer.page.goto(`${officer.home}/desk`);
  await officer.page.fill('form.find input[name=q]', (number.match(/\d{4}/g) ?? []).join(' '));
  await follow(officer, 'form.find button');
  expect(new URL(officer.page.url()).pathname).toBe(`/file/${number}`);
}

/** Takes a step by its form. Sent empty first where something must be said: it comes back with what is missing. */
export async function takeStep(officer: Officer, number: string, step: string, typed: Typed = {}): Promise<void> {
  const { page, ways } = officer;
  await follow(officer, `a[href="/file/${number}/${step}"]`);
  expect(await page.locator('h1').textContent()).toBe(words(ways.lang).staff.steps.label[step as 'sign']);
  await fillIn(officer, typed);
  await Promise.all([
    page.waitForEvent('load', { timeout: 15_000 }),
    page.locator('form.step-form .acts-row button[type=submit]').click({ timeout: 15_000 }),
  ]);
  // on a slow machine the shift began longer ago than who sits there is believed: the form asks, and goes on
  if (await page.locator('button[name=again]').count()) await follow(officer, 'button[name=again]');
  await lookAt(officer);
  const { pathname, search } = new URL(page.url());
  expect([`/file/${number}?done=${step}`, '/desk?moved'], (await page.locator('main').textContent()) ?? '').toContain(
    pathname + search,
  );
}

/** Writes in the diary, on the file's own page. */
export async function writeDiary(officer: Officer, text: string): Promise<void> {
  await fillIn(officer, { text });
  await follow(officer, 'form[action="?/diary"] button[type=submit]');
  expect(await officer.page.locator('section[aria-labelledby=diary] .told').first().textContent()).toBe(text);
}

/** Opens the sealed identity with a purpose; returns what stands under the seal, and closes it again. */
export async function openSeal(officer: Officer, purpose: string): Promise<string> {
  await fillIn(officer, { purpose });
  await follow(officer, 'form[action="?/open"] button');
  const text = (await officer.page.locator('section.seal--open dl').textContent()) ?? '';
  await follow(officer, 'form[action="?/close"] button');
  expect(await officer.page.locator('section.seal--open').count()).toBe(0);
  return text;
}
