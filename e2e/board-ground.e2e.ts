// The ground of the control room's map in a real browser: vector tiles from an archive on the server's disk, drawn, with nobody else asked;
// and somebody's raster tiles, where the page asks that host and no other.
import { writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveOf, vectorTile } from '../test/tiles.ts';
import { dataFolder, openBrowser, openPhone, type RunningHouse, startHouse } from './house.ts';

const LOOK = process.env.ITSSO_LOOK;
let browser: Browser;
const houses: RunningHouse[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  for (const house of houses) await house.discard();
});

async function houseOn(env: (data: string) => Record<string, string>): Promise<RunningHouse> {
  const data = dataFolder();
  const house = await startHouse({ data, env: env(data) });
  houses.push(house);
  return house;
}
type Seen = { page: Page; asked: Set<string>; broken: string[]; answers: Map<string, number> };
/** The board, once its map has drawn what it has asked for. */
async function boardOf(house: RunningHouse, isTile: (at: URL) => boolean): Promise<Seen> {
  const context = await openPhone(browser, { script: true, width: 1280 });
  const asked = new Set<string>();
  const broken: string[] = [];
  const answers = new Map<string, number>();
  context.on('request', (request) => asked.add(new URL(request.url()).origin));
  const page = await context.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
  page.on('response', (answer) => {
    if (isTile(new URL(answer.url()))) answers.set(answer.url(), answer.status());
  });
  await page.goto(house.url);
  await page.evaluate(() =>
    fetch('/sandbox/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"id":"control"}',
    }).then((r) => r.json()),
  );
  await page.goto(`${house.url}/sos-board`);
  await page.locator('canvas.maplibregl-canvas').waitFor({ timeout: 30_000 });
  await expect.poll(() => answers.size, { timeout: 30_000 }).toBeGreaterThan(0);
  return { page, asked, broken, answers };
}
/** How much of the map's picture has about this colour. */
async function share(page: Page, [red, green, blue]: readonly [number, number, number]): Promise<number> {
  const picture = await page.locator('canvas.maplibregl-canvas').screenshot();
  const { data, info } = await sharp(picture).raw().toBuffer({ resolveWithObject: true });
  let n = 0;
  for (let at = 0; at < data.length; at += info.channels) {
    const off = [red, green, blue].map((wanted, k) => Math.abs((data[at + k] ?? 0) - wanted));
    if (Math.max(...off) <= 4) n += 1;
  }
  return n / (info.width * info.height);
}

test('vector tiles from an archive: water and ways are drawn, nobody else is asked', async () => {
  const house = await houseOn((data) => {
    const file = path.join(data, 'city.pmtiles');
    const bytes = vectorTile('water', 'roads');
    writeFileSync(file, archiveOf([{ id: 0, run: (4 ** 15 - 1) / 3, bytes }], { kind: 1, most: 14 }));
    return { PMTILES_PATH: file };
  });
  const { page, asked, broken, answers } = await boardOf(house, (at) => at.pathname.startsWith('/sos-board/tiles/'));
  // the water of the style covers what the archive says is water: all of it
  await expect.poll(() => share(page, [0x12, 0x2a, 0x38]), { timeout: 30_000 }).toBeGreaterThan(0.7);
  // near enough for a way to be wider than a hair
  for (let n = 0; n < 5; n++) await page.locator('.maplibregl-ctrl-zoom-in').click();
  await expect.poll(() => share(page, [0x42, 0x51, 0x4d]), { timeout: 20_000 }).toBeGreaterThan(0);
  if (LOOK) await page.screenshot({ path: `${LOOK}/board-vector-1280.png` });
  expect(new Set(answers.values())).toEqual(new Set([200]));
  expect(broken).toEqual([]);
  expect([...asked]).toEqual([house.url]);
}, 180_000);

test('raster tiles of somebody’s: drawn, and that host alone is asked besides', async () => {
  const red = await sharp({ create: { width: 256, height: 256, channels: 3, background: '#ff0000' } })
    .png()
    .toBuffer();
  const paths: string[] = [];
  const others = http.createServer((request, response) => {
    paths.push(request.url ?? '');
    response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' });
    response.end(red);
  });
  await new Promise<void>((go) => others.listen(0, '127.0.0.1', go));
  const host = `http://127.0.0.1:${(others.address() as AddressInfo).port}`;
  const house = await houseOn(() => ({ TILES_URL: `${host}/a/{z}/{x}/{y}.png`, TILES_CREDIT: 'नमूना' }));
  const { page, asked, broken } = await boardOf(house, (at) => at.origin === host);
  const policy = (await page.request.get(`${house.url}/sos-board`)).headers()['content-security-policy'];
  expect(policy).toContain(`connect-src 'self' ${host};`);
  await expect.poll(() => share(page, [0x10, 0x19, 0x18]), { timeout: 30_000 }).toBeLessThan(0.1);
  if (LOOK) await page.screenshot({ path: `${LOOK}/board-raster-1280.png` });
  expect(broken).toEqual([]);
  expect([...asked].toSorted()).toEqual([host, house.url].toSorted());
  // it learns which tiles are looked at, and nothing else
  expect(paths.filter((at) => !/^\/a\/\d+\/\d+\/\d+\.png$/.test(at))).toEqual([]);
  others.close();
}, 180_000);
