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
  const all = clock.steps.flatMap((step) => lineOf(lang, clock, step, reader));
  // two sections of one list read alike on her side
  const lines = all.filter(
    ({ text, cite: section }, n) => all.findIndex((l) => l.text === text && l.cite === section) === n,
  );
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
  const { acts, section } = words(lang).law;
  const { act, number } = cut(authority);
  const name = pick(acts, act);
  return name ? section(name, number) : authority;
}

// one act has a blank in its short name
const cut = (authority: string): { act: string; number: string } => {
  const [, act = '', number = ''] = /^(SC\/ST Act|\S+) (.+)$/.exec(authority) ?? [];
  return { act, number };
};

// acts whose very name says what a case is about
const TELLING = ['POCSO', 'SC/ST Act', 'PWDVA', 'POSH'];

function citeFor(reader: 'her' | 'officer', lang: Lang, authority: string): string {
  const { act, number } = cut(authority);
  const { section, specialAct } = words(lang).law;
  return reader === 'her' && TELLING.includes(act) ? section(specialAct, number) : cite(lang, authority);
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
  const said = (authority: string) => citeFor(reader, lang, authority);
  switch (step.code) {
    case 'started':
      return line(startedText(lang, step, reader));
    case 'section-listed':
      return line(w.listed(named(step)), said(step.list));
    case 'offence-of-rape':
      return line(w.medicalSection(named(step)));
    case 'by-correspondence':
      return line(w.byCorrespondence(named(step)), said(step.to));
    case 'no-section-listed':
      return line(w.noneListed, step.list ? said(step.list) : '');
    case 'section-unreadable':
      return line(w.unreadable(named(step)));
    case 'child-without-pocso':
      return line(w.childWithoutPocso(reader === 'officer' ? 'POCSO' : ''), said(step.authority), 'note');
    case 'applies-to-child':
      return line(w.appliesToChild, said(step.authority));
    case 'act-cited':
      return line(w.actCited(named(step)));
    case 'punishable':
      return line(w.punishable(named(step), step.years === null ? w.mostLife : w.mostYears(step.years)));
    case 'bail-days':
      return line((step.unsettled ? w.bailDaysUnsettled : w.bailDays)(step.days), said(step.authority));
    case 'band-unchecked':
      return line(w.bandUnchecked, said(step.authority));
    case 'of-accused':
      return line(w.ofAccused(step.accused));
    case 'no-number-in-law':
      return line(w.noNumber[step.says], said(step.authority));
    case 'not-the-police':
      return line(
        reader === 'her' && step.who === 'complainant' ? w.notThePoliceButYou : w.notThePolice(w.who[step.who]),
        '',
        'note',
      );
    case 'again-is-ours':
      return line(w.againIsOurs(step.days), said(step.authority));
    case 'first-day-included':
      return line(w.firstDayIncluded(shortDay(lang, day(step.on))), said(step.authority));
    case 'rule':
      return line(
        pick(clock.kind === 'law' ? w.limits : w.targets, clock.rule, ruleName(lang, clock.rule)),
        said(step.authority),
      );
    case 'no-such-duty-in-old-code':
      return line(w.notInOldCode(longDay(lang, day(step.in_force_from))), said(step.authority));
    case 'start-is-our-reading':
      return line(w.ourReading, said(step.authority), 'note');
    case 'first-day-excluded':
      return line(w.firstDay(shortDay(lang, day(step.excluded))), said(step.authority));
    case 'months-counted':
      return line(w.months(step.on.map((on) => shortDay(lang, day(on))).join(', ')), said(step.authority));
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
      return line(w.onlyWithConsent, said(step.authority), 'note');
    case 'due':
      return line(w.due[clock.kind](dueText(lang, clock.due_on, at(step.at))), '', 'sum');
  }
}

// the day of an incident has no hour
function startedText(lang: Lang, step: Extract<WhyStep, { code: 'started' }>, reader: 'her' | 'officer'): string {
  const w = words(lang).law;
  const what = reader === 'officer' && step.event !== 'offence' ? w.events[step.event] : w.started[step.event];
  const when =
    step.event === 'offence'
      ? fullDay(lang, Temporal.PlainDate.from(step.on))
      : fullTime(lang, Temporal.Instant.from(step.at));
  return w.startedAt(what, when);
}

/** The last moment on time: the day and its last minute, or the hour. */
function dueText(lang: Lang, on: Temporal.PlainDate, at: Temporal.Instant): string {
  const last = at.toZonedDateTimeISO('Asia/Kolkata');
  const endOfDay = last.hour === 23 && last.minute === 59;
  return `${fullDay(lang, endOfDay ? on : istDay(at))}, ${endOfDay ? '23:59' : clockTime(at)}`;
}
