// When a message may go, and whether it may go at all. Told the time, asks nothing.

const INDIA = 'Asia/Kolkata';
export type Window = { from: string; to: string };

/** Minutes after midnight of "HH:MM". */
const minutes = (clock: string): number => {
  const time = Temporal.PlainTime.from(clock);
  return time.hour * 60 + time.minute;
};

/**
 * Whether an instant lies in her hours. A window from 22:00 to 02:00 passes midnight. Without windows every hour is hers.
 * @param windows hours in India, the end left out
 */
export function isInsideWindow(windows: readonly Window[], at: Temporal.Instant): boolean {
  if (windows.length === 0) return true;
  const local = at.toZonedDateTimeISO(INDIA);
  const now = local.hour * 60 + local.minute;
  return windows.some(({ from, to }) => {
    const [opens, closes] = [minutes(from), minutes(to)];
    return opens < closes ? now >= opens && now < closes : now >= opens || now < closes;
  });
}

/**
 * The first instant from `at` on that lies in her hours: `at` itself when it does.
 * @param windows hours in India; none means any hour
 */
export function windowOpensAt(windows: readonly Window[], at: Temporal.Instant): Temporal.Instant {
  if (isInsideWindow(windows, at)) return at;
  const here = at.toZonedDateTimeISO(INDIA);
  const opens = windows.map(({ from }) => {
    const today = here.withPlainTime(Temporal.PlainTime.from(from));
    return (Temporal.ZonedDateTime.compare(today, here) > 0 ? today : today.add({ days: 1 })).toInstant();
  });
  return opens.sort(Temporal.Instant.compare)[0] ?? at;
}

/** How many units the network counts in a text: Hindi goes as UCS-2. One segment holds 70, or 160 of the basic alphabet. */
export function fitsOneSms(text: string): boolean {
  const basic = /^[A-Za-z0-9 @£$¥\n\r.,:;!?'"()+\-/*=<>%&#]*$/.test(text);
  return text.length <= (basic ? 160 : 70);
}

/**
 * Why a message is held back for good. "Never in a way she has not marked safe": without contact nothing goes at all; what she did
 * not ask for goes only where she chose SMS.
 * @param modes how she may be contacted
 * @param at_once whether she asked for it herself
 */
export function isWithheld(modes: readonly string[], at_once: boolean): boolean {
  return modes.includes('no_contact') || (!at_once && !modes.includes('sms'));
}
