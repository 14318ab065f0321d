// Accidents: whatever crews and women do in whatever order, through silences, processes that know no fleet, and crashes of this process and of
// its connections: every alarm has its vehicles or a reason that shows, somebody always looks again, and nothing acknowledged is lost.
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, Refusal } from '#foundation';
import {
  addFixes,
  alertForm,
  beginShift,
  type CREW_DEEDS,
  deedForm,
  forgetFleet,
  press,
  type Raised,
  raise,
  readMine,
  say,
  standAside,
  stopDispatcher,
  takeFixes,
} from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { MOST_VEHICLES } from './rules.ts';
import * as store from './store.ts';
import { chase } from './timers.ts';
import { ebb } from './vouched.ts';

const CITY = { lat: 26.45, lon: 80.33 };
const MANY = 16;
let h: TestHouse;
let fleet: Actor;
const crews = new Map<string, Actor>();
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  fleet = await h.as('fleet');
  await h.sql('update sos.want set unknown_share = 33, unknown_least = 1');
  // crews of their own, each signed in; nobody else is on duty
  const made = await h.sql<{ id: string }>(
    `with s as (select id, path, row_number() over (order by path) as n from posts.unit
        where level = 'station' and path operator(ext.<@) 'in.up.kanpur_nagar'),
      made as (insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
        select gen_random_uuid(), s.id, s.path, 'vehicle', 'गाड़ी ' || g, 'Vehicle ' || g, '2020-01-01'
        from generate_series(1, ${MANY}) g join s on s.n = g % 5 + 1 returning id),
      held as (insert into posts.tenure (id, post, officer, from_at)
        select gen_random_uuid(), made.id, (select id from posts.officer limit 1), '2020-01-01' from made)
    select id from made`,
  );
  for (const { id } of made) {
    const secret = `crew of ${id}`;
    await h.sql(
      `insert into posts.session (id, secret_hash, kind, officer, post, opened_at, touched_at, idle, expires_at, confirmed_at)
       values (gen_random_uuid(), $1, 'officer', (select id from posts.officer limit 1), $2, foundation.now(), foundation.now(), '1 year', 'infinity', clock_timestamp())`,
      [createHash('sha256').update(secret).digest(), id],
    );
    crews.set(id, await h.citizen(secret));
  }
}, 60_000);
afterAll(() => h.close());

const now = async () =>
  Temporal.Instant.from(
    (await h.sql<{ now: string }>('select foundation.now()::text as now'))[0]!.now.replace(' ', 'T'),
  );
// places and choices are drawn from a seed: the same city each time
let seed = 7;
const draw = () => {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
};
const one = <T>(of: readonly T[]): T | undefined => of[Math.floor(draw() * of.length)];
const somewhere = () => ({ lat: CITY.lat + (draw() - 0.5) * 0.1, lon: CITY.lon + (draw() - 0.5) * 0.1 });

/** What must hold whenever the owner of the fleet has looked, asked of the database alone. */
async function holds(): Promise<void> {
  // the clock goes on by itself: what has run out by now is due
  const asked = await now();
  await sweep();
  const found = await h.sql<{ broken: string; id: string }>(
    `with o as (
      select a.*, count(*) filter (where c.ended_at is null) as open,
        count(*) filter (where c.ended_at is null and c.state in ('accepted', 'en-route', 'arrived', 'settled')) as coming,
        count(*) filter (where c.ended_at is null and c.state in ('arrived', 'settled') and c.arrival_proof <> 'none') as there,
        count(*) filter (where c.accepted_at = c.ordered_at) as late, bool_or(c.lead) as led,
        bool_or(c.state = 'settled' or (c.state = 'done' and c.reported_at is not null)) as reported,
        (select coalesce(max(e.n), 0) from sos.event e where e.alert = a.id and e.kind = 'lost') as lost
      from sos.alert a left join sos.call_out c on c.alert = a.id
      where a.state in ('held', 'waiting', 'open') and not a.drill group by a.id)
    -- as many as its kind gets, or a reason that shows; and none where there is none
    select 'short without a reason' as broken, id from o where state = 'open' and sealed_point is not null and short_of is null
      and not coalesce(reported, false) and there < least(wanted, 2) and open < least(wanted, 3)
    union all select 'a reason that is none', id from o where short_of = 'no-vehicle' and open >= 3
    union all select 'held back, and it does not show', id from o where state = 'open' and case when held_back > 0
      then coalesce(short_of, '') not in ('many-unknown', 'no-vehicle') else coalesce(short_of, '') = 'many-unknown' end
    union all select 'not sent for', id from o where state = 'waiting' and sealed_point is not null
    -- nobody drains the fleet
    union all select 'more than one alarm has', id from o where open > ${MOST_VEHICLES}
    union all select 'more than are wanted', id from o where open > wanted + lost + late
    union all select 'nobody leads', id from o where coming > 0 and not led and not coalesce(reported, false)
    -- somebody looks again, and nothing that has run out lies there
    union all select 'nobody looks again', id from o where not exists (select from sos.timer t where t.alert = o.id and t.fired_at is null)
    union all select 'ran out ' || kind, alert from sos.timer where fired_at is null and due_at <= $1
    -- what a timer does it does once
    union all select 'twice ' || kind, alert from sos.event where kind in ('widen', 'bring-in', 'hand-112') group by kind, alert having count(*) > 1
    union all select 'as often silent as asked', c.alert from sos.call_out c where not drill group by c.alert
      having count(*) filter (where c.state = 'silent') <> (select count(*) from sos.event e where e.alert = c.alert and e.kind = 'silent')
    -- whoever said yes is not taken for silent; whoever reported has a report
    union all select 'a yes is lost', alert from sos.call_out where state = 'silent' and accepted_at is not null
    union all select 'a report is lost', e.alert from sos.event e where e.kind = 'crew-settled'
      and not exists (select from sos.call_out c where c.alert = e.alert and c.vehicle = e.vehicle and c.sealed_report is not null)`,
    [asked.toString()],
  );
  expect(found).toEqual([]);
}
/** What the owner does four times a second. */
const sweep = async () => {
  while (await act(house(), 'test.chase', chase));
  await act(house(), 'test.ebb', ebb);
};
const skip = (seconds: number) =>
  h.sql('update foundation.clock set ahead_us = ahead_us + $1::bigint * 1000000', [seconds]);
const over = () =>
  act(house(), 'test.over', async (a) => {
    for (const { id } of await store.openAlerts(a))
      await store.changeAlert(a, id, { state: 'closed', closed_at: a.now, outcome: 'not-found' });
    await h.sql(
      `update sos.call_out set state = 'released', lead = false, ended_at = foundation.now() where ended_at is null`,
    );
  }).then(forgetFleet);
/** What is refused is an answer like another; anything else is a fault. */
const answered = <T>(work: Promise<T>): Promise<T | string> =>
  work.catch((why: unknown) => (why instanceof Refusal ? why.code : Promise.reject(why as Error)));

type Deed = (typeof CREW_DEEDS)[number];
/** What a crew is likely to press, by where it stands. */
const PRESSED: Record<string, readonly Deed[]> = {
  ordered: ['accept', 'accept', 'accept', 'decline'],
  accepted: ['en-route', 'arrived', 'arrived', 'arrived', 'decline', 'need-help'],
  'en-route': ['arrived', 'arrived', 'arrived', 'decline'],
  arrived: ['settled', 'settled', 'need-help', 'done', 'accept'],
  settled: ['done', 'done', 'need-help'],
};
const HAPPENS = [
  ...['alarm', 'alarm', 'held', 'without-place', 'told-place', 'two-at-once', 'safe', 'here', 'late', 'late'],
  ...[
    'crew',
    'crew',
    'crew',
    'crew',
    'crew',
    'crew',
    'crew',
    'crew',
    'seconds',
    'seconds',
    'minute',
    'silence',
    'heard',
  ],
  ...['process-dies', 'connections-die', 'no-owner'],
] as const;

test('whatever happens in whatever order', async () => {
  const did = fc.constantFrom(...HAPPENS);
  await fc.assert(
    fc.asyncProperty(fc.array(did, { minLength: 12, maxLength: 24 }), async (happens) => {
      await over();
      const silent = new Set<string>();
      const acknowledged: Raised[] = [];
      const reports = async () => {
        const at = await now();
        const heard = [...crews.keys()].filter((id) => !silent.has(id));
        await takeFixes(fleet, { fixes: heard.map((vehicle) => ({ vehicle, ...somewhere(), at })) });
      };
      const alarm = async (more: Record<string, unknown> = {}) => {
        const raised = await raise(null, alertForm.parse({ point: somewhere(), ...more }));
        acknowledged.push(raised);
      };
      const crew = async (): Promise<void> => {
        for (const _ of [1, 2, 3, 4, 5, 6]) {
          const order = one(
            await h.sql<{ id: string; vehicle: string; alert: string; state: string }>(
              'select id, vehicle, alert, state from sos.call_out where ended_at is null order by ordered_at, id',
            ),
          );
          if (!order) return;
          const deed = one(PRESSED[order.state] ?? []) ?? 'accept';
          const token = acknowledged.find(({ alert }) => alert === order.alert)?.token;
          const met = token && draw() < 0.6 ? await readMine(await h.citizen(token), order.alert) : undefined;
          const form = deedForm.parse({
            reason: 'vehicle',
            report: 'हो गया',
            match_code: met?.her_number ?? undefined,
          });
          await answered(act(crews.get(order.vehicle)!, `sos.crew-${deed}`, (a) => press(a, order.id, deed, form)));
        }
      };
      const herself = async (word: 'safe' | 'here'): Promise<void> => {
        const hers = one(acknowledged);
        if (hers?.token) await say(await h.citizen(hers.token), hers.alert, { word, place_text: undefined });
      };
      const wait = async (seconds: number) => {
        await skip(seconds);
        await reports();
        await sweep();
      };
      for (const actor of crews.values()) await act(actor, 'sos.begin-shift', (a) => beginShift(a, undefined));
      await reports();
      const simply: Partial<Record<(typeof HAPPENS)[number], () => unknown>> = {
        alarm: () => alarm(),
        held: () => alarm({ hold_s: 5 }),
        'two-at-once': () => Promise.all([alarm(), alarm()]),
        crew,
        safe: () => herself('safe'),
        here: () => herself('here'),
        seconds: () => wait(21),
        'process-dies': forgetFleet,
      };
      for (const what of happens) {
        switch (what) {
          case 'without-place':
            await alarm({ point: undefined, hold_s: draw() < 0.5 ? 5 : 0 });
            break;
          case 'told-place': {
            const hers = acknowledged.findLast(({ short_of }) => short_of === 'no-place');
            const fix = { ...somewhere(), at: await now(), accuracy_m: undefined };
            if (hers) await addFixes(null, hers.alert, { fixes: [fix] });
            break;
          }
          case 'late': {
            await wait(21);
            const [order] = await h.sql<{ id: string; vehicle: string }>(
              `select c.id, c.vehicle from sos.call_out c join sos.alert a on a.id = c.alert where c.state = 'silent' and a.state = 'open'
                and not exists (select from sos.call_out o where o.vehicle = c.vehicle and o.ended_at is null) order by c.ended_at desc, c.id limit 1`,
            );
            const form = deedForm.parse({});
            if (order)
              await answered(
                act(crews.get(order.vehicle)!, 'sos.crew-accept', (a) => press(a, order.id, 'accept', form)),
              );
            break;
          }
          case 'minute':
            for (const _ of [1, 2, 3]) await wait(21);
            break;
          case 'silence':
            for (const { vehicle } of await h.sql<{ vehicle: string }>(
              "select vehicle from sos.call_out where ended_at is null and state in ('accepted', 'en-route') order by ordered_at, id limit 2",
            ))
              silent.add(vehicle);
            await wait(130);
            break;
          case 'heard':
            silent.clear();
            await reports();
            break;
          case 'no-owner':
            // for a while this process knows no fleet, and whatever comes is left to whoever owns it
            standAside();
            await crew();
            await Promise.all([alarm({ point: undefined }), alarm({ hold_s: 1 })]);
            await skip(3);
            await sweep();
            await stopDispatcher();
            await sweep();
            break;
          case 'connections-die': {
            const dying = Promise.all([alarm(), crew()]).catch(() => undefined);
            await h.sql(
              `select pg_terminate_backend(pid, 2000) from pg_stat_activity where usename = 'itsso_app' and datname = current_database() and pid <> pg_backend_pid()`,
            );
            await dying;
            // what comes next is no longer lent a connection that is already dead
            await pause(20);
            break;
          }
          default:
            await simply[what]?.();
        }
        await holds();
      }
      // nothing acknowledged is lost
      for (const { alert } of acknowledged) expect((await readMine(null, alert)).alert).toBe(alert);
    }),
    { numRuns: process.env.ITSSO_LONG ? 60 : 5, seed: 42, endOnFailure: true },
  );
  // and it did happen
  const done = await h.sql<{ kind: string }>('select distinct kind from sos.event');
  expect(done.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining([
      'crew-accept',
      'declined',
      'crew-arrived',
      'crew-settled',
      'crew-done',
      'reinforced',
      'silent',
      'lost',
      ...['held-back', 'topped-up'],
      'short',
      'handed-to-112',
    ]),
  );
}, 600_000);
