// The rows of law that drive a clock, and the gate they pass: a row that is not verified drives nothing.
import table from './clocks.json' with { type: 'json' };
import { RULE_IDS, RULES, type RuleId } from './rule-table.ts';

/** One row of clocks.json. `statutory: false` marks a promise or a practice, never a limit in law. */
export type ClockRow = {
  id: string;
  name_en: string;
  name_hi: string;
  trigger_event: string;
  stop_event: string;
  duration: { value: number | string; unit: string } | null;
  law_new: string;
  law_old: string | null;
  applies_to: string;
  quote: string;
  computation: string;
  statutory: boolean;
  force: string;
  actor: string;
  notes: string;
  verified: boolean;
  source: string;
};

const ROWS = table.clocks as unknown as readonly ClockRow[];

/**
 * The row of a rule, fit to drive a limit in law.
 * @param rows the table to read
 * @param id the row's id
 * @throws Error if the row is missing, not verified, not statutory, or cites no section or no words of the statute
 */
export function lawRow(rows: readonly ClockRow[], id: string): ClockRow {
  const row = targetRow(rows, id);
  if (row.statutory !== true) throw new Error(`clock ${id}: not statutory, so never a limit in law`);
  if (!row.law_new || !row.quote) throw new Error(`clock ${id}: cites no section or quotes no words`);
  return row;
}

/**
 * The row of a rule, fit to drive a police target. A target's row must be verified too: a promise nobody made drives nothing.
 * @param rows the table to read
 * @param id the row's id
 * @throws Error if the row is missing or not verified
 */
export function targetRow(rows: readonly ClockRow[], id: string): ClockRow {
  const row = rows.find((r) => r.id === id);
  if (!row) throw new Error(`clock ${id}: no such row`);
  if (row.verified !== true) throw new Error(`clock ${id}: not verified, so it drives nothing`);
  return row;
}

/** The rules that drive a clock. */
export const DRIVING_RULES: readonly RuleId[] = RULE_IDS;

/** A rule is a promise, not law, when no version of it cites a section. */
const isPromise = (rule: RuleId): boolean => RULES[rule].versions.every(({ authority }) => authority === null);

// Read once while loading: a house with a bad row of law does not open.
const DRIVING = Object.fromEntries(
  RULE_IDS.map((rule) => [rule, isPromise(rule) ? targetRow(ROWS, rule) : lawRow(ROWS, rule)]),
) as Record<RuleId, ClockRow>;

/**
 * The row a rule is driven by, with its section, the words of the statute and its source.
 * @param rule id of a driving rule
 */
export function clockRow(rule: RuleId): ClockRow {
  return DRIVING[rule];
}

/**
 * All rows of clocks.json, driving or not; for documents and tests.
 */
export function listClockRows(): readonly ClockRow[] {
  return ROWS;
}

/** A span: whole months, days or hours. */
export type Span = { months: number } | { days: number } | { hours: number };

/**
 * The length of a rule's limit as its row says.
 * @param rule id of a driving rule
 * @throws Error if the row gives no whole number of months, days or hours
 */
export function lengthOf(rule: RuleId): Span {
  const { duration } = clockRow(rule);
  if (duration && typeof duration.value === 'number' && duration.value > 0) {
    if (duration.unit === 'calendar_month') return { months: duration.value };
    if (duration.unit === 'day' || duration.unit === 'day_recurring') return { days: duration.value };
    if (duration.unit === 'hour') return { hours: duration.value };
  }
  throw new Error(`clock ${rule}: its row gives no length`);
}
