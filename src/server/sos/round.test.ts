// The round of rapid response: nothing due, nothing done; what falls silent goes up the chain within a minute; what has had its time goes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { KyselyPlugin } from 'kysely';
import { act, type Actor, house } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  addFixes,
  alertForm,
  controlForm,
  decide,
  hearSmsGateway,
  raise,
  readMine,
  serviceStatus,
  takeFixes,
  watch,
} from '#sos';

const HERE = { lat: 26.5, lon: 80.25 };
const CITY = 'in.up.kanpur_nagar';
let h: TestHouse;
const crews: string[] = [];
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const crew = await h.as(`prv-${n}`);
    if (crew.kind === 'officer') crews.push(crew.post);
  }
});
afterAll(() => h.close());

const now = async () =>
  Temporal.Instant.from(
    (await h.sql<{ now: string }>('select foundation.now()::text as now'))[0]!.now.replace(' ', 'T'),
  );
const report = async (): Promise<Actor> => {
  const fleet = await h.as('fleet');
  const at = await now();
  await takeFixes(fleet, {
    fixes: crews.map((vehicle, n) => ({ vehicle, lat: HERE.lat + 0.01 * n, lon: HERE.lon, at })),
  });
  return fleet;
};
const skip = async (seconds: number) => {
  await h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 1000000', [seconds]);
};
/** One round as the house takes it. @returns statements it sent, and whether it wrote anything */
async function round(): Promise<{ statements: number; wrote: boolean }> {
  let statements = 0;
  const counter: KyselyPlugin = {
    transformQuery: ({ node }) => {
      statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const before = await wrote();
  await act(house(), 'test.round', (a) => watch.sweep({ ...a, db: a.db.withPlugin(counter) }));
  return { statements, wrote: (await wrote()) !== before };
}
const wrote = async () =>
  JSON.stringify(
    await h.sql(`select (select count(*) from sos.outage) o, (select count(*) from sos.outage where until is null) u,
    (select count(*) from sos.outage_step) s, (select count(*) from sos.alert) a, (select count(*) from sos.part) p`),
  );
const told = (part: string) =>
  h.sql<{ kind: string; vacant: boolean; after: number }>(
    `select p.kind, s.vacant, extract(epoch from s.at - o.since)::int as after from sos.outage o join sos.outage_step s on s.outage = o.id
     join posts.post p on p.id = s.post where o.part = $1 and o.unit::text like $2 || '%' and o.until is null order by s.n`,
    [part, CITY],
  );

test('a round with nothing due sends three statements and writes nothing', async () => {
  await h.as('control');
  await h.as('savita');
  await report();
  for (let n = 0; n < 4; n++) await round();
  await report();
  const { statements, wrote: changed } = await round();
  expect(changed).toBe(false);
  expect(statements).toBeLessThanOrEqual(3);
});

test('half a minute of silence is an outage; its post is told at once, the next above within a minute', async () => {
  await h.sql(
    "insert into posts.session (id, secret_hash, kind, name, rights, opened_at, touched_at, idle, expires_at) values (gen_random_uuid(), sha256('x'), 'machine', 'sms', '{sms}', foundation.now(), foundation.now(), interval '1 year', 'infinity')",
  );
  await round();
  await hearSmsGateway();
  await round();
  expect(await told('sms-in')).toEqual([]);
  await skip(25);
  await round();
  expect(await told('sms-in')).toEqual([]);
  await skip(10);
  await round();
  expect((await told('sms-in')).map(({ kind, after }) => [kind, after])).toEqual([['control-room', 0]]);
  // ten seconds from look to look: the next post hears of it before the minute is over
  for (let n = 0; n < 5; n++) {
    await skip(10);
    await round();
  }
  const steps = await told('sms-in');
  expect(steps.length).toBe(2);
  expect(steps[1]!.after).toBeLessThanOrEqual(60);
  const part = (await serviceStatus()).parts.find((p) => p.part === 'sms-in');
  expect(part).toMatchObject({ state: 'missing', why: 'silent', owner: { vacant: false } });
  expect(part?.told.hi.length).toBe(2);
  await hearSmsGateway();
  await round();
  expect(await told('sms-in')).toEqual([]);
});

test('thirty days after closing her places and the ways of vehicles are gone, whether the alarm became a complaint or not', async () => {
  const raised: string[] = [];
  for (const _ of [1, 2]) {
    await report();
    const one = await raise(null, alertForm.parse({ point: HERE }));
    await addFixes(null, one.alert, {
      fixes: [{ ...HERE, lat: HERE.lat + 0.001, at: await now(), accuracy_m: undefined }],
    });
    await report();
    const cp = await h.as('cp');
    await act(cp, 'sos.close', (a) =>
      decide(a, one.alert, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
    );
    raised.push(one.alert);
  }
  const [gone, complained] = raised;
  await h.sql('update sos.alert set complaint = gen_random_uuid() where id = $1', [complained]);
  const left = (alert: string | undefined) =>
    h.sql(
      `select (select count(*)::int from sos.fix where alert = $1) as fixes, (select count(*)::int from sos.track where alert = $1) as ways,
      (select sealed_point is not null from sos.alert where id = $1) as place`,
      [alert],
    );
  const before = await left(gone);
  expect(before).toEqual([{ fixes: 1, ways: 3, place: true }]);
  await skip(29 * 86_400);
  await round();
  expect(await left(gone)).toEqual(before);
  await skip(2 * 86_400);
  await round();
  for (const one of raised) expect(await left(one)).toEqual([{ fixes: 0, ways: 0, place: false }]);
  // that it was, and when, stays
  expect((await readMine(null, gone!)).state).toBe('closed');
});
