// Who watches over the watch: each part is heard of by whoever does its work; a post that nobody holds is an outage by itself; at the top it ends.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { act, furnish, house, openPool, startWork, stopWork } from '#foundation';
import { handOver } from '#posts';
import { doorAnswered, serviceStatus, sitsThere, takeFixes, tendDoor, watch } from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const HERE = { lat: 26.5, lon: 80.25 };
const CITY = 'in.up.kanpur_nagar';
const WEST = `${CITY}.west`;
let h: TestHouse;
const crews: string[] = [];
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  for (const n of [1, 2, 3, 4, 5, 6]) {
    const crew = await h.as(`prv-${n}`);
    if (crew.kind === 'officer') crews.push(crew.post);
  }
  await report();
  for (let n = 0; n < 3; n++) await round();
});
afterAll(() => h.close());

const now = async () =>
  Temporal.Instant.from(
    (await h.sql<{ now: string }>('select foundation.now()::text as now'))[0]!.now.replace(' ', 'T'),
  );
async function report(): Promise<void> {
  const at = await now();
  await takeFixes(await h.as('fleet'), {
    fixes: crews.map((vehicle, n) => ({ vehicle, lat: HERE.lat + 0.01 * n, lon: HERE.lon, at })),
  });
}
const skip = async (seconds: number) => {
  await h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 1000000', [seconds]);
};
const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
const partOf = async (part: string, unit = CITY) =>
  (await serviceStatus()).parts.find((p) => p.part === part && p.unit === unit);
const told = (part: string, unit: string) =>
  h.sql<{ kind: string; vacant: boolean; after: number }>(
    `select p.kind, s.vacant, extract(epoch from s.at - o.since)::int as after from sos.outage o join sos.outage_step s on s.outage = o.id
     join posts.post p on p.id = s.post where o.part = $1 and o.unit::text = $2 and o.until is null order by s.n`,
    [part, unit],
  );
const isUneven = async () =>
  (await h.sql<{ uneven: boolean }>("select sos.is_uneven(foundation.now() - interval '45 seconds') as uneven"))[0]
    ?.uneven;

test('a post that nobody holds is an outage by itself, while its vehicles report; it climbs to the top and rests there', async () => {
  const rao = await h.as('rao');
  const dcp = rao.kind === 'officer' ? rao.post : '';
  expect(await partOf('vehicles', WEST)).toMatchObject({ state: 'running', why: null, level: 6 });
  await act(house(), 'test.hand-over', (a) => handOver(a, { post: dcp, to_officer: null, note: 'test' }));
  await report();
  await round();
  expect(await partOf('vehicles', WEST)).toMatchObject({ state: 'missing', why: 'vacant', level: 6 });
  expect(await told('vehicles', WEST)).toEqual([
    { kind: 'dcp', vacant: true, after: 0 },
    { kind: 'cp', vacant: false, after: 0 },
  ]);

  // to the top, a post within each minute; there nobody is left to be told, and nothing has to be done any more
  let steps = 2;
  for (let n = 0; n < 10; n++) {
    await skip(50);
    await report();
    await round();
    const many = (await told('vehicles', WEST)).length;
    if (many === steps) break;
    steps = many;
  }
  expect((await told('vehicles', WEST)).at(-1)?.kind).toBe('national');
  for (let n = 0; n < 2; n++) {
    await skip(50);
    await report();
    await round();
  }
  expect(await isUneven()).toBe(false);

  // held again, it is over; and vehicles that fall silent meanwhile are an outage of their own
  await skip(150);
  await round();
  expect((await partOf('vehicles', WEST))?.why).toBe('too-few');
  expect((await told('vehicles', WEST))[0]).toMatchObject({ kind: 'dcp', after: 0 });
});

test('nobody before a board and no page for a minute: the control room is empty; an open board is somebody', async () => {
  const control = await h.as('control');
  const level = async () => {
    await round();
    return (await partOf('control-room'))?.level;
  };
  expect(await level()).toBe(1);
  const away = "update posts.session set seen_at = clock_timestamp() - interval '70 seconds' where post = $1";
  const post = control.kind === 'officer' ? control.post : '';
  await h.sql(away, [post]);
  expect(await level()).toBe(0);
  if (control.kind === 'officer') await sitsThere(control, undefined);
  expect(await level()).toBe(1);
  await h.sql("update sos.at_board set seen_at = clock_timestamp() - interval '50 seconds'");
  expect(await level()).toBe(0);
  // whoever is no control room keeps no seat
  const cp = await h.as('cp');
  if (cp.kind === 'officer') await sitsThere(cp, undefined);
  expect(await h.sql('select count(*)::int as n from sos.at_board')).toEqual([{ n: 1 }]);
});

test('where the alarm door is tended, a worker alone does not say that it is open', async () => {
  await round();
  expect((await partOf('alarm-door'))?.state).toBe('running');
  const leave = tendDoor();
  await skip(40);
  await round();
  expect(await partOf('alarm-door')).toMatchObject({ state: 'missing', why: 'silent' });
  await doorAnswered();
  await round();
  expect((await partOf('alarm-door'))?.state).toBe('running');
  leave();
});

test('just opened: what was well and was not looked at since is being looked at; what was missing before, too few or vacant is missing', async () => {
  const states = async () =>
    Object.fromEntries(
      (await serviceStatus()).parts
        .filter(({ unit }) => unit === CITY || unit === WEST)
        .map(({ part, state }) => [part, state]),
    );
  await report();
  await round();
  // one part was missing already when all of it stopped, and a post was vacant
  await h.sql("update sos.beat set at = at - interval '1 hour' where part = 'sms-out'");
  await h.sql(
    "insert into sos.outage (id, part, unit, why, since) select gen_random_uuid(), part, unit, 'silent', foundation.now() from sos.part where part = 'sms-out'",
  );
  await skip(600);
  // a process that has run for long does not say so
  expect(await states()).toMatchObject({ 'deadline-sweep': 'missing', 'sms-out': 'missing', vehicles: 'missing' });
  const leave = tendDoor();
  expect(await states()).toMatchObject({ 'deadline-sweep': 'starting', 'sms-out': 'missing', vehicles: 'missing' });
  // for one beat, and no longer
  const late = performance.now() + 12_001;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(late);
  expect(await states()).toMatchObject({ 'deadline-sweep': 'missing' });
  clock.mockRestore();
  // the first look comes at once: heard again is running, though its outage ends only with the round
  await h.sql("update sos.beat set at = foundation.now() where part = 'sms-out'");
  expect((await states())['sms-out']).toBe('running');
  await watch.often?.();
  expect(await states()).toMatchObject({ 'deadline-sweep': 'running', 'sms-out': 'running', vehicles: 'missing' });
  await skip(600);
  await watch.often?.();
  expect((await states())['deadline-sweep']).toBe('starting');
  leave();
  await report();
  await round();
});

test('a sweep that fails is not heard of, however often the worker says that it is there', async () => {
  const { host, port, database } = h.elsewhere;
  await round();
  expect((await partOf('deadline-sweep'))?.state).toBe('running');
  let fails = true;
  const broken = {
    name: 'broken',
    nextAt: async () => undefined,
    sweep: async () => {
      if (fails) throw new Error('test');
    },
  };
  const begin = async () => {
    furnish(openPool({ host, port, database }, 'itsso_queue', 4), {}, [broken]);
    await startWork();
  };
  await begin();
  await skip(40);
  await round();
  expect(await partOf('deadline-sweep')).toMatchObject({ state: 'missing', why: 'silent' });
  await stopWork();
  fails = false;
  await begin();
  await round();
  expect((await partOf('deadline-sweep'))?.state).toBe('running');
  await stopWork();
});

test('a clock that is set back ends no outage before it began, and begins none within the one before', async () => {
  const control = await h.as('control');
  const post = control.kind === 'officer' ? control.post : '';
  const there = async (seconds: number) => {
    await h.sql('delete from sos.at_board');
    await h.sql(
      `update posts.session set seen_at = clock_timestamp() - $2::int * interval '1 second' where post = $1`,
      [post, seconds],
    );
    await round();
    return h.sql<{ whole: boolean; open: boolean }>(
      `select bool_and(coalesce(until >= since, true)) as whole, bool_or(until is null) as open from sos.outage
       where part = 'control-room' and unit::text = $1`,
      [CITY],
    );
  };
  expect(await there(70)).toEqual([{ whole: true, open: true }]);
  await skip(-3600);
  // over, an hour before it began; and empty again, in the midst of what is written down already
  expect(await there(0)).toEqual([{ whole: true, open: false }]);
  expect(await there(70)).toEqual([{ whole: true, open: true }]);
  expect(await there(0)).toEqual([{ whole: true, open: false }]);
  await skip(3600);
});
