// What posts decide at their pages, over the API: the same rules, done once under a key, and what it was before in the answer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house } from '#foundation';
import { noteRun } from '#operations';
import { sandboxSignIn } from '#signin';
import { watch } from '#sos';
import { postOf } from '../crews.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { ask } from './knock.ts';

const WEST = 'in.up.kanpur_nagar.west';
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await act(house(), 'test.round', (a) => watch.sweep(a));
  await act(house(), 'operations.backup', (a) => noteRun(a, { kind: 'backup', took: 5, ok: true, detail: {} }));
});
afterAll(() => h.close());
const token = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const post = async (at: string, who: string, body: unknown, key = 'one-and-the-same') =>
  ask(`POST ${at}`, { token: await token(who), body, key });

test('how many vehicles come is decided once under one key, with numbers as numbers, and stands in the answer with what it was', async () => {
  const body = { kind: 'alarm', area: WEST, how: 'own', vehicles: 5, reserve: 0, share: 50, least: 4, reason: 'मेला' };
  const first = await post('/sos/settings/wants', 'rao', body);
  expect(first.status).toBe(201);
  expect(first.body.wants).toContainEqual({
    kind: 'alarm',
    area: WEST,
    vehicles: 5,
    reserve: 0,
    share: 50,
    least: 4,
    yours: true,
  });
  expect(first.body.changes).toMatchObject([{ about: 'want', unit: WEST, was: null, to: { vehicles: 5, least: 4 } }]);
  const again = await post('/sos/settings/wants', 'rao', body);
  expect([again.status, again.body.changes.length]).toEqual([201, 1]);
  expect((await post('/sos/settings/wants', 'rao', body, 'another-key')).body).toMatchObject({ code: 'already-so' });
  const wrong = await post('/sos/settings/wants', 'rao', { ...body, vehicles: 1, least: 'x' }, 'third-key');
  expect(wrong.body.fields).toMatchObject([
    { path: 'vehicles', code: 'vehicles-range' },
    { path: 'least', code: 'whole-number' },
  ]);
  expect((await post('/sos/settings/wants', 'khan', body, 'fourth-key')).status).toBe(403);
});

test('which post answers for a part of the service is decided above it', async () => {
  const body = { part: 'vehicles', unit: WEST, minimum: 4, reason: 'त्योहार' };
  expect((await post('/sos/settings/parts', 'rao', body, 'rao-decides')).body).toMatchObject({
    code: 'answers-itself',
  });
  const { status, body: said } = await post('/sos/settings/parts', 'cp', body, 'cp-decides');
  expect(status).toBe(201);
  expect(said.parts).toContainEqual(expect.objectContaining({ part: 'vehicles', unit: WEST, minimum: 4, yours: true }));
  expect(said.changes[0]).toMatchObject({ about: 'part', was: { minimum: 2 }, to: { minimum: 4 }, reason: 'त्योहार' });
  const seen = await ask('GET /sos/settings', { token: await token('control') });
  expect([seen.status, seen.body.owners]).toEqual([200, []]);
  expect((await ask('GET /sos/settings', { token: await token('khan') })).status).toBe(403);
});

test('which post answers for backups is decided above it, and seen by whoever keeps the house running', async () => {
  const owner = postOf(await h.as('cp'));
  const before = await ask('GET /admin/operations/answers', { token: await token('state') });
  expect(before.body.parts).toMatchObject([
    { part: 'backup', owner: expect.stringContaining('Administrator'), yours: true },
    { part: 'drill', yours: true },
  ]);
  expect(before.body.owners.map(({ id }: { id: string }) => id)).toContain(owner);
  const said = await post(
    '/admin/operations/answers',
    'state',
    { part: 'backup', owner, reason: 'तबादला' },
    'state-decides',
  );
  expect(said.status).toBe(201);
  expect(said.body.changes).toMatchObject([
    { part: 'backup', reason: 'तबादला', owner: expect.stringContaining('Commissioner') },
  ]);
  expect((await ask('GET /admin/operations/answers', { token: await token('rao') })).status).toBe(403);
  const itself = await post('/admin/operations/answers', 'cp', { part: 'backup', owner, reason: 'x' }, 'cp-tries-it');
  expect(itself.body).toMatchObject({ code: 'answers-itself' });
});
