// The calendar, its addresses and the digest on the real database: whose clocks, on which day, and never anybody else's.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  calendarCounts,
  calendarOf,
  digestOf,
  feedsOf,
  fetchFeed,
  handOverDesk,
  makeFeed,
  revokeFeed,
} from '#casework';
import { act, nobody, read, Refusal } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { postOf, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
/** with the investigating officer, with the help desk, and another with the second investigating officer */
let khans = '';
let sumans = '';
let rekhas = '';
const day = (text: string) => Temporal.PlainDate.from(text);
const ASKED = { from: day('2026-01-01'), days: 92 };

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  sumans = await story.confirmed();
  [khans, rekhas] = [await registered('khan'), await registered('rekha')];
}, 120_000);
afterAll(() => h.close());

let fir = 0;
async function registered(to: string): Promise<string> {
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  await story.step('verma', number, {
    step: 'register-fir',
    fir_number: String(++fir),
    year: 2026,
    recorded_at: (await story.now()).toString(),
    sections: [{ act: 'BNS', section: '64' }],
  });
  await story.step('verma', number, { step: 'assign', to_post: await story.post(to) });
  return number;
}
const calendar = async (who: string, asked: Partial<Parameters<typeof calendarOf>[1]> = {}) =>
  read(await h.as(who), 'test.look', (r) => calendarOf(r, { ...ASKED, ...asked }));
const all = async (who: string, asked: Partial<Parameters<typeof calendarOf>[1]> = {}) => {
  const { overdue, days } = await calendar(who, asked);
  return [...overdue, ...days.flatMap(({ entries }) => entries)];
};
const numbers = async (who: string, asked: Partial<Parameters<typeof calendarOf>[1]> = {}) =>
  [...new Set((await all(who, asked)).map(({ number }) => number))].sort();
const digest = async (who: string) => read(await h.as(who), 'test.look', digestOf);
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
const make = async (who: string) => act(await h.as(who), 'casework.make-feed', (a) => makeFeed(a, 'hi'));
const fetched = (secret: string) =>
  read(nobody, 'casework.fetch-feed', (r) => fetchFeed(r, secret), { note: 'inside' });

describe('the calendar', () => {
  test('a post has the running clocks of the files on its desk, and of no other', async () => {
    expect(await numbers('khan')).toEqual([khans]);
    expect(await numbers('rekha')).toEqual([rekhas]);
    expect(await numbers('suman')).toEqual([sumans]);
    expect(await numbers('lko-io')).toEqual([]);
    const running = await h.sql(
      `select d.id from deadlines.deadline d join casework.file f on f.id = d.file where f.number = $1 and d.stopped_at is null
         and d.due_at < '2026-04-03T00:00+05:30'`,
      [khans],
    );
    expect((await all('khan')).length).toBe(running.length);
  });

  test('an entry says rule, kind, day, numbers, section and state; the two months fall on their day', async () => {
    const { days } = await calendar('khan');
    const found = days.find(({ on }) => on.equals(day('2026-03-05')));
    const entry = found?.entries.find(({ rule }) => rule === 'investigation_two_months');
    expect(entry).toMatchObject({
      kind: 'law',
      number: khans,
      fir: '1/2026',
      state: 'investigating',
      late: false,
      elsewhere: false,
      sections: [{ act: 'BNS', section: '64' }],
    });
  });

  test('a superior sees the circle only when asked to, in parts that lose nothing and repeat nothing', async () => {
    expect(await numbers('singh')).toEqual([]);
    const whole = await all('singh', { circle: true });
    expect([...new Set(whole.map(({ number }) => number))].sort()).toEqual([khans, rekhas, sumans].sort());
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const part = await calendar('singh', { circle: true, limit: 3, ...(after ? { after } : {}) });
      ids.push(...[...part.overdue, ...part.days.flatMap(({ entries }) => entries)].map(({ id }) => id));
      after = part.next ?? undefined;
    } while (after);
    expect(ids).toEqual(whole.map(({ id }) => id));
    expect(await numbers('lko-sho', { circle: true })).toEqual([]);
    // whoever supervises nothing has no circle beyond the own desk
    expect(await numbers('khan', { circle: true })).toEqual([khans]);
  });

  test('counts of the days are those of the entries', async () => {
    const entries = await all('singh', { circle: true });
    const counts = await read(await h.as('singh'), 'test.look', (r) => calendarCounts(r, { ...ASKED, circle: true }));
    for (const { on, law, target } of counts.days) {
      const ofDay = entries.filter(({ due_on }) => due_on.equals(on));
      expect([law, target]).toEqual([
        ofDay.filter(({ kind }) => kind === 'law').length,
        ofDay.filter(({ kind }) => kind === 'police-target').length,
      ]);
    }
    expect(counts.days.reduce((n, { law, target }) => n + law + target, 0)).toBe(entries.length);
  });

  test('what is no span or no mark is refused, and nobody but an officer asks', async () => {
    expect(await code(calendar('khan', { days: 0 }))).toBe('not-understood');
    expect(await code(calendar('khan', { days: 93 }))).toBe('not-understood');
    for (const after of ['x', Buffer.from('2026-99-99T00:00:00Z a').toString('base64url')])
      expect(await code(calendar('khan', { after }))).toBe('not-understood');
    expect(await code(read(nobody, 'test.look', (r) => calendarOf(r, ASKED)))).toBe('not-your-power');
  });

  test('the clocks of a closed file are in no calendar', async () => {
    const number = await story.confirmed();
    expect(await numbers('suman')).toContain(number);
    await h.sql(`update casework.file set state = 'refused' where number = $1`, [number]);
    expect(await numbers('suman')).not.toContain(number);
  });
});

describe('an address for calendar programs', () => {
  test('gives the clocks of the post, with the register number and nothing of the file; the secret is stored nowhere', async () => {
    const { id, secret } = await make('khan');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const feed = await fetched(secret);
    const expected = await all('khan', { days: 92 });
    const soon = feed.clocks.filter(({ due_on }) => Temporal.PlainDate.compare(due_on, day('2026-04-02')) <= 0);
    expect(soon.map(({ rule }) => rule).sort()).toEqual(expected.map(({ rule }) => rule).sort());
    expect(JSON.stringify(feed)).not.toContain(khans);
    const [row] = await h.sql<{ all: string }>('select f::text as all from casework.feed f where id = $1', [id]);
    expect(row?.all).not.toContain(secret);
    const [marked] = await h.sql<{ actor_kind: string; detail: unknown }>(
      `select actor_kind, detail from foundation.ledger where deed = 'casework.fetch-feed' and subject = $1`,
      [id],
    );
    expect(marked).toEqual({ actor_kind: 'nobody', detail: {} });
    const written = await h.sql('select 1 from foundation.ledger l where l::text like $1', [`%${secret}%`]);
    expect(written).toEqual([]);
  });

  test('one row a fetch, no row for what is no address; unknown, malformed and revoked are the same answer', async () => {
    const rows = () =>
      h.sql(`select 1 from foundation.ledger where deed = 'casework.fetch-feed'`).then((r) => r.length);
    const { id, secret } = await make('rekha');
    const before = await rows();
    await fetched(secret);
    expect(await rows()).toBe(before + 1);
    expect(await code(fetched('A'.repeat(43)))).toBe('not-found');
    expect(await code(fetched("x' or 1=1"))).toBe('not-found');
    await act(await h.as('rekha'), 'test.revoke', (a) => revokeFeed(a, id));
    expect(await code(fetched(secret))).toBe('not-found');
    expect(await rows()).toBe(before + 1);
    expect(await code(act(await h.as('rekha'), 'test.revoke', (a) => revokeFeed(a, id)))).toBe('not-found');
  });

  test('three live ones a post, also when many are asked for at once; another post sees and ends none of them', async () => {
    const suman = await h.as('suman');
    const tried = await Promise.all(
      Array.from({ length: 6 }, () => code(act(suman, 'casework.make-feed', (a) => makeFeed(a, 'hi')))),
    );
    expect(tried.sort()).toEqual(['done', 'done', 'done', ...Array(3).fill('needs-a-free-feed')]);
    const mine = await read(suman, 'test.look', feedsOf);
    expect(mine).toHaveLength(3);
    expect(await read(await h.as('verma'), 'test.look', feedsOf)).toEqual([]);
    const [first] = mine;
    expect(await code(act(await h.as('verma'), 'test.revoke', (a) => revokeFeed(a, first?.id ?? '')))).toBe(
      'not-found',
    );
    await act(suman, 'test.revoke', (a) => revokeFeed(a, first?.id ?? ''));
    expect(await code(make('suman'))).toBe('done');
    expect(await code(act(nobody, 'test.make', (a) => makeFeed(a, 'hi')))).toBe('not-your-power');
  });

  test('handed over, an address is dead; the successor’s own works, and coming back wakes nothing', async () => {
    const { secret } = await make('verma');
    const verma = await h.as('verma');
    const post = postOf(verma);
    const officer = verma.kind === 'officer' ? verma.officer : '';
    await fetched(secret);
    const singh = await h.as('singh');
    const over = (to_officer: string | null) =>
      act(singh, 'test.hand-over', (a) => handOverDesk(a, { post, to_officer, from: undefined, note: 'test' }));
    await over(null);
    expect(await code(fetched(secret))).toBe('not-found');
    await h.at('2026-01-05T12:00:00+05:30');
    await over(officer);
    expect(await code(fetched(secret))).toBe('not-found');
    expect(await read(await h.as('verma'), 'test.look', feedsOf)).toEqual([]);
    expect((await fetched((await make('verma')).secret)).language).toBe('hi');
  });
});

describe('the digest of the morning', () => {
  const onThe = (on: string) =>
    h
      .sql<{ n: number }>('select count(*)::int as n from deadlines.digest where day = $1', [on])
      .then(([row]) => row?.n);

  test('there is none before seven; at seven each post that has work has one, and twice changes nothing', async () => {
    await h.at('2026-01-06T06:59:00+05:30');
    expect(await onThe('2026-01-06')).toBe(0);
    await h.at('2026-01-06T07:00:00+05:30');
    const made = await h.sql<{ kind: string }>(
      `select p.kind from deadlines.digest d join posts.post p on p.id = d.post where d.day = '2026-01-06'`,
    );
    expect(made.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['help-desk', 'io']));
    const before = await h.sql('select * from deadlines.digest order by post');
    await Promise.all([story.sweep(), story.sweep(), story.sweep()]);
    expect(await h.sql('select * from deadlines.digest order by post')).toEqual(before);
    expect(await digest('lko-io')).toBeUndefined();
  });

  test('it counts what the calendar shows: late by kind, today, and the seven days after', async () => {
    await h.at('2026-01-09T06:00:00+05:30');
    await h.at('2026-01-09T07:00:00+05:30');
    const facts = await digest('khan');
    const entries = await all('khan', { from: day('2026-01-09'), days: 8 });
    const late = (kind: string) => entries.filter((e) => e.late && e.kind === kind).length;
    expect(facts).toMatchObject({
      day: day('2026-01-09'),
      late_law: late('law'),
      late_target: late('police-target'),
      due_today: entries.filter((e) => !e.late && e.due_on.equals(day('2026-01-09'))).length,
      due_week: entries.filter((e) => !e.late && !e.due_on.equals(day('2026-01-09'))).length,
      vacant: 0,
    });
    expect((facts?.late_law ?? 0) + (facts?.late_target ?? 0)).toBeGreaterThan(0);
  });

  test('what a court has let pass stays on its day and is no lateness of the police, in the calendar as in the digest', async () => {
    const counts = async () => {
      const { late } = await read(await h.as('khan'), 'test.look', (r) => calendarCounts(r, ASKED));
      return late.law + late.target;
    };
    const [late] = (await calendar('khan')).overdue;
    const before = await counts();
    expect(before).toBeGreaterThan(0);
    await h.sql(`update deadlines.deadline set responsible = 'court' where id = $1`, [late?.id]);
    expect(await counts()).toBe(before - 1);
    const after = await calendar('khan');
    expect(after.overdue.map(({ id }) => id)).not.toContain(late?.id);
    const shown = after.days.flatMap(({ entries }) => entries).find(({ id }) => id === late?.id);
    expect(shown).toMatchObject({ late: false, responsible: 'court' });
    // the digest of the next morning counts what the calendar counts
    await h.at('2026-01-09T08:00:00+05:30');
    await h.sql('delete from deadlines.digest');
    await h.sql('delete from deadlines.morning');
    await story.sweep();
    const facts = await digest('khan');
    expect((facts?.late_law ?? 0) + (facts?.late_target ?? 0)).toBe(await counts());
    await h.sql(`update deadlines.deadline set responsible = 'police' where id = $1`, [late?.id]);
  });

  test('a vacant desk comes up: its clocks and its files are in the calendar, the digest and the address of the post above', async () => {
    const { secret } = await make('verma');
    const before = await numbers('verma');
    expect(before).not.toContain(rekhas);
    await h.sql('update posts.tenure set to_at = foundation.now() where post = $1 and to_at is null', [
      postOf(await h.as('rekha')),
    ]);
    expect(await numbers('verma')).toContain(rekhas);
    const entry = (await all('verma')).find(({ number }) => number === rekhas);
    expect(entry?.elsewhere).toBe(true);
    expect((await fetched(secret)).clocks.length).toBeGreaterThan(0);
    await h.at('2026-01-10T07:00:00+05:30');
    const facts = await digest('verma');
    expect(facts?.vacant).toBe(1);
    expect(facts?.late_target).toBeGreaterThan(0);
  });

  test('the house closed for forty days makes today’s digests and none of the mornings it missed', async () => {
    const mornings = () =>
      h
        .sql<{ day: string }>('select day::text as day from deadlines.morning order by 1')
        .then((r) => r.map((m) => m.day));
    const before = await mornings();
    await h.sql(`update foundation.clock set ahead_us = ahead_us + 40 * 86400::bigint * 1000000`);
    await story.sweep();
    expect(await mornings()).toEqual([...before, '2026-02-19']);
    const facts = await digest('khan');
    expect(facts?.new_alarms).toBeGreaterThan(0);
  });
});
