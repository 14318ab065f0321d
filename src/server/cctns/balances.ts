// Figures as others have published them, opening balances among them: read from the tables they came in, stored as they stand.
import type { Readable } from 'node:stream';
import { act, house, newId } from '#foundation';
import { directoryOf } from './directory.ts';
import { loadPlaces } from './reading.ts';
import { firstLine, piecesOf, rowsOf } from './records.ts';
import type * as store from './store.ts';
import * as known from './store-known.ts';
import { layDown, takeAway, trayFile } from './tray.ts';

type Figure = Omit<store.Balance, 'loaded_at' | 'unit'> & { unit: string | undefined };
type Table = { series: string; is: (head: readonly string[]) => boolean; read: (row: Row) => Figure[] };
type Row = (name: string) => string;

/** NCRB, Crime in India 2023, table 3A.6, by the numbers of its columns. */
const DISPOSAL: readonly (readonly [measure: string, head: RegExp])[] = [
  ['opening', /^Cases Pending Investigation from Previous Year/],
  ['reported', /^Cases Reported during the year/],
  ['reopened', /^Cases Reopened/],
  ['total_for_investigation', /^Total Cases for Investigation/],
  ['not_investigated', /^Cases Not Investigated/],
  ['transferred', /^Cases Transferred/],
  ['withdrawn', /^Cases Withdrawn/],
  ['fr_non_cognizable', /FR Non Cognizable/],
  ['fr_false', /Final Report False/],
  ['fr_mistake', /Mistake of Fact/],
  ['fr_insufficient', /Insufficient Evidence/],
  ['fr_abated', /Abated/],
  ['final_reports', /^Final Report \| Total/],
  ['charge_sheeted_previous', /From Prev/i],
  ['charge_sheeted_current', /Out of Cases during the year/i],
  ['charge_sheeted', /^Charge Sheets Submitted \| Cases Charge sheeted \(/],
  ['disposed', /^Total Cases Disposed/],
  ['quashed', /^Cases Quashed/],
  ['stayed', /^Cases Stayed/],
  ['pending', /^Cases Pending Invsgn/],
  ['charge_sheeting_rate', /^Chargesheeting Rate/],
  ['pendency_ncrb', /^Pendency Percentage/],
];
const YEARS: Readonly<Record<string, string>> = {
  opening: 'Cases_Pending_Investigation_from_previous_year',
  reported: 'Cases_Reported',
  not_investigated: 'Cases_not_Investigated_or_in_which_investigation_was_refused',
  withdrawn: 'Cases_withdrawn_by_the_Govt_during_investigation',
  fr_false: 'Cases_Declared_False_on_Account_of_Mistake_of_Fact_or_of_Law',
  final_reports: 'Cases_charge_sheets_were_not_laid_but_Final_Report_submitted',
  charge_sheeted: 'Cases_Chargesheeted',
  disposed: 'Cases_Investigated_Chargesheets+FR_Submitted',
  pending: 'Cases_Pending_Investigation_at_Year_End',
};
const GROUPS: Readonly<Record<string, string>> = {
  '01': 'rape',
  '02': 'kidnapping',
  '03': 'dowry',
  '04': 'molestation',
  '05': 'sexual_harassment',
  '06': 'domestic',
  '07': 'importation',
  '08': 'itpa',
  '09': 'dowry_act',
  '10': 'irwa',
  '11': 'sati',
  '12': 'all',
};
const PARTS_OF_INDIA = /^TOTAL (?:STATE|UT)\(S\)/;
const ALL_INDIA = /^(?:total\s*\(?)?all[- ]india\)?$|^total all india|^india$/i;

/** Loads the tables of a file. @returns how many figures stand now, and how many rows were left out because their place or number is none */
export async function loadFigures(file: Readable): Promise<{ figures: number; left_out: number }> {
  const id = newId();
  await layDown(id, file);
  try {
    const { text, bytes } = await firstLine(trayFile(id));
    const head = (rowsOf(text, 0, ',', true).rows[0]?.fields ?? []).map((name) => name.trim());
    const table = TABLES.find(({ is }) => is(head));
    if (!table) throw new Error('This table is not known: no header of it was recognised.');
    const directory = directoryOf([], new Map());
    let [figures, left_out] = [0, 0];
    for await (const { rows } of piecesOf(trayFile(id), { byte: bytes, line: 1 }, ',')) {
      const found = rows.flatMap(({ fields }) => {
        const row: Row = (name) => (fields?.[head.indexOf(name)] ?? '').trim();
        return table.read(Object.assign(row, { head }) as Row);
      });
      const good: Omit<store.Balance, 'loaded_at'>[] = [];
      for (const one of found) {
        const unit =
          ALL_INDIA.test(one.place_text) || one.place_text.includes('(') ? 'in' : directory.known(one.place_text);
        if (unit === undefined || !Number.isFinite(one.value) || (one.year === null) === (one.as_of === null))
          left_out++;
        else good.push({ ...one, unit });
      }
      await act(house(), 'cctns.load-figures', async (h) => {
        await loadPlaces(h);
        await known.keepBalances(h, good);
      });
      figures += good.length;
    }
    return { figures, left_out };
  } finally {
    await takeAway(id);
  }
}

const number = (text: string): number => (text === '' ? Number.NaN : Number(text.replaceAll(',', '')));
const headOf = (row: Row): readonly string[] => (row as Row & { head: readonly string[] }).head;

const TABLES: readonly Table[] = [
  {
    series: 'ncrb-2023-caw',
    is: (head) =>
      head.includes('State/UT') &&
      head.some((name) => name.startsWith('Cases Pending Investigation from Previous Year')),
    read: (row) => {
      // totals of parts of India are sums of what stands above them
      const place = row('State/UT');
      if (PARTS_OF_INDIA.test(place)) return [];
      return DISPOSAL.flatMap(([measure, head]) => {
        const name = headOf(row).find((one) => head.test(one));
        return name === undefined
          ? []
          : [
              figure(
                'ncrb-2023-caw',
                place,
                2023,
                null,
                'all',
                measure,
                row(name),
                'NCRB, Crime in India 2023, table 3A.6',
              ),
            ];
      });
    },
  },
  {
    series: 'ncrb-2001-2010-caw',
    is: (head) => head.includes('Sub_Group_Name') && head.includes('Cases_Pending_Investigation_from_previous_year'),
    read: (row) => {
      // the header stands in the middle of the table once more, and an empty line
      if (!/^\d{4}$/.test(row('Year'))) return [];
      const group = GROUPS[row('Sub_Group_Name').slice(0, 2)] ?? 'other';
      return Object.entries(YEARS).map(([measure, name]) =>
        figure(
          'ncrb-2001-2010-caw',
          row('Area_Name'),
          Number(row('Year')),
          null,
          group,
          measure,
          row(name),
          'NCRB, Crime in India, cases under crime against women 2001 to 2010',
        ),
      );
    },
  },
  {
    series: 'itsso-press',
    is: (head) => head.includes('as_of') && head.includes('scope') && head.includes('metric'),
    read: (row) => [
      figure(
        'itsso-press',
        row('scope'),
        null,
        row('as_of'),
        'all',
        row('metric'),
        row('value'),
        row('source'),
        row('definition_or_note'),
      ),
    ],
  },
  {
    series: 'own',
    is: (head) => ['series', 'place', 'measure', 'value', 'source'].every((name) => head.includes(name)),
    read: (row) => [
      figure(
        row('series'),
        row('place'),
        row('year') ? Number(row('year')) : null,
        row('as_of') || null,
        row('group') || 'all',
        row('measure'),
        row('value'),
        row('source'),
        row('note'),
      ),
    ],
  },
];

function figure(
  series: string,
  place: string,
  year: number | null,
  as_of: string | null,
  group: string,
  measure: string,
  value: string,
  source: string,
  note = '',
): Figure {
  return {
    series,
    unit: undefined,
    place_text: place,
    year,
    as_of,
    group_code: group,
    measure,
    value: number(value),
    source,
    note: note || null,
  };
}
