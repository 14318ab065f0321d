// The sweep: everything that has fallen due is raised, once each, whoever sweeps, how many at once, and however late.
import { sql } from 'kysely';
import { type Act, tell } from '#foundation';
import { LADDERS, type LadderName } from '#law';

/** Clocks looked at in one transaction: short enough that a page waits for none of it, long enough that a hundred thousand take seconds. */
export const AT_ONCE = 10_000;
/** An act that began before a sweep may still write what lies this far back. */
const MARGIN = '15 minutes';

/**
 * Raises the next rung of every clock whose rung has come, in order of time, in one statement: to the holder and up the ladder of posts;
 * a vacant post's share goes to the next one above that is not, and says so. A rung is a row that exists once, so a sweep that is run
 * twice, or by two at once, or after a crash, raises nothing twice; one that comes after weeks raises every rung it missed, each with the
 * instant at which it fell due. A post that has acknowledged a breach is not told of its repetitions; the posts above it are.
 * What concerns her and has passed is noted for word to her. The planner cannot know how many have fallen due, so what is fresh is asked
 * in a "case": there it is hashed, whereas a join it takes for one row would compare all with all.
 * @param at_once how many clocks to look at
 * @returns whether more may be waiting; call again, best in an act of its own
 */
export async function sweep(h: Act, at_once: number = AT_ONCE): Promise<boolean> {
  const { rows } = await sql<{ found: number; posts: string[] }>`
    with mark as materialized (
      -- at every full hour from the very beginning: what no mark may hide
      select case when extract(epoch from ${h.now}::timestamptz)::bigint % 3600 < 90 then '-infinity'::timestamptz else after end as after
      from deadlines.sweep_mark
    ),
    due as materialized (
      select * from deadlines.due_now((select after from mark), ${h.now}, ${at_once})
    ),
    ends as materialized (select ladder, n, step, height, unit, repeat from deadlines.rung where last),
    rung as materialized (
      select due.*, r.unit, e.n as last_n, e.repeat,
        r.step + greatest(due.n - e.n, 0) * coalesce(e.repeat, 0) as step,
        least(r.height + greatest(due.n - e.n, 0), 16) as height, r.late, due.n > e.n as repeated
      from due join ends e on e.ladder = due.ladder
      join deadlines.rung r on r.ladder = due.ladder and r.n = least(due.n, e.n)
    ),
    raising as materialized (
      select rung.*, d.rule, d.due_at, d.hers, k.post, deadlines.rung_at(rung.unit, rung.step, rung.started_at, rung.due_on) as at,
        case when rung.unit = 'hours' then 'H' || rung.step when rung.step = 0 then 'T0'
          when rung.step < 0 then 'T' || rung.step else 'T+' || rung.step end as stage
      from rung join deadlines.deadline d on d.id = rung.deadline left join deadlines.desk k on k.file = rung.file
    ),
    fresh as (
      insert into deadlines.stage (deadline, stage, at, raised_at)
      select deadline, stage, at, ${h.now} from raising order by at on conflict do nothing returning deadline
    ),
    climb as materialized (
      select * from deadlines.climb(array(select distinct post from raising where post is not null), ${h.now})
    ),
    share as materialized (
      -- the share of each post of a chain goes to it or, while it is vacant, to the next one above that is not; the top one even so
      select of_post, n, post,
        coalesce((array_agg(post) filter (where not vacant) over upward)[1], last_value(post) over upward) as to_post,
        coalesce((array_agg(path) filter (where not vacant) over upward)[1], last_value(path) over upward) as to_path
      from climb window upward as (partition by of_post order by n rows between current row and unbounded following)
    ),
    charge as materialized (
      -- whoever hears for several posts hears once, from the lowest of them on
      select distinct on (of_post, to_post) of_post, n, to_post, to_path, case when post <> to_post then post end as instead_of
      from share order by of_post, to_post, n
    ),
    hearer as (
      select r.deadline, r.file, r.rule, r.stage, r.at, r.due_at, r.late, c.to_post, c.to_path, c.instead_of
      from raising r join charge c on c.of_post = r.post and c.n <= r.height
      where case when r.deadline in (select deadline from fresh) then not (r.repeated and exists (
        select 1 from deadlines.attention t
        where t.deadline = r.deadline and t.to_post = c.to_post and t.reason = 'breach' and t.acknowledged_at is not null)) end
    ),
    raised as (
      insert into deadlines.attention (id, file, deadline, rule, stage, at, due_at, to_post, to_path, instead_of, reason, raised_at)
      select overlay(gen_random_uuid()::text placing ${timeOrdered(h.now)} from 1 for 15)::uuid, file, deadline, rule, stage, at, due_at, to_post, to_path, instead_of,
        case when late then 'breach' else 'warning' end, ${h.now} from hearer
      on conflict do nothing returning to_post
    ),
    told as (
      insert into deadlines.notice (deadline, file, passed_at)
      select r.deadline, r.file, r.at from raising r
      where case when r.late and r.hers and not r.repeated then r.deadline in (select deadline from fresh) end
      on conflict do nothing
    ),
    ahead as materialized (
      -- a rung that was missed as well is looked at next, never behind the mark; it keeps its own instant
      select r.deadline, r.n + 1 as n, greatest(${h.now}::timestamptz, deadlines.rung_at(e.unit,
        e.step + greatest(r.n + 1 - e.n, 0) * coalesce(e.repeat, 0), r.started_at, r.due_on)) as at
      from raising r join deadlines.rung e on e.ladder = r.ladder and e.n = least(r.n + 1, r.last_n)
      where r.n < r.last_n or r.repeat is not null
    ),
    onward as (
      update deadlines.wake w set n = a.n, at = a.at from ahead a where w.deadline = a.deadline
    ),
    done as (
      delete from deadlines.wake w using raising r
      where w.deadline = r.deadline and r.n >= r.last_n and r.repeat is null
    )
    select (select count(*) from due)::int as found, array(select distinct to_post from raised) as posts`.execute(h.db);
  const { found, posts } = rows[0] ?? { found: 0, posts: [] };
  for (const post of posts) await tell(h, 'attention', post);
  if (found > 0) await moveMark(h);
  return found > 0;
}

/** How an id of version 7 begins: by its time, so that rows written together lie together. */
function timeOrdered(now: Temporal.Instant): string {
  const hex = now.epochMilliseconds.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
}

// Only when nothing is left, not even in another worker's hands, has everything up to now been raised. A round that finds nothing
// writes nothing, so the mark moves with the last round that did.
const moveMark = (h: Act) =>
  sql`update deadlines.sweep_mark m set after = ${h.now}::timestamptz - interval '${sql.raw(MARGIN)}'
    where not exists (select 1 from deadlines.wake w where w.at > m.after and w.at < ${h.now})`.execute(h.db);

/**
 * Writes the ladders of #law where the sweep reads them. As the house, whenever it opens: the program's ladders count from then on, for
 * clocks that run already too; what was raised stays raised.
 */
export async function loadLadders(h: Act): Promise<void> {
  const rows = (Object.keys(LADDERS) as LadderName[]).flatMap((ladder) => {
    const { unit, rungs, repeat } = LADDERS[ladder];
    return rungs.map(({ step, height, late }, n) => ({
      ladder,
      n,
      unit,
      step,
      height,
      late,
      last: n === rungs.length - 1,
      repeat: n === rungs.length - 1 ? repeat : null,
    }));
  });
  await sql`lock table deadlines.rung in share row exclusive mode`.execute(h.db);
  await sql`delete from deadlines.rung`.execute(h.db);
  await sql`insert into deadlines.rung (ladder, n, unit, step, height, late, last, repeat)
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r (ladder text, n int, unit text, step int, height int, late boolean, last boolean, repeat int)`.execute(h.db);
}
