// The sweep on the real database: every rung once, however often, however late, by however many; climbing, vacancies, acknowledgement.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acknowledge, attentionOf, happened, quietClocks, startClocks, sweep, wakeClocks } from '#deadlines';
import { type Act, act, house, newId, read } from '#foundation';
import { type CaseFacts, investigationClock, planRule, stagesUpTo } from '#law';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
let io: string;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  const khan = await h.as('khan');
  io = khan.kind === 'officer' ? khan.post : '';
});
afterAll(() => h.close());

const asHouse = <T>(work: (a: Act) => Promise<T>) => act(house(), 'deadlines.test', work);
const recorded_at = Temporal.Instant.from('2026-01-05T09:00:00+05:30');
const plan = investigationClock({ sections: [{ act: 'BNS', section: '64' }], recorded_at, child: false });
const facts: CaseFacts = { received_at: recorded_at, sections: [], child: false, categories: [], offence_on: null };

async function fileWithClock(clock = plan): Promise<string> {
  const file = newId();
  await h.sql('select deadlines.place($1, $2)', [file, io]);
  await asHouse((a) => startClocks(a, file, [clock]));
  return file;
}
const inTurn = async <T>(times: number, work: () => Promise<T>): Promise<T[]> => {
  const done: T[] = [];
  for (let n = 0; n < times; n++) done.push(await work());
  return done;
};
const sweepOut = async (at_once?: number) => {
  while (await asHouse((a) => sweep(a, at_once)));
};
const stagesOf = (file: string) =>
  h.sql<{ stage: string; at_ms: number }>(
    `select s.stage, (extract(epoch from s.at) * 1000)::float8 as at_ms from deadlines.stage s join deadlines.deadline d on d.id = s.deadline where d.file = $1 order by s.at`,
    [file],
  );
const hearers = (file: string, stage: string) =>
  h
    .sql<{ kind: string }>(
      `select p.kind from deadlines.attention t join posts.post p on p.id = t.to_post where t.file = $1 and t.stage = $2
       order by p.kind`,
      [file, stage],
    )
    .then((rows) => rows.map(({ kind }) => kind));

test('what falls due is raised to the holder, and climbs: the officer for crimes against women stands between circle and zone', async () => {
  const file = await fileWithClock();
  await h.at('2026-03-30T10:00:00+05:30');
  expect(await hearers(file, 'T-7')).toEqual(['io']);
  expect((await hearers(file, 'T-3')).sort()).toEqual(['io', 'sho']);
  expect((await hearers(file, 'T+1')).sort()).toEqual(['acp', 'io', 'sho']);
  expect((await hearers(file, 'T+8')).sort()).toEqual(['acp', 'adcp-women', 'io', 'sho']);
  expect((await hearers(file, 'T+15')).sort()).toEqual(['acp', 'adcp-women', 'dcp', 'io', 'sho']);
});

test('late by ten weeks, in small bites, by two workers at once: every rung once, with the instant at which it fell due', async () => {
  const files = await inTurn(40, () => fileWithClock());
  await Promise.all([sweepOut(7), sweepOut(7), sweepOut(3)]);
  await sweepOut();
  const now = await asHouse(async (a) => a.now);
  const expected = stagesUpTo(plan, now).map(({ stage, at }) => [stage, at.epochMilliseconds]);
  expect(expected.length).toBeGreaterThan(9);
  for (const file of files) expect((await stagesOf(file)).map(({ stage, at_ms }) => [stage, at_ms])).toEqual(expected);
  const twice = await h.sql('select 1 from deadlines.attention group by deadline, stage, to_post having count(*) > 1');
  expect(twice).toEqual([]);
});

test('a sweep that dies in the middle has raised nothing, and the next one raises all of it', async () => {
  const file = await fileWithClock();
  const dying = asHouse(async (a) => {
    await sweep(a);
    throw new Error('the machine stops');
  });
  await expect(dying).rejects.toThrow('the machine stops');
  expect(await stagesOf(file)).toEqual([]);
  await sweepOut();
  expect((await stagesOf(file)).length).toBeGreaterThan(9);
});

test('an acknowledged breach is not repeated to that post; the posts above still hear of it, and the clock runs on', async () => {
  const file = await fileWithClock();
  await sweepOut();
  // this file is known to no station, so it is acknowledged by hand here; the verb is tested with real files
  await h.sql(`update deadlines.attention set acknowledged_at = foundation.now() where file = $1 and to_post = $2`, [
    file,
    io,
  ]);
  const before = (await stagesOf(file)).length;
  await h.at('2026-04-30T10:00:00+05:30');
  const after = await stagesOf(file);
  expect(after.length).toBeGreaterThan(before);
  const last = after.at(-1)?.stage ?? '';
  expect(await hearers(file, last)).not.toContain('io');
  expect(await hearers(file, last)).toContain('sho');
  const [clock] = await h.sql<{ stopped_at: unknown }>('select stopped_at from deadlines.deadline where file = $1', [
    file,
  ]);
  expect(clock?.stopped_at).toBeNull();
});

test('a file that rests raises nothing; woken, only what comes after', async () => {
  const file = await fileWithClock();
  await asHouse((a) => quietClocks(a, file));
  await sweepOut();
  expect(await stagesOf(file)).toEqual([]);
  await asHouse((a) => wakeClocks(a, file));
  await sweepOut();
  expect(await stagesOf(file)).toEqual([]);
  await h.at('2026-05-15T10:00:00+05:30');
  expect((await stagesOf(file)).length).toBeGreaterThan(0);
});

test('what only informs raises nothing, and what concerns her and has passed is noted once', async () => {
  const told = { moment: 'complaint-filed', at: recorded_at } as const;
  const complaint = planRule('posh_complaint', told, {
    ...facts,
    categories: ['workplace'],
    offence_on: Temporal.PlainDate.from('2026-01-01'),
  });
  expect(complaint?.due_on.toString()).toBe('2026-04-01');
  if (!complaint) throw new Error('no clock');
  const quiet = await fileWithClock(complaint);
  const loud = await fileWithClock();
  await sweepOut();
  expect(await stagesOf(quiet)).toEqual([]);
  const notices = (file: string) => h.sql('select 1 from deadlines.notice where file = $1', [file]);
  expect(await notices(quiet)).toHaveLength(0);
  expect(await notices(loud)).toHaveLength(1);
});

test('a vacant post is skipped upward, and what goes to the next one says whose share it is', async () => {
  const rekha = await h.as('rekha');
  const post = rekha.kind === 'officer' ? rekha.post : '';
  const file = newId();
  await h.sql('select deadlines.place($1, $2)', [file, post]);
  await h.sql('update posts.tenure set to_at = foundation.now() where post = $1 and to_at is null', [post]);
  await asHouse((a) => startClocks(a, file, [plan]));
  await sweepOut();
  expect(await hearers(file, 'T-30')).toEqual(['sho']);
  const [row] = await h.sql<{ instead_of: string }>(
    "select instead_of from deadlines.attention where file = $1 and stage = 'T-30'",
    [file],
  );
  expect(row?.instead_of).toBe(post);
});

test('met, the ninety days begin anew as a target; forwarded, they end', async () => {
  const file = newId();
  const tell = (moment: 'information-recorded' | 'progress-told' | 'report-forwarded', day: number) =>
    asHouse((a) => happened(a, { file, moment, at: recorded_at.add({ hours: 24 * day }) }, facts));
  await tell('information-recorded', 0);
  await tell('progress-told', 30);
  const progress = () =>
    h.sql<{ kind: string; stopped_by: string | null }>(
      "select kind, stopped_by from deadlines.deadline where file = $1 and rule = 'progress_90d' order by started_at",
      [file],
    );
  expect(await progress()).toEqual([
    { kind: 'law', stopped_by: 'progress-told' },
    { kind: 'police-target', stopped_by: null },
  ]);
  await tell('report-forwarded', 50);
  expect((await progress()).map(({ stopped_by }) => stopped_by)).toEqual(['progress-told', 'report-forwarded']);
});

test('only the post it was raised to, or one above it, may acknowledge', async () => {
  const singh = await h.as('singh');
  await expect(act(singh, 'deadlines.test', (a) => acknowledge(a, newId(), 'seen'))).rejects.toMatchObject({
    code: 'not-found',
  });
  expect(Array.isArray(await read(singh, 'deadlines.test', attentionOf))).toBe(true);
});

test('the mark moves after a round that was exactly full as well, so that idle rounds do not walk over what was raised', async () => {
  await sweepOut();
  await inTurn(3, () => fileWithClock());
  const mark = () => h.sql<{ after: string }>('select after::text from deadlines.sweep_mark');
  await h.sql("update deadlines.sweep_mark set after = '-infinity'");
  await sweepOut(3);
  expect((await mark())[0]?.after).not.toBe('-infinity');
});
