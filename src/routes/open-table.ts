// Public statistics as open data: one table with its licence and its definitions in the first line, for the page and for the API.
import type { PublicFigures } from '#oversight';
import { line } from './figure-table.ts';

export const LICENCE = 'https://data.gov.in/government-open-data-license-india';
export const DEFINITIONS =
  'law: cases with the two months of BNSS 193(2) or CrPC 173(1A); target: the others, two months as a target of the police. registered: FIRs by the day of ' +
  'recording. due: two months passed before the edition. in_time: of the due, first report at court within two months. completed: a report at court. ' +
  'Counts below ten, and what they could be told from by subtraction, are left out.';

const PUBLIC = ['registered', 'due', 'in_time', 'completed', 'compliance_rate', 'disposal_rate'] as const;
type Limits = { law: PublicFigures; target: PublicFigures };

/** The nation, its states, its months: a line each for law and for target. What is left out is empty. */
export function openTable(one: {
  month: string;
  nation: Limits;
  states: readonly ({ unit: string; name: string } & Limits)[];
  months: readonly ({ month: string } & Limits)[];
}): string {
  const row = (of: string, unit: string, name: string, month: string, figures: Limits) =>
    (['law', 'target'] as const).map((limit) =>
      line([of, unit, name, month, limit, ...PUBLIC.map((column) => figures[limit][column])]),
    );
  return [
    line([`# ${one.month}; ${LICENCE}; ${DEFINITIONS}`]),
    line(['row', 'unit', 'name', 'month', 'limit', ...PUBLIC]),
    ...row('nation', 'in', '', '', one.nation),
    ...one.states.flatMap((state) => row('state', state.unit, state.name, '', state)),
    ...one.months.flatMap((month) => row('month', 'in', '', month.month, month)),
  ].join('');
}
