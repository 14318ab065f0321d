// What each post may see after the report and of alarms, said a second time in other words than the database: part of the oracle of sight.ts.
import { act, house } from '#foundation';
import { sealNarrative } from '#sealed-identity';
import type { TestHouse } from './house.ts';
import { inSight, type Post, SUPERVISORS, within, type World } from './sight.ts';

/** Tables that the role of officers and that of the house may both select from, by what is compared of them. */
export const AFTER: [string, string][] = [
  ['court.notice', 'select report from court.notice'],
  ['court.hearer', "select plea || ' ' || n from court.hearer"],
  ['court.plea', 'select id from court.plea'],
  ['court.answer', 'select plea from court.answer'],
  ['court.word', 'select id from court.word'],
  ['court.feedback', 'select id from court.feedback'],
  ['court.feedback_words', 'select feedback from court.feedback_words'],
  ['sos.vehicle', 'select id from sos.vehicle'],
  ['sos.shift', 'select id from sos.shift'],
  ['sos.position', 'select vehicle from sos.position'],
  ['sos.alert', 'select id from sos.alert'],
  ['sos.call_out', 'select id from sos.call_out'],
  ['sos.event', 'select distinct alert from sos.event'],
  ['sos.timer', 'select distinct alert from sos.timer'],
  ['sos.sound', 'select id from sos.sound'],
  ['sos.part', "select part || ' ' || unit::text from sos.part"],
  ['sos.beat', "select part || ' ' || unit::text from sos.beat"],
  ['sos.outage', 'select id from sos.outage'],
  ['sos.outage_step', 'select outage from sos.outage_step'],
  ['sos.drill', 'select id from sos.drill'],
  ['sos.want', "select kind || ' ' || area::text from sos.want"],
  ['sos.want_change', 'select id from sos.want_change'],
  ['sos.part_change', 'select id from sos.part_change'],
];
export const AFTER_OFFICERS: [string, string][] = [['documents.opened', 'select id from documents.opened']];
export const AFTER_HOUSE: [string, string][] = [
  ['sos.fix', 'select distinct alert from sos.fix'],
  ['sos.track', 'select distinct vehicle from sos.track'],
  ['sos.registration', 'select id from sos.registration'],
  ['sos.code', 'select id from sos.code'],
  ['sos.pace', 'select hour from sos.pace'],
  ['sos.at_board', 'select post from sos.at_board'],
];

/** Every confirmed file has been to court: noticed, objected to before the posts above its station, answered, judged; a paper was opened. */
export async function layCourt(h: TestHouse): Promise<void> {
  const post =
    "(select id from posts.post where kind = $1 and starts_with('in.up.kanpur_nagar.west.circle_12.kalyanpur', path::text) limit 1)";
  await h.sql(
    `insert into court.notice (report, file, at) select id, file, at from casework.step where step = 'receive'`,
  );
  await h.sql(
    `insert into court.plea (id, file, kind, desk, at, sealed_text, next_at)
     select gen_random_uuid(), id, 'not-settled', ${post}, foundation.now(), 'x', foundation.now() from casework.file where number is not null`,
    ['sho'],
  );
  for (const [n, kind] of [
    [1, 'acp'],
    [2, 'dcp'],
  ] as const)
    await h.sql(
      `insert into court.hearer (plea, n, file, desk, post, path, at, due_at)
       select c.id, ${n}, c.file, c.desk, p.id, p.path, c.at, c.at from court.plea c, posts.post p where p.id = ${post}`,
      [kind],
    );
  const anybody = '(select post, officer from posts.tenure limit 1) t';
  await h.sql(`insert into court.answer (plea, at, post, officer, outcome, sealed_text)
    select c.id, c.at, t.post, t.officer, 'stands', 'x' from court.plea c, ${anybody}`);
  await h.sql(
    `insert into court.word (id, file, at, settled) select gen_random_uuid(), file, at, false from court.plea`,
  );
  await h.sql(
    `insert into court.feedback (id, file, stage, at, respect) select gen_random_uuid(), file, 'inquiry', at, 'no' from court.plea`,
  );
  await h.sql(
    `insert into court.feedback_words (feedback, file, sealed_text) select id, file, 'x' from court.feedback`,
  );
  await h.sql(`insert into documents.document (id, file, kind, unit, year, serial, language, names_her, issued_at, post, officer, code_mac, mark,
      sha256, size, wrapped, sealed_pdf)
    select gen_random_uuid(), c.file, 'progress-letter', (select id from posts.unit limit 1), 2026, row_number() over (), 'hi', false, c.at, t.post, t.officer,
      sha256(c.file::text::bytea), '0123456789abcdef', sha256('x'), 1, 'x', 'x' from court.plea c, ${anybody}`);
  await h.sql(
    `insert into documents.opened (id, document, file, at) select gen_random_uuid(), id, file, issued_at from documents.document`,
  );
  // each between two States: it came from one and was given to another
  await h.sql(`insert into casework.handover (parcel, file, to_state, to_path, state_hi, state_en, station_hi, station_en, asked_at)
    select gen_random_uuid(), file, 'in.mp', 'in.mp.a.b', 'x', 'x', 'x', 'x', at from court.plea`);
  for (const { file } of await h.sql<{ file: string }>('select distinct file from court.plea')) {
    const history = JSON.stringify({ desks: [], steps: [], diary: [] });
    const sealed = await act(house(), 'test.seal', (a) => sealNarrative(a, file, 'arrival', history));
    await h.sql(
      `insert into casework.arrival (file, parcel, from_state, state_hi, state_en, station_hi, station_en, number_there, handed_at, came_at, sealed_history)
       select $1, gen_random_uuid(), 'in.mp', 'x', 'x', 'x', 'x', '1', min(from_at), min(from_at), $2 from casework.stay where file = $1`,
      [file, sealed],
    );
  }
}

/** Alarms of two districts, one of which another was brought in for; crews sent to them; parts of the service, and one that was missing. */
export async function layAlarms(h: TestHouse): Promise<void> {
  for (const [unit, also] of [
    ['in.up.kanpur_nagar.west', '{}'],
    ['in.up.lucknow', '{}'],
    ['in.up.lucknow', '{in.up.kanpur_nagar}'],
  ])
    await h.sql(
      `insert into sos.alert (id, n, way, kind, pressed_at, received_at, state, unit, also, wanted)
       values (gen_random_uuid(), nextval('sos.alarm_number'), 'phone', 'alarm', foundation.now(), foundation.now(), 'open', $1::ext.ltree, $2::ext.ltree[], 3)`,
      [unit, also],
    );
  // of one crew the order is over
  await h.sql(`insert into sos.call_out (id, alert, vehicle, path, ordered_at, answer_by, state, match_code, distance_m, eta_s, eta_by, eta_at, ended_at)
    select gen_random_uuid(), a.id, v.id, v.path, a.received_at, a.received_at, case when v.n = 3 then 'done' else 'accepted' end, '12', 1, 1, 'distance',
      a.received_at, case when v.n = 3 then a.received_at + interval '1 minute' end
    from (select id, received_at, row_number() over (order by n) as n from sos.alert) a
    join (select id, path, row_number() over (order by call_sign) as n from sos.vehicle) v on v.n = a.n`);
  await h.sql(`insert into sos.event (alert, at, kind) select id, received_at, 'raised' from sos.alert`);
  // two pieces of sound with each; of the second the key lies with the exhibit it has become
  await h.sql(`insert into sos.sound (id, alert, piece, at, heard_at, size, media, sha256, scan, sealed_key)
    select md5(a.id::text || k), a.id, gen_random_uuid(), a.received_at, a.received_at, 1, 'audio/webm', sha256('x'), 'clean', case when k = 1 then 'x'::bytea end
    from sos.alert a, generate_series(1, 2) k`);
  await h.sql(
    `insert into sos.shift (id, vehicle, from_at, begun_by) select gen_random_uuid(), id, foundation.now(), 'crew' from sos.vehicle`,
  );
  await h.sql(`insert into sos.shift (id, vehicle, from_at, to_at, begun_by, ended_by)
    select gen_random_uuid(), id, foundation.now() - interval '2 days', foundation.now() - interval '1 day', 'crew', 'crew' from sos.vehicle`);
  await h.sql(`insert into sos.position (vehicle, lat, lon, at, heard_at) select id, 26, 80, foundation.now(), foundation.now() from sos.vehicle
    on conflict do nothing`);
  await h.sql(`insert into sos.part (part, unit, owner, every_s, begun_at) select 'sms-out', u, (select id from posts.post limit 1), 60, foundation.now()
    from unnest('{in.up.kanpur_nagar,in.up.lucknow}'::ext.ltree[]) u on conflict do nothing`);
  await h.sql(
    `insert into sos.beat (part, unit, at, level) select part, unit, begun_at, 1 from sos.part on conflict do nothing`,
  );
  await h.sql(`insert into sos.outage (id, part, unit, why, since, until) select gen_random_uuid(), part, unit, 'silent', begun_at - interval '2 years',
    begun_at - interval '1 year' from sos.part`);
  await h.sql(
    `insert into sos.outage_step (outage, n, post, at, vacant)
     select o.id, 99, p.id, o.since, false from sos.outage o, (select id from posts.post where kind = 'sho' order by id limit 1) p`,
  );
  await h.sql(
    `insert into sos.fix (alert, at, heard_at, sealed) select id, received_at, received_at, 'x' from sos.alert`,
  );
  await h.sql(
    `insert into sos.track (vehicle, alert, at, lat, lon) select vehicle, alert, ordered_at, 26, 80 from sos.call_out`,
  );
  await h.sql(
    `insert into sos.registration (id, mobile_mac, language, state, made_at) values (gen_random_uuid(), sha256('x'), 'hi', 'asked', foundation.now())`,
  );
  await h.sql(
    `insert into sos.code (id, registration, mac, made_at, until) select gen_random_uuid(), id, 'x', made_at, made_at from sos.registration`,
  );
  await h.sql(
    `insert into sos.timer (alert, kind, about, due_at, fired_at) select id, 'widen', id, received_at, received_at from sos.alert`,
  );
  await h.sql(`insert into sos.at_board (post) select id from posts.post where kind = 'control-room'`);
  await h.sql(`insert into sos.drill (id, unit, at, sms_out)
    select gen_random_uuid(), u.path, foundation.now(), true from posts.unit u where u.level = 'zone'`);
  // decided for two districts and a zone of one of them, and for the parts of both
  await h.sql(`insert into sos.want (kind, area, vehicles) select 'alarm', a, 4
    from unnest('{in.up.kanpur_nagar,in.up.kanpur_nagar.east,in.up.lucknow}'::ext.ltree[]) a`);
  const anybody = '(select post, officer from posts.tenure limit 1) t';
  await h.sql(`insert into sos.want_change (id, kind, area, vehicles, reserve, share, least, at, post, officer, reason)
    select gen_random_uuid(), kind, area, vehicles, reserve, unknown_share, unknown_least, foundation.now(), t.post, t.officer, 'x' from sos.want, ${anybody}`);
  await h.sql(`insert into sos.part_change (id, part, unit, minimum, owner, was_minimum, was_owner, at, post, officer, reason)
    select gen_random_uuid(), part, unit, minimum + 1, owner, minimum, owner, foundation.now(), x.id, t.officer, 'x'
    from sos.part, ${anybody}, lateral (select id from posts.post where id <> owner limit 1) x`);
  await h.sql(`insert into sos.pace (area, hour, runs, metres, seconds) values ('in.up.kanpur_nagar', 3, 1, 1, 1)`);
}

type Row = Record<'id' | 'file' | 'desk' | 'post' | 'path' | 'unit' | 'alert' | 'vehicle' | 'part', string> & {
  also: string[];
  open: boolean;
};
type AfterFacts = Record<
  | 'notice'
  | 'hearer'
  | 'word'
  | 'feedback'
  | 'opened'
  | 'vehicle'
  | 'shift'
  | 'alert'
  | 'sound'
  | 'order'
  | 'part'
  | 'drill'
  | 'want'
  | 'want_change'
  | 'part_change'
  | 'outage',
  Row[]
>;

/** What there is of it, as the superuser sees it. */
export async function afterIn(h: TestHouse): Promise<AfterFacts> {
  const of = (text: string) => h.sql<Row>(text);
  return {
    notice: await of('select report as id, file from court.notice'),
    hearer: await of("select plea || ' ' || n as id, file, desk, post, path::text as path from court.hearer"),
    word: await of('select id, file from court.word'),
    feedback: await of('select id, file from court.feedback'),
    opened: await of('select id, file from documents.opened'),
    vehicle: await of('select id, path::text as path from sos.vehicle'),
    shift: await of('select id, vehicle, to_at is null as open from sos.shift'),
    alert: await of('select id, unit::text as unit, also::text[] as also from sos.alert'),
    sound: await of('select id, alert, sealed_key is not null as open from sos.sound'),
    order: await of('select id, alert, vehicle, ended_at is null as open from sos.call_out'),
    part: await of("select part || ' ' || unit::text as id, unit::text as unit from sos.part"),
    drill: await of('select id, unit::text as unit from sos.drill'),
    want: await of("select kind || ' ' || area::text as id, area::text as unit from sos.want"),
    want_change: await of('select id, area::text as unit from sos.want_change'),
    part_change: await of("select id, part || ' ' || unit::text as part from sos.part_change"),
    outage: await of(
      `select o.id, o.part || ' ' || o.unit::text as part, s.post from sos.outage o left join sos.outage_step s on s.outage = o.id`,
    ),
  };
}

const ids = (rows: readonly Row[]): string[] => [...new Set(rows.map(({ id }) => id))];

/** What a post ought to be shown of it. */
export function oughtAfter(world: World, facts: AfterFacts, me: Post): Record<string, string[]> {
  return { ...courtOught(world, facts, me), ...alarmsOught(facts, me) };
}

function courtOught(world: World, facts: AfterFacts, me: Post): Record<string, string[]> {
  const seen = (rows: readonly Row[]) => ids(rows.filter(({ file }) => inSight(world, me, file)));
  // whoever supervises a station and more than one
  const above = SUPERVISORS.includes(me.kind) && me.kind !== 'sho';
  // whoever has it or supervises who has it, but never the desk it is about, nor the officer who holds that desk besides
  const heard = facts.hearer.filter(
    ({ file, desk, post, path }) =>
      inSight(world, me, file) &&
      (post === me.id || (SUPERVISORS.includes(me.kind) && within(path, me.path))) &&
      desk !== me.id &&
      world.posts.get(desk)?.officer !== me.officer,
  );
  const pleas = [...new Set(heard.map(({ id }) => id.split(' ')[0] ?? ''))];
  return {
    'court.notice': seen(facts.notice),
    'court.hearer': ids(heard),
    'court.plea': pleas,
    'court.answer': pleas,
    'court.word': above ? seen(facts.word) : [],
    'court.feedback': above ? seen(facts.feedback) : [],
    'court.feedback_words': above ? seen(facts.feedback) : [],
    'documents.opened': seen(facts.opened),
  };
}

function alarmsOught(facts: AfterFacts, me: Post): Record<string, string[]> {
  const control = me.kind === 'control-room';
  const supervises = (unit: string) => SUPERVISORS.includes(me.kind) && within(unit, me.path);
  // the control room of the place or of a part of it, and one that was brought in
  const watched = facts.alert.filter(
    ({ unit, also }) =>
      supervises(unit) ||
      (control && (within(unit, me.path) || within(me.path, unit) || also.some((one) => within(one, me.path)))),
  );
  const on_order = new Set(
    facts.order.filter(({ vehicle, open }) => vehicle === me.id && open).map(({ alert }) => alert),
  );
  const alerts = new Set([...ids(watched), ...on_order]);
  const orders = facts.order.filter(({ alert, vehicle }) => vehicle === me.id || alerts.has(alert));
  const under = (path: string) => supervises(path) || (control && within(path, me.path));
  const sent = new Set(orders.map(({ vehicle }) => vehicle));
  const vehicles = facts.vehicle.filter(({ id, path }) => id === me.id || under(path) || sent.has(id));
  const followed = new Set(facts.vehicle.filter(({ path }) => under(path)).map(({ id }) => id));
  const shifts = facts.shift.filter(({ vehicle }) => vehicle === me.id || followed.has(vehicle));
  const on_duty = new Set(shifts.filter(({ open }) => open).map(({ vehicle }) => vehicle));
  const parts = ids(facts.part.filter(({ unit }) => under(unit)));
  // along the line: below it, and what counts for it from above
  const along = ({ unit }: Row) =>
    (control || SUPERVISORS.includes(me.kind)) && (within(unit, me.path) || within(me.path, unit));
  return {
    'sos.vehicle': ids(vehicles),
    'sos.shift': ids(shifts),
    'sos.position': [...new Set([...on_duty, ...ids(facts.vehicle.filter(({ id }) => id === me.id))])],
    'sos.alert': [...alerts],
    'sos.call_out': ids(orders),
    'sos.event': me.kind === 'vehicle' ? [] : [...alerts],
    'sos.timer': me.kind === 'vehicle' ? [] : [...alerts],
    // while it is open; every alarm here is
    'sos.sound': me.kind === 'vehicle' ? [] : ids(facts.sound.filter(({ alert, open }) => open && alerts.has(alert))),
    'sos.part': parts,
    'sos.want': ids(facts.want.filter(along)),
    'sos.want_change': ids(facts.want_change.filter(along)),
    'sos.part_change': ids(facts.part_change.filter(({ part }) => parts.includes(part))),
    'sos.drill': ids(facts.drill.filter(({ unit }) => under(unit))),
    'sos.beat': parts,
    'sos.outage': ids(facts.outage.filter(({ part, post }) => parts.includes(part) || post === me.id)),
    'sos.outage_step': ids(facts.outage.filter(({ post }) => post === me.id)),
  };
}

/** The policies that are opened one by one: each must be missed by somebody. */
export const POLICIES = `
  select format('%I.%I', schemaname, tablename) as t, policyname as name, qual, roles[1]::text as role from pg_policies
  where (schemaname in ('casework', 'deadlines', 'callback', 'sealed', 'evidence', 'hearing', 'court', 'sos') or tablename in ('complaint', 'idempotency', 'session')
    or (schemaname, tablename) in (('notify', 'message'), ('documents', 'opened'))) and policyname <> 'owner' and cmd not in ('INSERT', 'DELETE')
  -- whose policies are opened beside their own tests: charge.test.ts, repeats.test.ts, outage.test.ts, seconds.test.ts, decoys.test.ts; the programme's changes are public
  and tablename not in ('charge_list', 'accused_link', 'accused_mark', 'hold', 'request', 'review', 'tombstone', 'programme_change', 'decoy', 'decoy_touch') and policyname <> 'dead_letters' order by 1, 2`;
