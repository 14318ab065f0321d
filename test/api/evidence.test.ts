// Exhibits over the API: entered once, moved on, verified, and for another station not there.
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { labelOf, openShelf } from '#evidence';
import { read } from '#foundation';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, storyIn } from '../story.ts';
import { ask } from './knock.ts';

let house: TestHouse;
let suman = '';
let at = '';
beforeAll(async () => {
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  const story = storyIn(house);
  const number = await story.confirmed(complaint());
  await story.step('suman', number, { step: 'receive' });
  suman = (await sandboxSignIn('suman')).token;
  at = `/files/${number}/evidence`;
});
afterAll(() => house.close());

const thing = {
  kind: 'physical',
  description: 'Kanariya: दुपट्टा',
  found_where: 'बाज़ार',
  found_at: '2026-01-05T09:00:00+05:30',
};

test('a thing is entered once, however often it is sent', async () => {
  const sent = { token: suman, key: 'one-and-the-same', body: thing };
  const [first, again] = [await ask(`POST ${at}`, sent), await ask(`POST ${at}`, sent)];
  expect([first.status, first.body]).toEqual([201, { exhibit: 1 }]);
  expect([again.status, again.body]).toEqual([201, { exhibit: null }]);
  const { exhibits, why_not_add } = (await ask(`GET ${at}`, { token: suman })).body;
  expect(exhibits.length).toBe(1);
  expect(exhibits[0]).toMatchObject({
    number: 1,
    kind: 'physical',
    place: 'with-officer',
    description: thing.description,
    digital: null,
  });
  expect(why_not_add).toBeNull();
});

test('what is missing is said by its field', async () => {
  const codes = async (to: string, body: unknown) =>
    (await ask(`POST ${at}${to}`, { token: suman, body })).body.fields.map(
      (f: { path: string; code: string }) => `${f.path} ${f.code}`,
    );
  expect(await codes('', { kind: 'video' })).toEqual(['kind choose-one', 'description write-something']);
  expect(await codes('', { ...thing, found_at: '2026-02-01T00:00:00+05:30' })).toEqual(['found_at not-in-the-future']);
  expect(await codes('', { ...thing, kind: 'fsl-report', reports_on: [7] })).toEqual(['reports_on no-such-exhibit']);
  expect(await codes('/1/custody', { move: 'to-malkhana', at: '2026-01-05T09:30:00+05:30' })).toEqual([
    'person say-who',
  ]);
  expect(await codes('/1/custody', { move: 'to-malkhana', at: '2026-01-05T08:00:00+05:30', person: 'x' })).toEqual([
    'at before-the-last-move',
  ]);
  expect(await codes('/1/custody', { move: 'back-from-fsl', at: '2026-01-05T09:30:00+05:30', person: 'x' })).toEqual([
    'move not-from-there',
  ]);
});

test('it moves on, is awaited from the laboratory, and its chain holds', async () => {
  const move = (body: unknown) => ask(`POST ${at}/1/custody`, { token: suman, body });
  const moved = await move({ move: 'sent-to-fsl', at: '2026-01-05T09:30:00+05:30', person: 'Kanariya, 114' });
  expect(moved.body).toMatchObject({ place: 'way-to-fsl', moves: ['taken-in-by-fsl', 'turned-away-by-fsl', 'missed'] });
  expect((await ask(`GET ${at}`, { token: suman })).body.awaited.fsl).toEqual([
    { exhibit: 1, since: '2026-01-05T09:30:00+05:30' },
  ]);
  const verified = await ask(`POST ${at}/1/verify`, { token: suman });
  expect(verified.body).toEqual({ file: null, chain: 'unbroken', sha256: null });
});

test('for another station, for her, and for nobody there is nothing here', async () => {
  const kiran = (await sandboxSignIn('kiran')).token;
  for (const door of [`GET ${at}`, `POST ${at}/1/verify`]) {
    expect((await ask(door, { token: kiran })).status, door).toBe(404);
    expect((await ask(door)).status, door).toBe(401);
  }
  expect((await ask(`POST ${at}`, { token: kiran, body: thing })).status).toBe(404);
  for (const which of ['0', '99', 'x', '1e1'])
    expect((await ask(`POST ${at}/${which}/verify`, { token: suman })).status).toBe(404);
});

test('a label that is read leads to its exhibit, for whoever may see it; an invented one to nothing', async () => {
  const officer = await house.citizen(suman);
  const { code } = await read(officer, 'test.look', (r) => labelOf(r, at.split('/')[2] ?? '', 1));
  const found = await ask(`GET /exhibits/${code.toLowerCase()}`, { token: suman });
  expect(found.body).toEqual({ number: at.split('/')[2], exhibit: 1 });
  const wrong = `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
  for (const [label, token] of [
    [wrong, suman],
    ['E-1', suman],
    [code, (await sandboxSignIn('kiran')).token],
  ] as const)
    expect((await ask(`GET /exhibits/${label}`, { token })).status).toBe(404);
});
