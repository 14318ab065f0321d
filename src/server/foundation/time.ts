// Instants as people and callers write them. Every room reads them here, so that the same text means the same instant everywhere.

/** India has one time zone and no summer time. */
export const INDIA = 'Asia/Kolkata';

// Beyond these the database, a calendar or a paper cannot write it any more, also after a term was added; nobody means it.
const FIRST = Temporal.Instant.from('0002-01-01T00:00:00Z');
const END = Temporal.Instant.from('9900-01-01T00:00:00Z');
const isWritable = (at: Temporal.Instant): boolean =>
  Temporal.Instant.compare(at, FIRST) >= 0 && Temporal.Instant.compare(at, END) < 0;

/**
 * The instant that is written: a day and a time, with an offset, or without one as the clock in India shows it.
 * @param text ISO 8601 in ASCII digits; `T` or a space before the time
 * @returns undefined for anything else: a day alone, a day that does not exist, a year that nothing here can write, words
 */
export function instantFrom(text: string): Temporal.Instant | undefined {
  const written = text.trim();
  const time = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d[Tt ](\d\d.*)$/.exec(written)?.[1];
  if (time === undefined) return undefined;
  try {
    const at = /[Zz+-]/.test(time)
      ? Temporal.Instant.from(written)
      : Temporal.PlainDateTime.from(written).toZonedDateTime(INDIA).toInstant();
    return isWritable(at) ? at : undefined;
  } catch {
    return undefined;
  }
}
