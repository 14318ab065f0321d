// What must hold whatever happened, asked of the database alone (safety.md 5.3, by its numbers). Each question counts what breaks it.
import type { TestHouse } from '../test/house.ts';
import type { Case } from './case.ts';

/** One broken promise: which invariant, and what breaks it. */
export type Broken = { invariant: string; what: string };
/** A stretch in which nothing swept: nobody can be told in it, and all must be told right after it. */
export type Down = { from: Temporal.Instant; to: Temporal.Instant };

// $1: since when files, rungs and timers are looked at; null: all. $2: the stretches in which the house was down.
// the files that were filed, or whose desk changed, since the last look; once a day all of them, so that what nothing should have touched is
// looked at too
const TOUCHED = `with touched as materialized (
    select id as file from casework.file where $1::timestamptz is null or submitted_at >= $1
    union select file from casework.stay where $1::timestamptz is null or from_at >= $1 or to_at >= $1),
  down as materialized (select * from jsonb_to_recordset($2::jsonb) as d ("from" timestamptz, "to" timestamptz)) `;
// until when what fell due at an instant must have been done: a minute later, or a minute after the house was up again
const MUST_BY = (at: string) =>
  `coalesce((select max(d."to") from down d where d."from" <= ${at} + interval '61 seconds' and d."to" > ${at}), ${at}) + interval '61 seconds'`;
// what was taken up again had been asleep, and tells of that time when it wakes; a clock that begins behind its own first rungs, because what
// it runs from was long ago, tells of them with the step that began it
const EXCUSED = `exists (select from deadlines.deadline d join casework.step s on s.file = d.file
  where d.id = g.deadline and s.at between g.at and g.raised_at
    and (s.step = 'reopen' or g.raised_at <= s.at + interval '61 seconds'
      and g.raised_at = (select min(raised_at) from deadlines.stage f where f.deadline = g.deadline)))`;

// after every step: each reads a few hundred rows by an index, or none
const ALWAYS = `
  select 'I3 a rung raised twice' as invariant, deadline::text || ' ' || stage as what from deadlines.stage
    where deadline in (select deadline from deadlines.stage where $1::timestamptz is null or raised_at >= $1)
    group by deadline, stage having count(*) > 1
  union all select 'I4 a rung raised before it was due', g.deadline::text || ' ' || g.stage from deadlines.stage g
    where ($1::timestamptz is null or g.raised_at >= $1) and g.raised_at < g.at
  union all select 'I4 a rung raised late', g.deadline::text || ' ' || g.stage from deadlines.stage g
    where ($1::timestamptz is null or g.raised_at >= $1) and g.raised_at > ${MUST_BY('g.at')} and not ${EXCUSED}
  union all select 'I4 a timer of an alarm fired before it was due, or late', t.alert::text || ' ' || t.kind from sos.timer t
    where ($1::timestamptz is null or t.fired_at >= $1) and (t.fired_at < t.due_at or t.fired_at > ${MUST_BY('t.due_at')})
  union all select 'I5 a vehicle with two open alarms', vehicle::text from sos.call_out
    where ended_at is null and not drill group by vehicle having count(*) > 1
  union all select 'I5 an alarm with fewer than two vehicles, and nobody was told', a.id::text from sos.alert a
    where a.state in ('waiting', 'open') and not a.drill and a.short_of is null and a.at_112 is null
      -- who was there and has reported counts
      and (select count(*) from sos.call_out o where o.alert = a.id and (o.ended_at is null or o.state = 'done')) < 2
  -- all of a run lie in one town: whoever has just been heard, has nothing to do and was not asked yet is near enough
  union all select 'I5 an alarm without enough vehicles beside a free one', a.id::text from sos.alert a
    where a.state in ('waiting', 'open') and not a.drill and a.sealed_point is not null
      and (select count(*) from sos.call_out o where o.alert = a.id and (o.ended_at is null or o.state = 'done')) < least(2, a.wanted)
      and exists (select from sos.position p join sos.vehicle v on v.id = p.vehicle and not v.out_of_service
        join sos.shift s on s.vehicle = v.id and s.to_at is null
        where p.at > foundation.now() - interval '100 seconds' and p.at <= foundation.now()
          and not exists (select from sos.call_out o where o.vehicle = v.id and (o.alert = a.id or o.ended_at is null)))
  union all select 'I7 more than five tries at one code', c.promise::text from callback.code c where c.tries > 5
  union all select 'I7 two calls confirmed one complaint', promise::text from callback.attempt
    where outcome = 'confirmed' group by promise having count(*) > 1
  union all select 'I7 two codes used for one complaint', promise::text from callback.code
    where used_at is not null group by promise having count(*) > 1
  union all select 'I7 a code that was used again', c.promise::text from callback.code c join callback.attempt t on t.promise = c.promise
    where c.used_at is not null and t.outcome in ('confirmed', 'wrong-code') and t.at > c.used_at
  union all select 'I7 confirmed, and no code was used', p.id::text from callback.promise p
    where p.confirmed_at is not null and not exists (select from callback.code c where c.promise = p.id and c.used_at is not null)
  union all select 'I11 a file without a desk, or with two', f.id::text from casework.file f
    where f.id in (select file from touched)
      and (select count(*) from casework.stay s where s.file = f.id and s.to_at is null and s.post = f.desk_post) <> 1
  union all select 'I11 a file that lies with a second desk', f.id::text from casework.file f
    where f.id in (select file from touched)
      and exists (select from casework.stay s where s.file = f.id and s.to_at is null and s.post <> f.desk_post)
  union all select 'I11 a gap or an overlap between desks', s.file::text from (
      select file, from_at, lag(to_at) over (partition by file order by n) as before, n from casework.stay
      where file in (select file from touched)) s
    where s.n > 1 and s.before is distinct from s.from_at
  union all select 'I11 the first desk began after the filing', f.id::text from casework.file f
    where f.id in (select file from touched)
      and f.submitted_at is distinct from (select min(s.from_at) from casework.stay s where s.file = f.id)
  union all select 'I12 two messages for one purpose and number', subject::text || ' ' || purpose from notify.message
    where subject in (select file from touched) group by subject, purpose, n having count(*) > 1`;

// once a day of the run
const DAILY = `
  select 'I4 a rung that fell due and was left lying' as invariant, w.deadline::text as what from deadlines.wake w
    where w.at < foundation.now() - interval '61 seconds'
  union all select 'I4 a timer of an alarm that ran out and was left lying', t.alert::text from sos.timer t join sos.alert a on a.id = t.alert
    where t.fired_at is null and t.due_at < foundation.now() - interval '61 seconds' and a.state in ('held', 'waiting', 'open')
  union all select 'I9 the two months do not run from the recording', d.file::text
    from deadlines.deadline d join casework.file f on f.id = d.file
    where d.rule = 'investigation_two_months' and d.started_at is distinct from coalesce(f.zero_recorded_at, f.recorded_at)
  union all select 'I9 the two months do not end two months later', d.file::text from deadlines.deadline d
    where d.rule = 'investigation_two_months'
      and d.due_on is distinct from ((d.started_at at time zone 'Asia/Kolkata')::date + interval '2 months')::date
  union all select 'I9 the steps tell of another state than the file', f.id::text from casework.file f
    where f.state is distinct from (select s.to_state from casework.step s where s.file = f.id order by s.at desc, s.id desc limit 1)
  union all select 'I9 the steps tell of another recording than the file', f.id::text from casework.file f
    where coalesce(f.recorded_at, f.zero_recorded_at) is not null and not exists (
      select from casework.step s where s.file = f.id and s.step in ('register-fir', 'zero-fir')
        and (s.form->>'recorded_at')::timestamptz = coalesce(f.zero_recorded_at, f.recorded_at))
  union all select 'I11 a file that nobody answers for', f.id::text from casework.file f
    where not exists (
      with recursive up as (
        select f.desk_post as post union select posts.superior(up.post) from up where up.post is not null)
      select from up where posts.holder(up.post, foundation.now()) is not null)
  union all select 'I12 more codes on request than a day allows', c.promise::text from callback.code c
    where c.reason = 'asked' group by c.promise, (c.made_at at time zone 'Asia/Kolkata')::date having count(*) > 3
  -- by what was written when it was given: a file that went to another station has its line there, and leaves its old one behind
  union all select 'a register number left out', s.id::text || ' ' || s.year from (
      select form->>'station' as id, form->>'register_year' as year, count(distinct form->>'register_serial') as n, max((form->>'register_serial')::int) as top
      from casework.step where form->>'register_serial' is not null group by 1, 2) s where s.n <> s.top
  union all select 'a closed case that never went to court', f.id::text from casework.file f
    where f.state = 'closed' and not exists (select from casework.step s where s.file = f.id and s.step = 'forward-report')
  union all select 'a step without a row of that instant in the ledger', s.id::text from casework.step s
    where not exists (select from foundation.ledger l where l.at = s.at)`;

/**
 * What is broken now.
 * @param since when it was asked last: of files only those that were touched since; null: the daily questions too, of every file
 */
export const brokenNow = (
  h: TestHouse,
  since: Temporal.Instant | null,
  downs: readonly Down[] = [],
): Promise<Broken[]> =>
  h.sql<Broken>(`${TOUCHED}${ALWAYS}${since ? '' : ` union all ${DAILY}`}`, [since, JSON.stringify(downs)]);

/** I1, I2: what was acknowledged is there exactly once; what was sent in vain and sent again is not there twice. */
export async function lostOrDoubled(h: TestHouse, cases: readonly Case[]): Promise<Broken[]> {
  if (cases.length === 0) return [];
  const rows = await h.sql<{ form: string; n: number }>(
    `select form_id::text as form, count(*)::int as n from intake.complaint join casework.file using (id)
     where form_id = any ($1::uuid[]) group by form_id`,
    [cases.map(({ form }) => form.form_id)],
  );
  const found = new Map(rows.map(({ form, n }) => [form, n]));
  return cases.flatMap((c) => {
    const n = found.get(c.form.form_id) ?? 0;
    if (n > 1) return [{ invariant: 'I2 a complaint doubled', what: `case ${c.n}` }];
    return c.acknowledged && n === 0 ? [{ invariant: 'I1 an acknowledged complaint lost', what: `case ${c.n}` }] : [];
  });
}
