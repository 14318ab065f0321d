// The drill of every week tries every part of a zone and asks the control room; a zone without a vehicle fails its drill, for everybody to see.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read, Refusal } from '#foundation';
import { alertForm, drillsAsked, hearSmsGateway, raise, seeDrill, serviceStatus, takeFixes, watch } from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const HERE = { lat: 26.5, lon: 80.25 };
const CITY = 'in.up.kanpur_nagar';
const WEST = `${CITY}.west`;
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
const skip = (days: number) =>
  h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 86400 * 1000000', [days]);
const drillOf = async (unit: string) => (await serviceStatus()).drills.find((one) => one.unit === unit);
async function report(): Promise<void> {
  const at = Temporal.Instant.from(
    (await h.sql<{ now: string }>('select foundation.now()::text as now'))[0]!.now.replace(' ', 'T'),
  );
  const crews: string[] = [];
  for (const n of [1, 2, 3]) {
    const crew = await h.as(`prv-${n}`);
    if (crew.kind === 'officer') crews.push(crew.post);
  }
  await takeFixes(await h.as('fleet'), {
    fixes: crews.map((vehicle, n) => ({ vehicle, lat: HERE.lat + 0.01 * n, lon: HERE.lon, at })),
  });
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );

test('a zone of which no vehicle has ever reported has a drill that fails; her own practice is no drill of a zone', async () => {
  await raise(null, alertForm.parse({ point: HERE, drill: true }));
  await round();
  const zones = await h.sql<{ path: string }>(
    "select path::text as path from posts.unit where level = 'zone' and path operator(ext.<@) $1::ext.ltree order by 1",
    [CITY],
  );
  expect(zones.length).toBeGreaterThan(1);
  for (const { path } of zones) expect(await drillOf(path)).toMatchObject({ vehicles: 0, seen_s: null });
  expect(await h.sql('select count(*)::int as n from sos.drill where alert is not null')).toEqual([{ n: 0 }]);
  // once a week
  await round();
  expect(await h.sql('select count(*)::int as n from sos.drill')).toEqual([{ n: zones.length }]);
});

test('with vehicles it goes in as an SMS and through every part, sends nobody, and the control room says that it saw it', async () => {
  await skip(8);
  await report();
  await round();
  expect(await drillOf(WEST)).toMatchObject({ sms_in: null, sms_out: true, seen_s: null });
  expect((await drillOf(WEST))?.vehicles).toBeGreaterThanOrEqual(2);
  const [row] = await h.sql<{ kind: string; drill: boolean }>(
    'select a.kind, a.drill from sos.drill d join sos.alert a on a.id = d.alert where d.unit::text = $1',
    [WEST],
  );
  expect(row).toEqual({ kind: 'silent', drill: true });
  expect(await h.sql('select count(*)::int as n from sos.call_out where not drill')).toEqual([{ n: 0 }]);
  expect(await h.sql('select count(*)::int as n from notify.message')).toEqual([{ n: 0 }]);

  const control = await h.as('control');
  const asked = await read(control, 'sos.read-drills', drillsAsked);
  const west = asked.find(({ unit }) => unit === WEST)!;
  const see = async (who: string) => refusal(act(await h.as(who), 'sos.see-drill', (a) => seeDrill(a, west.id)));
  expect(await see('cp')).toBe('not-your-power');
  expect(await see('prv-1')).toBe('not-your-power');
  expect(await refusal(act(control, 'sos.see-drill', (a) => seeDrill(a, '00000000-0000-4000-8000-000000000000')))).toBe(
    'not-found',
  );
  expect(await see('control')).toBe('done');
  const seen = (await drillOf(WEST))?.seen_s;
  expect(seen).toBeGreaterThanOrEqual(0);
  expect(await see('control')).toBe('done');
  expect((await drillOf(WEST))?.seen_s).toBe(seen);
  expect((await read(control, 'sos.read-drills', drillsAsked)).map(({ unit }) => unit)).not.toContain(WEST);
  // nobody else is asked
  expect(await read(await h.as('khan'), 'sos.read-drills', drillsAsked)).toEqual([]);
});

test('a gateway of incoming SMS that is silent fails the drill; one that was heard of does not', async () => {
  await h.sql(
    "insert into posts.session (id, secret_hash, kind, name, rights, opened_at, touched_at, idle, expires_at) values (gen_random_uuid(), sha256('x'), 'machine', 'sms', '{sms}', foundation.now(), foundation.now(), interval '1 year', 'infinity')",
  );
  await round();
  await skip(8);
  await report();
  await round();
  expect((await drillOf(WEST))?.sms_in).toBe(false);
  await skip(8);
  await hearSmsGateway();
  await report();
  await round();
  expect((await drillOf(WEST))?.sms_in).toBe(true);
});
