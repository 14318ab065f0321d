// From the nation to a file list, in Hindi, by phone without a script and at a desk: the figures of an export that came in by the API. The same
// walk makes the pictures of docs/figures.md: `npm run pictures`.
import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { practiceUnits } from '#posts';
import { words } from '#words';
import { exportLines } from '../bench/cctns-export.ts';
import { openBrowser, type RunningHouse, startHouse, waysToWalk } from './house.ts';
import { faultsOfItsKind } from './judge.ts';
import { beginShift, endShift, follow, type Officer, type Ways } from './officer.ts';

const ROWS = 20_000;
const EACH = 130;
/** Two years of every station of Kanpur Nagar and of one in every other district of Uttar Pradesh: each has a pace of its own. Invented. */
function stateLines(last: Temporal.PlainDate): string {
  const units = practiceUnits().filter(({ path }) => path.startsWith('in.up.'));
  const kanpur = units.filter(({ path, level }) => level === 'station' && path.startsWith('in.up.kanpur_nagar.'));
  const districts = units.filter(({ path, level }) => level === 'district' && path !== 'in.up.kanpur_nagar');
  const stations = [
    ...kanpur.map(({ name_en }) => ({ district: 'Kanpur Nagar', station: name_en })),
    ...districts.map(({ name_en }) => ({ district: name_en, station: 'Sadar' })),
  ];
  const lines = stations.flatMap(({ district, station }, at) =>
    Array.from({ length: EACH }, (_, n) => {
      const day = last.subtract({ days: (n * 5 + at * 3) % 730 });
      const report = day.add({ days: (n * 31 + at * 7) % (50 + ((at * 29) % 45)) });
      const done = n % (4 + (at % 7)) !== 0 && Temporal.PlainDate.compare(report, last) <= 0;
      const sections = ['64 BNS', '74 BNS', '"65(2) BNS, 5/6 POCSO"', '78 BNS'][n % 4];
      return `UP,"${district}",${station},${n + 1000},${day.year},${day},,,${sections},${done ? 'CHARGE_SHEET' : ''},${done ? report : ''}`;
    }),
  );
  return [
    'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on',
    ...lines,
    '',
  ].join('\n');
}
const w = words('hi').watch;
let house: RunningHouse;
let browser: Browser;
beforeAll(async () => {
  [house, browser] = await Promise.all([startHouse(), openBrowser()]);
  const token = await house.signIn('cctns');
  const last = Temporal.Instant.from(await house.advance('PT1S'))
    .toZonedDateTimeISO('Asia/Kolkata')
    .toPlainDate();
  const bring = async (body: string) => {
    const begun = await fetch(`${house.url}/api/v1/cctns/batches?name=nation.csv`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body,
    });
    const { batch } = (await begun.json()) as { batch: string };
    const told = async () => (await house.api('GET', `/cctns/batches/${batch}`, undefined, { token })).json;
    while ((await told()).state !== 'done') await wait(500);
  };
  await bring([...exportLines(ROWS, { last })].join(''));
  await bring(stateLines(last));
  const national = await house.signIn('national');
  const counted = async () => (await house.api('GET', '/watch?unit=in', undefined, { token: national })).json;
  while ((await counted()).all.registered < ROWS) await wait(500);
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await house?.discard();
});

const PICTURES = process.env.ITSSO_PICTURES;
/** As the page stands: no fault that axe finds, nothing wider than the screen; and its picture where pictures are asked for. */
async function look({ page, ways }: Officer, name: string): Promise<void> {
  expect(await faultsOfItsKind(page), name).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth'), name).toBeLessThanOrEqual(ways.width);
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  const taken = sharp(await page.screenshot({ fullPage: true }));
  const { height = 0 } = await taken.metadata();
  const most = ways.width < 600 ? 2400 : 1700;
  await taken
    .extract({ left: 0, top: 0, width: ways.width, height: Math.min(height, most) })
    .webp({ quality: 72, effort: 6 })
    .toFile(`${PICTURES}/watch-${name}-${ways.width}.webp`);
}

test.each(waysToWalk<Ways>({ lang: 'hi', script: false, width: 360 }, { lang: 'hi', script: true, width: 1280 }))(
  'from the nation down to the files of a station (width $width, script $script)',
  async (ways) => {
    const officer = await beginShift(browser, house, 'national', ways);
    const { page } = officer;
    const title = async () => (await page.locator('h1').textContent())?.trim();
    await page.goto(`${house.url}/watch`);
    expect(await title()).toBe('भारत');
    // the map and the table beside it say the same of every state
    expect(await page.locator('svg.map a').count()).toBeGreaterThan(30);
    await look(officer, 'nation');
    await follow(officer, 'table a[href="/watch/in/up"]');
    expect(await title()).toBe('उत्तर प्रदेश');
    expect(await page.locator('svg.map a').count()).toBeGreaterThan(60);
    await look(officer, 'state');
    await follow(officer, 'table a[href="/watch/in/up/kanpur_nagar"]');
    await look(officer, 'commissionerate');
    await page.goto(`${house.url}/watch/in/up/kanpur_nagar/east/circle_1/kotwali`);
    await look(officer, 'station');
    const registered = page.locator('a[href*="/watch-files/"][href*="figure=registered"]').first();
    expect(await registered.count()).toBe(1);
    await follow(officer, 'a[href*="/watch-files/"][href*="figure=registered"]');
    expect(await page.locator('table tbody tr').count()).toBeGreaterThan(0);
    expect(await faultsOfItsKind(page)).toEqual([]);
    // a month of a unit: its review on paper
    const month = (await house.advance('PT1S')).slice(0, 7);
    await page.goto(`${house.url}/watch/in/up?from=${month}&to=${month}`);
    const link = page.locator('a[href^="/watch-review/"]');
    expect(await link.textContent()).toBe(w.review.pdf);
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const paper = await fetch(`${house.url}${await link.getAttribute('href')}`, { headers: { cookie } });
    expect([paper.status, paper.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(
      Buffer.from(await paper.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    await endShift(officer);
  },
  240_000,
);
