// The SQL of FIRs that were recorded for other stations: a list without anything of her, through one function of the database.
import { sql } from 'kysely';
import type { Reading } from '#foundation';
import type { State } from './powers.ts';

export type SentRow = {
  number: string;
  zero_number: string;
  zero_year: number;
  zero_recorded_at: Temporal.Instant;
  state: State;
  sent_at: Temporal.Instant;
  desk_since: Temporal.Instant;
  post: string;
  returned: number;
  accepted_at: Temporal.Instant | null;
  fir_number: string | null;
  fir_year: number | null;
  due_at: Temporal.Instant | null;
};

/** Those of one number, however long ago they were taken. */
export const sentUnder = (r: Pick<Reading, 'db'>, number: number, year: number | null): Promise<SentRow[]> =>
  sql<SentRow>`select * from casework.sent_under(${String(number)}, ${year})`.execute(r.db).then(({ rows }) => rows);
/** Those that wait elsewhere first, the longest waiting on top. */
export const sentElsewhere = (r: Pick<Reading, 'db'>): Promise<SentRow[]> =>
  sql<SentRow>`select * from casework.sent_elsewhere()`.execute(r.db).then(({ rows }) => rows);
