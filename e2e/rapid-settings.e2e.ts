// A post decides at its page how many vehicles come and who answers for a part, without any script: what is wrong is said at its field and nothing
// typed is lost; the next alarm brings as many; another post sees what was before. The board has its ways back and the end of a shift.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

const w = words('hi').sos.settings;
const reasons = words('hi').reasons;
const frame = words('hi').staff.frame;
const LOOK = process.env.ITSSO_LOOK;
const WEST = 'in.up.kanpur_nagar.west';
const HERE = { lat: 26.5001, lon: 80.2501 };
let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const officer = async (id: string, { width, script = false }: { width: number; script?: boolean }): Promise<Page> => {
  const context = await openPhone(browser, { script, width });
  await context.request.post(`${house.url}/sandbox/sign-in`, { data: { id } });
  return context.newPage();
};
const shot = async (page: Page, name: string) => {
  if (LOOK) await page.screenshot({ path: `${LOOK}/${name}.png`, fullPage: true });
};
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
const form = (page: Page, action: string) => page.locator(`form[action="?/${action}"]`);
const send = async (page: Page, action: string) =>
  Promise.all([page.waitForEvent('load'), form(page, action).getByRole('button').click()]);
const vehicles = async () => {
  const cast = (await house.api('GET', '/sandbox/cast')).json as { kind: string; post: string }[];
  const fixes = cast
    .filter(({ kind }) => kind === 'vehicle')
    .map(({ post }, n) => ({ vehicle: post, lat: HERE.lat + n / 100, lon: HERE.lon, age_s: 0 }));
  const token = await house.signIn('fleet');
  expect((await house.api('POST', '/vehicles/fixes', { fixes }, { token })).status).toBe(202);
};
const alarm = async (): Promise<unknown[]> => (await house.api('POST', '/sos/alerts', { point: HERE })).json.units;

test('the head of a zone decides how many vehicles come; the next alarm brings them; the post above sees it and decides who answers', async () => {
  const rao = await officer('rao', { width: 360 });
  await rao.goto(`${house.url}/rapid-response`);
  await Promise.all([rao.waitForEvent('load'), rao.getByRole('link', { name: w.link }).click()]);
  expect(await rao.locator('h1').textContent()).toBe(w.title);
  // its own part is decided above it
  expect(await form(rao, 'part').count()).toBe(0);
  await rao.getByText(w.none_below).waitFor();

  // nothing at all: above the page each field is named, in the order of the form
  await send(rao, 'want');
  const lines = await rao.locator('.govuk-error-summary li').allTextContents();
  const asked = [w.area, w.vehicles, w.reserve, w.share, w.least];
  expect(lines.map((line) => line.trim())).toEqual([
    ...asked.map((name) => `${name}: ${reasons.missing}`),
    `${w.reason}: ${reasons['say-why']}`,
  ]);

  // one vehicle alone, no reason: each is said where it stands, and what was typed stays
  await form(rao, 'want').locator('#area').selectOption(WEST);
  await form(rao, 'want').locator('#vehicles').fill('1');
  await form(rao, 'want').locator('#reserve').fill('0');
  await form(rao, 'want').locator('#share').fill('50');
  await form(rao, 'want').locator('#least').fill('4');
  await send(rao, 'want');
  expect(await rao.locator('#vehicles-error').textContent()).toContain(reasons['vehicles-range']);
  expect(await rao.locator('#reason-error').textContent()).toContain(reasons['say-why']);
  expect(await rao.locator('#area').inputValue()).toBe(WEST);
  expect(await tooWide(rao)).toBeLessThanOrEqual(0);
  await shot(rao, 'rapid-settings-refused-360');
  expect(await faultsOfItsKind(rao)).toEqual([]);
  await rao.locator('#vehicles').fill('५');
  await rao.locator('#reason').fill('मेले के दिन');
  await send(rao, 'want');
  await rao.getByText(w.done).waitFor();
  expect(await rao.locator('section[aria-labelledby="wants"]').textContent()).toContain('पश्चिमी');
  const history = rao.locator('section[aria-labelledby="history"]');
  expect(await history.textContent()).toContain(w.like_above);
  expect(await history.textContent()).toContain(w.how_many(5, 0, 50, 4));
  expect(await tooWide(rao)).toBeLessThanOrEqual(0);
  await shot(rao, 'rapid-settings-360');
  expect(await faultsOfItsKind(rao)).toEqual([]);

  await vehicles();
  expect(await alarm()).toHaveLength(5);

  const cp = await officer('cp', { width: 1280 });
  await cp.goto(`${house.url}/rapid-response/settings`);
  expect(await cp.locator('section[aria-labelledby="history"]').textContent()).toContain('मेले के दिन');
  await form(cp, 'part').locator('#part').selectOption(`dispatcher in.up.kanpur_nagar`);
  await form(cp, 'part').locator('#minimum').fill('2');
  await form(cp, 'part').locator('#why').fill('परीक्षण');
  await send(cp, 'part');
  expect(await cp.locator('#minimum-error').textContent()).toContain(reasons['minimum-is-one']);
  expect(await cp.locator('#why').inputValue()).toBe('परीक्षण');
  await form(cp, 'part').locator('#part').selectOption(`vehicles ${WEST}`);
  await form(cp, 'part').locator('#minimum').fill('4');
  await send(cp, 'part');
  await cp.getByText(w.done).waitFor();
  expect(await cp.locator('section[aria-labelledby="parts"] tr', { hasText: 'पश्चिमी' }).textContent()).toMatch(/4\s*$/);
  await shot(cp, 'rapid-settings-1280');
  expect(await faultsOfItsKind(cp)).toEqual([]);

  // who decides nothing sees it all the same, and has no form
  const control = await officer('control', { width: 1280 });
  await control.goto(`${house.url}/rapid-response/settings`);
  expect(await control.locator('section[aria-labelledby="history"] li').count()).toBe(2);
  expect(await control.locator('main form').count()).toBe(0);
  const khan = await officer('khan', { width: 360 });
  expect((await khan.goto(`${house.url}/rapid-response/settings`))?.status()).toBe(404);
}, 120_000);

test('from the board to the other pages and out of the shift, by keyboard and on a phone; nothing lies over anything', async () => {
  for (const [script, width] of [
    [true, 1280],
    [true, 360],
    [false, 360],
  ] as const) {
    const board = await officer('control', { width, script });
    await board.goto(`${house.url}/sos-board`);
    const ways = board.getByRole('navigation', { name: frame.places });
    expect(await ways.locator('[aria-current="page"]').textContent()).toBe(frame.board);
    expect(await tooWide(board)).toBeLessThanOrEqual(0);
    // the row of places ends above the board, and the bar above the row
    const edges = await board.evaluate(() =>
      ['.top', '.nav', '.board'].map((part) => {
        const { top, bottom } = document.querySelector(part)?.getBoundingClientRect() ?? { top: -1, bottom: -1 };
        return [Math.round(top), Math.round(bottom)];
      }),
    );
    for (const [n, [top]] of edges.entries()) if (n > 0) expect(top).toBeGreaterThanOrEqual(edges[n - 1]?.[1] ?? 0);
    expect(await faultsOfItsKind(board)).toEqual([]);
    await shot(board, `board-ways-${script ? '' : 'noscript-'}${width}`);

    // the first stops of the keyboard: over to the work, the mark, the language, the end of the shift, the places
    const stops: string[] = [];
    for (let n = 0; n < 10; n++) {
      await board.keyboard.press('Tab');
      stops.push((await board.evaluate(() => document.activeElement?.textContent?.trim())) ?? '');
    }
    expect(stops).toContain(frame.end_shift);
    expect(stops).toContain(frame.attention);
    if (script && width === 1280) await shot(board, 'board-ways-focus-1280');

    await Promise.all([board.waitForEvent('load'), ways.getByRole('link', { name: frame.rapid }).click()]);
    expect(new URL(board.url()).pathname).toBe('/rapid-response');
    await board.goto(`${house.url}/sos-board`);
    await Promise.all([board.waitForEvent('load'), board.getByRole('button', { name: frame.end_shift }).click()]);
    expect(new URL(board.url()).pathname).toBe('/signin');
    await board.goto(`${house.url}/sos-board`);
    expect(new URL(board.url()).pathname).toBe('/signin');
  }
}, 120_000);
