// The SQL of the diary in voice.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';

type From = Pick<Reading, 'db'>;

/** The post that wrote an entry of the diary; undefined where there is none, or it is out of sight. */
export const entryBy = (r: From, file: string, number: number): Promise<string | undefined> =>
  sql<{ post: string | null }>`select evidence.entry_post(${file}, ${number}) as post`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.post ?? undefined);
/** Whether an exhibit belongs to an entry already. */
export const isTaken = (r: From, exhibit: string): Promise<boolean> =>
  sql<{ taken: boolean }>`select exists (select from evidence.voice_note where exhibit = ${exhibit}) as taken`
    .execute(r.db)
    .then(({ rows }) => rows[0]?.taken ?? false);
/** Written once, never changed. */
export const addVoice = (
  a: Act,
  v: {
    exhibit: string;
    file: string;
    entry: number;
    seconds: number | null;
    at: Temporal.Instant;
    post: string;
    officer: string;
  },
) =>
  sql`insert into evidence.voice_note (exhibit, file, entry, seconds, at, post, officer)
    values (${v.exhibit}, ${v.file}, ${v.entry}, ${v.seconds}, ${v.at}, ${v.post}, ${v.officer})`.execute(a.db);
/** With the number and the hash of the exhibit. */
export const voicesOf = (
  r: From,
  file: string,
): Promise<{ entry: number; exhibit: number; seconds: number | null; sha256: Buffer; at: Temporal.Instant }[]> =>
  sql<{ entry: number; exhibit: number; seconds: number | null; sha256: Buffer; at: Temporal.Instant }>`
    select v.entry, e.number as exhibit, v.seconds, u.sha256, v.at from evidence.voice_note v
    join evidence.exhibit e on e.id = v.exhibit join evidence.upload u on u.id = e.upload
    where v.file = ${file} order by v.entry, v.at, e.number`
    .execute(r.db)
    .then(({ rows }) => rows);
