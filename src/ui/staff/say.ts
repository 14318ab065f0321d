// How officers' pages say days, hours and limits: shorter than hers, because they stand in tables.
import { RULE_IDS, RULES } from '#law';
import { type Lang, pick, words } from '#words';
import { explain, type WhyLine } from '../../words/explain.ts';
import { clockTime, days, daysFrom, duration, istDay } from '../../words/format.ts';
import type { ClockFacts } from '#deadlines';

const MONTHS = {
  hi: ['जन.', 'फर.', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुल.', 'अग.', 'सितं.', 'अक्टू.', 'नवं.', 'दिसं.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const;

/** A code's words in a table of words; the bare code where the table has none, so that nothing is ever silently empty. */
export const say = (table: Readonly<Record<string, string>>, code: string): string => pick(table, code, code);

/** A name in the page's language; a dash where a post has none that this reader may know. */
export const named = (name: { hi: string; en: string } | null, lang: Lang): string => name?.[lang] ?? '–';

/** "18 नवं." */
export const shortDay = (day: Temporal.PlainDate, lang: Lang): string => `${day.day} ${MONTHS[lang][day.month - 1]}`;

/** "नवं." */
export const shortMonth = (day: Temporal.PlainDate, lang: Lang): string => MONTHS[lang][day.month - 1] ?? '';

/** "17 नवं., 10:20" */
export const moment = (at: Temporal.Instant, lang: Lang): string => `${shortDay(istDay(at), lang)}, ${clockTime(at)}`;

/** Seconds from one instant to another. */
export const seconds = (from: Temporal.Instant, to: Temporal.Instant): number =>
  Math.round((to.epochMilliseconds - from.epochMilliseconds) / 1000);

/** "1 घंटा 40 मिनट", "17 दिन 23 घंटे": minutes count below two days, because somebody waits for them. */
export function span(lang: Lang, length: number): string {
  const whole = Math.abs(length);
  const minutes = Math.floor((whole % 3600) / 60);
  if (whole < 3600 || whole >= 172_800) return duration(lang, whole);
  const hours = duration(lang, whole - (whole % 3600));
  return minutes === 0 ? hours : `${hours} ${duration(lang, minutes * 60)}`;
}

/** A limit as a row shows it: sign, word and date; the tone only repeats what the sign and the word say. */
export type Mark = { tone: 'late' | 'soon' | 'far'; sign: string; text: string; small: string };

const SOON_DAYS = 7;
const HOURS_COUNT = 172_800; // below two days, hours are said where the limit is an hour of the clock

/**
 * How far a running limit is.
 * @param due its last instant and its day
 * @param now the page's instant
 */
export function markOf(due: { at: Temporal.Instant; on: Temporal.PlainDate }, now: Temporal.Instant, lang: Lang): Mark {
  const w = words(lang).staff.due;
  const left = daysFrom(istDay(now), due.on);
  const ahead = seconds(now, due.at);
  const by_day = clockTime(due.at) === '23:59';
  const near = Math.abs(ahead) < HOURS_COUNT;
  const length = by_day || !near ? days(lang, Math.max(Math.abs(left), 1)) : span(lang, ahead);
  const small = by_day || !near ? shortDay(due.on, lang) : left === 0 ? clockTime(due.at) : moment(due.at, lang);
  if (ahead < 0) return { tone: 'late', sign: '▲', text: w.late(length), small };
  const text = by_day && left === 0 ? w.today : length;
  return left <= SOON_DAYS ? { tone: 'soon', sign: '◆', text, small } : { tone: 'far', sign: '', text, small };
}

/**
 * How the date of a clock came about, as an officer reads it: the sentences of her page, except those that speak to her.
 * @param clock the clock with its steps
 */
export function explainToOfficer(lang: Lang, clock: ClockFacts): WhyLine[] {
  const w = words(lang).staff.file.clocks;
  const lines = clock.steps.flatMap((step) => {
    const [line] = explain(lang, { ...clock, steps: [step] }, 'officer');
    if (!line) return [];
    if (step.code === 'rule') return [{ ...line, text: pick(w.spoken, clock.rule, line.text) }];
    if (step.code === 'only-with-consent') return [{ ...line, text: w.consent }];
    if (step.code === 'police-make-it-possible') return [{ ...line, text: w.arrange }];
    return [line];
  });
  return [...lines.filter(({ kind }) => kind !== 'note'), ...lines.filter(({ kind }) => kind === 'note')];
}

/** What stops a clock: any of its rule's moments. */
export function stopsOf(lang: Lang, clock: Pick<ClockFacts, 'rule' | 'stops_on'>): string {
  const { events } = words(lang).law;
  const rule = RULE_IDS.find((id) => id === clock.rule);
  const moments: readonly string[] = rule ? RULES[rule].stops_on : [clock.stops_on];
  return moments.map((moment) => say(events, moment)).join(words(lang).staff.file.clocks.or);
}

/** Sections as they are cited: "BNS 64(2)(m), 75; POCSO 8". */
export function cited(sections: readonly { act: string; section: string }[]): string {
  const acts = Map.groupBy(sections, ({ act }) => act);
  return [...acts].map(([act, rows]) => `${act} ${rows.map(({ section }) => section).join(', ')}`).join('; ');
}

const hour = (time: string): string => time.replace(/^0(?=\d)/, '').replace(':00', '');

/** Her safe hours: "10–17, 18:30–20", or that any hour will do. */
export function windowsOf(windows: readonly { from: string; to: string }[], lang: Lang): string {
  const always = windows.length === 0 || windows.some(({ from, to }) => from === '00:00' && to >= '23:59');
  return always
    ? words(lang).staff.calls.any_time
    : windows.map(({ from, to }) => `${hour(from)}–${hour(to)}`).join(', ');
}
