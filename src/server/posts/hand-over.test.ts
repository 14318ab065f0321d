// Who may be given a post, and what happens when two give it at once.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, read, Refusal } from '#foundation';
import { findHolder, handOver, holdersNow, liesIn } from '#posts';
import { sandboxCast } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
type Officer = Extract<Actor, { kind: 'officer' }>;
const seated = async (who: string): Promise<Officer> => {
  const actor = await h.as(who);
  if (actor.kind !== 'officer') throw new Error('an officer');
  return actor;
};
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
});
afterAll(() => h.close());

const hand = (post: string, to_officer: string | null): Promise<string> =>
  act(house(), 'test.hand-over', (a) => handOver(a, { post, to_officer, note: 'test' })).then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const holder = (post: string) => read(house(), 'test.look', (r) => findHolder(r, post)).then((found) => found?.officer);
const waiting = async (n: number): Promise<void> => {
  for (;;) {
    const [row] = await h.sql<{ n: number }>(
      "select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
    );
    if (row?.n === n) return;
    await new Promise((go) => setTimeout(go, 10));
  }
};

test('of two hand-overs at once one is done and the later refused, to whomever and whether it empties the post', async () => {
  const [khan, rekha, verma] = [await seated('khan'), await seated('rekha'), await seated('verma')];
  for (const [one, other] of [
    [rekha.officer, verma.officer],
    [khan.officer, null],
  ] as const) {
    // both have looked who holds it before either goes on
    await h.sql('select pg_advisory_lock(hashtextextended($1, 0))', [`hand-over ${khan.post}`]);
    const both = [hand(khan.post, one), hand(khan.post, other)];
    await waiting(2);
    await h.sql('select pg_advisory_unlock(hashtextextended($1, 0))', [`hand-over ${khan.post}`]);
    const outcome = await Promise.all(both);
    expect(outcome.toSorted()).toEqual(['done', 'handed-over-meanwhile']);
    expect((await holder(khan.post)) ?? null).toBe(outcome[0] === 'done' ? one : other);
  }
  // pressed twice
  const many = await Promise.all(Array.from({ length: 6 }, () => hand(khan.post, rekha.officer)));
  expect(many.filter((outcome) => outcome === 'done')).toHaveLength(1);
  expect(new Set(many)).toEqual(new Set(['done', 'already-holds-it']));
  const [open] = await h.sql<{ n: number }>(
    'select count(*)::int as n from posts.tenure where post = $1 and to_at is null',
    [khan.post],
  );
  expect(open?.n).toBe(1);
});

test('a post for women is given to no man, and none is seeded with one', async () => {
  const [suman, verma, kiran] = [await seated('suman'), await seated('verma'), await seated('kiran')];
  expect(await hand(suman.post, verma.officer)).toBe('post-for-women');
  expect(await holder(suman.post)).toBe(suman.officer);
  expect(await hand(suman.post, kiran.officer)).toBe('done');
  expect(
    await h.sql(
      'select p.name_en from posts.post p join posts.tenure t on t.post = p.id join posts.officer o on o.id = t.officer where p.women_only and not o.woman',
    ),
  ).toEqual([]);
});

test('a post that has been closed is given to nobody and left by nobody', async () => {
  const io = await seated('lko-io');
  await h.sql("update posts.post set closed_on = '2026-01-05' where id = $1", [io.post]);
  const rekha = await seated('rekha');
  expect(await hand(io.post, rekha.officer)).toBe('post-closed');
  expect(await hand(io.post, null)).toBe('post-closed');
});

test('the holders of many posts in one question are those of each, and a vacant post has none', async () => {
  const [khan, aruna] = [await seated('khan'), await seated('aruna')];
  expect(await hand(khan.post, null)).toBe('done');
  const posts = [khan.post, aruna.post, (await seated('rao')).post];
  await read(house(), 'test.look', async (r) => {
    const found = await holdersNow(r, posts);
    expect([...found.keys()].sort()).toEqual(posts.slice(1).sort());
    for (const [post, name] of found) expect((await findHolder(r, post))?.name).toEqual(name);
    expect(await holdersNow(r, [])).toEqual(new Map());
  });
  const cast = await sandboxCast();
  expect(cast.find(({ id }) => id === 'khan')).toMatchObject({ post: khan.post, name: { en: 'vacant' } });
  expect(cast.find(({ id }) => id === 'aruna')?.name.en).toBe('Aruna Namuna');
});

test('a unit lies in itself and in those above it, and not in one whose name begins the same', () => {
  expect(liesIn('in.up', 'in.up')).toBe(true);
  expect(liesIn('in.up.agra', 'in.up')).toBe(true);
  expect(liesIn('in.upper', 'in.up')).toBe(false);
  expect(liesIn('in', 'in.up')).toBe(false);
});
