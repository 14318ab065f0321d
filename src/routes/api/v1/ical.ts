// A calendar as RFC 5545 writes it: lines of at most 75 octets, ended by CR LF; texts escaped. Nothing here knows of a person or a file.
import type { FedClock } from '#casework';
import { INDIA } from '#foundation';
import { endOfIstDay, type RuleId } from '#law';
import { type Lang, pick, words } from '#words';

const OCTETS = 75;
const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');

/**
 * A text as a value of type TEXT: backslash, semicolon, comma and line end escaped (RFC 5545, 3.3.11); other control characters and half
 * surrogate pairs, which no calendar can hold, left out.
 */
export const escapeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\\/g, '\\\\')
    .replace(/;/g, '\\;')
    .replace(/,/g, '\\,')
    .replace(/\r\n|\r|\n/g, '\\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that may not be written
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/**
 * One content line, folded (RFC 5545, 3.1): counted in octets, because a Devanagari letter has three; never within a character.
 * @returns the line with its CR LF
 */
export function fold(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const more = bytes(character);
    if (size + more > OCTETS) {
      parts.push(part);
      // the blank that begins a continued line counts
      part = ' ';
      size = 1;
    }
    part += character;
    size += more;
  }
  parts.push(part);
  return parts.map((one) => `${one}\r\n`).join('');
}

const basicDay = (day: Temporal.PlainDate): string => day.toString().replaceAll('-', '');
const basicUtc = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

// a limit of days ends with its day; any other ends with an hour of the clock
const isDayLimit = ({ due_at, due_on }: FedClock): boolean =>
  Temporal.Instant.compare(due_at, endOfIstDay(due_on)) === 0 ||
  due_at.toZonedDateTimeISO(INDIA).toPlainTime().toString({ smallestUnit: 'minute' }) === '23:59';

// A telephone shows its calendar to whoever looks over a shoulder: only duties of every case are named. What belongs to some cases alone
// (a child, a workplace, a doctor), and whether a limit is one of law, would say what kind of case it is.
const NAMED: ReadonlySet<string> = new Set<RuleId>([
  'vikalp_24h',
  'message_answer',
  'efir_sign',
  'fir_copy',
  'report_to_magistrate',
  'investigation_two_months',
  'progress_90d',
  'search_record_48h',
  'arrest_24h',
  'default_bail',
  'action_taken_to_informant',
  'copies_14d',
  'further_investigation_90d',
]);

/**
 * The calendar of a feed.
 * @param feed language, the instant of the answer, and the clocks
 */
export function icalOf(feed: { language: Lang; at: Temporal.Instant; clocks: readonly FedClock[] }): string {
  const { calendar, staff } = words(feed.language);
  const w = calendar.ics;
  const stamp = basicUtc(feed.at);
  const summary = ({ rule, register }: FedClock): string =>
    [
      NAMED.has(rule) ? pick(staff.file.clocks.rules, rule, w.unnamed) : w.unnamed,
      register ? `${register.serial}/${register.year}` : '',
    ]
      .filter(Boolean)
      .join(' · ');
  const events = feed.clocks.flatMap((clock) => [
    'BEGIN:VEVENT',
    `UID:${clock.uid}@itsso.invalid`,
    `DTSTAMP:${stamp}`,
    ...(isDayLimit(clock)
      ? [`DTSTART;VALUE=DATE:${basicDay(clock.due_on)}`, `DTEND;VALUE=DATE:${basicDay(clock.due_on.add({ days: 1 }))}`]
      : [`DTSTART:${basicUtc(clock.due_at)}`]),
    `SUMMARY:${escapeText(summary(clock))}`,
    'CLASS:PRIVATE',
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//ITSSO//Calendar 1//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(w.name)}`,
    `X-WR-CALNAME:${escapeText(w.name)}`,
    'X-WR-TIMEZONE:Asia/Kolkata',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...events,
    'END:VCALENDAR',
  ]
    .map(fold)
    .join('');
}
