import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { archiveOf, PIXEL } from '../../../test/tiles.ts';
import { groundOf, openTiles, tileAt } from '#sos';
import { tileId } from './tiles.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-tiles-'));
const file = path.join(folder, 'city.pmtiles');
afterAll(async () => {
  await openTiles({});
  rmSync(folder, { recursive: true });
});

test('the order of the archive is the specification’s', () => {
  const known: [number, number, number, number][] = [
    [0, 0, 0, 0],
    [1, 0, 0, 1],
    [1, 0, 1, 2],
    [1, 1, 1, 3],
    [1, 1, 0, 4],
    [2, 0, 0, 5],
  ];
  expect(known.map(([z, x, y]) => tileId(z, x, y))).toEqual(known.map(([, , , id]) => id));
  // each place of a zoom is passed once, and each lies beside the one before it
  for (const zoom of [3, 5]) {
    const side = 2 ** zoom;
    const places = Array.from({ length: side * side }, (_, n) => ({ x: n % side, y: Math.floor(n / side) }));
    const walk = places.toSorted((a, b) => tileId(zoom, a.x, a.y) - tileId(zoom, b.x, b.y));
    expect(new Set(places.map(({ x, y }) => tileId(zoom, x, y))).size).toBe(side * side);
    for (const [n, { x, y }] of walk.entries()) {
      const before = walk[n - 1];
      if (before) expect(Math.abs(x - before.x) + Math.abs(y - before.y)).toBe(1);
    }
  }
});

test('a tile is found in the root, in a leaf, in a run; what is not there is not there', async () => {
  for (const leaf of [0, 3]) {
    const tiles = Array.from({ length: 10 }, (_, n) => ({ id: 5 + n, run: 1, bytes: Buffer.from(`tile ${n}`) }));
    tiles.push({ id: tileId(3, 0, 0), run: 64, bytes: PIXEL });
    writeFileSync(file, archiveOf(tiles, { leaf, most: 4 }));
    await openTiles({ PMTILES_PATH: file, TILES_CREDIT: 'Survey of India' });
    expect(groundOf('/own')).toEqual({
      kind: 'raster',
      tiles: '/own',
      zooms: [0, 4],
      credit: 'Survey of India',
      host: null,
    });
    const found = [];
    for (let y = 0; y < 4; y++) for (let x = 0; x < 4; x++) found.push((await tileAt(2, x, y))?.bytes.toString());
    expect(found.filter(Boolean).toSorted()).toEqual(tiles.slice(0, 10).map(({ bytes }) => bytes.toString()));
    expect((await tileAt(3, 7, 7))?.bytes.equals(PIXEL)).toBe(true);
    expect((await tileAt(3, 7, 7))?.type).toBe('image/png');
    for (const [z, x, y] of [
      [4, 0, 0],
      [5, 0, 0],
      [2, 4, 0],
      [0, 0, 0],
    ] as const)
      expect(await tileAt(z, x, y)).toBeUndefined();
  }
});

test('what is no archive, no pattern, or both is refused at the start; without either there is no ground', async () => {
  writeFileSync(file, 'PMTiles but nothing else');
  await expect(openTiles({ PMTILES_PATH: file })).rejects.toThrow();
  await expect(openTiles({ PMTILES_PATH: path.join(folder, 'nowhere') })).rejects.toThrow();
  for (const bad of [
    'tiles.example/{z}/{x}/{y}',
    'https://tiles.example/{z}/{x}.png',
    'https://a b/{z}/{x}/{y}',
    'https://h/{z}/{x}/{y};script-src',
  ])
    await expect(openTiles({ TILES_URL: bad })).rejects.toThrow(/TILES_URL/);
  await expect(openTiles({ TILES_URL: 'https://t/{z}/{x}/{y}', PMTILES_PATH: file })).rejects.toThrow(/not both/);
  await openTiles({ TILES_URL: 'https://tiles.example:8443/a/{z}/{x}/{y}.png' });
  expect(groundOf('/own')).toMatchObject({ kind: 'raster', host: 'https://tiles.example:8443' });
  await openTiles({});
  expect(groundOf('/own')).toBeUndefined();
  expect(await tileAt(0, 0, 0)).toBeUndefined();
});
