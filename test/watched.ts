// What tests of figures share: asking for them as somebody of the cast, and telling cases as a source does.
import { read } from '#foundation';
import { type Watched, watchForm, watchUnit } from '#oversight';
import type { TestHouse } from './house.ts';

type Day = Temporal.PlainDate;
export type Told = {
  key: string;
  unit: string;
  groups: string[];
  basis: 'law' | 'target';
  recorded_on: Day;
  first_on: Day | null;
  forwarded_on: Day | null;
  report_code: string | null;
  reopened: number;
};
export const KOTWALI = 'in.up.kanpur_nagar.east.circle_1.kotwali';
export const LUCKNOW = 'in.up.lucknow.sample_zone.sample_circle.sample_station';

/** Asks for figures as a member of the cast. */
export const looker =
  (h: TestHouse) =>
  async (who: string, asked: Record<string, string>): Promise<Watched> =>
    read(await h.as(who), 'oversight.watch', (r) => watchUnit(r, watchForm.parse(asked)), { as: 'watch' });

/** Tells cases as a source does. */
export const teller = (h: TestHouse) => (source: 'here' | 'cctns', cases: readonly Told[]) => {
  const rows = cases.map(
    (c) =>
      `row('${c.key}', '${c.unit}', '{${c.groups.join(',')}}', '${c.basis}', '${c.recorded_on}', ${[
        c.first_on,
        c.forwarded_on,
        c.report_code,
      ]
        .map((v) => (v === null ? 'null' : `'${v}'`))
        .join(', ')}, ${c.reopened})::published.told`,
  );
  return h.sql(`select published.write_cases('${source}', array[${rows.join(', ')}]::published.told[])`);
};
