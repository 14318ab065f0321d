// The units of a page by name, and figures as others have printed them.
import type { Reading } from '#foundation';
import { findUnit, type Named, partsOf } from '#posts';
import type { WatchForm } from './forms.ts';
import type { Gathered } from './gathered.ts';
import { rate, type Totals } from './rules.ts';
import * as store from './store.ts';

type Figures = { all: Totals; law: Totals; target: Totals };
const levelOf = (path: string): number => path.split('.').length;

type Unit = { unit: string; name: Named; level: string };
const LEVELS = ['nation', 'state', 'district'];

/** The unit and those right below it, by name: the house's own, and those that came with cases of other systems. */
export async function namesOf(
  r: Reading,
  unit: string,
  elsewhere: Gathered['named'],
): Promise<[Unit | undefined, Unit[]]> {
  const own = await findUnit(r, unit);
  const ours = (own ? [own] : []).concat(await partsOf(r, unit)).map(({ path, name_hi, name_en, level }) => ({
    unit: path,
    name: { hi: name_hi, en: name_en },
    level,
  }));
  const has = new Set(ours.map((one) => one.unit));
  const others = elsewhere
    .filter((one) => !has.has(one.unit))
    .map((one) => ({
      unit: one.unit,
      name: { hi: one.hi, en: one.en },
      level: LEVELS[levelOf(one.unit) - 1] ?? 'station',
    }));
  const all = [...ours, ...others];
  return [all.find((one) => one.unit === unit), all.filter((one) => one.unit !== unit)];
}

/**
 * Where exactly one calendar year is asked for and its table has been loaded, the NCRB's figures stand as printed: its opening balances are
 * not what was pending here at the end of the year before.
 */
export async function printedOf(r: Reading, { unit, from, to, group }: WatchForm) {
  const year = from?.year;
  const whole =
    year !== undefined &&
    group === 'all' &&
    from?.month === 1 &&
    from.day === 1 &&
    to?.year === year &&
    to.month === 12 &&
    to.day === 31;
  const rows = whole ? await store.balances(r, unit, year) : [];
  const by = Map.groupBy(rows, (row) => row.unit);
  return (of: string, figures: Figures): Figures => {
    const of_unit = new Map(by.get(of)?.map(({ measure, value }) => [measure, Number(value)]));
    const value = (measure: string): number => of_unit.get(measure) ?? 0;
    if (of_unit.size === 0) return figures;
    return {
      ...figures,
      all: {
        ...figures.all,
        opening: value('opening'),
        total_for_investigation: value('total_for_investigation'),
        quashed: value('quashed'),
        charge_sheeting_rate: rate(value('charge_sheeted'), value('disposed')),
        pendency_ncrb: rate(value('pending'), value('total_for_investigation')),
      },
    };
  };
}
