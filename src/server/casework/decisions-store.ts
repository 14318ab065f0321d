// The SQL of what a superior decides today, and of the files behind FIRs. Row security has drawn the circle.
import { sql } from 'kysely';
import type { Reading } from '#foundation';
import type { State } from './powers.ts';

type From = Pick<Reading, 'db'>;

/** A file that is worked on, with the last sign of life in it. */
export type Waiting = {
  file: string;
  number: string;
  post: string;
  path: string;
  state: State;
  due_at: Temporal.Instant | null;
  due_kind: 'law' | 'police-target' | null;
  last_at: Temporal.Instant;
};
/**
 * Files worked on below a unit, those whose limit is nearest first.
 * @param numbers files that belong there whatever their state
 * @param most at most so many
 */
export const worked = async (
  r: From,
  unit: string,
  states: readonly State[],
  numbers: readonly string[],
  most: number,
): Promise<Waiting[]> =>
  (
    await sql<Waiting>`select l.file, l.number, l.post, l.path::text as path, l.state, l.due_at, l.due_kind,
        greatest(l.desk_since, (select max(s.at) from casework.step s where s.file = l.file), (select max(d.at) from casework.diary d where d.file = l.file)) as last_at
      from casework.line l where (l.state = any (${[...states]}) or l.number = any (${[...numbers]})) and l.path operator(ext.<@) ${unit}::ext.ltree
      order by l.due_at nulls last, l.file limit ${most}`.execute(r.db as never)
  ).rows;

/** The file of an FIR, as far as it is in sight. */
export type OfFir = {
  unit: string;
  year: number;
  fir_number: string;
  number: string;
  post: string;
  desk_since: Temporal.Instant;
};
export const ofFirs = async (
  r: From,
  firs: readonly { unit: string; year: number; fir_number: string }[],
): Promise<OfFir[]> =>
  (
    await sql<OfFir>`select k.unit, k.year, k.fir_number, l.number, l.post, l.desk_since
      from unnest(${firs.map(({ unit }) => unit)}::text[], ${firs.map(({ year }) => year)}::int[], ${firs.map(({ fir_number }) => fir_number)}::text[])
        as k (unit, year, fir_number)
      join casework.file f on f.station_path = k.unit::ext.ltree and f.fir_year = k.year and upper(ltrim(btrim(f.fir_number), '0')) = k.fir_number
      join casework.line l on l.file = f.id`.execute(r.db as never)
  ).rows;
