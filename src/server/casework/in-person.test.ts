// She comes to a desk herself: the right pair confirms, every wrong pair is answered alike, and a post that guesses waits.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeToShow } from '#callback';
import { type Actor, act, house, Refusal } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';
import { confirmInPerson, inPersonForm, type InPerson } from './in-person.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const QUIET = { safe_contact: { modes: ['no_contact'], windows: [], voicemail: false } };
const inPerson = async (who: string | Actor, receipt: string, code: string): Promise<InPerson> =>
  act(typeof who === 'string' ? await h.as(who) : who, 'casework.confirm-in-person', (a) =>
    confirmInPerson(a, inPersonForm.parse({ receipt, code })),
  );
const refusalOf = (of: Promise<unknown>) =>
  of.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );
/** A complaint without contact, its receipt, and the code that its page shows. */
async function quiet(change: Record<string, unknown> = {}) {
  const form = complaint({ ...QUIET, ...change });
  const { receipt } = await story.file(form);
  const id = await story.idOf(form);
  const shown = () => act(house(), 'callback.test', async (a) => (await codeToShow(a, id)) ?? '');
  return { id, receipt, code: await shown(), shown };
}
const another = (digits: string) => digits.replace(/\d$/, (last) => String((Number(last) + 1) % 10));
const ledgerOf = (deed: string) =>
  h.sql<{ subject: string | null; post: string; outcome: string }>(
    `select subject, post, detail ->> 'outcome' as outcome from foundation.ledger where deed = $1 order by at, id`,
    [deed],
  );
// the next test begins with an hour in which nobody guessed
const anHourLater = async () => h.at((await story.now()).add({ minutes: 61 }).toString());

describe('the right receipt with the right code', () => {
  test('confirms: number, station, clocks, as after a call; pressed twice the same number', async () => {
    const her = await quiet();
    const done = await inPerson('suman', her.receipt, her.code);
    expect(done).toEqual({
      outcome: 'confirmed',
      complaint_number: expect.stringMatching(/^\d{12}$/),
      in_sight: true,
    });
    expect(await inPerson('suman', her.receipt, her.code)).toEqual(done);
    const [file] = await h.sql('select state, number from casework.file where id = $1', [her.id]);
    expect(file).toEqual({ state: 'confirmed', number: 'complaint_number' in done ? done.complaint_number : '' });
    const steps = await h.sql(`select step, post from casework.step where file = $1 and step = 'confirm'`, [her.id]);
    expect(steps).toEqual([{ step: 'confirm', post: await story.post('suman') }]);
    const clocks = await h.sql(
      `select rule, stopped_at is not null as stopped from deadlines.deadline where file = $1 order by rule`,
      [her.id],
    );
    expect(clocks).toEqual([
      { rule: 'callback', stopped: true },
      { rule: 'efir_sign', stopped: false },
      { rule: 'vikalp_24h', stopped: false },
    ]);
  });

  test('is taken in either script, in groups, at the desk of any station; who does not see the file gets the number only', async () => {
    const her = await quiet();
    const hindi = her.receipt.replace(/\d/g, (digit) => String.fromCharCode(0x0966 + Number(digit)));
    const done = await inPerson('kiran', hindi.replace(/(.{4})/g, '$1 '), her.code);
    expect(done).toMatchObject({ outcome: 'confirmed', in_sight: false });
    // she comes back to her own station, where the same code gives the same number
    expect(await inPerson('suman', her.receipt, her.code)).toEqual({ ...done, in_sight: true });
  });

  test('confirms as well whom nobody reached, and gives the number of her whom a call has confirmed', async () => {
    const unreached = complaint();
    const { receipt } = await story.file(unreached);
    expect(await inPerson('rekha', receipt, await story.codeFor(unreached))).toMatchObject({ outcome: 'confirmed' });
    const called = complaint();
    const filed = await story.file(called);
    const code = await story.codeFor(called);
    const { complaint_number } = await story.call(called);
    expect(await inPerson('suman', filed.receipt, code)).toMatchObject({ outcome: 'confirmed', complaint_number });
  });

  test('twenty at once are one confirmation with one number', async () => {
    const her = await quiet();
    const suman = await h.as('suman');
    const all = await Promise.all(Array.from({ length: 20 }, () => inPerson(suman, her.receipt, her.code)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await h.sql(`select 1 from casework.step where file = $1 and step = 'confirm'`, [her.id])).toHaveLength(1);
  });
});

describe('a wrong pair', () => {
  test('is answered alike, whether the receipt, the code or both are wrong, before and after she was confirmed', async () => {
    await anHourLater();
    const [waiting, confirmed] = [await quiet(), await quiet()];
    await inPerson('suman', confirmed.receipt, confirmed.code);
    const nowhere = another(waiting.receipt);
    const pairs: [string, string][] = [
      [waiting.receipt, another(waiting.code)],
      [confirmed.receipt, another(confirmed.code)],
      [nowhere, waiting.code],
    ];
    for (const tries_left of [4, 3, 2])
      for (const [receipt, code] of pairs)
        expect(await inPerson('suman', receipt, code)).toEqual({ outcome: 'wrong-code', tries_left });
    // and the right one is right all the same
    expect(await inPerson('suman', waiting.receipt, waiting.code)).toMatchObject({ outcome: 'confirmed' });
  });

  test('spends a try of the code, as in a call: after five it is dead, and she draws a fresh one on her own page', async () => {
    await anHourLater();
    const her = await quiet();
    for (const tries_left of [4, 3, 2, 1, 0])
      expect(await inPerson('suman', her.receipt, another(her.code))).toEqual({ outcome: 'wrong-code', tries_left });
    expect(await inPerson('suman', her.receipt, her.code)).toEqual({ outcome: 'wrong-code', tries_left: 4 });
    expect(await inPerson('suman', her.receipt, await her.shown())).toMatchObject({ outcome: 'confirmed' });
  });

  test('five of them send a fresh code to her who may be sent one', async () => {
    await anHourLater();
    const form = complaint();
    const { receipt } = await story.file(form);
    const code = await story.codeFor(form);
    for (let n = 0; n < 5; n++) await inPerson('suman', receipt, another(code));
    const fresh = await story.codeFor(form);
    expect(fresh).not.toBe(code);
    expect(await inPerson('suman', receipt, fresh)).toMatchObject({ outcome: 'confirmed' });
  });

  test('ten within an hour make the post wait, right or wrong; another post does not wait; then the hour is over', async () => {
    await anHourLater();
    const her = await quiet();
    const suman = await h.as('suman');
    const crowd = await Promise.all(
      Array.from({ length: 14 }, (_, n) => inPerson(suman, String(n).padStart(16, '7'), '12345678')),
    );
    expect(crowd.filter((one) => 'outcome' in one)).toHaveLength(10);
    const waits = await inPerson(suman, her.receipt, her.code);
    expect(waits).toEqual({ refused: 'too-many', retry_after: expect.any(Number) });
    const { retry_after } = waits as { retry_after: number };
    expect(retry_after).toBeGreaterThan(3500);
    expect(retry_after).toBeLessThanOrEqual(3600);
    expect(await inPerson('rekha', her.receipt, another(her.code))).toMatchObject({ outcome: 'wrong-code' });
    await h.at((await story.now()).add({ seconds: retry_after + 1 }).toString());
    expect(await inPerson(suman, her.receipt, her.code)).toMatchObject({ outcome: 'confirmed' });
  });

  test('is forgotten after 26 hours; the ledger remembers', async () => {
    await inPerson('suman', '1'.repeat(16), '12345678');
    await h.at((await story.now()).add({ hours: 27 }).toString());
    expect(await h.sql('select 1 from casework.desk_try')).toEqual([]);
    expect((await ledgerOf('file.confirm-in-person')).length).toBeGreaterThan(20);
  });
});

describe('who may', () => {
  test('nobody above the station, no operator, no machine, not she herself', async () => {
    const her = await quiet();
    for (const who of ['singh', 'nandini', 'cp', 'savita', 'control', 'prv-1', 'auditor', 'administrator', 'cctns'])
      expect([who, await refusalOf(inPerson(who, her.receipt, her.code))]).toEqual([who, 'not-your-power']);
    expect(await refusalOf(inPerson(h.nobody, her.receipt, her.code))).toBe('not-your-power');
  });

  test('no man, whichever of these posts he holds', async () => {
    const her = await quiet();
    for (const who of ['khan', 'verma'])
      expect(await refusalOf(inPerson(who, her.receipt, her.code))).toBe('women-only');
    expect(await h.sql('select 1 from casework.desk_try')).toEqual([]);
    expect(await inPerson('aruna', her.receipt, her.code)).toMatchObject({ outcome: 'confirmed' });
  });
});

test('every attempt stands in the ledger with its post, and nothing that was said is kept anywhere', async () => {
  const before = (await ledgerOf('file.confirm-in-person')).length;
  const her = await quiet();
  const nowhere = another(her.receipt);
  await inPerson('suman', nowhere, her.code);
  await inPerson('suman', her.receipt, another(her.code));
  await inPerson('suman', her.receipt, her.code);
  const post = await story.post('suman');
  expect((await ledgerOf('file.confirm-in-person')).slice(before)).toEqual([
    { subject: null, post, outcome: 'wrong-code' },
    { subject: her.id, post, outcome: 'wrong-code' },
    { subject: her.id, post, outcome: 'confirmed' },
  ]);
  const said = [nowhere, her.receipt, her.code, her.code.replace(' ', '')];
  const hidden = said.flatMap((s) => [s, Buffer.from(s).toString('hex')]);
  const tables = await h.sql<{ t: string }>(
    `select format('%I.%I', schemaname, tablename) as t from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  for (const { t } of tables) {
    const found = await h.sql(
      `select 1 from ${t} x where exists (select 1 from unnest($1::text[]) s where position(s in x::text) > 0)`,
      [hidden],
    );
    expect([t, found.length]).toEqual([t, 0]);
  }
});
