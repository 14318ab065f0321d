// An open board hears of what goes missing without being opened anew, and its control room says that it has seen a drill; its stream is its
// presence.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { words } from '#words';
import { openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';
import { faultsOfItsKind } from './judge.ts';

const w = words('hi').sos.status;
const WEST = 'पश्चिम';
const LOOK = process.env.ITSSO_LOOK;
let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

test('a post that falls vacant shows on an open board; drills are asked about until somebody has seen them', async () => {
  const context = await openPhone(browser, { script: true, width: 1280 });
  await context.request.post(`${house.url}/sandbox/sign-in`, { data: { id: 'control' } });
  const board = await context.newPage();
  await board.goto(`${house.url}/sos-board`);
  const drills = board.locator('.drill');
  await drills.first().waitFor({ timeout: 30_000 });
  if (LOOK) await board.screenshot({ path: `${LOOK}/board-drills-1280.png` });
  expect(await faultsOfItsKind(board)).toEqual([]);
  // each zone's drill is asked about by itself, and one more may begin meanwhile
  const asked = drills.locator('span');
  const seen = (await asked.first().textContent()) ?? '';
  await drills.first().getByRole('button', { name: w.drill_press }).click();
  await expect.poll(() => asked.allTextContents()).not.toContain(seen);

  // the alarm door of this house was knocked at, and somebody sits at the board
  await board.waitForTimeout(12_000);
  const beats = board.locator('.beats');
  // zones in which there never was a vehicle are without one, and stay on the board
  const west = beats.locator('li', { hasText: w.parts.vehicles }).filter({ hasText: WEST });
  const ofWest = async () => (await west.allTextContents()).join(' ');
  const text = async () => ((await beats.count()) > 0 ? ((await beats.textContent()) ?? '') : '');
  await expect.poll(text, { timeout: 30_000 }).not.toContain(w.parts['control-room']);
  expect(await text()).not.toContain(w.parts['alarm-door']);
  expect(await text()).not.toContain(w.parts['deadline-sweep']);

  // nobody holds the post any more that answers for the vehicles of a zone, and they report
  const cast = (await house.api('GET', '/sandbox/cast')).json as { id: string; post: string }[];
  const rao = cast.find(({ id }) => id === 'rao')?.post;
  const token = await house.signIn('cp');
  const fleet = await house.signIn('fleet');
  const crews = (cast as unknown as { kind: string; post: string }[]).filter(({ kind }) => kind === 'vehicle');
  const report = () =>
    house.api(
      'POST',
      '/vehicles/fixes',
      { fixes: crews.map(({ post }, n) => ({ vehicle: post, lat: 26.5 + n / 100, lon: 80.25, age_s: 1 })) },
      { token: fleet },
    );
  await report();
  await expect.poll(ofWest, { timeout: 40_000 }).toBe('');
  expect(await beats.locator('li', { hasText: w.parts.vehicles }).count()).toBe(3);
  expect(await text()).toContain(w.nothing);
  const over = await house.api('POST', `/posts/${rao}/hand-over`, { to_officer: null, note: 'स्थानांतरण' }, { token });
  expect(over.status).toBeLessThan(300);
  await expect.poll(ofWest, { timeout: 30_000 }).toContain(w.missing.vacant);
  if (LOOK) await board.screenshot({ path: `${LOOK}/board-vacant-1280.png` });

  const look = await (await openPhone(browser, { script: false })).newPage();
  await expect
    .poll(
      async () => {
        await look.goto(`${house.url}/status`);
        return ((await look.locator('body').textContent()) ?? '').includes(w.missing.vacant);
      },
      { timeout: 40_000, interval: 3000 },
    )
    .toBe(true);
  expect(await look.locator('body').textContent()).toContain(w.drill_seen(null));
  const wide = await look.locator('html').evaluate((page) => page.scrollWidth - page.clientWidth);
  expect(wide).toBeLessThanOrEqual(0);
  if (LOOK) await look.screenshot({ path: `${LOOK}/status-drills-360.png`, fullPage: true });
  expect(await faultsOfItsKind(look)).toEqual([]);
}, 150_000);
