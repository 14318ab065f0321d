// Leave and transfers: who holds a post at which instant, whoever has gone and come back, and that nothing has to happen for it.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, read, Refusal } from '#foundation';
import { absencesOf, endLeave, findHolder, grantLeave, handOver, orderTransfer } from '#posts';
import { actorOf } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
type Officer = Extract<Actor, { kind: 'officer' }>;
const seated = async (who: string): Promise<Officer> => {
  const actor = await h.as(who);
  if (actor.kind !== 'officer') throw new Error('an officer');
  return actor;
};
let khan: Officer;
let rekha: Officer;
let verma: Officer;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  [khan, rekha, verma] = [await seated('khan'), await seated('rekha'), await seated('verma')];
});
afterAll(() => h.close());

const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const now = () => read(house(), 'test.look', async (r) => r.now);
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const holder = (post: string, when?: Temporal.Instant) =>
  read(house(), 'test.look', (r) => findHolder(r, post, when)).then((found) => found?.officer ?? null);
const grant = async (form: Partial<Parameters<typeof grantLeave>[1]> & { to: Temporal.Instant }) =>
  act(await h.as('verma'), 'posts.grant-leave', (a) =>
    grantLeave(a, { post: khan.post, deputy: rekha.officer, kind: 'leave', ...form }),
  );

test('a deputy holds the post from the first minute of the leave to the last, and then the officer does, without anything happening', async () => {
  const id = await grant({ from: at('2026-01-08T00:00'), to: at('2026-01-12T00:00') });
  expect(await holder(khan.post)).toBe(khan.officer);
  expect(await actorOf(khan.secret), 'planning ends no shift').toBeDefined();
  expect(await holder(khan.post, at('2026-01-07T23:59:59.999'))).toBe(khan.officer);
  expect(await holder(khan.post, at('2026-01-08T00:00'))).toBe(rekha.officer);
  expect(await holder(khan.post, at('2026-01-11T23:59:59.999'))).toBe(rekha.officer);
  expect(await holder(khan.post, at('2026-01-12T00:00'))).toBe(khan.officer);
  const [absence] = await read(house(), 'test.look', (r) => absencesOf(r, [khan.post]));
  expect(absence).toMatchObject({ id, officer: khan.officer, deputy: rekha.officer, kind: 'leave' });
  // the days go by; nobody does anything
  await h.at('2026-01-08T00:00:01+05:30');
  expect(await actorOf(khan.secret), 'his shift is over with the first second').toBeUndefined();
  await h.at('2026-01-12T00:00:01+05:30');
  expect(await holder(khan.post)).toBe(khan.officer);
  expect(await read(house(), 'test.look', (r) => absencesOf(r, [khan.post]))).toEqual([]);
});

test('a leave is called off before it begins, and cut short while it runs; the officer holds the post again at once', async () => {
  const later = await grant({ from: at('2026-01-20T00:00'), to: at('2026-01-25T00:00') });
  expect(await code(grant({ from: at('2026-02-20T00:00'), to: at('2026-02-25T00:00') }))).toBe('already-planned');
  await act(await h.as('verma'), 'posts.end-leave', (a) => endLeave(a, later));
  expect(await holder(khan.post, at('2026-01-22T00:00'))).toBe(khan.officer);
  const tenures = await h.sql('select from posts.tenure where post = $1 and to_at is null', [khan.post]);
  expect(tenures).toHaveLength(1);

  const running = await grant({ to: at('2026-01-25T00:00') });
  expect(await holder(khan.post)).toBe(rekha.officer);
  await h.at('2026-01-14T10:00:00+05:30');
  await act(await h.as('verma'), 'posts.end-leave', (a) => endLeave(a, running));
  expect(await holder(khan.post)).toBe(khan.officer);
  expect(await code(act(await h.as('verma'), 'posts.end-leave', (a) => endLeave(a, running)))).toBe('not-found');
});

test('without a deputy the post is vacant for that time, and no longer', async () => {
  const id = await grant({ to: at('2026-01-16T10:00'), deputy: null });
  expect(await holder(khan.post)).toBeNull();
  expect(await holder(khan.post, at('2026-01-16T10:00'))).toBe(khan.officer);
  await act(await h.as('verma'), 'posts.end-leave', (a) => endLeave(a, id));
  expect(await holder(khan.post)).toBe(khan.officer);
});

test('what cannot be is refused by its name', async () => {
  const to = at('2026-02-10T00:00');
  expect(await code(grant({ to: at('2026-01-01T00:00') }))).toBe('ends-before-it-begins');
  expect(await code(grant({ from: at('2025-12-01T00:00'), to }))).toBe('not-in-the-past');
  expect(await code(grant({ from: at('2026-12-01T00:00'), to: at('2026-12-02T00:00') }))).toBe('over-120-days-ahead');
  expect(await code(grant({ to: at('2028-01-01T00:00') }))).toBe('too-long-away');
  expect(await code(grant({ to, deputy: khan.officer }))).toBe('deputy-is-himself');
  expect(await code(grant({ to, deputy: '01900000-0000-7000-8000-000000000000' }))).toBe('not-found');
  const suman = await seated('suman');
  expect(await code(grant({ to, post: suman.post, deputy: verma.officer }))).toBe('post-for-women');
  expect(await holder(khan.post)).toBe(khan.officer);
});

test('a hand-over while leave is planned overtakes it: nobody comes back to a post that was given away', async () => {
  await grant({ from: at('2026-01-20T00:00'), to: at('2026-01-25T00:00') });
  await act(await h.as('verma'), 'posts.hand-over', (a) =>
    handOver(a, { post: khan.post, to_officer: rekha.officer, note: 'posted' }),
  );
  for (const when of ['2026-01-19T00:00', '2026-01-22T00:00', '2026-01-26T00:00'])
    expect(await holder(khan.post, at(when))).toBe(rekha.officer);
  expect(await read(house(), 'test.look', (r) => absencesOf(r, [khan.post]))).toEqual([]);
  // a deputy may be given the post for good
  await h.at('2026-01-15T11:00:00+05:30');
  await act(await h.as('verma'), 'posts.hand-over', (a) =>
    handOver(a, { post: khan.post, to_officer: khan.officer, note: 'back' }),
  );
  await h.at('2026-01-15T12:00:00+05:30');
  await grant({ to: at('2026-01-18T00:00') });
  await act(await h.as('verma'), 'posts.hand-over', (a) =>
    handOver(a, { post: khan.post, to_officer: rekha.officer, note: 'stays' }),
  );
  expect(await holder(khan.post, at('2026-03-01T00:00'))).toBe(rekha.officer);
});

test('an order gives up every post of it at its instant, and none before', async () => {
  await h.at('2026-01-16T10:00:00+05:30');
  const order = (posts: { post: string; successor: string | null }[], officer = rekha.officer) =>
    h
      .as('verma')
      .then((actor) =>
        act(actor, 'posts.order-transfer', (a) =>
          orderTransfer(a, { officer, at: at('2026-01-20T09:00'), posts, note: 'Public interest.' }),
        ),
      );
  const both = [
    { post: khan.post, successor: khan.officer },
    { post: rekha.post, successor: null },
  ];
  expect(await code(order(both, verma.officer))).toBe('not-his-post');
  expect(await code(order([]))).toBe('not-his-post');
  expect(await holder(rekha.post, at('2026-01-20T09:00')), 'a refused order changes nothing').toBe(rekha.officer);
  await order(both);
  expect(await holder(khan.post, at('2026-01-20T08:59'))).toBe(rekha.officer);
  expect(await holder(khan.post, at('2026-01-20T09:00'))).toBe(khan.officer);
  expect(await holder(rekha.post, at('2026-01-20T08:59'))).toBe(rekha.officer);
  expect(await holder(rekha.post, at('2026-01-20T09:00'))).toBeNull();
  expect(await code(order(both))).toBe('already-planned');
});

test('the database lets nobody take back a time at a post that has begun', async () => {
  await expect(
    act(house(), 'test.erase', (a) => a.db.deleteFrom('posts.tenure').where('post', '=', verma.post).execute()),
  ).resolves.toBeDefined();
  expect(await holder(verma.post)).toBe(verma.officer);
});

test('whatever is planned, called off and handed over: at every instant a post has one holder or none, and the past does not change', async () => {
  const aruna = await seated('aruna');
  const kiran = await seated('kiran');
  const officers = [aruna.officer, kiran.officer, khan.officer];
  const deed = fc.oneof(
    fc.record({ do: fc.constant('leave' as const), from: fc.nat(60), days: fc.nat(20), who: fc.nat(3) }),
    fc.record({ do: fc.constant('end' as const) }),
    fc.record({ do: fc.constant('hand' as const), who: fc.nat(3) }),
    fc.record({ do: fc.constant('order' as const), from: fc.nat(60), who: fc.nat(3) }),
    fc.record({ do: fc.constant('wait' as const), days: fc.nat(9) }),
  );
  const boss = await h.as('rao');
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 1, maxLength: 8 }), async (deeds) => {
      for (const one of deeds) {
        const clock = await now();
        const past = await h.sql(
          'select officer, from_at, least(to_at, foundation.now()) from posts.tenure where post = $1 and to_at <= $2 order by from_at',
          [aruna.post, clock.toString()],
        );
        const someone = 'who' in one ? (officers[one.who] ?? null) : null;
        if (one.do === 'wait')
          await h.sql(`update foundation.clock set ahead_us = ahead_us + ${one.days} * 86400000000`);
        if (one.do === 'hand')
          await code(
            act(boss, 'posts.hand-over', (a) => handOver(a, { post: aruna.post, to_officer: someone, note: 'x' })),
          );
        if (one.do === 'leave')
          await code(
            act(boss, 'posts.grant-leave', (a) => {
              const from = a.now.add({ hours: 24 * one.from });
              const to = from.add({ hours: 24 * one.days });
              return grantLeave(a, { post: aruna.post, from, to, deputy: someone, kind: 'training' });
            }),
          );
        if (one.do === 'order')
          await code(
            act(boss, 'posts.order-transfer', async (a) => {
              const held = await findHolder(a, aruna.post);
              return orderTransfer(a, {
                officer: held?.officer ?? khan.officer,
                at: a.now.add({ hours: 24 * one.from }),
                posts: [{ post: aruna.post, successor: someone }],
                note: 'x',
              });
            }),
          );
        if (one.do === 'end') {
          const [absence] = await read(house(), 'test.look', (r) => absencesOf(r, [aruna.post]));
          if (absence) expect(await code(act(boss, 'posts.end-leave', (a) => endLeave(a, absence.id)))).toBe('done');
        }
        const after = await h.sql(
          'select officer, from_at, least(to_at, foundation.now()) from posts.tenure where post = $1 and to_at <= $2 order by from_at',
          [aruna.post, clock.toString()],
        );
        expect(after).toEqual(past);
        // with every leave there is a way back, and without one at most one open end
        const [row] = await h.sql<{ open: number; gaps: number }>(
          `select count(*) filter (where to_at is null)::int as open, count(*) filter (where to_at <= from_at)::int as gaps
           from posts.tenure where post = $1`,
          [aruna.post],
        );
        expect(row?.open).toBeLessThanOrEqual(1);
        expect(row?.gaps).toBe(0);
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);
