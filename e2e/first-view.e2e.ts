// What she sees first on the slowest network there is: 250 kbit/s, 300 ms to the server and back, a slow phone, a cold browser. And a
// whole filing by the keys alone, without a script, looked at as those see it who need it larger or in colours of their own.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anchor } from '#ui/anchor.ts';
import { words } from '#words';
import { type Answers, wholeFiling } from './answers.ts';
import { afterwards, herPhone, press } from './her-phone.ts';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';

let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const LIMIT_MS = 2000;
const TRIES = 4;
const SLOW = { offline: false, latency: 300, downloadThroughput: 250_000 / 8, uploadThroughput: 250_000 / 8 };

/** When something could first be read, from the first moment of going there; nothing is in the browser's memory. */
async function firstView(page: Page, at: string): Promise<number> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.setCacheDisabled', { cacheDisabled: true });
  await tools.send('Network.emulateNetworkConditions', SLOW);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(at, { waitUntil: 'commit' });
  // asked from outside: on a phone without script no timer and no observer ever comes
  const seen = () => page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`);
  await expect.poll(seen, { timeout: 20_000, interval: 100 }).toBeGreaterThan(0);
  // what was seen is the page, not a bar without it
  expect(await page.locator('h1').boundingBox()).not.toBeNull();
  const at_ms = await seen();
  await tools.detach();
  return Math.round(at_ms);
}

test.each([true, false])(
  'home and the form are there in less than two seconds on 2G, with a cold browser (script: %s)',
  async (script) => {
    const told: Record<string, number[]> = { home: [], form: [] };
    for (let nth = 0; nth < TRIES; nth++) {
      const context = await openPhone(browser, { script });
      // the page of a test can be asked also where its own script is off
      const page = await context.newPage();
      told['home']?.push(await firstView(page, house.url));
      await context.close();
      const phone = await herPhone(browser, house.url, { script, lang: 'hi' });
      await press(phone, 'start');
      told['form']?.push(await firstView(phone.page, house.url));
      await phone.context.close();
      if (Object.values(told).every((times) => Math.min(...times) < LIMIT_MS)) break;
    }
    console.log(`first view at 250 kbit/s and 300 ms, processor four times slower (script: ${script}):`, told);
    // this machine may be busy with other things: what counts is what the page can do, so the best of some
    for (const [page, times] of Object.entries(told)) expect(Math.min(...times), page).toBeLessThan(LIMIT_MS);
  },
  60_000,
);

/** Where the focus is: the input's name and value, or what the button does. */
const focused = (page: Page): Promise<{ id: string; does: string; visible: boolean }> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement & { name?: string; value?: string };
    const box = at.getBoundingClientRect();
    const look = getComputedStyle(at);
    const ring = [
      look.outlineStyle !== 'none',
      look.boxShadow !== 'none',
      at.matches('[type=radio], [type=checkbox], [type=file]'),
    ];
    return {
      id: at.id,
      does: at.tagName === 'BUTTON' && at.name === 'do' ? (at.value ?? '') : '',
      visible: box.height > 0 && ring.includes(true),
    };
  });

/** Goes on with the tab key until it stands there; everything on the way can be seen to have the focus. */
async function tabTo(page: Page, wanted: (at: { id: string; does: string }) => boolean): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.id || at.does) expect(at.visible, at.id || at.does).toBe(true);
    if (wanted(at)) return;
  }
  throw new Error('it cannot be reached by the tab key');
}

async function answerByKeys(page: Page, answers: Answers): Promise<void> {
  for (const [name, answer] of Object.entries(answers)) {
    const first = anchor(name);
    const field = page.locator(`[name="${name}"]`).first();
    const kind = await field.evaluate((at) => (at as HTMLInputElement).type);
    const values = await page
      .locator(`[name="${name}"]`)
      .evaluateAll((all) => all.map((at) => (at as HTMLInputElement).value));
    if (kind === 'radio') {
      await tabTo(page, ({ id }) => id === first);
      const nth = values.indexOf(String(answer));
      if (nth === 0) await page.keyboard.press('Space');
      for (let step = 0; step < nth; step++) await page.keyboard.press('ArrowDown');
    } else if (kind === 'checkbox') {
      for (const one of [answer].flat()) {
        const nth = values.indexOf(one);
        await tabTo(page, ({ id }) => id === (nth ? `${first}-${nth}` : first));
        await page.keyboard.press('Space');
      }
    } else if (answer) {
      await tabTo(page, ({ id }) => id === first);
      await page.keyboard.type(String(answer));
    }
  }
}

// what one acts on has an edge of its own where the page's colours are taken away
const withoutEdge = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'main .govuk-button, main .govuk-input, main textarea, main select, main input[type=radio] + label, main input[type=checkbox] + label',
      ),
    ]
      .filter((one) => {
        const { borderTopStyle, borderTopWidth } = getComputedStyle(one, one.matches('label') ? '::before' : null);
        const edge = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0;
        return one.getClientRects().length > 0 && !edge;
      })
      .map((one) => one.outerHTML.slice(0, 120)),
  );

// the same in English in the long run
const BY_KEYS = process.env.ITSSO_LONG ? (['hi', 'en'] as const) : (['hi'] as const);
test.each(BY_KEYS)(
  'a whole filing by the keys alone, without a script, in %s; at twice the size and in colours of her own nothing is lost',
  async (lang) => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 800 },
      locale: `${lang}-IN`,
    });
    const page = await context.newPage();
    await page.goto(house.url);
    const phone = { context, page, lang, home: house.url, answers: [], asked: [], seen: [] };
    const byKey = (key: string) => afterwards(phone, () => page.keyboard.press(key));
    if (lang === 'en') {
      for (let tabs = 0; tabs < 12; tabs++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(() => document.activeElement?.classList.contains('its-lang'))) break;
      }
      await byKey('Enter');
    }
    // the first key leads past the bar, the second is the way out
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('form')?.getAttribute('action'))).toBe('/x');
    await tabTo(page, ({ does }) => does === 'start');
    await byKey('Enter');
    for (const { screen, answers } of wholeFiling(lang)) {
      if (screen === 'person') {
        await tabTo(page, ({ does }) => does === 'person-0');
        await byKey('Enter');
      }
      const title = await page.locator('h1').textContent();
      // twice as large on a small laptop: 640 px are left; then in forced colours
      await page.setViewportSize({ width: 640, height: 400 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${screen} at 200 %`).toBeLessThanOrEqual(
        640,
      );
      await page.emulateMedia({ forcedColors: 'active' });
      expect(await withoutEdge(page), `${screen} in forced colours`).toEqual([]);
      await page.emulateMedia({ forcedColors: 'none' });
      await page.setViewportSize({ width: 1280, height: 800 });
      await answerByKeys(page, answers);
      await tabTo(page, ({ does }) => does === (screen === 'check' ? 'send' : 'save'));
      await byKey('Space');
      expect(await page.locator('.govuk-error-summary').count(), `${screen}: ${title}`).toBe(0);
      if (screen === 'person') {
        await tabTo(page, ({ does }) => does === 'save');
        await byKey('Enter');
      }
    }
    expect(await page.locator('.its-phrase').count()).toBe(1);
    expect(await page.locator('h1').textContent()).toBe(words(lang).citizen.sent.title);
    await context.close();
  },
  240_000,
);

test('in colours of her own every answer, button and choice still has its shape', async () => {
  const phone = await herPhone(browser, house.url, { script: false, lang: 'hi' });
  await phone.page.emulateMedia({ forcedColors: 'active' });
  await press(phone, 'start');
  await phone.page.locator('[name=danger_now]').nth(1).check();
  const shapes = await phone.page.evaluate(() => {
    const drawn = (what: string, pseudo?: string) => {
      const at = document.querySelector(what);
      const { borderTopWidth, borderTopStyle } = getComputedStyle(at ?? document.body, pseudo);
      return borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0;
    };
    return {
      radio: drawn('[name=danger_now] + label', '::before'),
      chosen: drawn('[name=danger_now]:checked + label', '::after'),
      exit: drawn('.its-exit'),
      next: drawn('main .govuk-button'),
    };
  });
  expect(shapes).toEqual({ radio: true, chosen: true, exit: true, next: true });
  await phone.context.close();
});
