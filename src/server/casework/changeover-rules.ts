// Counting a changeover: from desks to posts and units, and what the day means for a file. Pure: told everything, knows no clock.
import { liesIn } from '#posts';

/** How far it has come. `left` counts all that were not finished before the day, those that arrived since included. */
export type Tally = {
  /** on the list since the scheduling, and of those finished before the day */
  total: number;
  finished: number;
  /** came after the scheduling, and of those finished before the day */
  arrived: number;
  arrived_finished: number;
  left: number;
  /** of `left`, finished since the day came; and of `left`, with an FIR from before the day */
  done_since: number;
  keeps: number;
};
/** The count of one desk. Where no post is told, of one unit. */
export type DeskTally = Tally & { desk_post: string | null; desk_path: string };

const FIELDS = ['total', 'finished', 'arrived', 'arrived_finished', 'left', 'done_since', 'keeps'] as const;
const NOTHING: Tally = { total: 0, finished: 0, arrived: 0, arrived_finished: 0, left: 0, done_since: 0, keeps: 0 };

/** Adds counts up. */
export const sumOf = (rows: readonly Tally[]): Tally =>
  rows.reduce(
    (sum, row) => Object.fromEntries(FIELDS.map((field) => [field, sum[field] + row[field]])) as Tally,
    NOTHING,
  );

const depth = (path: string): number => path.split('.').length;

/**
 * The count as seen from a unit: the posts that hang on it, and the units directly below it with everything under them.
 * @param at path of the unit; rows that lie elsewhere are counted under the unit on the way to them, or under their own
 */
export function rollUp(
  rows: readonly DeskTally[],
  at: string,
): { units: (Tally & { path: string })[]; posts: (Tally & { post: string })[] } {
  const below = rows.filter((row) => row.desk_path !== at || row.desk_post === null);
  const units = Map.groupBy(below, ({ desk_path }) =>
    liesIn(desk_path, at)
      ? desk_path
          .split('.')
          .slice(0, depth(at) + 1)
          .join('.')
      : desk_path,
  );
  return {
    units: [...units].map(([path, of]) => ({ path, ...sumOf(of) })),
    posts: rows.flatMap(({ desk_post, desk_path, ...tally }) =>
      desk_post !== null && desk_path === at ? [{ post: desk_post, ...tally }] : [],
    ),
  };
}

/** Where a change stands. */
export type Phase = 'ahead' | 'in-force' | 'withdrawn';
export function phaseOf(
  change: { starts_at: Temporal.Instant; withdrawn_at: Temporal.Instant | null },
  now: Temporal.Instant,
): Phase {
  if (change.withdrawn_at) return 'withdrawn';
  return Temporal.Instant.compare(now, change.starts_at) < 0 ? 'ahead' : 'in-force';
}

/**
 * How a file stands to the change. `finished`: before the day. `left`: the day has not come. Then what crossed over: `keeps-law`,
 * its FIR is from before the day; `fir-since`, recorded on the day or after; `no-fir-yet`, the day of the FIR will decide.
 */
export type Standing = 'finished' | 'left' | 'keeps-law' | 'fir-since' | 'no-fir-yet';
export function standingOf(
  file: { in_time: boolean; recorded_at: Temporal.Instant | null; starts_at: Temporal.Instant },
  now: Temporal.Instant,
): Standing {
  if (file.in_time) return 'finished';
  if (Temporal.Instant.compare(now, file.starts_at) < 0) return 'left';
  if (!file.recorded_at) return 'no-fir-yet';
  return Temporal.Instant.compare(file.recorded_at, file.starts_at) < 0 ? 'keeps-law' : 'fir-since';
}
