// Her phone: presses buttons and fills in fields as a thumb does, and looks at every page for what must hold on all of them.
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { anchor } from '#ui/anchor.ts';
import { words } from '#words';
import type { Answers, Lang } from './answers.ts';
import { openPhone } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

export type HerPhone = {
  context: BrowserContext;
  page: Page;
  lang: Lang;
  home: string;
  /** every answer to the page itself, in order */
  answers: { method: string; status: number }[];
  /** every address that was asked for */
  asked: string[];
  /** the first headings of the pages looked at */
  seen: string[];
};

/** Opens her home on a phone of her own, 360 px wide. */
export async function herPhone(
  browser: Browser,
  home: string,
  options: { script: boolean; lang: Lang },
): Promise<HerPhone> {
  const context = await openPhone(browser, { script: options.script });
  const page = await context.newPage();
  const phone: HerPhone = { context, page, lang: options.lang, home, answers: [], asked: [], seen: [] };
  context.on('request', (request) => phone.asked.push(request.url()));
  context.on('response', (response) => {
    const request = response.request();
    if (request.resourceType() === 'document')
      phone.answers.push({ method: request.method(), status: response.status() });
  });
  await page.goto(home);
  if (options.lang === 'en') await afterwards(phone, () => page.locator('.its-lang').click());
  return phone;
}

/** Does something that leads to another page and waits until it is there. */
export async function afterwards(phone: HerPhone, deed: () => Promise<unknown>): Promise<void> {
  await Promise.all([phone.page.waitForEvent('load', { timeout: 60_000 }), deed()]);
}

/** Presses a button of the page by its value and waits for the next page. */
export const press = (phone: HerPhone, value: string): Promise<void> =>
  afterwards(phone, () => phone.page.locator(`main button[name=do][value="${value}"]`).click());

/** Fills in what is given and nothing else. */
export async function fill({ page }: HerPhone, answers: Answers): Promise<void> {
  const choices = await page
    .locator('main :is(input[type=radio], input[type=checkbox])')
    .evaluateAll((all) =>
      (all as HTMLInputElement[]).map(({ id, name, type, value, checked }) => ({ id, name, type, value, checked })),
    );
  for (const [name, answer] of Object.entries(answers)) {
    const offered = choices.filter((choice) => choice.name === name);
    if (offered.length === 0) await page.locator(`main [name="${name}"]`).fill(String(answer));
    for (const { id, type, value, checked } of offered) {
      const wanted = [answer].flat().includes(value);
      // a radio button is let go only by pressing another
      if (wanted !== checked && (wanted || type === 'checkbox')) await page.locator(`#${id}`).setChecked(wanted);
    }
  }
}

/** Fills in a screen and goes on. */
export async function goOn(phone: HerPhone, answers: Answers): Promise<void> {
  await fill(phone, answers);
  await press(phone, 'save');
}

/** The status the page itself was last answered with, redirects apart. */
export const lastStatus = (phone: HerPhone): number | undefined => phone.answers.at(-1)?.status;

/** What stands in the fields of the page. */
export const typedOn = ({ page }: HerPhone): Promise<Answers> =>
  page.evaluate(() => {
    const fields = [
      ...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
        'main :is(input, textarea):not([type=hidden])',
      ),
    ];
    const typed: Record<string, string | string[]> = {};
    for (const field of fields) {
      const ticked = 'checked' in field && field.checked;
      if (field.type === 'checkbox')
        typed[field.name] = [...(typed[field.name] ?? []), ...(ticked ? [field.value] : [])];
      else if (field.type === 'radio') typed[field.name] = ticked ? field.value : (typed[field.name] ?? '');
      else typed[field.name] = field.value;
    }
    return typed;
  });

type Verdict = { faults: string[]; width: number };
// the very same page is judged once, whichever phone shows it first
const judged = new Map<string, Promise<Verdict>>();

async function judge(page: Page): Promise<Verdict> {
  const faults = await faultsOfItsKind(page);
  await page.setViewportSize({ width: 320, height: 640 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.setViewportSize({ width: 360, height: 740 });
  return { faults, width };
}

/**
 * What holds on every page of hers: the neutral address and title, the way out, no script but the one, nothing to push sideways at 320 px,
 * and nothing that axe finds wrong at 360 px.
 */
export async function look(phone: HerPhone): Promise<void> {
  const { page, lang } = phone;
  const { html, ...seen } = await page.evaluate(() => ({
    heading: document.querySelector('h1')?.textContent ?? '',
    title: document.title,
    lang: document.documentElement.lang,
    exit: document.querySelector('form[action="/x"] button')?.textContent ?? '',
    foreign: document.querySelectorAll('script:not([src="/hers.js"]), iframe, img, [style]').length,
    scripts: document.scripts.length,
    html: document.documentElement.outerHTML,
  }));
  const about = `“${seen.heading}”`;
  phone.seen.push(seen.heading);
  expect(page.url(), about).toBe(`${phone.home}/`);
  expect(seen).toMatchObject({ title: words(lang).common.service, lang, foreign: 0, scripts: 1 });
  expect(seen.exit, about).toContain(words(lang).common.exit);
  const same = html.replaceAll(/\d{4}/g, '0000');
  const verdict = judged.get(same) ?? judge(page);
  judged.set(same, verdict);
  expect(await verdict, about).toMatchObject({ faults: [] });
  expect((await verdict).width, `${about} at 320 px`).toBeLessThanOrEqual(320);
}

/** What the page says, as far as it can be seen. */
export const said = async ({ page }: HerPhone): Promise<string> =>
  // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen
  (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');

/** What the browser has put away for this site, cookies apart, as its own tools tell it. */
export async function putAway({ context, page, home }: HerPhone): Promise<Record<string, number>> {
  const tools = await context.newCDPSession(page);
  const securityOrigin = home;
  const kept = (isLocalStorage: boolean) =>
    tools.send('DOMStorage.getDOMStorageItems', { storageId: { securityOrigin, isLocalStorage } });
  const found = {
    local: (await kept(true)).entries.length,
    session: (await kept(false)).entries.length,
    databases: (await tools.send('IndexedDB.requestDatabaseNames', { securityOrigin })).databaseNames.length,
    caches: (await tools.send('CacheStorage.requestCacheNames', { securityOrigin })).caches.length,
    bytes: (await tools.send('Storage.getUsageAndQuota', { origin: home })).usage,
    workers: context.serviceWorkers().length,
  };
  await tools.detach();
  return found;
}

// a page sets its focus when it is first drawn, which may be a moment after it is loaded
async function inFocus(page: Page, expected: string): Promise<string> {
  for (let tries = 0; ; tries++) {
    const found = await page.evaluate(() => document.activeElement?.className ?? '');
    if (found === expected || tries === 50) return found;
    await new Promise((go) => setTimeout(go, 100));
  }
}

/**
 * Fills in a screen wrongly and sees what comes: status 422, the summary first and in focus, a line for each of these inputs that
 * leads there, the message again beside the field, and everything as it was typed.
 */
export async function wrongly(phone: HerPhone, typed: Answers, inputs: string[]): Promise<void> {
  const { page } = phone;
  await fill(phone, typed);
  const before = await typedOn(phone);
  await press(phone, 'save');
  expect(lastStatus(phone), inputs.join()).toBe(422);
  expect(await inFocus(page, 'govuk-error-summary')).toBe('govuk-error-summary');
  expect(await page.locator('.govuk-error-summary ~ h1').count()).toBe(1);
  expect(await page.locator('h1 ~ .govuk-error-summary').count()).toBe(0);
  const lines = page.locator('.govuk-error-summary__list a');
  expect(await lines.evaluateAll((all) => all.map((line) => line.getAttribute('href')))).toEqual(
    inputs.map((input) => `#${anchor(input)}`),
  );
  expect(await page.locator('.govuk-error-message').count()).toBe(inputs.length);
  expect(await typedOn(phone)).toEqual(before);
  await look(phone);
  for (const [nth, input] of inputs.entries()) {
    const text = (await lines.nth(nth).textContent()) ?? '';
    const message = page.locator(`#${anchor(input.replace(/_[dmy]$/, ''))}-e`);
    expect(await message.textContent()).toBe(`${words(phone.lang).common.wrong} ${text}`);
    await lines.nth(nth).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(anchor(input));
    expect(new URL(page.url()).hash, 'the address tells of no form').toMatch(/^#f\d+[dmy]?$/);
    const described = page
      .locator(`#${anchor(input)}`)
      .locator(`xpath=ancestor-or-self::*[contains(@aria-describedby, "-e")]`);
    expect(await described.count(), `${input} says what is wrong`).toBeGreaterThan(0);
  }
  // a line leads to its field by a fragment, which no server ever hears; the address has no other part
  const { pathname, search } = new URL(page.url());
  expect(pathname + search).toBe('/');
}
