// Instants as people and callers write them. Every room reads them here, so that the same text means the same instant everywhere.

/** India has one time zone and no summer time. */
export const INDIA = 'Asia/Kolkata';

/**
 * The instant that is written: a day and a time, with an offset, or without one as the clock in India shows it.
 * @param text ISO 8601 in ASCII digits; `T` or a space before the time
 * @returns undefined for anything else: a day alone, a day that does not exist, words
 */
export function instantFrom(text: string): Temporal.Instant | undefined {
  const written = text.trim();
  const time = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\d[Tt ](\d\d.*)$/.exec(written)?.[1];
  if (time === undefined) return undefined;
  try {
    return /[Zz+-]/.test(time)
      ? Temporal.Instant.from(written)
      : Temporal.PlainDateTime.from(written).toZonedDateTime(INDIA).toInstant();
  } catch {
    return undefined;
  }
}
