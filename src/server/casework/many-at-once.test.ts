// Many at once, on the real database: each exactly once, nothing skipped, nothing doubled, no file without a desk.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Filed, stepForm, takeStep } from '#casework';
import { act, Refusal } from '#foundation';
import { type ComplaintForm, hasCheckDigit } from '#intake';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const outcome = (done: PromiseSettledResult<unknown>) =>
  done.status === 'fulfilled' ? 'done' : (done.reason as { code?: string }).code;
const all = <T>(n: number, make: (n: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
/** What must hold of every file's stays, whatever was done to it. */
async function staysHold(): Promise<void> {
  const broken = await h.sql(`select f.id from casework.file f where
    (select count(*) from casework.stay s where s.file = f.id and s.to_at is null) <> 1
    or (select min(from_at) from casework.stay s where s.file = f.id) <> f.submitted_at
    or exists (select 1 from casework.stay s where s.file = f.id and s.n > 1
      and not exists (select 1 from casework.stay b where b.file = f.id and b.n = s.n - 1 and b.to_at = s.from_at))
    or f.desk_post <> (select s.post from casework.stay s where s.file = f.id and s.to_at is null)`);
  expect(broken).toEqual([]);
}

// the long run sends two hundred
const MANY = process.env.ITSSO_LONG ? 200 : 60;

test('many filings at once: each exactly once, no receipt twice, and no session that nobody asked for', async () => {
  // who gets no answer in time sends the same form again, as her phone does
  const send = async (form: ComplaintForm): Promise<Filed> => {
    try {
      return await story.file(form);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      return send(form);
    }
  };
  const filed = await Promise.all(all(MANY, () => send(complaint())));
  expect(new Set(filed.map((f) => f.receipt)).size).toBe(MANY);
  expect(await h.sql("select 1 from posts.session where kind = 'citizen'")).toEqual([]);
  const [row] = await h.sql<Record<string, number>>(`select
    (select count(*)::int from intake.complaint) as complaints, (select count(*)::int from casework.file) as files,
    (select count(*)::int from casework.stay) as stays, (select count(*)::int from callback.promise) as promises,
    (select count(*)::int from deadlines.deadline where rule = 'callback') as clocks,
    (select count(distinct subject)::int from foundation.ledger where deed = 'file.sent') as noted`);
  expect(row).toEqual({ complaints: MANY, files: MANY, stays: MANY, promises: MANY, clocks: MANY, noted: MANY });
  await staysHold();
}, 120_000);

test('one form sent twelve times at once is one complaint, and every sender gets the same receipt and words', async () => {
  const form = complaint();
  const filed = await Promise.all(all(12, (n) => story.file(form, n % 2 ? 'one-key-for-all' : undefined)));
  expect(new Set(filed.map((f) => `${f.receipt} ${f.caller_phrase}`)).size).toBe(1);
  expect(
    await h.sql(
      'select count(*)::int as n from casework.file f join intake.complaint c on c.id = f.id where c.form_id = $1',
      [form.form_id],
    ),
  ).toEqual([{ n: 1 }]);
});

test('numbers are given once each, with their check digit; serials of a register have no gap, whoever receives', async () => {
  const numbers = [];
  // one operator holds one call at a time
  for (let n = 0; n < 12; n++) numbers.push(await story.confirmed());
  expect(new Set(numbers).size).toBe(12);
  for (const number of numbers) expect(hasCheckDigit(number)).toBe(true);
  const received = await Promise.allSettled(
    numbers.flatMap((number) => [
      story.step('suman', number, { step: 'receive' }),
      story.step('verma', number, { step: 'receive' }),
    ]),
  );
  expect(received.filter((r) => r.status === 'fulfilled')).toHaveLength(12);
  expect(new Set(received.filter((r) => r.status === 'rejected').map(outcome))).toEqual(new Set(['already-done']));
  const rows = await h.sql<{ s: number }>(
    'select register_serial as s from casework.file where register_serial is not null order by 1',
  );
  expect(rows.map((r) => r.s)).toEqual(all(12, (n) => n + 1));
}, 120_000);

test('a step that is refused takes no serial with it', async () => {
  const number = await story.confirmed();
  const suman = await h.as('suman');
  await expect(
    act(suman, 'casework.take-step', async (a) => {
      await takeStep(a, number, stepForm.parse({ step: 'receive' }));
      throw new Error('the line broke');
    }),
  ).rejects.toThrow('the line broke');
  expect((await story.step('suman', number, { step: 'receive' })).register?.serial).toBe(13);
});

test('two moves at once: one after the other or one alone, never both from the same desk', async () => {
  const number = await story.confirmed();
  await story.step('verma', number, { step: 'assign', to_post: await story.post('khan') });
  const [rekha, verma, khan] = [await story.post('rekha'), await story.post('verma'), await story.post('khan')];
  const before = await h.sql('select count(*)::int as n from casework.stay');
  const raced = await Promise.allSettled([
    story.step('khan', number, { step: 'move', to_post: rekha, reason: 'a' }),
    story.step('khan', number, { step: 'move', to_post: verma, reason: 'b' }),
  ]);
  expect(raced.map(outcome).sort()).toEqual(['done', 'not-found']);
  const chained = await Promise.allSettled([
    story.step('singh', number, { step: 'move', to_post: khan, reason: 'c' }),
    story.step('rao', number, { step: 'move', to_post: await story.post('singh'), reason: 'd' }),
  ]);
  const done = chained.filter((c) => c.status === 'fulfilled').length;
  expect(done).toBeGreaterThanOrEqual(1);
  expect(await h.sql('select count(*)::int as n from casework.stay')).toEqual([{ n: Number(before[0]?.n) + 1 + done }]);
  await staysHold();
});

test('over random storms of moves the stays stay whole', async () => {
  const number = await story.confirmed();
  const posts = await Promise.all(['khan', 'rekha', 'verma', 'suman', 'singh', 'aruna'].map(story.post));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('verma', 'singh', 'rao', 'cp'), fc.nat(posts.length - 1)), {
        minLength: 2,
        maxLength: 8,
      }),
      async (moves) => {
        const done = await Promise.allSettled(
          moves.map(([by, to]) => story.step(by, number, { step: 'move', to_post: posts[to], reason: 'storm' })),
        );
        for (const one of done) expect(['done', 'already-there', 'not-found', 'too-far']).toContain(outcome(one));
        await staysHold();
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

test('the database refuses a moved due date, a restarted clock, a file without a desk and an edited history, whoever asks', async () => {
  const number = await story.confirmed();
  const [file] = await h.sql<{ id: string }>('select id from casework.file where number = $1', [number]);
  await expect(
    h.sql("update deadlines.deadline set due_at = due_at + interval '1 day' where file = $1", [file?.id]),
  ).rejects.toThrow(/never moved/);
  await expect(
    h.sql("update deadlines.deadline set started_at = started_at + interval '1 day' where file = $1", [file?.id]),
  ).rejects.toThrow(/never moved/);
  await expect(
    h.sql("update deadlines.deadline set stopped_at = null where file = $1 and rule = 'callback'", [file?.id]),
  ).rejects.toThrow(/stays stopped/);
  await expect(
    h.sql('update casework.file set desk_post = (select id from posts.post where kind = $2 limit 1) where id = $1', [
      file?.id,
      'national',
    ]),
  ).rejects.toThrow(/exactly the post/);
  await expect(
    h.sql("update casework.stay set to_at = from_at + interval '1 second' where file = $1 and n = 1", [file?.id]),
  ).rejects.toThrow();
});
