// What she raises past a desk: how long each desk has been silent, a form, and her earlier concerns with their answers.
import {
  CONCERN_REASONS,
  type ConcernFacts,
  type DeskSilence,
  myConcerns,
  myDeskSilence,
  silenceHere,
} from '#correspondence';
import { newId } from '#foundation';
import { type Lang, words } from '#words';
import { istDay, longDay, longTime } from '../../words/format.ts';
import type { HerPageMaker } from './her-pages.ts';
import type { ConcernView } from './views.ts';

function entryOf(lang: Lang, one: ConcernFacts): ConcernView['earlier'][number] {
  const { concern: w, outcomes } = words(lang).correspondence.her;
  const { answer } = one;
  const due = longTime(lang, one.due_at);
  return {
    id: one.id,
    title: w.reasons[one.reason],
    about: w.about(one.desk_name?.[lang] ?? '', longTime(lang, one.at)),
    text: one.text,
    with: one.with.map(({ post_name, at }) => w.with(post_name?.[lang] ?? '', longTime(lang, at))),
    due: answer ? '' : one.state === 'late' ? w.late(due) : w.due(due),
    answer: answer && {
      who: w.answered(answer.post_name?.[lang] ?? '', answer.officer?.[lang] ?? '', longTime(lang, answer.at)),
      outcome: outcomes[answer.outcome],
      text: answer.text,
    },
  };
}

/** A desk as she may choose it. Of one the file has left, days are counted to that day: they say nothing of today. */
export function deskLine(
  lang: Lang,
  { post_name, until, days, silent }: Pick<DeskSilence, 'post_name' | 'until' | 'days' | 'silent'>,
): string {
  const w = words(lang).correspondence.her.concern;
  const where = until === null ? w.here : w.left(longDay(lang, istDay(until)));
  const since = until === null ? (silent ? w.silent(days) : w.spoke(days)) : silent ? w.was_silent(days) : '';
  return [post_name?.[lang] ?? '', where, since].filter((part) => part !== '').join(' · ');
}

export const concernPage: HerPageMaker<'concern'> = {
  line: async (r, { lang, facts }) => {
    if (facts.state === 'submitted') return null;
    const w = words(lang).correspondence.her.concern;
    const last = (await myConcerns(r)).at(-1);
    const works = facts.state !== 'closed' && facts.state !== 'handed-over';
    const silent = works ? await silenceHere(r) : null;
    const note =
      last?.state === 'running'
        ? w.line_open(longTime(lang, last.due_at))
        : last?.state === 'late'
          ? w.line_late
          : silent !== null
            ? w.line_silent(silent)
            : last
              ? w.line_answered
              : w.line_none;
    return { do: 'see-concern', button: w.button, note, fresh: false };
  },
  view: async (r, { lang, kept }) => {
    const w = words(lang).correspondence.her.concern;
    const desks = (await myDeskSilence(r)).reverse();
    return {
      at: 'concern',
      told: kept.told,
      concern: {
        form_id: newId(),
        desks: desks.map((desk) => ({ value: desk.desk, text: deskLine(lang, desk) })),
        here: desks.find(({ here }) => here)?.desk ?? desks[0]?.desk ?? '',
        reasons: CONCERN_REASONS.map((value) => ({ value, text: w.reasons[value] })),
        earlier: (await myConcerns(r)).map((one) => entryOf(lang, one)).reverse(),
      },
    };
  },
};
