// Clocks on the real database: started once, stopped once, never moved; delay is explained and changes nothing.
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  chainsOf,
  clocksOf,
  explainDelay,
  happened,
  inCharge,
  nextClockAt,
  quietClocks,
  raise,
  startClocks,
  wakeClocks,
} from '#deadlines';
import { type Act, act, house, newId, read } from '#foundation';
import { type CaseFacts, investigationClock, signingClock } from '#law';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());
const asHouse = <T>(work: (a: Act) => Promise<T>) => act(house(), 'deadlines.test', work);
const at = (text: string) => Temporal.Instant.from(text);
const recorded_at = at('2026-01-05T09:00:00+05:30');
const plan = investigationClock({ sections: [{ act: 'BNS', section: '64' }], recorded_at, child: false });
const facts: CaseFacts = {
  received_at: recorded_at,
  sections: [{ act: 'BNS', section: '64' }],
  child: false,
  categories: ['rape'],
  offence_on: null,
};
const clocks = (file: string) => read(house(), 'deadlines.look', (r) => clocksOf(r, file));

test('a clock keeps the reasons of its date, and the same rule from the same instant starts once', async () => {
  const file = newId();
  await asHouse((a) => startClocks(a, file, [plan]));
  await asHouse((a) => startClocks(a, file, [plan]));
  const [clock, ...more] = await clocks(file);
  expect(more).toEqual([]);
  expect(clock).toMatchObject({
    rule: plan.rule,
    kind: 'law',
    basis: 'express',
    stops_on: 'report-forwarded',
    state: 'running',
    steps: plan.steps,
  });
  expect(clock?.due_on.toString()).toBe('2026-03-05');
  expect(clock?.due_at.equals(plan.due_at)).toBe(true);
});

test('many files are read at once, in order of due time', async () => {
  const [one, two] = [newId(), newId()];
  await asHouse(async (a) => {
    await startClocks(a, one, [plan]);
    await startClocks(a, two, [signingClock({ received_at: recorded_at })]);
  });
  const found = await read(house(), 'deadlines.look', (r) => clocksOf(r, [one, two]));
  expect(found.map((c) => c.file)).toEqual([two, one]);
  expect(await read(house(), 'deadlines.look', (r) => clocksOf(r, []))).toEqual([]);
});

test('stopped, it stays stopped where it was stopped first, and is met or late by that instant', async () => {
  const [met, late, early] = [newId(), newId(), newId()];
  await asHouse(async (a) => {
    for (const file of [met, late, early]) await startClocks(a, file, [plan]);
    const forward = (file: string, when: Temporal.Instant) =>
      happened(a, { file, moment: 'report-forwarded', at: when }, facts);
    await forward(met, plan.due_at);
    await forward(met, plan.due_at.add({ hours: 1 }));
    await forward(late, plan.due_at.add({ milliseconds: 1 }));
    await forward(early, recorded_at.subtract({ seconds: 30 }));
  });
  const twoMonths = async (file: string) => (await clocks(file)).filter(({ rule }) => rule === plan.rule);
  expect(await twoMonths(met)).toMatchObject([
    { state: 'met', stopped_at: plan.due_at, stopped_by: 'report-forwarded' },
  ]);
  expect(await twoMonths(late)).toMatchObject([{ state: 'late' }]);
  expect((await twoMonths(early))[0]?.stopped_at?.equals(recorded_at)).toBe(true);
});

test('a file that rests raises nothing; worked on again, it raises what falls due from then on', async () => {
  const file = newId();
  const next = () => h.sql('select n, at from deadlines.wake where file = $1', [file]);
  await asHouse((a) => startClocks(a, file, [plan]));
  const [before] = await next();
  await asHouse((a) => quietClocks(a, file));
  expect(before).toMatchObject({ n: 0 });
  expect(await next()).toEqual([]);
  expect((await clocks(file))[0]?.state).toBe('running');
  await asHouse((a) => wakeClocks(a, file));
  expect(await next()).toEqual([before]);
  expect(await read(house(), 'deadlines.look', nextClockAt)).toBeInstanceOf(Temporal.Instant);
});

test('a reason for delay is an officer’s, of a day that has come, on a file in sight', async () => {
  const file = newId();
  const why = { kind: 'fsl-awaited' as const, from: Temporal.PlainDate.from('2026-01-05') };
  await expect(asHouse((a) => explainDelay(a, file, why))).rejects.toMatchObject({ code: 'not-your-power' });
  const verma = await h.as('verma');
  const say = (from: string, text?: string) =>
    act(verma, 'deadlines.explain', (a) =>
      explainDelay(a, file, { kind: 'other', from: Temporal.PlainDate.from(from), text }),
    );
  await expect(say('2026-01-06')).rejects.toMatchObject({ code: 'not-in-the-future', about: 'from' });
  await expect(say('2026-01-05', 'A text')).rejects.toMatchObject({ code: 'not-found' });
  await expect(say('2026-01-05')).rejects.toThrow(/row-level security/);
});

test('what no clock raises is raised once as well', async () => {
  const [post] = await h.sql<{ id: string; path: string }>(
    "select id, path::text from posts.post where kind = 'national'",
  );
  const alarm = {
    file: newId(),
    rule: 'vacant-post',
    stage: 'vacant',
    due_at: recorded_at,
    reason: 'vacant-post',
    to: { post: post?.id ?? '', path: post?.path ?? '' },
  };
  await asHouse((a) => raise(a, [alarm, alarm]));
  await asHouse((a) => raise(a, [alarm]));
  expect(await h.sql('select 1 from deadlines.attention where file = $1', [alarm.file])).toHaveLength(1);
});

test('the chain of a station’s officer runs to the nation; the vacant ones are told', async () => {
  const khan = await h.as('khan');
  const post = khan.kind === 'officer' ? khan.post : '';
  const chain = async () => (await read(house(), 'deadlines.look', (r) => chainsOf(r, [post]))).get(post) ?? [];
  expect((await chain()).map((l) => l.kind)).toEqual(['io', 'sho', 'acp', 'dcp', 'cp', 'state', 'national']);
  expect((await chain()).some((l) => l.vacant)).toBe(false);
  await h.sql('update posts.tenure set to_at = foundation.now() where post = $1', [post]);
  expect((await chain())[0]?.vacant).toBe(true);
  expect(inCharge(await chain())?.kind).toBe('sho');
});
