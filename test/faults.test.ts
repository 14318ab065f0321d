// What the fault script counts, and what of it fails a run: each number is shown to move when the thing it counts has happened.
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileComplaint } from '#casework';
import { act, nobody } from '#foundation';
import { complaintForm } from '#intake';
import { someComplaint } from '../e2e/complaint.ts';
import type { Gateway } from '../ops/stack/house.ts';
import { ask, intend, type Journal, type Kind, newJournal, persist } from '../ops/stack/journal.ts';
import type { Member } from '../ops/stack/patroni.ts';
import { both, died, fill } from '../ops/stack/proof.ts';
import { silence } from '../ops/stack/silence.ts';
import { failures, lineOf, type Row } from '../ops/stack/table.ts';
import { nothingYet, type Tally, tally } from '../ops/stack/tally.ts';
import { jobs as does } from '../server/workshop.ts';
import { type TestHouse, testHouse } from './house.ts';
import { storyIn } from './story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse();
  story = storyIn(h);
});
afterAll(() => h.close());

const gateway: Gateway = { url: '', taken: [], close: () => undefined };
const owner = () =>
  `postgres://postgres@localhost/${h.elsewhere.database}?host=${encodeURIComponent(h.elsewhere.host)}`;
const acknowledge = (journal: Journal, kind: Kind, key: string, about: { about?: string; step?: string } = {}) => {
  const one = intend(journal, kind, key, about);
  one.at = Temporal.Now.instant().epochMilliseconds;
  return one;
};
const sum = ({ doubled }: Tally) => Object.values(doubled).reduce((total, n) => total + n, 0);

test('what was acknowledged and is not there is lost, what nobody sent is doubled, what is there is neither', async () => {
  const journal = newJournal();
  const before = nothingYet();
  const look = () => tally(journal, gateway, before, owner());
  const body = complaintForm.parse(someComplaint());
  const filed = acknowledge(journal, 'complaint', body.form_id);
  const { callback_by } = await act(nobody, 'intake.file', (a) => fileComplaint(a, body));
  filed.promised = callback_by.toString();
  let found = await look();
  expect([found.lost, sum(found), found.moved, found.by_a_wrong_clock]).toEqual([
    { complaint: 0, alarm: 0, step: 0 },
    0,
    0,
    0,
  ]);
  expect(found.acknowledged.complaint).toBe(1);

  acknowledge(journal, 'complaint', randomUUID());
  acknowledge(journal, 'alarm', randomUUID());
  // answered three hours before the promise was counted from
  filed.promised = callback_by.add({ hours: 3 }).toString();
  found = await look();
  expect(found.lost).toEqual({ complaint: 1, alarm: 1, step: 0 });
  expect(found.by_a_wrong_clock).toBe(1);

  await act(nobody, 'intake.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  expect((await look()).doubled['nobody sent']).toBe(1);
});

test('a step is lost where fewer are there than were acknowledged, and doubled where more are there than were sent', async () => {
  const journal = newJournal();
  const look = () => tally(journal, gateway, nothingYet(), owner());
  const number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  acknowledge(journal, 'step', randomUUID(), { about: number, step: 'receive' });
  let found = await look();
  expect([found.lost.step, found.doubled.steps]).toEqual([0, 0]);
  acknowledge(journal, 'step', randomUUID(), { about: number, step: 'assign' });
  expect((await look()).lost.step).toBe(1);
  await h.sql(
    `insert into casework.step (id, file, step, at, post, officer, from_state, to_state)
     select gen_random_uuid(), s.file, s.step, s.at, s.post, s.officer, s.from_state, s.to_state from casework.step s
     join casework.file f on f.id = s.file where f.number = $1 and s.step = 'receive'`,
    [number],
  );
  found = await look();
  expect(found.doubled.steps).toBe(1);
});

test('a date that was moved behind the house’s back is counted, and so is a rung raised before it is due', async () => {
  const before = nothingYet();
  const look = () => tally(newJournal(), gateway, before, owner());
  await look();
  await h.sql('alter table deadlines.deadline disable trigger user');
  await h.sql(
    `update deadlines.deadline set due_at = due_at + interval '1 hour' where id = (select id from deadlines.deadline limit 1)`,
  );
  await h.sql(`insert into deadlines.stage (deadline, stage, at, raised_at)
    select id, 'H12', now() + interval '12 hours', now() from deadlines.deadline limit 1 on conflict do nothing`);
  const found = await look();
  expect([found.moved, found.early]).toEqual([1, 1]);
});

test('one message handed over under two ids is doubled; one id twice is the same message', async () => {
  const look = () => tally(newJournal(), gateway, nothingYet(), owner());
  const sms = { id: randomUUID(), to: '+919800000000', text: '1234 5678' };
  gateway.taken.push(sms, { ...sms });
  expect((await look()).doubled['messages handed over']).toBe(0);
  gateway.taken.push({ ...sms, id: randomUUID() });
  expect((await look()).doubled['messages handed over']).toBe(1);
  gateway.taken.length = 0;
});

test('a message is lost where it waits for no job, where its complaint has none, where its job is left lying, and where the operator has never had it', async () => {
  const journal = newJournal();
  const lost = async () => (await tally(journal, gateway, nothingYet(), owner())).messages_lost;
  const body = complaintForm.parse(someComplaint());
  acknowledge(journal, 'complaint', body.form_id);
  await act(nobody, 'intake.file', (a) => fileComplaint(a, body));
  const draws = `delete from graphile_worker._private_jobs where payload->>'promise' = (select p.id::text from callback.promise p
    join intake.complaint c on c.id = p.file where c.form_id = '${body.form_id}') returning payload`;
  // while the job that draws her code waits nothing is lost, and without it her code is
  const unsent = await lost();
  const [first] = await h.sql<{ payload: { promise: string } }>(draws);
  expect((await lost()) - unsent).toBe(1);
  await does['callback.first-code']?.(first?.payload as never);
  const mine = `(select m.id from notify.message m join intake.complaint c on c.id = m.subject where c.form_id = '${body.form_id}')`;
  // whatever the tests before have left
  const before = await lost();
  const having = async (broken: string, mended: string): Promise<number> => {
    await h.sql(`set session_replication_role = replica; ${broken}`);
    const n = await lost();
    await h.sql(`${mended}; reset session_replication_role`);
    return n - before;
  };
  const job = `payload->>'message' = ${mine}::text`;
  const jobs = 'graphile_worker._private_jobs';
  expect(
    await having(
      `update ${jobs} set locked_by = 'dead', locked_at = now() - interval '3 minutes' where ${job}`,
      `update ${jobs} set locked_by = null, locked_at = null where ${job}`,
    ),
  ).toBe(1);
  expect(
    await having(
      `update notify.message set made_at = made_at - interval '1 minute' where id = ${mine}; update ${jobs} set attempts = max_attempts where ${job}`,
      `update ${jobs} set attempts = 0 where ${job}`,
    ),
  ).toBe(1);
  expect(
    await having(
      `update notify.message set state = 'sent' where id = ${mine}`,
      `update notify.message set state = 'waiting' where id = ${mine}`,
    ),
  ).toBe(1);
  expect(await having(`update notify.message set template = 'update' where id = ${mine}`, 'select')).toBe(1);
});

const good: Row = {
  fault: 'x',
  proof: 'it was seen',
  acknowledged: 9,
  tally: {
    acknowledged: { complaint: 9, alarm: 0, step: 0 },
    lost: { complaint: 0, alarm: 0, step: 0 },
    messages_lost: 0,
    doubled: { steps: 0 },
    moved: 0,
    early: 0,
    by_a_wrong_clock: 0,
    again: 0,
    refused: {},
  },
  verifies: '9 entries',
  silence: { writes: 29_000, reads: 9000, over: true },
  mended_first: false,
  leads: 'another',
  clocks: false,
  wrongly_promised: 0,
};
const of = (change: Partial<Tally>): Partial<Row> => ({ tally: { ...good.tally, ...change } });
test.each<[string, Partial<Row>, RegExp]>([
  ['it did not happen', { proof: null }, /did not happen/],
  ['a complaint is lost', of({ lost: { complaint: 1, alarm: 0, step: 0 } }), /1 complaints lost/],
  ['a step is lost', of({ lost: { complaint: 0, alarm: 0, step: 1 } }), /1 steps lost/],
  ['an alarm is lost', of({ lost: { complaint: 0, alarm: 1, step: 0 } }), /1 alarms lost/],
  ['a message is lost', of({ messages_lost: 1 }), /1 messages lost/],
  ['something is doubled', of({ doubled: { steps: 2 } }), /2 steps doubled/],
  ['the ledger does not verify', { verifies: null }, /ledger/],
  ['a date moved', of({ moved: 1 }), /1 dates moved/],
  ['a rung came early', of({ early: 1 }), /1 rungs/],
  ['a promise is off, and no clock was touched', { wrongly_promised: 1 }, /wrong clock/],
  ['nothing was acknowledged', { acknowledged: 0 }, /nothing was acknowledged/],
  ['nobody could write for longer than thirty seconds', { silence: { ...good.silence, writes: 30_001 } }, /write/],
  ['nobody could read for longer than ten', { silence: { ...good.silence, reads: 10_001 } }, /read/],
  ['it went on only when it was mended', { mended_first: true }, /mended/],
])('a run fails where %s', (_name, change, says) => {
  expect(failures(good)).toEqual([]);
  expect(failures({ ...good, ...change }).join()).toMatch(says);
});
test('the table says what is over the limit, and by how much', () => {
  expect(lineOf({ ...good, silence: { writes: 60_000, reads: 100, over: true } })).toContain('**2.0 times the limit**');
  expect(lineOf({ ...good, proof: null })).toContain('did not happen');
});

test('a fault that did not happen has no proof: who lives has not died, and the disk of everybody is not filled', async () => {
  expect(await died('this', process.pid)).toBeUndefined();
  expect(await died('nobody', undefined)).toBeUndefined();
  expect(both('one', undefined)).toBeUndefined();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-disk-'));
  const member = { name: 'pg1', folder } as Member;
  mkdirSync(path.join(folder, 'disk'));
  expect(fill(member)).toBeUndefined();
  expect(existsSync(path.join(folder, 'disk/balloon'))).toBe(false);
  rmSync(folder, { recursive: true });
});

test('a no of the house ends the trying, silence does not; and silence is measured from the stroke on', async () => {
  const journal = newJournal();
  const one = intend(journal, 'step', 'k', { about: '1', step: 'receive' });
  const answers = [
    { status: 0, body: {} },
    { status: 503, body: {} },
    { status: 409, body: { code: 'wrong-state' } },
  ];
  expect(
    await persist(
      journal,
      one,
      async () => answers.shift() ?? { status: 200, body: {} },
      () => false,
    ),
  ).toBeUndefined();
  expect([one.tries, one.at, journal.refused]).toEqual([3, undefined, ['receive: wrong-state']]);
  expect((await ask('http://127.0.0.1:1/')).status).toBe(0);
  const from = performance.now() - 5000;
  for (const what of ['write', 'read'] as const) journal.answered.push({ at: from + 4000, what });
  const down = await silence(journal, from, 0, 1);
  expect(Math.round(down.writes / 1000)).toBe(4);
});
