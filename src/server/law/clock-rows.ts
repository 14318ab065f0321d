// The rows of law that drive a clock, and the gate they pass: a row that is not verified drives nothing.
import table from './clocks.json' with { type: 'json' };

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

/** The rules that drive something now. The other rows of clocks.json are known and drive nothing. */
export const DRIVING_RULES = [
  'investigation_two_months',
  'efir_sign',
  'progress_90d',
  'pocso_report_24h',
  'victim_medical_24h',
  'callback',
] as const;

/** Id of a rule that drives a clock; the same id as its row in clocks.json. */
export type RuleId = (typeof DRIVING_RULES)[number];

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

// Read once while loading: a house with a bad row of law does not open.
const DRIVING = {
  investigation_two_months: lawRow(ROWS, 'investigation_two_months'),
  efir_sign: lawRow(ROWS, 'efir_sign'),
  progress_90d: lawRow(ROWS, 'progress_90d'),
  pocso_report_24h: lawRow(ROWS, 'pocso_report_24h'),
  victim_medical_24h: lawRow(ROWS, 'victim_medical_24h'),
  callback: targetRow(ROWS, 'callback'),
} as const satisfies Record<RuleId, ClockRow>;

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

/**
 * The length of a rule's limit.
 * @param rule id of a driving rule
 * @param unit the unit the caller counts in
 * @returns whole months, days or hours
 * @throws Error if the row counts in another unit
 */
export function lengthOf(rule: RuleId, unit: 'calendar_month' | 'day' | 'hour'): number {
  const { duration } = clockRow(rule);
  if (duration?.unit !== unit || typeof duration.value !== 'number') throw new Error(`clock ${rule}: not in ${unit}s`);
  return duration.value;
}
