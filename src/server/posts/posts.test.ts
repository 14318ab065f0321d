import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read, Refusal } from '#foundation';
import { findHolder, findUnit, handOver, headOf, holdersOf, listUnits, postsAbove, postsOf, superiorOf } from '#posts';
import { actorOf } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
const KALYANPUR = 'in.up.kanpur_nagar.west.circle_12.kalyanpur';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
});
afterAll(() => h.close());

test('every district of the state is there, and Kanpur has 50 stations in 14 circles', async () => {
  await read(house(), 'posts.look', async (r) => {
    expect(await listUnits(r, { levels: ['commissionerate', 'district'] })).toHaveLength(75);
    expect(await listUnits(r, { levels: ['circle'], under: 'in.up.kanpur_nagar' })).toHaveLength(14);
    expect(await listUnits(r, { levels: ['station'], under: 'in.up.kanpur_nagar' })).toHaveLength(50);
    expect((await findUnit(r, KALYANPUR))?.name_hi).toBe('थाना कल्याणपुर');
  });
});

test('superiors climb from the investigating officer to the nation and end there', async () => {
  await read(house(), 'posts.look', async (r) => {
    const [io] = await postsOf(r, KALYANPUR, 'io');
    const kinds: string[] = [];
    for (let post = io; post; post = await superiorOf(r, post.id)) kinds.push(post.kind);
    expect(kinds).toEqual(['io', 'sho', 'acp', 'dcp', 'cp', 'state', 'national']);
    const [operator] = await postsOf(r, 'in.up.kanpur_nagar', 'callback');
    const desk = operator && (await superiorOf(r, operator.id));
    expect(desk?.kind).toBe('callback-desk');
    expect(desk && (await superiorOf(r, desk.id))?.kind).toBe('adcp-women');
    expect((await headOf(r, 'in.up.agra'))?.kind).toBe('cp');

    // asked of several at once it is the same way up, and the nation has nobody above
    const several = [io, operator, await headOf(r, 'in')].flatMap((post) => post?.id ?? []);
    const above = await postsAbove(r, several);
    for (const id of several) {
      const way: string[] = [];
      for (let post = await superiorOf(r, id); post; post = await superiorOf(r, post.id)) way.push(post.id);
      expect(above.get(id) ?? []).toEqual(way);
    }
    expect(above.size).toBe(2);
  });
});

test('handing a post over ends the old session at once and keeps the history of holders', async () => {
  const khan = await h.as('khan');
  if (khan.kind !== 'officer') throw new Error('an officer');
  const rekha = await h.as('rekha');
  if (rekha.kind !== 'officer') throw new Error('an officer');
  await act(await h.as('verma'), 'posts.hand-over', (a) =>
    handOver(a, { post: khan.post, to_officer: null, note: 'transferred' }),
  );
  expect(await actorOf(khan.secret)).toBeUndefined();
  await read(house(), 'posts.look', async (r) => {
    expect(await findHolder(r, khan.post)).toBeUndefined();
    expect(await holdersOf(r, khan.post)).toHaveLength(1);
  });
  await act(await h.as('verma'), 'posts.hand-over', (a) =>
    handOver(a, { post: khan.post, to_officer: rekha.officer, note: 'additional charge' }),
  );
  await read(house(), 'posts.look', async (r) => expect((await findHolder(r, khan.post))?.officer).toBe(rekha.officer));
});

test('a hand-over cannot lie in the future', async () => {
  const verma = await h.as('verma');
  const future = Temporal.Instant.from('2030-01-01T00:00:00Z');
  if (verma.kind !== 'officer') throw new Error('an officer');
  await expect(
    act(await h.as('singh'), 'posts.hand-over', (a) =>
      handOver(a, { post: verma.post, to_officer: null, from: future, note: '' }),
    ),
  ).rejects.toThrow(Refusal);
});

test('a stranger’s secret is nobody, and two holders of one post at one time are refused by the database', async () => {
  expect(await actorOf('not a secret')).toBeUndefined();
  await expect(
    h.sql(
      `insert into posts.tenure (id, post, officer, from_at) select gen_random_uuid(), post, officer, from_at + interval '1 day' from posts.tenure where to_at is null limit 1`,
    ),
  ).rejects.toThrow(/one_holder_at_a_time/);
});
