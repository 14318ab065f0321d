// How officers' pages say days, hours, stays and limits. Days are days in India; nothing is rounded into beauty.
import { type Lang, words } from '#words';

const INDIA = 'Asia/Kolkata';
const MONTHS = {
  hi: ['जन.', 'फर.', 'मार्च', 'अप्रैल', 'मई', 'जून', 'जुल.', 'अग.', 'सितं.', 'अक्टू.', 'नवं.', 'दिसं.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
} as const;

/** A code's words in a table of words; the bare code where the table has none, so that nothing is ever silently empty. */
export function say(table: object, code: string): string {
  return (table as Record<string, string>)[code] ?? code;
}

/** A name in the page's language. */
export const named = (name: { hi: string; en: string }, lang: Lang): string => (lang === 'en' ? name.en : name.hi);

/** The day in India of an instant. */
export const dayOf = (at: Temporal.Instant): Temporal.PlainDate => at.toZonedDateTimeISO(INDIA).toPlainDate();

/** "18 नवं." */
export function shortDay(day: Temporal.PlainDate, lang: Lang): string {
  return `${day.day} ${MONTHS[lang][day.month - 1]}`;
}

/** "16:20" */
export function clockTime(at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(INDIA).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** "17 नवं., 10:20" */
export const moment = (at: Temporal.Instant, lang: Lang): string => `${shortDay(dayOf(at), lang)}${lang === 'hi' ? ',' : ''} ${clockTime(at)}`;

/** "17 दिन 23 घंटे", "4 घंटे 10 मिनट": the two largest units, cut and never rounded up. */
export function span(seconds: number, lang: Lang): string {
  const w = words(lang).staff.spans;
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = days > 0 ? [w.days(days), hours > 0 ? w.hours(hours) : ''] : [hours > 0 ? w.hours(hours) : '', hours === 0 || minutes % 60 > 0 ? w.minutes(minutes % 60) : ''];
  return parts.filter(Boolean).join(' ');
}

/**
 * Stays as printed: whole hours that add up to the whole hours of the total. The hours cut off go back to the stays that
 * lost most (largest remainder), so that the column adds up to its foot.
 * @param seconds the length of each stay
 * @returns whole hours, in the same order
 */
export function wholeHours(seconds: readonly number[]): number[] {
  const hours = seconds.map((s) => Math.floor(s / 3600));
  const total = Math.floor(seconds.reduce((sum, s) => sum + s, 0) / 3600);
  const order = seconds.map((s, i) => ({ i, lost: s % 3600 })).sort((a, b) => b.lost - a.lost || a.i - b.i);
  for (const { i } of order.slice(0, total - hours.reduce((sum, h) => sum + h, 0))) hours[i] = (hours[i] ?? 0) + 1;
  return hours;
}

/** A limit as a row shows it: sign, word and date; the tone only repeats what the sign and the word say. */
export type Mark = { tone: 'late' | 'soon' | 'far'; sign: '▲' | '◆' | ''; text: string; small: string };

/**
 * How far a running limit is.
 * @param due its last instant and its day
 * @param now the page's instant
 */
export function markOf(due: { at: Temporal.Instant; on: Temporal.PlainDate }, now: Temporal.Instant, lang: Lang): Mark {
  const w = words(lang).staff.due;
  const days = dayOf(now).until(due.on, { largestUnit: 'days' }).days;
  const seconds = due.at.epochMilliseconds / 1000 - now.epochMilliseconds / 1000;
  const by_clock = clockTime(due.at) !== '23:59';
  const small = by_clock && Math.abs(days) <= 1 ? `${days === 0 ? '' : `${shortDay(due.on, lang)} `}${clockTime(due.at)}` : shortDay(due.on, lang);
  const length = (n: number) => (n < 1 || (by_clock && Math.abs(seconds) < 172_800) ? span(seconds, lang) : words(lang).staff.spans.days(n));
  if (seconds < 0) return { tone: 'late', sign: '▲', text: w.late(length(-days)), small };
  if (days <= 7) return { tone: 'soon', sign: '◆', text: days === 0 && !by_clock ? w.today : length(days), small };
  return { tone: 'far', sign: '', text: words(lang).staff.spans.days(days), small };
}

/** A 12-digit number in groups of four, as it is spoken. */
export const inFours = (number: string): string => number.replace(/(\d{4})(?=\d)/g, '$1 ');
