// From a figure to the cases it counts: FIR number, station and days. Nobody is named; a file of this house is opened by its own post's sight.
import { type Reading, refuse } from '#foundation';
import { istDay } from '#law';
import { endsOf, firstNotDue } from './rules.ts';
import type { CasesForm } from './forms.ts';
import * as store from './store.ts';

/** An FIR by where it was recorded and its number there. `zero`: of a Zero FIR. */
export type CaseName = { unit: string; year: number; fir_number: string; zero: boolean };
export type Case = CaseName & {
  law: boolean;
  recorded_on: Temporal.PlainDate;
  due_on: Temporal.PlainDate;
  forwarded_on: Temporal.PlainDate | null;
  ended: store.Kind['ended'];
  reopened: number;
  /** since it was recorded, up to the report or to today */
  days: number;
  /** a file of this house; the others are known from CCTNS alone */
  here: boolean;
};
export type Cases = { cases: Case[]; next: string | null };

const PAGE = 100;

/** What a key of a case says: "in.up.….kalyanpur/2026/907". */
export function caseOf(key: string): CaseName {
  const [unit = '', year = '', ...rest] = key.split('/');
  const number = rest.join('/');
  const zero = number.startsWith('ZERO ');
  return { unit, year: Number(year), fir_number: zero ? number.slice('ZERO '.length) : number, zero };
}

/**
 * The cases that a figure of a unit counts, the oldest first, a hundred at a time.
 * @param asked `after`: what `next` was of the part before
 * @throws Refusal `not-found` where whoever asks may not see the unit
 */
export async function casesOf(r: Reading, asked: CasesForm): Promise<Cases> {
  if (!(await store.mayWatch(r, asked.unit))) refuse('not-found');
  const today = istDay(r.now);
  const [after_on, ...after_key] = asked.after?.split(' ') ?? [];
  const rows = await store.cases(r, asked, {
    ...endsOf(asked),
    cut: firstNotDue(today),
    after_on: after_on ?? null,
    after_key: after_on ? after_key.join(' ') : null,
    most: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    cases: shown.map(({ case_key, ...row }) => ({
      ...caseOf(case_key),
      law: row.law,
      recorded_on: row.recorded_on,
      due_on: row.due_on,
      forwarded_on: row.forwarded_on,
      ended: row.ended,
      reopened: row.reopened,
      here: row.here,
      days: row.recorded_on.until(row.forwarded_on ?? today, { largestUnit: 'days' }).days,
    })),
    next: rows.length > PAGE && last ? `${last.recorded_on} ${last.case_key}` : null,
  };
}
