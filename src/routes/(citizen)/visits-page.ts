// When she was asked to come: what for, whether any law speaks of it, her right to be heard where she lives, and her answer.
import { type Asked, SUMMON_ANSWERS } from '#casework';
import { newId } from '#foundation';
import { verifiedRights } from '#law';
import { type Lang, pick, words } from '#words';
import { cite } from '../../words/explain.ts';
import { fullTime, longTime } from '../../words/format.ts';
import type { HerPageMaker, Looking } from './her-pages.ts';
import type { VisitsView } from './views.ts';

/** BNSS 179(1): only a verified row is shown. */
function rightOf(lang: Lang): string {
  const right = verifiedRights().find(({ id }) => id === 'not_called');
  return right ? `${right[lang === 'hi' ? 'text_hi' : 'text_en']} (${cite(lang, 'BNSS 179(1)')})` : '';
}

/** Nobody waits for her answer once the police have written what came of it, or the file is closed or with another State. */
const isOpen = (one: Asked, { state }: Pick<Looking['facts'], 'state'>): boolean =>
  one.result === null && state !== 'closed' && state !== 'handed-over';

function entryOf({ lang, facts }: Looking, one: Asked): VisitsView['entries'][number] {
  const { her: w, reasons, cannot, results, answers } = words(lang).visits;
  const last = one.answers.at(-1);
  return {
    id: one.id,
    title: pick(reasons, one.why, one.why),
    lines: [
      one.law ? w.by_law(cite(lang, one.law)) : one.beyond ? w.beyond : w.promised,
      w.when(fullTime(lang, one.at)),
      one.told ? w.where(one.told) : '',
      one.post_name[lang],
      one.cannot ? w.cannot(pick(cannot, one.cannot, one.cannot)) : '',
      one.agreed === null ? '' : one.agreed ? w.agreed : w.not_agreed,
    ].filter(Boolean),
    yours: [
      last ? w.yours(answers[last.answer], longTime(lang, last.at)) : isOpen(one, facts) ? w.no_answer : '',
      last?.text ?? '',
      one.result ? w.result(pick(results, one.result.result), longTime(lang, one.result.at)) : '',
    ].filter(Boolean),
    settled: !isOpen(one, facts),
    answered: last !== undefined,
  };
}

function askingOf({ lang, facts, kept }: Looking): VisitsView['asking'] {
  const w = words(lang).visits;
  const open = facts.appearances.items.filter((one) => isOpen(one, facts));
  const one = open.find(({ id }) => id === kept.which) ?? open.findLast(({ answers }) => answers.length === 0);
  return one
    ? {
        id: one.id,
        title: w.her.label(pick(w.reasons, one.why, one.why)),
        answers: SUMMON_ANSWERS.map((value) => ({ value, text: w.answers[value] })),
        chosen: one.answers.at(-1)?.answer ?? '',
      }
    : null;
}

export const visitsPage: HerPageMaker<'visits'> = {
  line: async (_r, { lang, facts }) => {
    const { items } = facts.appearances;
    if (items.length === 0) return null;
    const w = words(lang).visits.her;
    const open = items.filter((one) => isOpen(one, facts) && one.answers.length === 0).length;
    const waits = open > 0;
    return {
      do: 'see-visits',
      button: w.button,
      note: waits ? w.line_open(open) : w.line_all(items.length),
      fresh: waits,
    };
  },
  view: async (_r, at) => ({
    at: 'visits',
    told: at.kept.told,
    visits: {
      form_id: newId(),
      right: rightOf(at.lang),
      entries: at.facts.appearances.items.map((one) => entryOf(at, one)).reverse(),
      asking: askingOf(at),
    },
  }),
};
