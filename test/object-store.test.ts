// What only a shelf at an object store can meet: it is away, an answer is lost, a reading is torn off, somebody changes its bytes.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carryOn, lookAt, openShelf, shelfTrouble, verifyExhibit } from '#evidence';
import { type Actor, act } from '#foundation';
import { progressOf } from '../src/server/evidence/uploads.ts';
import { caseIn, parts, refusal, said, whole } from './evidence-case.ts';
import { film, photo } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import type { Peer } from './s3-peer.ts';
import { layShelf } from './shelves.ts';

const PART = 80 * 65_536;
let h: TestHouse;
let ev: Awaited<ReturnType<typeof caseIn>>;
let shelf: Awaited<ReturnType<typeof layShelf>>;
let peer: Peer;
let suman: Actor;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  ev = await caseIn(h);
  shelf = await layShelf('object store');
  peer = shelf.peer!;
  ({ suman } = ev);
});
afterAll(async () => {
  await shelf.close();
  await h.close();
});
const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const original = async (exhibit: number) => whole((await lookAt(suman, ev.number, exhibit, 'original')).bytes);
const verify = (exhibit: number) => act(suman, 'test.verify', (a) => verifyExhibit(a, ev.number, exhibit));

test('the store is away between two parts: it is said, nothing is lost, and what is there is known to the byte', async () => {
  const bytes = film(2 * PART + 700_000);
  const id = await ev.begin(suman, bytes.length, said('video'));
  // a part and a half: one is at the store for good, the half lies here, encrypted
  expect(await carryOn(suman, id, 0, parts(bytes.subarray(0, PART + 2_500_000), 60_000))).toBe(PART + 2_500_000);
  expect([peer.parts(id), peer.objects()]).toEqual([1, []]);
  const tail = readFileSync(path.join(shelf.folder, id.slice(0, 2), `${id}.1`));
  expect(tail.length).toBe(2_500_000 + Math.ceil(2_500_000 / 65_536) * 28);
  expect(tail.includes(bytes.subarray(PART + 1000, PART + 1032))).toBe(false);
  peer.fault.gone = true;
  expect(await refusal(progressOf(suman, id))).toBe('store-out-of-reach');
  expect(await refusal(carryOn(suman, id, PART + 2_500_000, parts(bytes.subarray(PART + 2_500_000))))).toBe(
    'store-out-of-reach',
  );
  expect(await shelfTrouble()).toBeDefined();
  peer.fault.gone = false;
  shelf.again();
  // the house fell in the middle of a segment, too
  shelf.tear(id, 100);
  const { offset } = await progressOf(suman, id);
  expect(offset).toBe(PART + Math.floor(2_500_000 / 65_536) * 65_536);
  await carryOn(suman, id, offset, parts(bytes.subarray(offset), 60_000));
  expect((await ev.newest()).digital?.sha256).toBe(sum(bytes));
  expect(peer.parts(id)).toBe(0);
  // nothing of it is left on the own disk, and nothing of it stands at the store in the clear
  expect(shelf.stored(id).length).toBe(bytes.length + Math.ceil(bytes.length / 65_536) * 28);
  expect(peer.everything().includes(bytes.subarray(1000, 1032))).toBe(false);
});

test.each([
  ['of a part', 'PUT part', PART + 100_000],
  ['of the end', 'POST part', PART + 100_000],
  ['of a small file', 'PUT', 100_000],
])('an answer %s that is lost after the store has done it: it comes to the same', async (_what, lost, length) => {
  const bytes = film(length);
  peer.fault.losesAnswerTo = lost;
  const id = await ev.send(suman, bytes, said('video'));
  expect(peer.fault.losesAnswerTo).toBe('');
  expect((await original((await ev.newest()).number)).equals(bytes)).toBe(true);
  expect(peer.parts(id)).toBe(0);
});

test('the house falls between the last part and the end: the last piece is asked for again', async () => {
  const bytes = film(PART + 300_000);
  const id = await ev.begin(suman, bytes.length, said('video'));
  await carryOn(suman, id, 0, parts(bytes.subarray(0, bytes.length - 10)));
  // the last part goes up, the end does not
  peer.fault.refuses = 'POST part';
  expect(await refusal(carryOn(suman, id, bytes.length - 10, parts(bytes.subarray(-10))))).toBe('store-out-of-reach');
  peer.fault.refuses = '';
  const { offset } = await progressOf(suman, id);
  expect(offset).toBe(Math.floor((bytes.length - 1) / 65_536) * 65_536);
  await carryOn(suman, id, offset, parts(bytes.subarray(offset)));
  expect((await original((await ev.newest()).number)).equals(bytes)).toBe(true);
});

test('a reading that is torn off goes on where it tore; only the part that is wanted is fetched', async () => {
  const bytes = film(1_000_000);
  await ev.send(suman, bytes, said('video'));
  const { number: exhibit } = await ev.newest();
  peer.fault.tearsAfter = 222_222;
  expect((await original(exhibit)).equals(bytes)).toBe(true);
  const part = await lookAt(suman, ev.number, exhibit, 'play', { from: 400_000, to: 400_010 });
  const before = peer.sent();
  expect((await whole(part.bytes)).equals(bytes.subarray(400_000, 400_010))).toBe(true);
  expect(peer.sent() - before).toBe(65_536 + 28);
});

test('whoever changes, shortens or removes what the store keeps is found out; a store that is away accuses nobody', async () => {
  const bytes = film(300_000);
  const id = await ev.send(suman, bytes, said('video'));
  const { number: exhibit } = await ev.newest();
  expect(await verify(exhibit)).toMatchObject({ file: 'unchanged', chain: 'unbroken' });
  const stored = shelf.stored(id);
  const bent = Buffer.from(stored);
  bent[200_000]! ^= 1;
  const STORED = 65_536 + 28;
  const swapped = Buffer.concat([
    stored.subarray(STORED, 2 * STORED),
    stored.subarray(0, STORED),
    stored.subarray(2 * STORED),
  ]);
  for (const other of [bent, swapped, stored.subarray(0, -1), stored.subarray(0, STORED)]) {
    peer.change(id, other);
    expect((await verify(exhibit)).file).toBe('changed');
  }
  peer.change(id, stored);
  peer.fault.gone = true;
  expect(await refusal(verify(exhibit))).toBe('store-out-of-reach');
  peer.fault.gone = false;
  expect((await verify(exhibit)).file).toBe('unchanged');
});

test('a key that is not ours, and a bucket that is not there, are told by the store’s own word', async () => {
  expect(await shelfTrouble()).toBeUndefined();
  const id = await ev.begin(suman, 2000, said('photo'));
  for (const wrong of [{ secret: 'another' }, { key: 'ANOTHER' }, { region: 'us-east-1' }, { bucket: 'nobodys' }]) {
    openShelf(shelf.folder, { ...peer.to, ...wrong });
    expect(await shelfTrouble(), JSON.stringify(wrong)).toBeDefined();
    expect(await refusal(carryOn(suman, id, 0, parts(await photo())))).not.toBe('done');
  }
  shelf.again();
  expect(shelf.lies(id)).toBe(true);
});
