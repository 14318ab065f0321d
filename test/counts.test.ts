// What the frame of the officers' pages counts is what their pages show, for everybody, without reading it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackQueue, queueCounts } from '#callback';
import { DESK_KINDS, deskCounts, handOverDesk, onDesk, placeOnDesk } from '#casework';
import { attentionCount, attentionOf } from '#deadlines';
import { type Actor, act, type Reading, read } from '#foundation';
import { sandboxCast } from '#signin';
import { tellStory } from '../seed/story.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, postOf, storyIn } from './story.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-09-28T14:10:00+05:30' });
  await tellStory();
});
afterAll(() => h.close());

type Seen = { open: number; late: number };
type Pages = { desk: Seen; calls: Seen; attention: number; places: unknown[] };

const isPast = (at: Temporal.Instant | undefined, r: Reading) =>
  at !== undefined && Temporal.Instant.compare(at, r.now) < 0;

/** What the pages of a post show, and what its frame counts, in one reading. */
const both = (actor: Actor): Promise<{ shown: Pages; counted: Pages }> =>
  read(actor, 'test.look', async (r) => {
    const [rows, queue] = [await onDesk(r), await callbackQueue(r)];
    const shown = {
      desk: { open: rows.length, late: rows.filter((row) => row.group === 'late').length },
      calls: { open: queue.length, late: queue.filter((row) => isPast(row.alarm_at, r)).length },
      attention: (await attentionOf(r)).length,
      places: rows.map((_, n) => ({ nth: n + 1, of: rows.length, next: rows[n + 1]?.number ?? null })),
    };
    const counted = {
      desk: await deskCounts(r),
      calls: await queueCounts(r),
      attention: await attentionCount(r),
      places: [] as unknown[],
    };
    for (const row of rows) counted.places.push(await placeOnDesk(r, row.number));
    return { shown, counted };
  });

/** Everybody's counts against everybody's pages; returns the sum of what is shown. */
async function everybody(): Promise<{ desk: Seen; calls: Seen; attention: number }> {
  const sum = { desk: { open: 0, late: 0 }, calls: { open: 0, late: 0 }, attention: 0 };
  for (const { id, post } of await sandboxCast()) {
    if (post === null) continue;
    const actor = await h.as(id);
    const { shown, counted } = await both(actor);
    expect(counted, id).toEqual(shown);
    if (actor.kind === 'officer' && (DESK_KINDS as readonly string[]).includes(actor.post_kind)) {
      sum.desk.open += shown.desk.open;
      sum.desk.late += shown.desk.late;
    }
    sum.calls.open += shown.calls.open;
    sum.calls.late += shown.calls.late;
    sum.attention += shown.attention;
  }
  return sum;
}

test('on the practice story, for each of the cast', async () => {
  const sum = await everybody();
  expect(sum.desk.open).toBeGreaterThan(4);
  expect(sum.calls.open).toBeGreaterThan(1);
});

test('with a signed statement that waits for the officer in charge, a registered one nobody was named for, and a vacant desk', async () => {
  const story = storyIn(h);
  await story.file(complaint());
  const [signed, registered] = [await story.confirmed(), await story.confirmed()];
  for (const number of [signed, registered]) {
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  }
  await story.step('verma', registered, {
    step: 'register-fir',
    fir_number: '977',
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '78' }],
  });
  await everybody();
  const khan = postOf(await h.as('khan'));
  const vacate = { post: khan, to_officer: null, from: undefined, note: 'transfer' };
  await act(await h.as('verma'), 'posts.hand-over', (a) => handOverDesk(a, vacate));
  for (const id of ['verma', 'suman', 'singh', 'rao']) {
    const { shown, counted } = await both(await h.as(id));
    expect(counted, id).toEqual(shown);
  }
});

test('weeks later, when much is late and has come up', async () => {
  await h.at('2026-12-15T09:00:00+05:30');
  const late = { desk: 0, calls: 0, attention: 0 };
  for (const id of ['savita', 'suman', 'verma', 'rekha', 'singh', 'nandini', 'cp', 'state']) {
    const { shown, counted } = await both(await h.as(id));
    expect(counted, id).toEqual(shown);
    late.desk += shown.desk.late;
    late.calls += shown.calls.late;
    late.attention += shown.attention;
  }
  expect(Math.min(late.desk, late.calls, late.attention)).toBeGreaterThan(0);
}, 120_000);

test('what has come up is given in parts that are the whole, the most urgent first', async () => {
  const cp = await h.as('cp');
  const whole = await read(cp, 'test.look', (r) => attentionOf(r));
  const most = Math.ceil(whole.length / 3);
  expect(most).toBeGreaterThan(1);
  const parts = await read(cp, 'test.look', (r) =>
    Promise.all([0, 1, 2, 3].map((n) => attentionOf(r, { after: n * most, most }))),
  );
  expect(parts.flat()).toEqual(whole);
  expect(parts[0]).toHaveLength(most);
  const due = whole.flatMap(({ due_at }) => due_at?.epochMilliseconds ?? []);
  expect(due).toEqual(due.toSorted((one, other) => one - other));
});

test('a file that lies elsewhere has no place on the desk', async () => {
  const [row] = await read(await h.as('verma'), 'test.look', onDesk);
  expect(row).toBeDefined();
  expect(await read(await h.as('kiran'), 'test.look', (r) => placeOnDesk(r, row?.number ?? ''))).toBeUndefined();
});

test('who is no officer counts nothing', async () => {
  const refused = expect.objectContaining({ code: 'not-your-power' });
  await expect(read(h.nobody, 'test.look', deskCounts)).rejects.toEqual(refused);
  await expect(read(h.nobody, 'test.look', queueCounts)).rejects.toEqual(refused);
});
