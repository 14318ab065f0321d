// What somebody is called about begins when it should and is over when it should: the numbers from the database, the rules by Prometheus' own
// tester where it is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, newId, read } from '#foundation';
import { gauges, noteRun, troubles } from '#operations';
import { type TestHouse, testHouse } from './house.ts';
import { promised } from './promised-call.ts';

const PROMTOOL = '/usr/bin/promtool';
const RULES = path.resolve(import.meta.dirname, '../ops/prometheus');
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T10:00:00+05:30' });
});
afterAll(() => h.close());

const told = async (name: string) =>
  Object.fromEntries(
    (await read(house(), 'operations.look', gauges))
      .filter((one) => one.name === name)
      .map(({ label, value }) => [label, value]),
  );
const KANPUR = 'in.up.kanpur_nagar';

test('a call is late for a day, then it is counted as not reached; a woman who wants no call is neither', async () => {
  const counts = async () => [
    (await told('callback_waiting'))[KANPUR],
    (await told('callback_late'))[KANPUR],
    (await told('callback_unreached'))[KANPUR],
  ];
  await promised(h, { no_contact: true });
  expect(await counts()).toEqual([undefined, undefined, undefined]);
  const call = await promised(h);
  expect(await counts()).toEqual([1, undefined, undefined]);
  await h.at('2026-03-06T08:30:00+05:30');
  expect(await counts()).toEqual([1, 1, undefined]);
  await h.at('2026-03-07T07:59:00+05:30');
  expect(await counts()).toEqual([1, 1, undefined]);
  await h.at('2026-03-07T08:30:00+05:30');
  expect(await counts()).toEqual([1, undefined, 1]);
  await h.at('2026-04-20');
  expect(await counts()).toEqual([1, undefined, 1]);
  expect(troubles(await read(house(), 'operations.look', gauges)).map(({ code }) => code)).not.toContain(
    'callback-late',
  );
  await h.sql(
    `update callback.promise set state = 'confirmed', confirmed_at = foundation.now(), claimed_by = null, claimed_officer = null, claimed_until = null, connected_until = null, next_try_at = null, next_look_at = null where id = $1`,
    [call.id],
  );
  expect(await counts()).toEqual([undefined, undefined, undefined]);
});

test('a zone whose vehicles are all out of service has none on duty; one where rapid response is switched off lacks none', async () => {
  const [zone = ''] = Object.keys(await told('vehicles_on_duty'));
  await h.sql('update sos.vehicle set out_of_service = true where path operator(ext.<@) $1::ext.ltree', [zone]);
  expect((await told('vehicles_on_duty'))[zone]).toBe(0);
  await h.sql(
    `insert into sos.shift (id, vehicle, from_at, begun_by) select gen_random_uuid(), v.id, foundation.now(), 'crew' from sos.vehicle v where v.path operator(ext.<@) $1::ext.ltree limit 1`,
    [zone],
  );
  expect((await told('vehicles_on_duty'))[zone]).toBe(0);
  await h.sql('update sos.vehicle set out_of_service = false where path operator(ext.<@) $1::ext.ltree', [zone]);
  expect((await told('vehicles_on_duty'))[zone]).toBe(1);
  await h.sql(
    `insert into sos.programme_change (id, unit, turns, from_at, reason, proposed_at, proposed_by, proposer, agreed_at, agreed_by, agreer)
     select gen_random_uuid(), $1::ext.ltree, 'off', foundation.now(), 'practice', foundation.now() - interval '9 days', p.first, o.first, foundation.now() - interval '8 days', p.last, o.last
     from (select min(id::text)::uuid as first, max(id::text)::uuid as last from posts.post) p, (select min(id::text)::uuid as first, max(id::text)::uuid as last from posts.officer) o`,
    [zone],
  );
  expect((await told('vehicles_on_duty'))[zone]).toBeUndefined();
});

test('a job that has had its last try does not wait: it has failed, and after a day that is over', async () => {
  await h.jobs();
  const waited = (await told('jobs_waiting'))[''] ?? 0;
  await act(house(), 'test.later', (a) => a.later('notify.send', { message: newId() }));
  expect([(await told('jobs_waiting'))[''], (await told('jobs_failed'))['']]).toEqual([waited + 1, 0]);
  const tried = (ago: string) =>
    h.sql(
      `update graphile_worker._private_jobs set attempts = max_attempts, updated_at = clock_timestamp() - $1::interval
       where id = (select max(id) from graphile_worker._private_jobs)`,
      [ago],
    );
  await tried('1 hour');
  expect([(await told('jobs_waiting'))[''], (await told('jobs_failed'))['']]).toEqual([waited, 1]);
  await tried('25 hours');
  expect([(await told('jobs_waiting'))[''], (await told('jobs_failed'))['']]).toEqual([waited, 0]);
});

test('a backup that failed is over with the next that goes well', async () => {
  const codes = async () => troubles(await read(house(), 'operations.look', gauges)).map(({ code }) => code);
  const run = (ok: boolean) =>
    act(house(), 'operations.backup', (a) => noteRun(a, { kind: 'backup', took: 5, ok, detail: {} }));
  await run(false);
  expect(await codes()).toEqual(expect.arrayContaining(['backup-never', 'run-failed']));
  await run(true);
  expect((await codes()).filter((code) => code.startsWith('backup') || code === 'run-failed')).toEqual([]);
});

test('every alert has a case in which it fires and one in which it is over', () => {
  const [rules, cases] = ['alerts.yml', 'alerts.test.yml'].map((file) => readFileSync(path.join(RULES, file), 'utf8'));
  const names = [...(rules ?? '').matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    const said = (cases ?? '').split('\n  - interval').filter((one) => one.includes(`alertname: ${name}\n`));
    expect(said.length, name).toBeGreaterThan(0);
    for (const one of said) expect(one.trimEnd().split('\n').at(-1), name).toMatch(`{ alertname: ${name}, eval_time: `);
  }
});

test.skipIf(!existsSync(PROMTOOL))(
  'the alert rules fire and end as their cases say (needs Debian’s prometheus)',
  () => {
    const { status, stdout, stderr } = spawnSync(PROMTOOL, ['test', 'rules', path.join(RULES, 'alerts.test.yml')], {
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
  },
);
