// Many alarms over a large fleet: vehicles of their own, women with and without a number, and how each alarm stands; for tests of rapid response.
import { createHash } from 'node:crypto';
import { act, type Actor, house, read } from '#foundation';
import { sentMessages } from '#notify';
import { alertForm, confirm, deedForm, forgetFleet, press, type Raised, raise, register, takeFixes } from '#sos';
import type { TestHouse } from './house.ts';

const CITY = { lat: 26.46, lon: 80.28 };
type Stood = {
  id: string;
  n: number;
  wanted: number;
  held_back: number;
  short_of: string | null;
  timers: number;
};
let seed = 7;
let nth = 0;

/** @param of a function, for the house is opened in `beforeAll` */
export function manyAlarmsOf(of: () => TestHouse) {
  const vehicles: string[] = [];
  // places are drawn from a seed: the same city each time
  const draw = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const somewhere = () => ({ lat: CITY.lat + (draw() - 0.5) * 0.1, lon: CITY.lon + (draw() - 0.5) * 0.1 });
  const alarm = (actor: Actor | null = null): Promise<Raised> => raise(actor, alertForm.parse({ point: somewhere() }));
  return {
    somewhere,
    alarm,
    /** So many presses at once without a number. */
    flood: (many: number) => Promise.all(Array.from({ length: many }, () => alarm())),
    /** So many posts of kind vehicle at the stations of the city, each held. */
    manyVehicles: async (many: number): Promise<void> => {
      const rows = await of().sql<{ id: string }>(
        `with s as (select id, path, row_number() over (order by path) as n, count(*) over () as of from posts.unit
            where level = 'station' and path operator(ext.<@) 'in.up.kanpur_nagar')
        insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
          select gen_random_uuid(), s.id, s.path, 'vehicle', 'गाड़ी ' || g, 'Vehicle ' || g, '2020-01-01'
          from generate_series(1, $1::int) g join s on s.n = g % s.of + 1 returning id`,
        [many],
      );
      vehicles.push(...rows.map(({ id }) => id));
      await of().sql(
        `insert into posts.tenure (id, post, officer, from_at)
         select gen_random_uuid(), p, (select id from posts.officer limit 1), '2020-01-01' from unnest($1::uuid[]) p`,
        [vehicles],
      );
    },
    everybodyReports: async (): Promise<void> => {
      const at = await read(house(), 'test.now', async (r) => r.now);
      const fixes = vehicles.map((vehicle) => ({ vehicle, ...somewhere(), at }));
      await takeFixes(await of().as('fleet'), { fixes });
    },
    /** These alarms are over, and their vehicles free. */
    close: async (ids: readonly string[]): Promise<void> => {
      await of().sql(
        `with closed as (update sos.alert set state = 'closed', closed_at = foundation.now(), outcome = 'not-found' where id = any ($1::uuid[]))
         update sos.call_out set state = 'released', lead = false, ended_at = foundation.now() where ended_at is null and alert = any ($1::uuid[])`,
        [[...ids]],
      );
      forgetFleet();
    },
    /** How alarms stand, in the order in which they came. */
    stand: (ids: readonly string[]) =>
      of().sql<Stood>(
        `select a.id, count(o.id)::int as n, a.wanted, a.held_back, a.short_of,
           (select count(*)::int from sos.timer t where t.alert = a.id and t.kind in ('widen', 'bring-in', 'hand-112')) as timers
         from sos.alert a left join sos.call_out o on o.alert = a.id and o.ended_at is null
         where a.id = any ($1::uuid[]) group by a.id order by a.received_at, a.n`,
        [[...ids]],
      ),
    /** A phone whose number is confirmed. @param phone what it had before */
    known: async (phone: Actor | null = null): Promise<Actor> => {
      // of another thousand each: many numbers of one block in a short time would wait
      const mobile = `+91${9_812_000_000 + ++nth * 1001}`;
      const asks = { mobile, language: 'hi' as const, name: undefined, home: undefined, emergency_contact: undefined };
      const { asked } = await register(asks);
      await of().jobs();
      const sent = await read(house(), 'notify.read', (r) => sentMessages(r, mobile));
      const code = /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? '';
      const form = { mobile, code, pin: '1234', duress_pin: '4321', asked };
      return of().citizen((await confirm(form, phone)).device_token);
    },
    /** What the crew of the nearest vehicle of an alarm presses. */
    crewOf: async (alert: string) => {
      const [order] = await of().sql<{ id: string; vehicle: string }>(
        'select id, vehicle from sos.call_out where alert = $1 and ended_at is null order by distance_m limit 1',
        [alert],
      );
      if (!order) throw new Error('nobody was sent');
      const secret = `crew of ${order.vehicle}`;
      await of().sql(
        `insert into posts.session (id, secret_hash, kind, officer, post, opened_at, touched_at, idle, expires_at, confirmed_at)
         values (gen_random_uuid(), $1, 'officer', (select id from posts.officer limit 1), $2, foundation.now(), foundation.now(), '1 year', 'infinity', clock_timestamp())`,
        [createHash('sha256').update(secret).digest(), order.vehicle],
      );
      const crew = await of().citizen(secret);
      return (deed: 'accept' | 'arrived' | 'need-help', form: Record<string, unknown> = {}) =>
        act(crew, `sos.crew-${deed}`, (a) => press(a, order.id, deed, deedForm.parse(form)));
    },
  };
}
