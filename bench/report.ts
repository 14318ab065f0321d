// How a bench says what it measured: a table to read, and with ITSSO_BENCH_JSON a file to compare with the next. What is asked for is said with
// the figure, so that whether it was met is nobody's reading.
import { appendFileSync } from 'node:fs';

/** `most`, `least`: of the figure itself. `times`, `share`: of its ratio to the bound, at most so many times or at least so much of it. */
export type Asked = { most?: number; least?: number; times?: number; share?: number };
/** One figure. `beside`: the bound measured in the same run. */
export type Figure = { value: number; unit: string; beside?: number; of?: string; asked?: Asked };
export type Row = { figure: string; beside: string; ratio: string; asked: string; met: string };

const rounded = (n: number): number => Number(n >= 100 ? n.toFixed(0) : n.toPrecision(3));

/** Whether a figure is as it is asked for; undefined where nothing is. What could not be measured is not met. */
export function isMet({ value, beside, asked }: Figure): boolean | undefined {
  if (!asked) return undefined;
  const ratio = beside === undefined ? Number.NaN : value / beside;
  const { most, least, times, share } = asked;
  return (
    (most === undefined || value <= most) &&
    (least === undefined || value >= least) &&
    (times === undefined || ratio <= times) &&
    (share === undefined || ratio >= share)
  );
}

/** A figure as a row of the table. */
export function rowOf(figure: Figure): Row {
  const { value, unit, beside, of = '', asked = {} } = figure;
  const met = isMet(figure);
  const limits = [
    asked.most === undefined ? '' : `≤ ${asked.most}`,
    asked.least === undefined ? '' : `≥ ${asked.least}`,
    asked.times === undefined ? '' : `ratio ≤ ${asked.times}`,
    asked.share === undefined ? '' : `ratio ≥ ${asked.share}`,
  ];
  return {
    // what could not be measured says why
    figure: Number.isNaN(value) ? `– ${unit}` : `${rounded(value)} ${unit}`,
    beside: beside === undefined ? '' : `${rounded(beside)} ${of}`.trim(),
    ratio: beside === undefined ? '' : String(rounded(value / beside)),
    asked: limits.filter(Boolean).join(', '),
    met: met === undefined ? '' : met ? '✓' : '✗',
  };
}

/** Keeps the figures of a bench for the one table of all. */
export function keep(bench: string, figures: Record<string, Figure>): void {
  const to = process.env.ITSSO_BENCH_JSON;
  if (to) appendFileSync(to, `${JSON.stringify({ bench, figures })}\n`);
}

/**
 * Prints the figures of a bench, with their ratios to the bounds of the same run, which machines change less than the figures; and keeps them.
 * @returns the names of those that are not as asked
 */
export function report(bench: string, figures: Record<string, Figure>): string[] {
  console.table(Object.fromEntries(Object.entries(figures).map(([name, one]) => [name, rowOf(one)])));
  keep(bench, figures);
  return Object.entries(figures).flatMap(([name, one]) => (isMet(one) === false ? [name] : []));
}
