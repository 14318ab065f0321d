// Two processes, one fleet: what reaches the one that does not own it counts at once, and when the owner is killed the other has the fleet
// within three seconds, built again from what is stored.
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act } from '#foundation';
import { decideWant } from '#sos';
import type { Asked, Said } from './fleet-process.ts';
import { type TestHouse, testHouse } from './house.ts';

const HERE = { lat: 26.5, lon: 80.25 };
const TAKES_OVER_MS = 3000;
/** A fleet as large as that of all States together, where there is time for it (`npm run test:long`). */
const MANY = process.env.ITSSO_LONG ? 50_000 : 5000;
let h: TestHouse;
const open: ChildProcess[] = [];
beforeAll(async () => {
  h = await testHouse();
});
afterAll(async () => {
  for (const child of open) child.kill('SIGKILL');
  await h.close();
});

/** So many vehicles on duty around a place, each heard of just now. */
async function manyVehicles(): Promise<void> {
  // what watches over each row would take a minute for rows that only have to be there
  await h.sql('set session_replication_role = replica');
  const ids = (
    await h.sql<{ id: string }>(
      `with s as (select id, path, row_number() over (order by path) n, count(*) over () as of from posts.unit where level = 'station'),
       made as (insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
         select gen_random_uuid(), s.id, s.path, 'vehicle', 'g ' || g, 'Vehicle ' || g, '2020-01-01'
         from generate_series(1, $1::int) g join s on s.n = g % s.of + 1 returning id)
       select id from made`,
      [MANY],
    )
  ).map(({ id }) => id);
  await h.sql(
    `insert into posts.tenure (id, post, officer, from_at)
     select gen_random_uuid(), p, (select id from posts.officer limit 1), '2020-01-01' from unnest($1::uuid[]) p`,
    [ids],
  );
  await h.sql(
    `insert into sos.vehicle (id, path, call_sign, plate)
     select p.id, p.path, 'TEST ' || row_number() over (order by p.id), 'TEST' from posts.post p where p.id = any ($1)`,
    [ids],
  );
  await h.sql(
    `insert into sos.shift (id, vehicle, officer, from_at, begun_by)
     select gen_random_uuid(), v, (select id from posts.officer limit 1), foundation.now(), 'fix' from unnest($1::uuid[]) v`,
    [ids],
  );
  await h.sql(
    `insert into sos.position (vehicle, lat, lon, at, heard_at)
     select v, 26 + (n % 223) * 0.005, 79.8 + (n / 223) * 0.005, foundation.now(), foundation.now()
     from unnest($1::uuid[]) with ordinality u (v, n)`,
    [ids],
  );
  await h.sql('set session_replication_role = origin');
  await h.sql('analyze posts.post, posts.tenure, sos.vehicle, sos.shift, sos.position');
}

type Question = Asked extends infer One ? (One extends { n: number } ? Omit<One, 'n'> : never) : never;
type Process = { child: ChildProcess; ask: <T>(asked: Question) => Promise<T> };
async function another(): Promise<Process> {
  const { host, port, database, keys } = h.elsewhere;
  const child = fork(path.join(import.meta.dirname, 'fleet-process.ts'), [host, String(port), database, keys], {
    execArgv: [],
    env: { ...process.env, ITSSO_LOG: 'silent' },
  });
  open.push(child);
  const waiting = new Map<number, (said: unknown) => void>();
  let n = 0;
  const ready = new Promise((done) => waiting.set(0, done));
  child.on('message', ({ n: of, said }: Said) => waiting.get(of)?.(said));
  await ready;
  return {
    child,
    ask: <T>(asked: Question) => {
      n += 1;
      const of = n;
      return new Promise<T>((done) => {
        waiting.set(of, done as (said: unknown) => void);
        child.send({ ...asked, n: of });
      });
    },
  };
}
const now = async () => (await h.sql<{ now: string }>("select to_json(foundation.now()) #>> '{}' as now"))[0]!.now;
async function over(): Promise<void> {
  await h.sql(
    "update sos.call_out set state = 'released', lead = false, ended_at = foundation.now() where ended_at is null",
  );
  // as a process that ends an order says it
  await h.sql("select pg_notify('itsso', 'fleet-vehicle ' || id) from sos.vehicle");
  await h.sql(
    "update sos.alert set state = 'closed', closed_at = foundation.now(), outcome = 'not-found' where state <> 'closed'",
  );
}

test('fixes and alarms at the other process; the owner is killed; every timer fires once', async () => {
  const first = await another();
  const second = await another();
  expect(await first.ask<boolean>({ ask: 'owns' })).toBe(true);
  expect(await second.ask<boolean>({ ask: 'owns' })).toBe(false);
  // whoever waits for the fleet, for days, holds no snapshot: while one is held nothing that was changed or done is ever cleared away
  await new Promise((go) => setTimeout(go, 1500));
  expect(
    await h.sql(
      `select query from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and xact_start < clock_timestamp() - interval '1 second'`,
    ),
  ).toEqual([]);
  const fleet = await h.as('fleet');
  const crews: string[] = [];
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const crew = await h.as(`prv-${n}`);
    if (crew.kind === 'officer') crews.push(crew.post);
  }
  const report = async (to: Process, near: { lat: number; lon: number }) => {
    const at = await now();
    const fixes = crews.map((vehicle, n) => ({ vehicle, lat: near.lat + 0.005 * (n + 1), lon: near.lon, at }));
    expect(await to.ask({ ask: 'fixes', token: fleet.secret ?? '', fixes })).toEqual({
      taken: 6,
      unknown: 0,
      stale: 0,
    });
  };
  // told with the commit, heard a moment after it: PostgreSQL hands on what was said in its own time
  const heard = (by: Process, near: { lat: number; lon: number }) =>
    expect
      .poll(() => Promise.all(crews.map((vehicle) => by.ask({ ask: 'knows', vehicle }))), {
        timeout: 2000,
        interval: 5,
      })
      .toEqual(
        crews.map((_, n) => ({ lat: expect.closeTo(near.lat + 0.005 * (n + 1), 5), lon: near.lon, on_duty: true })),
      );
  // the shifts begin with what the second took in, and the first sends by it
  await report(second, HERE);
  await heard(first, HERE);
  expect(await first.ask({ ask: 'raise', point: HERE })).toMatchObject({ state: 'ordered', units: 3 });
  await over();
  // they have moved far away, told to the second only: the first knows
  const there = { lat: 27.1, lon: 81.2 };
  await report(second, there);
  await heard(first, there);
  const raised = await first.ask<{ alert: string }>({ ask: 'raise', point: there });
  const [near] = await h.sql<{ m: number }>('select max(distance_m) as m from sos.call_out where alert = $1', [
    raised.alert,
  ]);
  expect(near!.m).toBeLessThan(4000);
  await over();
  await report(second, HERE);
  await heard(first, HERE);
  // an alarm at the process that does not own the fleet has its vehicles in its own answer
  expect(await second.ask({ ask: 'raise', point: HERE })).toMatchObject({ units: 3 });

  // what a post decides at a third process counts at the next alarm of both, though each has just sent by the old number
  const cp = await h.as('cp');
  const decided = { kind: 'alarm' as const, area: 'in.up.kanpur_nagar.west', reason: 'test' };
  await act(cp, 'sos.decide-want', (a) =>
    decideWant(a, { ...decided, to: { vehicles: 5, reserve: 0, share: 50, least: 3 } }),
  );
  for (const one of [second, first]) {
    await over();
    await report(second, HERE);
    await heard(first, HERE);
    expect(await one.ask({ ask: 'raise', point: HERE })).toMatchObject({ units: 5 });
  }
  await act(cp, 'sos.decide-want', (a) => decideWant(a, { ...decided, to: null }));
  await over();
  await report(second, HERE);
  await heard(first, HERE);
  const elsewhere = await second.ask<{ alert: string; units: number }>({ ask: 'raise', point: HERE });
  expect(elsewhere.units).toBe(3);

  first.child.kill('SIGKILL');
  const killed = performance.now();
  while (!(await second.ask<boolean>({ ask: 'owns' }))) {
    if (performance.now() - killed > 30_000) throw new Error('nobody owns the fleet');
    await new Promise((go) => setTimeout(go, 20));
  }
  const took = performance.now() - killed;
  console.log('taken over after', Math.round(took), 'ms');
  expect(took).toBeLessThan(TAKES_OVER_MS);
  // the three that have an order are not sent again: that too was built again
  const next = await second.ask<{ alert: string; units: number }>({ ask: 'raise', point: HERE });
  expect(next.units).toBe(3);
  expect(
    await h.sql('select vehicle from sos.call_out where ended_at is null group by vehicle having count(*) > 1'),
  ).toEqual([]);
  // what the dead one had begun goes on: nobody answers, and after twenty seconds others are asked, once
  await h.sql('update foundation.clock set ahead_us = ahead_us + 21000000');
  await report(second, HERE);
  const fired = async () =>
    (
      await h.sql<{ n: number }>(
        "select count(*)::int as n from sos.timer where alert = $1 and kind in ('silent', 'widen') and fired_at is not null",
        [elsewhere.alert],
      )
    )[0]!.n;
  await expect.poll(fired, { timeout: 20_000 }).toBeGreaterThanOrEqual(4);
  expect(
    await h.sql(
      "select kind, n from (select kind, count(*)::int as n from sos.event where alert = $1 and kind = 'widen' group by 1) x",
      [elsewhere.alert],
    ),
  ).toEqual([{ kind: 'widen', n: 1 }]);
}, 120_000);

test(`${MANY} vehicles: from the death of the owner to the orders that the next one gives`, async () => {
  for (const child of open) child.kill('SIGKILL');
  await over();
  await manyVehicles();
  const owner = await another();
  const next = await another();
  await expect.poll(() => owner.ask<boolean>({ ask: 'owns' }), { timeout: 20_000 }).toBe(true);
  expect((await owner.ask<{ units: number }>({ ask: 'raise', point: HERE })).units).toBe(3);
  // what it presses is written down by a process that knows its town already
  await next.ask({ ask: 'raise', point: HERE });
  owner.child.kill('SIGKILL');
  const killed = performance.now();
  let units = 0;
  let presses = 0;
  // somebody presses in the moment of the crash, and again until vehicles come
  while (units < 3) {
    if (performance.now() - killed > 30_000) throw new Error('nobody sends vehicles');
    presses += 1;
    ({ units } = await next.ask<{ units: number }>({ ask: 'raise', point: HERE }));
  }
  const took = performance.now() - killed;
  console.log(`${MANY} vehicles: orders after`, Math.round(took), 'ms, at press', presses);
  expect(took).toBeLessThan(TAKES_OVER_MS);
}, 120_000);
