// The end of her case: what was sent to court and what it means, the court, her objection, and whether it is settled as she says it.
import type { TrackFacts } from '#casework';
import { asksFeedback, FEEDBACK, type FeedbackQuestion, myEnding, type PleaFacts } from '#court';
import { newId } from '#foundation';
import { type Lang, pick, words } from '#words';
import { meaningOf } from '../../words/ending.ts';
import { istDay, longDay, longTime } from '../../words/format.ts';
import type { HerPageMaker } from './her-pages.ts';
import type { EndingView } from './views.ts';

function pleaOf(lang: Lang, one: PleaFacts): EndingView['pleas'][number] {
  const { her: w, outcomes } = words(lang).ending;
  const due = longTime(lang, one.due_at);
  const { answer } = one;
  return {
    id: one.id,
    title: w.kind[one.kind],
    about: longTime(lang, one.at),
    text: one.text ?? '',
    with: one.with.map(({ post_name, at }) => w.with(post_name?.[lang] ?? '', longTime(lang, at))),
    due: { running: w.due(due), late: w.late(due), 'taken-back': w.taken_back, answered: '' }[one.state],
    answer: answer && {
      who: w.answered(answer.post_name?.[lang] ?? '', answer.officer?.[lang] ?? '', longTime(lang, answer.at)),
      outcome: outcomes[answer.outcome],
      text: answer.text,
    },
  };
}

// what the court has done, and the days to come
function courtOf(lang: Lang, facts: TrackFacts): string[] {
  const { her: w, events, results, dates } = words(lang).ending;
  const today = istDay(facts.as_of);
  const ahead = facts.court_dates.filter(({ on }) => Temporal.PlainDate.compare(on, today) >= 0);
  const done = facts.court_events.map(({ kind, on, result }) => {
    const what = result ? `${events[kind]}: ${pick(results, result, result)}` : events[kind];
    return w.next_date(longDay(lang, istDay(on)), what);
  });
  return [...done, ...ahead.map((date) => w.next_date(longDay(lang, date.on), dates[date.for]))];
}

// after the report, or of a case that was closed without one
const hasEnded = ({ report, state }: TrackFacts): boolean => report !== null || state === 'closed';

export const endingPage: HerPageMaker<'ending'> = {
  line: async (r, { lang, facts }) => {
    if (!hasEnded(facts)) return null;
    const w = words(lang).ending.her;
    const { notice, no_objection, pleas } = await myEnding(r, facts);
    const answered = pleas.at(-1)?.state === 'answered';
    const unread = facts.report?.kind === 'final-report' && !notice;
    const day = notice && no_objection === null ? longDay(lang, notice.object_by) : '';
    const note = answered ? w.line_answer : day ? w.line_object(day) : w.line;
    return { do: 'see-ending', button: w.button, note, fresh: unread };
  },
  view: async (r, { lang, facts, kept }) => {
    const w = words(lang).ending.her;
    const { notice, no_objection, pleas, settled, asks_settled, asks_feedback } = await myEnding(r, facts);
    const { report } = facts;
    const t = words(lang).track;
    return {
      at: 'ending',
      told: kept.told,
      ending: {
        form_id: newId(),
        title: report ? t.report[report.kind] : '',
        when: report ? w.when(longDay(lang, istDay(report.forwarded_at)), report.court ?? '') : '',
        meaning: report ? meaningOf(lang, report) : [],
        reason: report?.reason ? pick(t.reportReasons, report.reason) : '',
        notice: notice
          ? [w.notice(longDay(lang, istDay(notice.read_at))), w.until(longDay(lang, notice.object_by))]
          : [],
        objects: no_objection === null,
        court: courtOf(lang, facts),
        closed: facts.closed_at ? w.closed(longDay(lang, istDay(facts.closed_at))) : '',
        settled: {
          now: settled ? w.settled_now(settled.settled, longTime(lang, settled.at)) : '',
          goes: facts.state === 'closed',
          asked: asks_settled,
        },
        pleas: pleas.map((one) => pleaOf(lang, one)).reverse(),
        asks_feedback,
      },
    };
  },
};

/** Reached from the end of her case. */
export const objectionPage: HerPageMaker<'objection'> = {
  line: async () => null,
  view: async () => ({ at: 'objection', form_id: newId() }),
};

const QUESTIONS = Object.keys(FEEDBACK) as FeedbackQuestion[];

/** Reached from the end of her case, and from tracking at earlier stages; never asked twice. */
export const feedbackPage: HerPageMaker<'feedback'> = {
  line: async (r, { lang, facts }) => {
    if (hasEnded(facts) || !(await asksFeedback(r, facts.stage))) return null;
    const w = words(lang).ending;
    return { do: 'see-feedback', button: w.her.feedback, note: w.feedback.intro, fresh: false };
  },
  view: async (_r, { lang }) => {
    const w = words(lang).ending;
    return {
      at: 'feedback',
      feedback: {
        form_id: newId(),
        questions: QUESTIONS.map((name) => ({
          name,
          label: w.questions[name],
          options: FEEDBACK[name].map((value) => ({ value, text: pick(w.options[name], value) })),
        })),
      },
    };
  },
};
