// A clock that jumps: nothing is raised or erased by it, whoever answers for the deadlines is told, and what was due is raised afterwards. What a
// practice house is ahead of real time is no jump.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { fileComplaint } from '#casework';
import {
  act,
  clockDoubted,
  clockInDoubt,
  house,
  nobody,
  read,
  sayClockIsRight,
  startClockWatch,
  stopClockWatch,
  sweepAll,
} from '#foundation';
import { complaintForm } from '#intake';
import { gauges, troubles } from '#operations';
import { someComplaint } from '../e2e/complaint.ts';
import { listen } from '../src/server/sos/health.ts';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse();
  // the clock of the machine, moved under the house as an operator or a broken chip would
  await h.sql(`create table foundation.jump (by interval not null); insert into foundation.jump values ('0 s');
    grant select on foundation.jump to public`);
  await h.sql(`create or replace function foundation.machine_clock() returns timestamptz language sql volatile security definer
    set search_path = pg_catalog as $$ select clock_timestamp() + (select by from foundation.jump) $$`);
  await h.sql(`create or replace function foundation.now() returns timestamptz language sql volatile security definer
    set search_path = pg_catalog as $$ select foundation.machine_clock() + foundation.lead() $$`);
});
afterEach(async () => {
  stopClockWatch();
  await jump('0 s');
  await sayClockIsRight();
});
afterAll(() => h.close());

const jump = (by: string) => h.sql('update foundation.jump set by = $1::interval', [by]);
const raised = async () =>
  (await h.sql<{ n: number }>('select count(*)::int as n from deadlines.attention'))[0]?.n ?? 0;
const kept = async () =>
  (await h.sql<{ n: number }>(`select count(*)::int as n from foundation.idempotency where scope = 'test'`))[0]?.n ?? 0;
const file = () => act(nobody, 'intake.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
const parts = async (): Promise<number> =>
  (
    await h.sql<{ n: number }>(
      `select count(*)::int as n from sos.part p join sos.beat b on b.part = p.part and b.unit::text = p.unit::text
       where p.part = 'deadline-sweep' and b.at > foundation.now() - interval '1 minute'`,
    )
  )[0]?.n ?? 0;
const doubted = () => read(house(), 'test.look', clockDoubted);
const wrong = async () => troubles(await read(house(), 'test.look', gauges)).map(({ code }) => code);
const until = async (is: () => Promise<boolean>) => {
  for (let n = 0; n < 1000 && !(await is()); n++) await new Promise((go) => setTimeout(go, 20));
  expect(await is()).toBe(true);
};

test('a clock that jumps ahead raises nothing and erases nothing; set back, what falls due is raised as ever', async () => {
  await startClockWatch(() => Temporal.Now.instant());
  await file();
  await h.sql(
    `insert into foundation.idempotency (scope, key, body_hash, at) values ('test', 'kept', sha256('x'), foundation.now())`,
  );
  const before = [await raised(), await kept()];
  await jump('61 days');
  await sweepAll();
  expect([await raised(), await kept()]).toEqual(before);
  expect(clockInDoubt()).toBe(true);
  await until(async () => (await doubted())?.ahead_ms !== undefined);
  expect(Math.round(((await doubted())?.ahead_ms ?? 0) / 86_400_000)).toBe(61);
  expect(await wrong()).toContain('clock-in-doubt');

  await jump('-5 hours');
  await sweepAll();
  expect(clockInDoubt()).toBe(true);
  expect(await raised()).toBe(before[0]);

  await jump('0 s');
  await sweepAll();
  expect(clockInDoubt()).toBe(false);
  await until(async () => (await doubted()) === undefined);
  expect(await wrong()).not.toContain('clock-in-doubt');
  // the practice clock goes to where the first rungs are due: no jump, and they are raised
  const due = await h.sql<{ at: string }>(`select (foundation.now() + interval '13 hours')::text as at`);
  await h.at(Temporal.Instant.from((due[0]?.at ?? '').replace(' ', 'T')).toString());
  expect(clockInDoubt()).toBe(false);
  expect(await raised()).toBeGreaterThan(before[0] ?? 0);
});

test('what fell due while the clock was in doubt is raised once somebody has said that it is right', async () => {
  await startClockWatch(() => Temporal.Now.instant());
  await file();
  const before = await raised();
  await jump('13 hours');
  await sweepAll();
  expect(await raised()).toBe(before);
  await sayClockIsRight();
  await sweepAll();
  expect(clockInDoubt()).toBe(false);
  expect(await raised()).toBeGreaterThan(before);
});

test('whoever answers for the deadlines is told: the part is not heard of while the clock is in doubt', async () => {
  await act(house(), 'test.enrol', async (a) => {
    const { enrolParts } = await import('../src/server/sos/store-watch.ts');
    await enrolParts(a);
  });
  await startClockWatch(() => Temporal.Now.instant());
  await listen();
  expect(await parts()).toBeGreaterThan(0);
  await jump('3 hours');
  await sweepAll();
  await listen();
  expect(await parts()).toBe(0);
  expect(
    (
      await h.sql<{ n: number }>(
        `select count(*)::int as n from foundation.ledger where deed = 'foundation.doubt-clock'`,
      )
    )[0]?.n,
  ).toBeGreaterThan(0);
});

test('a process that starts in the middle of a doubt shares it', async () => {
  await startClockWatch(() => Temporal.Now.instant());
  await jump('2 hours');
  await sweepAll();
  await until(async () => (await doubted()) !== undefined);
  stopClockWatch();
  await startClockWatch(() => Temporal.Now.instant());
  expect(clockInDoubt()).toBe(true);
  await jump('0 s');
  await sweepAll();
  expect(clockInDoubt()).toBe(false);
});
