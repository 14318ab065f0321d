// The instants that law and promises hang on: every rung by a reckoning of its own, and no date that moves once it was said.
import { LADDERS, type LadderName } from '#law';
import type { TestHouse } from '../test/house.ts';
import { dayNumber, rung } from '../test/naive-clocks.ts';
import type { Broken } from './invariants.ts';

type ClockRow = {
  id: string;
  ladder: LadderName;
  started: number;
  due_on: string;
  stopped: number | null;
  /** when it was said that it had stopped: what is told hours later has had its rungs until then */
  told: number | null;
  asleep: { from: number; to: number | null }[];
  stages: string[];
};

const MINUTE = 61_000;

/**
 * I3: every rung that fell due was raised, each once, and none that was not; reckoned by the naive clocks, which share nothing with the
 * sweep. While a file is closed its clocks sleep, and when it is taken up again they go on. A rung of the last minute before a clock stopped
 * or fell asleep may be missing: nobody had swept.
 * @param until up to when all must have been raised (ms since 1970)
 */
export async function rungsAmiss(h: TestHouse, until: number): Promise<Broken[]> {
  const clocks = await h.sql<ClockRow>(
    `select d.id::text, d.ladder, extract(epoch from d.started_at)::float8 * 1000 as started, d.due_on::text,
       extract(epoch from d.stopped_at)::float8 * 1000 as stopped,
       (select extract(epoch from max(s.at))::float8 * 1000 from casework.step s where s.file = d.file and d.stopped_at in
         ((s.form->>'at')::timestamptz, (s.form->>'signed_at')::timestamptz, (s.form->>'recorded_at')::timestamptz)) as told,
       (select coalesce(jsonb_agg(jsonb_build_object('from', extract(epoch from s.at) * 1000, 'to', (
           select extract(epoch from min(w.at)) * 1000 from casework.step w where w.file = s.file and w.at > s.at and w.step = 'reopen'))), '[]')
         from casework.step s where s.file = d.file and s.to_state in ('closed', 'handed-over', 'refused')
           and s.from_state is distinct from s.to_state
           -- what begins with it or afterwards, as an answer to her letter, runs on
           and s.at > d.started_at
           -- what began only after it was taken up again has not slept, however long ago it runs from: the first that was raised of it lies
           -- before that, and came later than it would have come with that
           and not exists (select from deadlines.stage g
             where g.deadline = d.id and g.raised_at = (select min(raised_at) from deadlines.stage f where f.deadline = d.id)
               and g.at <= (select min(w.at) from casework.step w where w.file = s.file and w.at > s.at and w.step = 'reopen')
               and g.raised_at > interval '61 seconds'
                 + (select min(w.at) from casework.step w where w.file = s.file and w.at > s.at and w.step = 'reopen'))) as asleep,
       array(select stage from deadlines.stage s where s.deadline = d.id order by 1) as stages
     from deadlines.deadline d where d.ladder is not null`,
  );
  return clocks.flatMap((clock) => {
    const [year = 0, month = 0, day = 0] = clock.due_on.split('-').map(Number);
    const naive = { ladder: clock.ladder, started: clock.started, due_day: dayNumber(year, month, day) };
    const end = Math.min(clock.stopped ?? Number.POSITIVE_INFINITY, until);
    const sleeps = (at: number, slack: number) =>
      clock.asleep.some(({ from, to }) => at > from - slack && at <= (to ?? Number.POSITIVE_INFINITY) + slack);
    const due = new Map<string, boolean>();
    const last = Math.min(Math.max(clock.told ?? end, end), until);
    for (let n = 0, next = rung(naive, 0); next && next.at <= last; next = rung(naive, ++n))
      if (next.at >= clock.started && !sleeps(next.at, 0))
        due.set(next.stage, next.at < end - MINUTE && !sleeps(next.at, MINUTE));
    const wrong = clock.stages.filter((stage) => !due.has(stage));
    const missing = [...due].filter(([stage, must]) => must && !clock.stages.includes(stage)).map(([stage]) => stage);
    const what = `${LADDERS[clock.ladder] ? clock.ladder : '?'} ${clock.id}: ${[...wrong.map((s) => `+${s}`), ...missing.map((s) => `-${s}`)].join(' ')}`;
    return wrong.length + missing.length > 0 ? [{ invariant: 'I3 the rungs of a clock', what }] : [];
  });
}

/**
 * I9: what a clock and a recording once said, they say for ever. Kept between two looks.
 * @returns asks again; of files whose steps or filing are newer than an instant, or, without one, of all, and whether any is gone
 */
export function watchTheDates(h: TestHouse): (since?: Temporal.Instant) => Promise<Broken[]> {
  const said = new Map<string, string>();
  return async (since) => {
    const rows = await h.sql<{ id: string; dates: string }>(
      `with touched as materialized (
         select id from casework.file where $1::timestamptz is null or submitted_at >= $1
         union select file from casework.step where at >= $1)
       select 'clock ' || id::text as id, started_at || ' ' || due_at as dates from deadlines.deadline where file in (select id from touched)
       union all select 'recording ' || id::text, recorded_at::text from casework.file
         where recorded_at is not null and id in (select id from touched)
       union all select 'filing ' || id::text, submitted_at::text from casework.file where id in (select id from touched)`,
      [since ?? null],
    );
    const moved = rows.filter(({ id, dates }) => said.has(id) && said.get(id) !== dates);
    const here = new Set(rows.map(({ id }) => id));
    const gone = since ? [] : [...said.keys()].filter((id) => !here.has(id));
    for (const { id, dates } of rows) said.set(id, dates);
    return [
      ...moved.map(({ id }) => ({ invariant: 'I9 a date was moved', what: id })),
      ...gone.map((id) => ({ invariant: 'I9 a date is gone', what: id })),
    ];
  };
}
