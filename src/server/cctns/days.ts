// A day as registers, sheets and exports write it, read into `YYYY-MM-DD`; what cannot be a day is said so, never bent into one.
import { asciiDigits } from '#law';

const MONTHS: readonly (readonly string[])[] = [
  ['jan', 'january', 'जन', 'जनवरी'],
  ['feb', 'february', 'फर', 'फ़र', 'फरवरी', 'फ़रवरी'],
  ['mar', 'march', 'मार्च'],
  ['apr', 'april', 'अप्रैल', 'अप्रेल'],
  ['may', 'मई'],
  ['jun', 'june', 'जून'],
  ['jul', 'july', 'जुल', 'जुलाई'],
  ['aug', 'august', 'अग', 'अगस्त'],
  ['sep', 'sept', 'september', 'सित', 'सितंबर', 'सितम्बर'],
  ['oct', 'october', 'अक्टू', 'अक्टूबर', 'अक्तूबर'],
  ['nov', 'november', 'नव', 'नवंबर', 'नवम्बर'],
  ['dec', 'december', 'दिस', 'दिसंबर', 'दिसम्बर'],
];
const MONTH = new Map(MONTHS.flatMap((names, at) => names.map((name) => [name.normalize('NFC'), at + 1] as const)));

const TIME = /[ t,]+(?:at\s+)?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm|hrs?|बजे)?\s*$/;
const YMD = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const DMY = /^(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})$/;
const NAMED = /^(\d{1,2})(?:st|nd|rd|th)?[\s\-/.,]*([^\s\d\-/.,]+)[\s\-/.,]*(\d{4}|\d{2})$/;
const NAMED_FIRST = /^([^\s\d\-/.,]+)[\s\-/.]*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})$/;
const TOGETHER = /^(\d{8})$/;
const SHEET = /^(\d{5})(?:\.\d+)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})$/;
/** Sheets count days from here; their first two months have a day too many, and no FIR lies in them. */
const SHEET_BEGINS = Temporal.PlainDate.from('1899-12-30');
const SHEET_FIRST = 20_000;
const SHEET_LAST = 80_000;

/** Which of the first two numbers is the day where both could be: police write the day first, some exports the month. */
export type DayOrder = 'dmy' | 'mdy';

/**
 * Reads a day. 05.03.2026, 5/3/26, 2026-03-05, 05-Mar-2026, 5th March 2026, March 5, 2026, ५ मार्च २०२६, 20260305, 05032026, the day
 * numbers of sheets (46086), each with or without a time of day, and instants, of which the day in India counts.
 * @param text as written
 * @param order which comes first where both numbers could be either; one that cannot be the month is not made the day
 * @param today two-digit years are those up to the coming one, else of the century before
 * @returns `YYYY-MM-DD`, or undefined where it is no day
 */
export function readDay(text: string, order: DayOrder, today: string): string | undefined {
  const line = asciiDigits(text.normalize('NFC'))
    .trim()
    .toLowerCase()
    .replace(/^(?:दिनांक|दि0|दि\.|dt\.?|dated|on)\s*[:.-]?\s*/, '');
  if (INSTANT.test(line)) return ofInstant(line);
  const bare = line
    .replace(/^(\d{4}-\d{2}-\d{2})t.*$/, '$1')
    .replace(TIME, '')
    .replace(/\s*(?:ई0|ई\.|ad)$/, '')
    .trim();
  const ymd = YMD.exec(bare);
  if (ymd) return day(ymd[1], ymd[2], ymd[3], today);
  const numbers = DMY.exec(bare);
  if (numbers)
    return order === 'dmy'
      ? day(numbers[3], numbers[2], numbers[1], today)
      : day(numbers[3], numbers[1], numbers[2], today);
  const named = NAMED.exec(bare);
  if (named) return day(named[3], MONTH.get(named[2] ?? ''), named[1], today);
  const first = NAMED_FIRST.exec(bare);
  if (first) return day(first[3], MONTH.get(first[1] ?? ''), first[2], today);
  const together = TOGETHER.exec(bare)?.[1];
  if (together) {
    const [a, b, c] = [together.slice(0, 4), together.slice(4, 6), together.slice(6)];
    return (
      (/^(?:19|20)/.test(a) ? day(a, b, c, today) : undefined) ??
      day(together.slice(4), together.slice(2, 4), together.slice(0, 2), today)
    );
  }
  const sheet = Number(SHEET.exec(bare)?.[1] ?? 0);
  if (sheet >= SHEET_FIRST && sheet <= SHEET_LAST) return SHEET_BEGINS.add({ days: sheet }).toString();
  return undefined;
}

function ofInstant(line: string): string | undefined {
  try {
    return Temporal.Instant.from(line.toUpperCase()).toZonedDateTimeISO('Asia/Kolkata').toPlainDate().toString();
  } catch {
    return undefined;
  }
}

function day(
  year: string | undefined,
  month: string | number | undefined,
  of_month: string | undefined,
  today: string,
): string | undefined {
  if (year === undefined || month === undefined || of_month === undefined) return undefined;
  const [m, d] = [Number(month), Number(of_month)];
  const y = year.length === 4 ? Number(year) : ofCentury(Number(year), Number(today.slice(0, 4)));
  if (m < 1 || m > 12 || d < 1 || d > 31 || y < 1900) return undefined;
  try {
    return Temporal.PlainDate.from({ year: y, month: m, day: d }, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

function ofCentury(short: number, this_year: number): number {
  const year = this_year - (this_year % 100) + short;
  return year > this_year + 1 ? year - 100 : year;
}
