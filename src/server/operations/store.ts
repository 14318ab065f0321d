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
  (await sql<Gauge>`select name, label, value from operations.gauges() order by name, label`.execute(r.db)).rows;
export const copies = async (r: From): Promise<Copy[]> =>
  (await sql<Copy>`select * from operations.copies() order by name`.execute(r.db)).rows;
