// Public statistics: the edition of this month, for everybody; what is small has been left out before it comes here.
import { type PublicFigures, type Statistics, statisticsNow } from '#oversight';
import { words } from '#words';
import { count, longTime, monthOf } from '../../../words/format.ts';
import { LICENCE } from '../../open-table.ts';
import type { PageServerLoad } from './$types';

const MONTHS = 12;
type Limits = { law: PublicFigures; target: PublicFigures };

export const load: PageServerLoad = async ({ locals }) => {
  const { lang } = locals;
  const w = words(lang).statistics;
  const one: Statistics = await statisticsNow();
  const month = (text: string) => monthOf(lang, Temporal.PlainDate.from(`${text}-01`));
  const n = (value: number | null) => (value === null ? w.hidden : count(lang, value));
  const rate = (value: number | null) => (value === null ? w.hidden : `${value} %`);
  const row = (name: string, { law, target }: Limits) => ({
    name,
    share: law.compliance_rate,
    law: { registered: n(law.registered), due: n(law.due), in_time: n(law.in_time), rate: rate(law.compliance_rate) },
    target: { registered: n(target.registered), rate: rate(target.compliance_rate) },
  });
  // where nothing may be told of a row, a row of dashes would tell no more than a sentence
  const silent = ({ law, target }: Limits) =>
    [law.registered, law.due, target.registered, target.compliance_rate].every((value) => !value);
  const months = one.months.slice(-MONTHS);
  const states = one.states.filter(({ law, target }) => law.registered !== 0 || target.registered !== 0);
  return {
    month: month(one.month),
    made: longTime(lang, Temporal.Instant.from(one.made_at)),
    licence: LICENCE,
    nation: silent(one.nation) ? null : row(w.nation, one.nation),
    small: { states: states.filter(silent).length, months: months.filter(silent).length },
    states: states
      .filter((state) => !silent(state))
      .map((state) => row(state.name[lang], state))
      .sort((a, b) => (b.share ?? -1) - (a.share ?? -1) || a.name.localeCompare(b.name)),
    months: months.filter((each) => !silent(each)).map((each) => row(month(each.month), each)),
  };
};
