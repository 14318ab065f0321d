// The SQL of operations. Only the schema `operations`.
import { sql } from 'kysely';
import { type Act, json, type Reading } from '#foundation';
import type { Gauge, RunKind } from './rules.ts';

export type Run = {
  id: string;
  kind: RunKind;
  began_at: Temporal.Instant;
  ended_at: Temporal.Instant;
  ok: boolean;
  detail: Record<string, string | number>;
};
export type Copy = { name: string; state: string; behind_seconds: number; behind_bytes: number };
export type Reader = { name: string; kind: string; connected: boolean; lost: boolean; kept_bytes: number };
type From = Pick<Reading, 'db'>;

export const addRun = (h: Act, run: Run) =>
  sql`insert into operations.run (id, kind, began_at, ended_at, ok, detail)
    values (${run.id}, ${run.kind}, ${run.began_at}, ${run.ended_at}, ${run.ok}, ${json(run.detail)})`.execute(h.db);
export const runs = async (r: From, most: number): Promise<Run[]> =>
  (
    await sql<Run>`select id, kind, began_at, ended_at, ok, detail from operations.run order by ended_at desc, id desc limit ${most}`.execute(
      r.db,
    )
  ).rows;
export const gauges = async (r: From): Promise<Gauge[]> =>
  (
    await sql<Gauge>`select name, label, value from operations.gauges()
      union all select name, label, value from operations.replicated()
      union all select name, label, value from operations.kept_safe()
      union all select name, label, value from operations.clock_gauges() order by name, label`.execute(r.db)
  ).rows;
export const copies = async (r: From): Promise<Copy[]> =>
  (await sql<Copy>`select * from operations.copies() order by name`.execute(r.db)).rows;

/** Raises what failed or is overdue to the posts that must know, and ends what is well again. */
export const lookAfter = (h: Act) => sql`select operations.look_after(${h.now})`.execute(h.db);
export const nextLook = async (r: Pick<Reading, 'db' | 'now'>): Promise<Temporal.Instant | undefined> =>
  (await sql<{ at: Temporal.Instant | null }>`select operations.next_look(${r.now}) as at`.execute(r.db)).rows[0]?.at ??
  undefined;

/** `why`: what is missing of it now; `ended_at`, `detail`: the last that went well, for the owner alone. */
export type PartHere = {
  part: RunKind;
  why: 'failed' | 'overdue' | 'never' | 'vacant' | null;
  since: Temporal.Instant | null;
  ended_at: Temporal.Instant | null;
  detail: Record<string, string | number> | null;
};
const told = (post: string) =>
  sql`(select l.* from operations.lapse l where l.until is null and exists (select from operations.lapse_step s where s.lapse = l.id and s.post = ${post}))`;
/** Whoever may look sees all of them; these are the ones of a post, and those it was told of. */
export const partsHere = async (r: From, post: string): Promise<PartHere[]> =>
  (
    await sql<PartHere>`select coalesce(p.part, l.part) as part, l.why, l.since, g.ended_at, g.detail
      from (select * from operations.part where owner = ${post}) p full join ${told(post)} l on l.part = p.part
      left join lateral (select x.ended_at, x.detail from operations.run x where x.kind = p.part and x.ok order by x.ended_at desc limit 1) g on true
      order by 1`.execute(r.db)
  ).rows;
export const lapsesHere = async (r: From, post: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${told(post)} l`.execute(r.db)).rows[0]?.n ?? 0;
export const readers = async (r: From): Promise<Reader[]> =>
  (await sql<Reader>`select * from operations.readers() order by name`.execute(r.db)).rows;
