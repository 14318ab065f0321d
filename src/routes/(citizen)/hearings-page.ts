// When she is heard: the times she may choose from, the one she chose, who may sit with her, how it went.
import { newId } from '#foundation';
import { type HerHearing, myHearings, roomOf } from '#hearing';
import { type Lang, words } from '#words';
import { clockTime, fullTime, longTime } from '../../words/format.ts';
import type { HerPageMaker } from './her-pages.ts';
import type { HearingsView } from './views.ts';

const isOpen = ({ state }: HerHearing): boolean => ['offered', 'asked', 'chosen', 'lapsed'].includes(state);
/** The one that she has to look at first: what she may choose, then what she chose. */
const first = (all: readonly HerHearing[], which?: string): HerHearing | undefined => {
  const open = all.filter(isOpen);
  return (
    open.find(({ id }) => id === which) ?? open.find(({ state }) => state === 'offered') ?? roomOf(open) ?? open[0]
  );
};

/** Times were offered, and every one of them has gone by. */
const isPassed = (one: HerHearing): boolean => one.state === 'offered' && one.times.length === 0;

function lineOf(lang: Lang, all: readonly HerHearing[]): { note: string; fresh: boolean } {
  const w = words(lang).hearing.her;
  const one = first(all);
  if (!one) {
    const [last] = all;
    const note = last?.state === 'held' ? w.line_held : last?.state === 'cancelled' ? w.line_cancelled : w.line_none;
    return { note, fresh: false };
  }
  if (isPassed(one)) return { note: w.line_passed, fresh: false };
  if (one.state === 'offered') return { note: w.line_offered(one.times.length), fresh: true };
  if (one.state === 'lapsed') return { note: w.line_lapsed, fresh: true };
  if (one.state === 'asked' || !one.starts_at) return { note: w.line_asked, fresh: false };
  if (one.why_not_join === null) return { note: w.line_open, fresh: true };
  return { note: w.line_chosen(longTime(lang, one.starts_at)), fresh: false };
}

function nowOf(lang: Lang, one: HerHearing): NonNullable<HearingsView['now']> {
  const w = words(lang).hearing;
  const { opens_at, starts_at } = one;
  const hasTime = one.state === 'chosen' || one.state === 'lapsed';
  return {
    id: one.id,
    state: one.state,
    title: isPassed(one) ? w.her.passed : w.her.states[one.state],
    at: hasTime && starts_at ? fullTime(lang, starts_at) : '',
    who: w.her.who(one.post_name?.[lang] ?? '', one.woman),
    how: w.her.how(w.kinds[one.kind], w.about[one.about]),
    text: one.text ?? '',
    phone: one.kind === 'phone',
    times: one.times
      .filter(({ at }) => !(one.state === 'chosen' && starts_at?.equals(at)))
      .map(({ n, at }) => ({ value: String(n), text: fullTime(lang, at) })),
    room:
      hasTime && one.kind !== 'phone' && opens_at && (one.why_not_join === null || one.why_not_join === 'not-open-yet')
        ? { open: one.why_not_join === null, from: clockTime(opens_at) }
        : null,
    guests: one.guests.map(({ role, used, shut }) =>
      shut ? w.her.with_shut[role] : used ? w.her.with_in[role] : w.her.with_is[role],
    ),
  };
}

function pastOf(lang: Lang, one: HerHearing): HearingsView['earlier'][number] {
  const w = words(lang).hearing;
  const last = one.events.findLast(({ what }) => what === 'held' || what === 'not-held' || what === 'cancelled');
  const how = last?.form.how;
  const lines: string[] = [w.her.how(w.kinds[one.kind], w.about[one.about])];
  if (last?.what === 'held' && (how === 'video' || how === 'audio' || how === 'phone'))
    lines.push(w.her.held(w.kinds[how], Number(last.form.minutes)));
  if (last?.what === 'not-held') lines.push(w.her.not_held);
  const reason = w.staff.cancel_reasons[String(last?.form.reason) as 'other'];
  if (last?.what === 'cancelled' && last.form.reason !== 'other' && reason) lines.push(reason);
  if (last?.words) lines.push(last.words);
  for (const { exhibit } of one.recordings) if (exhibit !== null) lines.push(w.her.recorded(exhibit));
  return { id: one.id, title: w.her.states[one.state], at: last ? longTime(lang, last.at) : '', lines };
}

export const hearingsPage: HerPageMaker<'hearings'> = {
  line: async (r, { lang, facts }) => {
    const all = facts.state === 'submitted' ? [] : await myHearings(r);
    if (all.length === 0) return null;
    return { do: 'see-hearings', button: words(lang).hearing.her.button, ...lineOf(lang, all) };
  },
  view: async (r, { lang, kept }) => {
    const all = await myHearings(r);
    const one = first(all, kept.which);
    return {
      at: 'hearings',
      told: kept.told,
      hearings: {
        form_id: newId(),
        now: one ? nowOf(lang, one) : null,
        others: all
          .filter((other) => isOpen(other) && other !== one)
          .map((other) => ({ id: other.id, text: lineOf(lang, [other]).note })),
        // shown on the one page that follows the press, and nowhere again
        code: kept.told === 'hearing-code' ? (kept.once ?? '') : '',
        earlier: all.filter((past) => !isOpen(past)).map((past) => pastOf(lang, past)),
      },
    };
  },
};
