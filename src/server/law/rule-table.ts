// The rules as data. A new version of a section is one more line under `versions`; a new act is one more rule in the table of its phase,
// its row in clocks.json, and a test that names it.
import type { RuleRow } from './rule-row.ts';
import { CORRESPONDENCE } from './rules-correspondence.ts';
import { COURT } from './rules-court.ts';
import { FIRST_DAYS } from './rules-first-days.ts';
import { INVESTIGATION } from './rules-investigation.ts';

const TABLE = { ...FIRST_DAYS, ...INVESTIGATION, ...COURT, ...CORRESPONDENCE } as const;

/** Id of a rule that drives a clock; the same id as its row in clocks.json. */
export type RuleId = keyof typeof TABLE;
export const RULES: Readonly<Record<RuleId, RuleRow>> = TABLE;
export const RULE_IDS = Object.keys(TABLE) as RuleId[];

/** Rows of clocks.json that are known and drive no clock of a file, and why not. */
export const DRIVES_NOTHING: Readonly<Record<string, 'no-number' | 'not-for-these-offences' | 'not-of-a-file'>> = {
  otp: 'no-number',
  fir_upload_24h: 'not-for-these-offences',
  dpdp_breach: 'not-of-a-file',
};
