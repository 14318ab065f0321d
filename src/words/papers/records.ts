// What officers print for themselves: the file in short, and the case diary in order.
import type { Block, Told } from '#documents';
import { clockTime, duration, istDay, longDay, longTime } from '../format.ts';
import { pick, type Words, words } from '../words.ts';
import { firOf, sectionsOf } from './parts.ts';

/** The file on a page: numbers, limits, where it lay, what was done. No name of hers, no place, nothing of what she told. */
export function abstract(told: Told): Block[] {
  const { file, language, now } = told;
  const w = words(language);
  const a = w.documents.abstract;
  const day = (at: Temporal.Instant) => longDay(language, istDay(at));
  const facts: (readonly [string, string | null | undefined])[] = [
    [a.station, file.station?.[language]],
    [a.state, pick(w.staff.states, file.state, file.state)],
    [w.documents.refs.fir, firOf(told)],
    [a.sections, sectionsOf(told)],
    [a.filed, longTime(language, file.submitted_at)],
    [a.signed, file.signed_at && longTime(language, file.signed_at)],
    [a.recorded, file.fir && longTime(language, file.fir.recorded_at)],
    [a.with, file.desks.at(-1)?.post_name[language]],
    [a.report, file.report && pick(w.staff.steps.option, file.report.kind, file.report.kind)],
    [a.court, file.report?.court],
  ];
  const clocks = file.clocks.map((clock) => [
    pick(w.staff.file.clocks.rules, clock.rule, clock.rule),
    longDay(language, clock.due_on),
    pick(a.clock_states, clock.state, clock.state),
  ]);
  return [
    { is: 'text', text: a.intro(longTime(language, now)) },
    { is: 'heading', text: a.facts },
    {
      is: 'table',
      head: Object.values(a.head),
      rows: facts.flatMap(([name, value]) => (value ? [[name, value]] : [])),
      widths: [2, 5],
    },
    ...(clocks.length > 0
      ? ([
          { is: 'heading', text: a.clocks },
          { is: 'table', head: Object.values(a.clocks_head), rows: clocks, widths: [5, 2, 2] },
        ] as const)
      : []),
    { is: 'heading', text: a.desks },
    {
      is: 'table',
      head: Object.values(a.desks_head),
      rows: file.desks.map((stay) => [
        stay.post_name[language],
        `${day(stay.from)}, ${clockTime(stay.from)}`,
        duration(language, stay.seconds),
      ]),
      widths: [4, 3, 2],
    },
    { is: 'heading', text: a.history },
    {
      is: 'table',
      head: Object.values(a.history_head),
      rows: file.history.map((one) => [longTime(language, one.at), historyLine(w, one), one.post_name[language]]),
      widths: [3, 4, 4],
    },
  ];
}

// what a step was about stands beside its name, as on the page of the file: that she declined is not "recorded" merely
function historyLine(w: Words, { step, about }: Told['file']['history'][number]): string {
  const name = pick(w.staff.file.history_of, step, step);
  if (!about) return name;
  return `${name}: ${step === 'record-event' ? pick(w.law.events, about, about) : pick(w.staff.steps.option, about, about)}`;
}

/** Every entry of the case diary, the first first, each with its number and its time. */
export function diary({ file, voices, language, now }: Told): Block[] {
  const w = words(language).documents.diary;
  const entries = file.diary.toSorted((a, b) => a.number - b.number);
  return [
    { is: 'text', text: w.intro(entries.length, longTime(language, now)) },
    ...entries.flatMap((entry): Block[] => [
      {
        is: 'entry',
        n: w.entry(entry.number),
        when: longTime(language, entry.at),
        who: [entry.officer?.[language], entry.post_name[language]].filter(Boolean).join(', '),
        text: entry.text,
      },
      // a voice cannot be printed: which one belongs here is said by its length and its hash
      ...voices
        .filter((voice) => voice.entry === entry.number)
        .map(
          ({ exhibit, seconds, sha256 }): Block => ({
            is: 'text',
            small: true,
            text: w.voice(exhibit, entry.number, seconds, sha256),
          }),
        ),
    ]),
  ];
}
