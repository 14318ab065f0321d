// What every store of this room asks with.
import type { RawBuilder } from 'kysely';
import type { Reading } from '#foundation';

/** What is asked: an act or a reading. */
export type From = Pick<Reading, 'db'>;
/** The rows of a statement. */
export const rowsOf = async <T>(r: From, query: RawBuilder<T>): Promise<T[]> => (await query.execute(r.db)).rows;
