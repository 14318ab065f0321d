// Figures as a table of comma-separated values: for the API and for the pages alike.
import type { Figures, Signs, Totals } from '#oversight';
import { sheetCell } from './sheet-cell.ts';

/** The columns, named as in the API; each is repeated for limits in law and for police targets. */
export const COLUMNS = [
  'registered',
  'registered_two_months_ago',
  'completed_in_two_months',
  'completed_in_time',
  'compliance_rate',
  'completed',
  'disposal_rate',
  'pending',
  'pending_within',
  'pending_beyond',
  'pendency_rate',
  'median_days',
  'p90_days',
  'charge_sheeted',
  'final_reported',
  'false_reported',
  'transferred',
  'quashed',
  'reopened',
  'opening',
  'total_for_investigation',
  'charge_sheeting_rate',
  'pendency_ncrb',
] as const satisfies readonly (keyof Totals)[];

/** One line of a table. */
export const line = (values: readonly (string | number | null)[]): string => `${values.map(sheetCell).join(',')}\r\n`;

/** The last line of what was taken out: by which post, when, under which mark the ledger has it. Whoever passes the table on passes it on too. */
export const exporterLine = (post: string, at: Temporal.Instant, mark: string): string =>
  line(['exported by', post, at.toString({ smallestUnit: 'second' }), mark]);

type Watched = Figures & { unit: string; name: string };
type Row = Figures & { unit: string; name: string };

/** The unit itself, the units right below it, then its months: one line each for all cases, for law and for target. */
export function tableOf(
  seen: Watched & { children: readonly Row[]; months: readonly (Figures & { month: string })[] },
): string {
  const rows = (of: string, unit: string, name: string, month: string, figures: Figures) =>
    (['all', 'law', 'target'] as const)
      .map((limit) => line([of, unit, name, month, limit, ...COLUMNS.map((column) => figures[limit][column])]))
      .join('');
  return [
    line(['row', 'unit', 'name', 'month', 'limit', ...COLUMNS]),
    rows('unit', seen.unit, seen.name, '', seen),
    ...seen.children.map((child) => rows('child', child.unit, child.name, '', child)),
    ...seen.months.map((one) => rows('month', seen.unit, seen.name, one.month, one)),
  ].join('');
}

/** Signs with what they rest on: one line a sign, and a line for what she said of closed cases. */
export function signTable(found: Signs): string {
  const evidence = (sign: string, rows: Signs['ping_pong']) =>
    rows.map((one) => line([sign, one.unit, one.on.toString(), `${one.fir_number}/${one.year}`, 1, null]));
  const { closed, said_settled, said_not_settled } = found.settled;
  return [
    line(['sign', 'unit', 'day', 'fir', 'n', 'of']),
    ...found.reports.map(({ sign, unit, on, n, of }) => line([sign, unit, on.toString(), '', n, of])),
    ...evidence('ping_pong', found.ping_pong),
    ...evidence('fir_before', found.fir_before),
    line(['said_settled', found.unit, found.since.toString(), '', said_settled, closed]),
    line(['said_not_settled', found.unit, found.since.toString(), '', said_not_settled, closed]),
  ].join('');
}
