// The simulator itself: what it breaks, that a seed plays the same again, and that it finds what is broken.
import { expect, test } from 'vitest';
import { brokenNow, lostOrDoubled, rungsAmiss, watchTheDates } from '../../sim/invariants.ts';
import { play, tell } from '../../sim/play.ts';
import { complaint, storyIn } from '../story.ts';
import { testHouse } from '../house.ts';

test('connections break in each of the ways, from the first one on', { timeout: 300_000 }, async () => {
  const run = await play({ seed: 'storm', days: 5, share_broken: 0.5 });
  expect(run.broken, tell(run)).toEqual([]);
  for (const fault of ['middle', 'before-commit', 'after-commit'])
    expect(run.counts.get(`broken: ${fault}`), fault).toBeGreaterThan(2);
});

test('a seed plays the same again, to the last line', { timeout: 300_000 }, async () => {
  const [one, other] = [await play({ seed: 'again', days: 2 }), await play({ seed: 'again', days: 2 })];
  expect(other.last).toEqual(one.last);
  expect(other.hash).toBe(one.hash);
  expect((await play({ seed: 'another', days: 1 })).hash).not.toBe(one.hash);
});

test('what is broken is found: a complaint lost or doubled, a moved date, a rung not raised, a desk too many', async () => {
  const h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  try {
    const story = storyIn(h);
    const form = complaint();
    await story.file(form);
    const told = { n: 1, form, acknowledged: true, lost_sms: 0, answers: 10 };
    const dates = watchTheDates(h);
    expect([...(await brokenNow(h, null)), ...(await lostOrDoubled(h, [told])), ...(await dates())]).toEqual([]);

    const never = { ...told, n: 2, form: complaint() };
    expect(await lostOrDoubled(h, [never])).toMatchObject([{ invariant: 'I1 an acknowledged complaint lost' }]);

    // as a superuser who goes past every trigger
    await h.sql(`set session_replication_role = replica`);
    await h.sql(`update deadlines.deadline set due_at = due_at + interval '1 day'`);
    expect((await dates())[0]?.invariant).toBe('I9 a date was moved');
    await h.sql(`update casework.stay set post = (select id from posts.post where kind = 'cp' limit 1)`);
    expect((await brokenNow(h, Temporal.Instant.fromEpochMilliseconds(0)))[0]?.invariant).toBe(
      'I11 a file without a desk, or with two',
    );
    await h.at('2026-01-06T09:00:00+05:30');
    const until = Temporal.Instant.from('2026-01-06T09:00:00+05:30').epochMilliseconds;
    expect(await rungsAmiss(h, until)).toEqual([]);
    await h.sql('delete from deadlines.stage');
    expect((await rungsAmiss(h, until))[0]?.invariant).toBe('I3 the rungs of a clock');
  } finally {
    await h.close();
  }
});
