// What must hold whatever happened, asked of the database alone (safety.md 5.3, by its numbers). Each question counts what breaks it.
import type { TestHouse } from '../test/house.ts';
import { LADDERS, type LadderName } from '#law';
import { dayNumber, rung } from '../test/naive-clocks.ts';
import { CANARY, type Case } from './case.ts';

/** One broken promise: which invariant, and what breaks it. */
export type Broken = { invariant: string; what: string };

// after every step: each reads a few hundred rows by an index, or none
const ALWAYS = `
  select 'I5 a vehicle with two open alarms' as invariant, vehicle::text as what from sos.call_out
    where ended_at is null and not drill group by vehicle having count(*) > 1
  union all select 'I5 an alarm without vehicles and without a reason', a.id::text from sos.alert a
    where a.state = 'waiting' and not a.drill and a.short_of is null and a.at_112 is null
      and not exists (select from sos.call_out o where o.alert = a.id and o.ended_at is null)
      and not exists (select from sos.timer t where t.alert = a.id and t.fired_at is null)
  union all select 'I7 more than five tries at one code', c.promise::text from callback.code c where c.tries > 5
  union all select 'I7 two calls confirmed one complaint', promise::text from callback.attempt
    where outcome = 'confirmed' group by promise having count(*) > 1
  union all select 'I11 a file without a desk, or with two', f.id::text from casework.file f
    where f.id in (select file from touched)
      and (select count(*) from casework.stay s where s.file = f.id and s.to_at is null and s.post = f.desk_post) <> 1
  union all select 'a gap or an overlap between desks', s.file::text from (
      select file, from_at, lag(to_at) over (partition by file order by n) as before, n from casework.stay
      where file in (select file from touched)) s
    where s.n > 1 and s.before is distinct from s.from_at`;
// the files whose desk changed since the last look; once a day all of them, so that what nothing should have touched is looked at too
const TOUCHED = `with touched as materialized (select distinct file from casework.stay
  where $1::timestamptz is null or from_at >= $1 or to_at >= $1) `;

// once a day of the run
const DAILY = `
  select 'I3 a rung raised before it was due' as invariant, deadline::text || ' ' || stage as what from deadlines.stage where raised_at < at
  union all select 'I4 a rung that fell due and was left lying', w.deadline::text from deadlines.wake w
    where w.at < foundation.now() - interval '61 seconds'
  union all select 'I9 the two months do not run from the recording', d.file::text
    from deadlines.deadline d join casework.file f on f.id = d.file
    where d.rule = 'investigation_two_months' and d.started_at is distinct from coalesce(f.zero_recorded_at, f.recorded_at)
  union all select 'I12 more than one copy with the gateway', m.id::text from notify.message m join notify.sandbox_sent s on s.message = m.id
    group by m.id having count(*) > 1
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
export const brokenNow = (h: TestHouse, since: Temporal.Instant | null): Promise<Broken[]> =>
  h.sql<Broken>(`${TOUCHED}${ALWAYS}${since ? '' : ` union all ${DAILY}`}`, [since]);

/** I1, I2: what was acknowledged is there exactly once; what was sent in vain and sent again is not there twice. */
export async function lostOrDoubled(h: TestHouse, cases: readonly Case[]): Promise<Broken[]> {
  const rows = await h.sql<{ form: string; n: number }>(
    `select form_id::text as form, count(*)::int as n from intake.complaint join casework.file using (id) group by form_id`,
  );
  const found = new Map(rows.map(({ form, n }) => [form, n]));
  return cases.flatMap((c) => {
    const n = found.get(c.form.form_id) ?? 0;
    if (n > 1) return [{ invariant: 'I2 a complaint doubled', what: `case ${c.n}` }];
    return c.acknowledged && n === 0 ? [{ invariant: 'I1 an acknowledged complaint lost', what: `case ${c.n}` }] : [];
  });
}

type ClockRow = {
  id: string;
  ladder: LadderName;
  started: number;
  due_on: string;
  ends: number;
  stages: string[];
};

/**
 * I3: every rung that fell due was raised, each once, and none that was not; reckoned by the naive clocks, which share nothing with the
 * sweep. A rung of the last minute before its clock stopped may be missing: nobody had swept.
 * @param until up to when all must have been raised (ms since 1970)
 */
export async function rungsAmiss(h: TestHouse, until: number): Promise<Broken[]> {
  const clocks = await h.sql<ClockRow>(
    `select d.id::text, d.ladder, extract(epoch from d.started_at)::float8 * 1000 as started, d.due_on::text,
       extract(epoch from least(d.stopped_at, case when f.state in ('closed', 'handed-over', 'refused') then (
         select max(s.at) from casework.step s where s.file = f.id and s.to_state = f.state and s.from_state is distinct from s.to_state
           -- what begins with it or afterwards, as an answer to her letter, runs on
           and s.at > d.started_at) end))::float8
         * 1000 as ends,
       array(select stage from deadlines.stage s where s.deadline = d.id order by 1) as stages
     from deadlines.deadline d join casework.file f on f.id = d.file
     where d.ladder is not null and not exists (select from casework.step s where s.file = f.id and s.step = 'reopen')`,
  );
  return clocks.flatMap((clock) => {
    const [year = 0, month = 0, day = 0] = clock.due_on.split('-').map(Number);
    const naive = { ladder: clock.ladder, started: clock.started, due_day: dayNumber(year, month, day) };
    const end = Math.min(clock.ends ?? Number.POSITIVE_INFINITY, until);
    const due = new Map<string, boolean>();
    for (let n = 0, next = rung(naive, 0); next && next.at <= end; next = rung(naive, ++n))
      if (next.at >= clock.started) due.set(next.stage, next.at < end - 61_000);
    const wrong = clock.stages.filter((stage) => !due.has(stage));
    const missing = [...due].filter(([stage, must]) => must && !clock.stages.includes(stage)).map(([stage]) => stage);
    const what = `${LADDERS[clock.ladder] ? clock.ladder : '?'} ${clock.id}: ${[...wrong.map((s) => `+${s}`), ...missing.map((s) => `-${s}`)].join(' ')}`;
    return wrong.length + missing.length > 0 ? [{ invariant: 'I3 the rungs of a clock', what }] : [];
  });
}

/** I9: what a clock and a recording once said, they say for ever. Kept between two looks. */
export function watchTheDates(h: TestHouse): () => Promise<Broken[]> {
  const said = new Map<string, string>();
  return async () => {
    const rows = await h.sql<{ id: string; dates: string }>(
      `select 'clock ' || id::text as id, started_at || ' ' || due_at as dates from deadlines.deadline
       union all select 'recording ' || id::text, recorded_at::text from casework.file where recorded_at is not null
       union all select 'filing ' || id::text, submitted_at::text from casework.file`,
    );
    const moved = rows.filter(({ id, dates }) => said.has(id) && said.get(id) !== dates);
    const here = new Set(rows.map(({ id }) => id));
    const gone = [...said.keys()].filter((id) => !here.has(id));
    for (const { id, dates } of rows) said.set(id, dates);
    return [
      ...moved.map(({ id }) => ({ invariant: 'I9 a date was moved', what: id })),
      ...gone.map((id) => ({ invariant: 'I9 a date is gone', what: id })),
    ];
  };
}

// her number in the practice outbox stands for the operator's network, which must have it
const SENT = ['notify.sandbox_sent'];

/** I10: her name and her words stand nowhere in the clear, in no table of the database. */
export async function leaked(h: TestHouse): Promise<Broken[]> {
  const tables = await h.sql<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const found = await h.sql<Broken>(
    tables
      .filter(({ name }) => !SENT.includes(name))
      .map(
        ({ name }) =>
          `select 'I10 in the clear' as invariant, '${name}' as what where exists (select from ${name} t where t::text ilike '%${CANARY}%')`,
      )
      .join(' union all '),
  );
  return found;
}
