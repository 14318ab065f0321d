// Posts over the API: who holds what, leave, an order of transfer and its two signatures.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { read } from '#foundation';
import { findHolder } from '#posts';
import { sandboxCast, sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const postOf = async (id: string): Promise<string> => (await sandboxCast()).find((one) => one.id === id)?.post ?? '';
const officerOf = async (id: string): Promise<string> => {
  const actor = await h.as(id);
  return actor.kind === 'officer' ? actor.officer : '';
};
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => h.close());

test('a superior reads who holds what below and nobody else’s', async () => {
  const mine = await ask('GET /posts', { token: await as('verma'), lang: 'en' });
  expect(mine.status).toBe(200);
  expect(mine.body.unit.path).toMatch(/kalyanpur$/);
  expect(mine.body.posts.map((one: { kind: string }) => one.kind)).toEqual(expect.arrayContaining(['io', 'help-desk']));
  expect(mine.body.posts[0]).toMatchObject({ load: { open: 0, late: 0, stuck: 0, oldest: null }, away: null });
  const elsewhere = await ask('GET /posts?unit=in.up.lucknow', { token: await as('verma') });
  expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'not-found']);
  expect((await ask('GET /posts', { token: await as('khan') })).status).toBe(403);
  expect((await ask('GET /posts', {})).status).toBe(401);
});

test('leave begins, is pressed twice and counts once, and is ended; who stands below may not order it', async () => {
  const [post, rekha] = [await postOf('khan'), await officerOf('rekha')];
  const body = { to: '2026-01-09T10:00:00+05:30', deputy: rekha, kind: 'sick' };
  const token = await as('verma');
  const leave = () => ask(`POST /posts/${post}/leave`, { token, body, key: 'leave-00001' });
  const first = await leave();
  expect([first.status, first.body]).toEqual([201, { post }]);
  expect((await leave()).text).toBe(first.text);
  expect((await h.sql('select from posts.leave')).length).toBe(1);
  const staffing = await ask('GET /posts', { token, lang: 'en' });
  const row = staffing.body.posts.find((one: { post: string }) => one.post === post);
  expect(row).toMatchObject({ holder: { officer: rekha }, away: { kind: 'sick', deputy: 'Rekha Namuna' } });
  const bad = await ask(`POST /posts/${post}/leave`, { token, body: { to: 'soon', kind: 'fun' } });
  expect([bad.status, bad.body.fields.map((f: { path: string }) => f.path).sort()]).toEqual([422, ['kind', 'to']]);
  expect((await ask(`POST /posts/${post}/leave/end`, { token: await as('rekha') })).status).toBe(403);
  expect((await ask(`POST /posts/${post}/leave/end`, { token })).status).toBe(200);
  expect((await ask(`POST /posts/${post}/leave/end`, { token })).status).toBe(404);
});

test('an order of transfer, the signature of who gives and, from its hour on, of who takes', async () => {
  const [post, khan, rekha] = [await postOf('khan'), await officerOf('khan'), await officerOf('rekha')];
  const order = await ask('POST /transfer-orders', {
    token: await as('verma'),
    body: { officer: khan, at: '2026-01-07T10:00:00+05:30', posts: [{ post, successor: rekha }], note: 'Order 7' },
  });
  expect([order.status, order.body]).toEqual([201, { officer: khan }]);
  const charges = await ask('GET /charges', { token: await as('khan'), lang: 'en' });
  expect(charges.body.items).toMatchObject([
    { post, mine: 'gives', from: 'Khan Namuna', to: 'Rekha Namuna', note: 'Order 7', gives: null, takes: null },
  ]);
  const sign = async (who: string, note?: string) =>
    (
      await ask(`POST /charges/${charges.body.items[0].transfer}/${post}`, {
        token: await as(who),
        body: note ? { note } : {},
      })
    ).status;
  expect(await sign('rekha')).toBe(409);
  expect(await sign('khan', 'Nothing is missing.')).toBe(201);
  expect(await sign('khan')).toBe(409);
  await h.at('2026-01-07T10:00:00+05:30');
  expect((await read(await h.as('verma'), 'test.look', (r) => findHolder(r, post)))?.officer).toBe(rekha);
  expect(await sign('khan'), 'the post’s own session is hers now').toBe(201);
  const after = await ask('GET /charges', { token: await as('khan'), lang: 'en' });
  expect(after.body.items[0]).toMatchObject({
    mine: null,
    gives: { note: 'Nothing is missing.', files: [] },
    differ: [],
  });
});
