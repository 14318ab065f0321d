// How a due date came about, in sentences: the codes of the law room said aloud. Pages and API speak the same text.
import type { WhyStep } from '#law';
import { clockTime, fullDay, fullTime, istDay, longDay, monthOf, shortDay } from './format.ts';
import { type Lang, pick, words } from './words.ts';

/** One line of the reckoning. `text` marks with ** what stands out; `cite` is the section it rests on, or empty. */
export type WhyLine = { text: string; cite: string; kind: 'line' | 'sum' | 'note' };

/** What must be known of a clock to explain its date. */
export type Explained = {
  rule: string;
  kind: 'law' | 'police-target';
  due_on: Temporal.PlainDate;
  steps: readonly WhyStep[];
};

/**
 * The reckoning of a due date, in order: start, rule, count, sum; notes last.
 * @param lang hi or en
 * @param clock the clock with its steps
 * @param reader officers read the sections of the case; on her side nothing names what it is about
 */
export function explain(lang: Lang, clock: Explained, reader: 'her' | 'officer' = 'her'): WhyLine[] {
  const lines = clock.steps.flatMap((step) => lineOf(lang, clock, step, reader));
  return [...lines.filter((line) => line.kind !== 'note'), ...lines.filter((line) => line.kind === 'note')];
}

/**
 * The same reckoning as plain sentences, for the API and for print.
 * @param lang hi or en
 * @param clock the clock with its steps
 * @param reader see `explain`
 */
export const explainPlainly = (lang: Lang, clock: Explained, reader: 'her' | 'officer' = 'her'): string[] =>
  explain(lang, clock, reader).map(({ text, cite }) => (cite ? `${unmarked(text)} (${cite})` : unmarked(text)));

/** A text with ** marks cut into parts; the odd ones stand out. */
export const marked = (text: string): string[] => text.split('**');
const unmarked = (text: string): string => text.replaceAll('**', '');

/**
 * “BNSS 193(2)” as “भारतीय नागरिक सुरक्षा संहिता, धारा 193(2)”. Judgments and targets are left as they are, or empty.
 * @param lang hi or en
 * @param authority the section as the law room writes it
 */
export function cite(lang: Lang, authority: string): string {
  if (authority === 'police-target') return '';
  const [act = '', ...rest] = authority.split(' ');
  const { acts, section } = words(lang).law;
  const name = pick(acts, act);
  return name ? section(name, rest.join(' ')) : authority;
}

/** The name of what a clock measures: “जांच पूरी करना”. */
export const ruleName = (lang: Lang, rule: string): string => pick(words(lang).law.rules, rule, rule);

const line = (text: string, authority = '', kind: WhyLine['kind'] = 'line') => [{ text, cite: authority, kind }];

function lineOf(lang: Lang, clock: Explained, step: WhyStep, reader: 'her' | 'officer'): WhyLine[] {
  const w = words(lang).law;
  const day = (iso: string) => Temporal.PlainDate.from(iso);
  const at = (iso: string) => Temporal.Instant.from(iso);
  const named = (cited: { act: string; section: string }) =>
    reader === 'officer' ? `${cited.act} ${cited.section}` : '';
  switch (step.code) {
    case 'started':
      return line(w.started[step.event](fullTime(lang, at(step.at))));
    case 'section-listed':
      return line(w.listed(named(step)), cite(lang, step.list));
    case 'offence-of-rape':
      return line(w.medicalSection(named(step)));
    case 'by-correspondence':
      return line(w.byCorrespondence(named(step)), cite(lang, step.to));
    case 'no-section-listed':
      return line(w.noneListed, step.list ? cite(lang, step.list) : '');
    case 'section-unreadable':
      return line(w.unreadable(named(step)));
    case 'child-without-pocso':
      return line(w.childWithoutPocso, cite(lang, step.authority), 'note');
    case 'rule':
      return line(
        pick(clock.kind === 'law' ? w.limits : w.targets, clock.rule, ruleName(lang, clock.rule)),
        cite(lang, step.authority),
      );
    case 'no-such-duty-in-old-code':
      return line(w.notInOldCode(longDay(lang, day(step.in_force_from))), cite(lang, step.authority));
    case 'start-is-our-reading':
      return line(w.ourReading, cite(lang, step.authority), 'note');
    case 'first-day-excluded':
      return line(w.firstDay(shortDay(lang, day(step.excluded))), cite(lang, step.authority));
    case 'months-counted':
      return line(w.months(step.on.map((on) => shortDay(lang, day(on))).join(', ')), cite(lang, step.authority));
    case 'days-counted':
      return line(w.days(shortDay(lang, day(step.from)), shortDay(lang, day(step.to)), step.days));
    case 'hours-counted':
      return line(w.hours(step.hours));
    case 'clamped':
      return line(w.clamped(monthOf(lang, day(`${step.month}-01`)), step.day), step.authority);
    case 'not-sixty-days':
      return step.sixty_on === clock.due_on.toString()
        ? []
        : line(w.notSixty(shortDay(lang, day(step.sixty_on))), '', 'note');
    case 'police-make-it-possible':
      return line(w.makeItPossible, '', 'note');
    case 'only-with-consent':
      return line(w.onlyWithConsent, cite(lang, step.authority), 'note');
    case 'due':
      return line(w.due[clock.kind](dueText(lang, clock.due_on, at(step.at))), '', 'sum');
  }
}

/** The last moment on time: the day and its last minute, or the hour. */
function dueText(lang: Lang, on: Temporal.PlainDate, at: Temporal.Instant): string {
  const last = at.toZonedDateTimeISO('Asia/Kolkata');
  const endOfDay = last.hour === 23 && last.minute === 59;
  return `${fullDay(lang, endOfDay ? on : istDay(at))}, ${endOfDay ? '23:59' : clockTime(at)}`;
}
