// The SQL of the search: lines of files by what stands openly in them, and who looked for a number or a name.
import { sql } from 'kysely';
import type { Act, Reading } from '#foundation';
import { json } from '#foundation';
import type { DeskLine } from './desk-store.ts';
import type { State } from './powers.ts';
import type { LookUpBy } from './search-asked.ts';

type From = Pick<Reading, 'db'>;
/** A line as a search shows it. */
export type FoundLine = Omit<DeskLine, 'rank'> & { register_serial: number | null; register_year: number | null };

/** What must hold. `facets`: of each list at least one code. */
export type Sought = {
  number?: string | undefined;
  fir?: { number: number; year: number | null } | undefined;
  register?: { number: number; year: number | null } | undefined;
  states?: readonly State[] | undefined;
  from?: Temporal.Instant | undefined;
  until?: Temporal.Instant | undefined;
  facets: readonly (readonly string[])[];
};
/** The place of a line: what was sent last comes first. */
export type Place = { at: Temporal.Instant; number: string };

const SHOWN =
  sql.raw(`l.file, l.number, l.post, l.state, l.submitted_at, l.desk_since, l.child, l.due_at, l.due_on, l.due_rule, l.due_kind,
  l.waits_for, l.register_serial, l.register_year, f.sections, f.fir_number, f.fir_year`);

/** The newest lines in sight of which all this holds, beyond a place. */
export const findLines = (r: From, s: Sought, after: Place | undefined, most: number): Promise<FoundLine[]> =>
  sql<FoundLine>`select ${SHOWN} from casework.find_lines(${s.number ?? null}, ${s.fir ? String(s.fir.number) : null}, ${s.fir?.year ?? null},
      ${s.register?.number ?? null}, ${s.register?.year ?? null}, ${s.states ? [...s.states] : null}::text[], ${s.from ?? null}, ${s.until ?? null},
      ${json(s.facets)}, ${after?.at ?? null}, ${after?.number ?? null}, ${most}) l
    join casework.file f on f.id = l.file order by l.submitted_at desc, l.number desc`
    .execute(r.db)
    .then(({ rows }) => rows);

/** The lines of these files, as far as they are in sight. */
export const linesOf = (r: From, files: readonly string[], most: number): Promise<FoundLine[]> =>
  files.length === 0
    ? Promise.resolve([])
    : sql<FoundLine>`select ${SHOWN} from casework.line l join casework.file f on f.id = l.file
        where l.file = any (${[...files]}::uuid[]) order by l.submitted_at desc, l.number desc limit ${most}`
        .execute(r.db)
        .then(({ rows }) => rows);

/** How often an officer has looked since an instant; those who look at once are counted one after the other. */
export const lookUpsSince = async (a: Act, officer: string, since: Temporal.Instant): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${officer}, 18))`.execute(a.db);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from casework.look_up
    where officer = ${officer} and at > ${since}`.execute(a.db);
  return rows[0]?.n ?? 0;
};
export const addLookUp = (
  a: Act,
  row: { id: string; post: string; path: string; officer: string; by: LookUpBy; reason: string; found: number },
) =>
  sql`insert into casework.look_up (id, at, post, path, officer, looked_by, reason, found)
    values (${row.id}, ${a.now}, ${row.post}, ${row.path}, ${row.officer}, ${row.by}, ${row.reason}, ${row.found})`.execute(
    a.db,
  );
