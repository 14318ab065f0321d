// Days, hours, numbers and lengths of time as people read them: India's time, international digits, lakh grouping.
import type { Lang } from './same.ts';

const ZONE = 'Asia/Kolkata';
const LOCALE: Record<Lang, string> = { hi: 'hi-IN-u-nu-latn', en: 'en-GB' };
const NUMBERS: Record<Lang, Intl.NumberFormat> = {
  hi: new Intl.NumberFormat('hi-IN-u-nu-latn'),
  en: new Intl.NumberFormat('en-IN'),
};

type Style = 'full' | 'long' | 'short' | 'month' | 'weekday';
const STYLES: Record<Style, Intl.DateTimeFormatOptions> = {
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'long' },
  month: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
};
const DAYS = Object.fromEntries(
  (['hi', 'en'] as const).flatMap((lang) =>
    (Object.keys(STYLES) as Style[]).map((style) => [
      `${lang}-${style}`,
      new Intl.DateTimeFormat(LOCALE[lang], STYLES[style]),
    ]),
  ),
) as Record<`${Lang}-${Style}`, Intl.DateTimeFormat>;

// The same days stand on many pages, and formatting one costs as much as a small query: what was said is kept, and forgotten when it is much.
const SAID = new Map<string, string>();
const MOST_SAID = 4000;
// The calendar's own data writes “फ़रवरी”; our spelling has no dot below.
function say(lang: Lang, style: Style, day: Temporal.PlainDate): string {
  const key = `${lang} ${style} ${day.toString()}`;
  const known = SAID.get(key);
  if (known !== undefined) return known;
  const said = DAYS[`${lang}-${style}`].format(day).replaceAll('\u093c', '');
  if (SAID.size >= MOST_SAID) SAID.clear();
  SAID.set(key, said);
  return said;
}

/** The day of an instant in India. The rooms ask #law; words stay free of the rooms, so that a page's own script may load them. */
export const istDay = (at: Temporal.Instant): Temporal.PlainDate => inIndia(at).day;

// India has been five and a half hours ahead of Greenwich since 15 October 1945: what stands on the clock there is reckoned, which costs a
// hundredth of asking for the zone; a page asks some thirty times, for the same few days
const SAME_SINCE_MS = Temporal.Instant.from('1946-01-01T00:00:00Z').epochMilliseconds;
const AHEAD_MIN = 330;
const DAY_MIN = 1440;
const KNOWN = new Map<number, Temporal.PlainDate>();
function inIndia(at: Temporal.Instant): { day: Temporal.PlainDate; minutes: number } {
  if (at.epochMilliseconds < SAME_SINCE_MS) {
    const there = at.toZonedDateTimeISO(ZONE);
    return { day: there.toPlainDate(), minutes: there.hour * 60 + there.minute };
  }
  const since = Math.floor(at.epochMilliseconds / 60_000) + AHEAD_MIN;
  const n = Math.floor(since / DAY_MIN);
  const day = KNOWN.get(n) ?? at.toZonedDateTimeISO(ZONE).toPlainDate();
  if (KNOWN.size >= MOST_SAID) KNOWN.clear();
  KNOWN.set(n, day);
  return { day, minutes: since - n * DAY_MIN };
}

/** “सोमवार, 30 नवंबर 2026”. */
export const fullDay = (lang: Lang, day: Temporal.PlainDate): string => say(lang, 'full', day);
/** “30 नवंबर 2026”. */
export const longDay = (lang: Lang, day: Temporal.PlainDate): string => say(lang, 'long', day);
/** “30 नवंबर”. */
export const shortDay = (lang: Lang, day: Temporal.PlainDate): string => say(lang, 'short', day);
/** “नवंबर 2026”. */
export const monthOf = (lang: Lang, day: Temporal.PlainDate): string => say(lang, 'month', day);
/** “सोमवार”. */
export const weekday = (lang: Lang, day: Temporal.PlainDate): string => say(lang, 'weekday', day);

/** “16:20”, 24 hours, India. */
export function clockTime(at: Temporal.Instant): string {
  const { minutes } = inIndia(at);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
/** “सोमवार, 28 सितंबर 2026, 14:10”. */
export const fullTime = (lang: Lang, at: Temporal.Instant): string => `${fullDay(lang, istDay(at))}, ${clockTime(at)}`;
/** “28 सितंबर 2026, 14:10”. */
export const longTime = (lang: Lang, at: Temporal.Instant): string => `${longDay(lang, istDay(at))}, ${clockTime(at)}`;
/** “28 सितंबर, 14:10”. */
export const shortTime = (lang: Lang, at: Temporal.Instant): string =>
  `${shortDay(lang, istDay(at))}, ${clockTime(at)}`;

/** “1,72,471”. */
export const count = (lang: Lang, n: number): string => NUMBERS[lang].format(n);

/**
 * Seconds as “17 दिन 23 घंटे”, “19 घंटे”, “12 मिनट”.
 * @param lang hi or en
 * @param seconds whole seconds, 0 or more
 */
export function duration(lang: Lang, seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return { hi: '1 मिनट से कम', en: 'under 1 minute' }[lang];
  if (minutes < 60) return unit(lang, minutes, 'minute');
  return hours(lang, Math.round(seconds / 3600));
}

/**
 * Whole hours as “17 दिन 23 घंटे” or “19 घंटे”.
 * @param lang hi or en
 * @param n whole hours, 0 or more
 */
export function hours(lang: Lang, n: number): string {
  const days = Math.floor(n / 24);
  const rest = n % 24;
  const parts = [...(days ? [unit(lang, days, 'day')] : []), ...(rest || !days ? [unit(lang, rest, 'hour')] : [])];
  return parts.join(' ');
}

/** “56 दिन”. */
export const days = (lang: Lang, n: number): string => unit(lang, n, 'day');

const UNITS = {
  hi: { day: ['दिन', 'दिन'], hour: ['घंटा', 'घंटे'], minute: ['मिनट', 'मिनट'] },
  en: { day: ['day', 'days'], hour: ['hour', 'hours'], minute: ['minute', 'minutes'] },
} as const;

function unit(lang: Lang, n: number, of: 'day' | 'hour' | 'minute'): string {
  return `${count(lang, n)} ${UNITS[lang][of][n === 1 ? 0 : 1]}`;
}

/** A code in groups of four, as it is spoken: “4471 9028 6153 7702”. */
export const fours = (digits: string): string[] => digits.replace(/\D/g, '').match(/.{1,4}/g) ?? [];

/** Whole days from one day to another. */
export const daysFrom = (from: Temporal.PlainDate, to: Temporal.PlainDate): number =>
  from.until(to, { largestUnit: 'days' }).days;
