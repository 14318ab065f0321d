// A day and an hour as officers type them (27-11-2026, १६:२०), as the one spelling the forms of the rooms read.
import { asciiDigits } from '#law';

const OFFSET = '+05:30';
const pad = (text: string): string => text.padStart(2, '0');

/** "27-11-2026", "27/11/2026" or "2026-11-27" as "2026-11-27"; what is neither stays as it was typed, for the form to refuse. */
export function plainDay(typed: string): string {
  const said = asciiDigits(typed).trim().replace(/[/.]/g, '-');
  const [, d, m, y] = /^(\d{1,2})-(\d{1,2})-(\d{4})$/.exec(said) ?? [];
  if (d && m && y) return `${y}-${pad(m)}-${pad(d)}`;
  const [, year, month, date] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(said) ?? [];
  return year && month && date ? `${year}-${pad(month)}-${pad(date)}` : said;
}

/** "9:05", "16.20" or "१६:२०" as "09:05", "16:20". */
export function plainHour(typed: string): string {
  const said = asciiDigits(typed).trim().replace('.', ':');
  const [, h, m] = /^(\d{1,2}):(\d{2})$/.exec(said) ?? [];
  return h && m ? `${pad(h)}:${m}` : said;
}

/**
 * The two fields of one instant, in India's time; undefined when both are empty, so that the form can say that it is missing.
 * @param typed `on` and `at` of the pair, as the page sent them
 */
export function instantTyped(typed: unknown): string | undefined {
  if (typeof typed !== 'object' || typed === null) return undefined;
  const { on, at } = typed as { on?: unknown; at?: unknown };
  if (typeof on !== 'string' && typeof at !== 'string') return undefined;
  return `${typeof on === 'string' ? plainDay(on) : ''}T${typeof at === 'string' ? plainHour(at) : ''}:00${OFFSET}`;
}

/** The two fields as they stand before anything was typed: now, in India. */
export function typedNow(now: Temporal.Instant): { on: string; at: string } {
  const here = now.toZonedDateTimeISO('Asia/Kolkata');
  const { day, month, year } = here;
  return {
    on: `${pad(String(day))}-${pad(String(month))}-${year}`,
    at: here.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}
