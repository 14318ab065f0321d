// The SQL of the desk: lines of files, counted and paged in one statement, so that what is counted is what is shown.
import { type RawBuilder, sql } from 'kysely';
import type { Reading } from '#foundation';
import type { DeskSort, Key } from './desk-asked.ts';
import type { State } from './powers.ts';
import type { Cited } from './store.ts';

/** The view of a file that lists are read from; the database keeps it. */
export type Line = {
  file: string;
  number: string;
  post: string;
  state: State;
  submitted_at: Temporal.Instant;
  desk_since: Temporal.Instant;
  child: boolean;
  due_at: Temporal.Instant | null;
  due_on: Temporal.PlainDate | null;
  due_rule: string | null;
  due_kind: 'law' | 'police-target' | null;
  waits_for: string | null;
};
/** A line on a page of the desk: its group (a number, the first is the most urgent) and what is shown of the file itself. */
export type DeskLine = Line & { rank: number; sections: Cited[]; fir_number: string | null; fir_year: number | null };

/** Which files make a desk: open ones on the desks worked here, and what waits elsewhere (on these desks; null: wherever it lies). */
export type Here = { open: readonly State[]; waiting: readonly { state: State; desks: readonly string[] | null }[] };
/** What tells the groups apart: until when a limit is near, since when a file is new, states that wait for this post, and for others. */
export type Ranks = {
  now: Temporal.Instant;
  soon: Temporal.PlainDate;
  today: Temporal.Instant;
  mine: readonly State[];
  others: readonly State[];
};
/** What narrows a desk: a state, and codes of facets that must all be there. */
export type Narrow = { state?: State | undefined; facets: readonly string[] };
/** What is listed of it. */
export type Shown = { rank: number } | 'all' | 'law' | 'child' | 'no-fir';
/** How many files of a state: all, by group, and what stands across the groups. */
export type Tally = { state: State; all: number; ranks: number[]; law: number; child: number; no_fir: number };

type From = Pick<Reading, 'db'>;

// Each branch by an index of its own: the desks worked here; what waits in sight wherever it lies; what waits on desks that are named.
// The desks worked here are found once.
function linesHere({ open, waiting }: Here): RawBuilder<unknown> {
  const branches = [
    sql`select * from casework.line where post = any ((select ids from desks)::uuid[]) and state = any (${[...open]}::text[])`,
    ...waiting.map(
      ({ state, desks }) => sql`select * from casework.line where state = ${sql.lit(state)}
        ${desks ? sql`and post = any (${[...desks]}::uuid[])` : sql``} and post <> all ((select ids from desks)::uuid[])`,
    ),
  ];
  return sql`desks as materialized (select array(select casework.my_desks()) as ids), here as (${sql.join(branches, sql` union all `)})`;
}

/** How many lines the desk has, and of how many anything is due before this instant. */
export const countLines = async (
  r: From,
  here: Here,
  at: Temporal.Instant,
): Promise<{ open: number; late: number }> => {
  const { rows } = await sql<{ open: number; late: number }>`with ${linesHere(here)}
    select count(*)::int as open, (count(*) filter (where least(due_at, late_from) < ${at}))::int as late from here`.execute(
    r.db,
  );
  return rows[0] ?? { open: 0, late: 0 };
};

const rankOf = ({ now, soon, today, mine, others }: Ranks) => sql`case
  when least(due_at, late_from) < ${now} then 0
  when due_on <= ${soon} then 1
  when state = any (${[...mine]}::text[]) or desk_since >= ${today} then 2
  when state = any (${[...others]}::text[]) or waits_for is not null then 3
  else 4 end`;

const narrowed = ({ state, facets }: Narrow) =>
  sql.join(
    [sql`true`, ...(state ? [sql`state = ${state}`] : []), ...facets.map((one) => sql`${one} = any (facets)`)],
    sql` and `,
  );
const ACROSS = { all: sql`true`, law: sql`due_kind = 'law'`, child: sql`child`, 'no-fir': sql`fir_number is null` };
const isShown = (shown: Shown) => (typeof shown === 'string' ? ACROSS[shown] : sql`rank = ${shown.rank}`);

// three columns and the number; no limit comes last; `down`: the last first
const LIMIT = `coalesce(due_at, 'infinity')`;
const NONE = `timestamptz 'infinity'`;
const KEYS: Record<DeskSort, { columns: readonly string[]; down: boolean }> = {
  urgency: { columns: ['rank', LIMIT, 'submitted_at', 'number'], down: false },
  due: { columns: ['0::int', LIMIT, 'submitted_at', 'number'], down: false },
  arrived: { columns: ['0::int', NONE, 'desk_since', 'number'], down: true },
  age: { columns: ['0::int', NONE, 'submitted_at', 'number'], down: false },
};
/** The place of a line in an order. */
export const keyOf = (sort: DeskSort, line: DeskLine): Key => ({
  rank: sort === 'urgency' ? line.rank : 0,
  due: sort === 'urgency' || sort === 'due' ? line.due_at : null,
  other: sort === 'arrived' ? line.desk_since : line.submitted_at,
  number: line.number,
});
const bound = (key: Key) =>
  sql`(${key.rank}::int, coalesce(${key.due}::timestamptz, 'infinity'), ${key.other}::timestamptz, ${key.number})`;

/** Which part: the lines beyond a place (`with`: from it on), in the order or back against it. */
export type Part = { from: Key | undefined; back: boolean; with: boolean; most: number | null };
export type Asked = { here: Here; ranks: Ranks; narrow: Narrow; shown: Shown; sort: DeskSort; part: Part };

/** One part of a desk, in its order also where it is read backwards, and the tallies of all that `narrow` leaves: in one statement. */
export async function readPart(r: From, asked: Asked): Promise<{ lines: DeskLine[]; tallies: Tally[] }> {
  const { part } = asked;
  const { columns, down } = KEYS[asked.sort];
  const raw = columns.map((column) => sql.raw(column));
  const falls = down !== part.back;
  const order = sql.join(raw.map((column) => sql`${column} ${sql.raw(falls ? 'desc' : 'asc')}`));
  const beyond = part.from
    ? sql`(${sql.join(raw)}) ${sql.raw(`${falls ? '<' : '>'}${part.with ? '=' : ''}`)} ${bound(part.from)}`
    : sql`true`;
  const { rows } = await sql<DeskLine & { tallies: Tally[] | null }>`
    with ${linesHere(asked.here)},
    ranked as materialized (select here.*, ${rankOf(asked.ranks)} as rank from here where ${narrowed(asked.narrow)}),
    tallies as (
      select jsonb_agg(t) as tallies from (
        select state, count(*) as "all", count(*) filter (where due_kind = 'law') as law, count(*) filter (where child) as child,
          count(*) filter (where fir_number is null) as no_fir,
          array[${sql.join([0, 1, 2, 3, 4].map((n) => sql`count(*) filter (where rank = ${sql.lit(n)})`))}] as ranks
        from ranked group by state) t
    ),
    part as (
      select ranked.*, row_number() over (order by ${order}) as nth from ranked
      where ${isShown(asked.shown)} and ${beyond} order by ${order} limit ${part.most}
    )
    select tallies.tallies, part.file, part.number, part.post, part.state, part.submitted_at, part.desk_since, part.child, part.due_at,
      part.due_on, part.due_rule, part.due_kind, part.waits_for, part.rank, f.sections, f.fir_number, f.fir_year
    from tallies left join part on true left join casework.file f on f.id = part.file
    order by part.nth ${sql.raw(part.back ? 'desc' : 'asc')}`.execute(r.db);
  return { lines: rows.filter(({ file }) => file !== null), tallies: rows[0]?.tallies ?? [] };
}

/** Where a line of the desk stands in an order, and in which group; undefined for what does not lie here. */
export const findLine = async (r: From, here: Here, ranks: Ranks, number: string): Promise<DeskLine | undefined> => {
  const { rows } = await sql<DeskLine>`with ${linesHere(here)}
    select here.*, ${rankOf(ranks)} as rank, '[]'::jsonb as sections from here where number = ${number}`.execute(r.db);
  return rows[0];
};

/** The place of a line by its limit: which of how many, and the number of the next. Undefined for what does not lie here. */
export const placeOf = async (r: From, here: Here, number: string) => {
  const { rows } = await sql<{ nth: number; of: number; next: string | null }>`with ${linesHere(here)}
    select nth, "of", next from (
      select number, (row_number() over due)::int as nth, (count(*) over ())::int as "of", lead(number) over due as next
      from here window due as (order by ${sql.raw(KEYS.due.columns.slice(1).join(', '))})
    ) lines where number = ${number}`.execute(r.db);
  return rows[0];
};
