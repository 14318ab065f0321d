// An officer's browser: begins shifts of the practice cast, presses buttons, and looks at every page it comes to.
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Lang } from './answers.ts';
import { openPhone, type RunningHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

export type Desk = {
  page: Page;
  house: RunningHouse;
  lang: Lang;
  width: number;
  statuses: number[];
  /** the kinds of pages axe has looked at; a second one of a kind is not looked at so closely */
  seen: Set<string>;
};

/** Opens a browser of its own on the sign-in page. */
export async function openDesk(
  browser: Browser,
  house: RunningHouse,
  options: { script: boolean; lang: Lang; width: number },
): Promise<Desk> {
  const context = await openPhone(browser, options);
  const page = await context.newPage();
  const desk: Desk = { page, house, lang: options.lang, width: options.width, statuses: [], seen: new Set() };
  page.on('response', (response) => {
    if (response.request().resourceType() === 'document') desk.statuses.push(response.status());
  });
  await page.goto(`${house.url}/l/${options.lang}`);
  return desk;
}

/** What must hold on every page: nothing axe finds, one first heading, no script but the keys and the diary, the language said, no scrolling sideways at 320 px. */
export async function look(desk: Desk): Promise<void> {
  const { page, width, seen } = desk;
  expect(await page.locator('h1').count(), page.url()).toBe(1);
  expect(await page.locator('script:not([src="/keys.js"], [src="/diary.js"])').count(), page.url()).toBe(0);
  expect(await page.locator('html').getAttribute('lang')).toBe(desk.lang);
  const kind = `${page.url().replace(/\d{12}/, 'N')} ${desk.statuses.at(-1)}`;
  if (seen.has(kind)) return;
  seen.add(kind);
  expect(await faultsOfItsKind(page), page.url()).toEqual([]);
  await page.setViewportSize({ width: 320, height: 740 });
  expect(await page.evaluate('document.documentElement.scrollWidth'), `${page.url()} scrolls sideways`).toBe(320);
  await page.setViewportSize({ width, height: 740 });
}

/** Presses something, waits for the page it leads to, looks at it. Answers with the status of what was pressed. */
export async function press(desk: Desk, what: string): Promise<number> {
  const { page, statuses } = desk;
  const before = statuses.length;
  const there = page.waitForEvent('load');
  await page.locator(what).first().click();
  await there;
  await look(desk);
  return statuses[before] ?? 0;
}

/** Begins a shift as one of the cast; whoever sat here before is gone. */
export async function shift(desk: Desk, who: string): Promise<void> {
  await desk.page.goto(`${desk.house.url}/signin`);
  await look(desk);
  expect(await press(desk, `main button[name="id"][value="${who}"]`)).toBe(303);
}

/** Goes to a page and looks at it. */
export async function go(desk: Desk, path: string): Promise<void> {
  await desk.page.goto(desk.house.url + path);
  await look(desk);
}

/** Fills in the form of a step and takes it. Answers with the status. */
export async function take(
  desk: Desk,
  number: string,
  step: string,
  answers: Record<string, string> = {},
): Promise<number> {
  await go(desk, `/file/${number}/${step}`);
  return fillAndTake(desk, answers);
}

/** The same on the page that has come back with what is to be put right. */
export async function fillAndTake(desk: Desk, answers: Record<string, string>): Promise<number> {
  for (const [name, answer] of Object.entries(answers)) {
    const field = desk.page.locator(`main form.step-form [name="${name}"]`);
    const { tag, type } = await field.first().evaluate((one) => ({ tag: one.tagName, type: one.getAttribute('type') }));
    if (tag === 'SELECT') await field.selectOption(answer);
    else if (type === 'radio') await desk.page.locator(`main [name="${name}"][value="${answer}"]`).check();
    else await field.fill(answer);
  }
  return press(desk, 'main form.step-form .acts-row button');
}
