// Small counts left out so that nobody can be told from them, not by subtraction either. Pure. Settled 14: below ten.
import { rate, SMALL, type Totals } from './rules.ts';

/** What is public of a unit or a month. Null: left out, because it is small or another could be told from it. */
export type PublicFigures = {
  registered: number | null;
  due: number | null;
  in_time: number | null;
  completed: number | null;
  compliance_rate: number | null;
  disposal_rate: number | null;
};
const COUNTS = ['registered', 'due', 'in_time', 'completed'] as const;
type Count = (typeof COUNTS)[number];
type Row = Record<Count, number>;

const small = (n: number): boolean => n > 0 && n < SMALL;

// each count with the one it is a part of: what is left when the part is taken away is a count too
const PARTS: readonly (readonly [part: Count, of: Count])[] = [
  ['due', 'registered'],
  ['completed', 'registered'],
  ['in_time', 'due'],
  ['in_time', 'completed'],
];

/** Which counts of a row are left out by themselves: small ones, and parts whose rest is small. */
function hiddenIn(row: Row): Set<Count> {
  const hidden = new Set(COUNTS.filter((name) => small(row[name])));
  for (const [part, of] of PARTS) if (small(row[of] - row[part])) hidden.add(part);
  return hidden;
}

const rowOf = (t: Totals): Row => ({
  registered: t.registered,
  due: t.registered_two_months_ago,
  in_time: t.completed_in_two_months,
  completed: t.completed,
});

/**
 * A list of parts whose sum is shown: small counts are left out, and where what is left out of a column could be told by taking the others
 * from the sum, the next smallest are left out too, until at least two are missing and together they are not small.
 * @param parts in any order
 */
export function suppressed(parts: readonly Totals[]): PublicFigures[] {
  const rows = parts.map(rowOf);
  const hidden = rows.map(hiddenIn);
  for (const name of COUNTS) {
    const left = () => rows.flatMap((row, n) => (hidden[n]?.has(name) ? [row[name]] : []));
    const shown = rows.map((row, n) => ({ n, value: row[name] })).sort((a, b) => a.value - b.value);
    const told = () => left().length > 0 && (left().length < 2 || left().reduce((a, b) => a + b, 0) < SMALL);
    for (const { n, value } of shown) {
      if (!told()) break;
      if (value > 0) hidden[n]?.add(name);
    }
    // nothing is left to hide behind: then none of the column is shown
    if (told()) for (const one of hidden) one.add(name);
  }
  return rows.map((row, n) => publicOf(row, hidden[n] ?? new Set()));
}

/** One row alone, whose parts are not shown: the sum itself. */
export const alone = (t: Totals): PublicFigures => publicOf(rowOf(t), hiddenIn(rowOf(t)));

/**
 * The same where the sum itself has been left out, wholly or in part, further up: then nothing of the parts is told, for together they would
 * tell it.
 * @param sum what is public of the sum
 */
export const under = (sum: PublicFigures, parts: readonly Totals[]): PublicFigures[] =>
  COUNTS.some((name) => sum[name] === null)
    ? parts.map((part) => publicOf(rowOf(part), new Set(COUNTS)))
    : suppressed(parts);

function publicOf(row: Row, hidden: ReadonlySet<Count>): PublicFigures {
  const shown = (name: Count) => (hidden.has(name) ? null : row[name]);
  // a share tells its parts: it is shown only where both are
  const share = (above: Count, below: Count) =>
    hidden.has(above) || hidden.has(below) ? null : rate(row[above], row[below]);
  return {
    registered: shown('registered'),
    due: shown('due'),
    in_time: shown('in_time'),
    completed: shown('completed'),
    compliance_rate: share('in_time', 'due'),
    disposal_rate: share('completed', 'registered'),
  };
}
