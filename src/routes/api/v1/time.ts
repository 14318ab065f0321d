// How instants and days travel: ISO 8601 with India's offset, days as YYYY-MM-DD.
import { z } from 'zod';
import { INDIA, instantFrom } from '#foundation';

export { istDay as dayOf } from '#law';

/** “2026-03-05T10:00:00+05:30”; milliseconds only where there are any. */
export function iso(at: Temporal.Instant): string {
  const whole = at.epochMilliseconds % 1000 === 0;
  return at.toString({ timeZone: INDIA, fractionalSecondDigits: whole ? 0 : 3 });
}
/** The same for what may not have happened. */
export const isoOrNull = (at: Temporal.Instant | null | undefined): string | null => (at ? iso(at) : null);

export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?\+05:30$/)
  .meta({
    id: 'Instant',
    description: 'ISO 8601 with offset, in India',
    format: 'date-time',
    example: '2026-03-05T10:00:00+05:30',
  });
export const day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/)
  .meta({ id: 'Day', description: 'a day in India', format: 'date', example: '2026-03-05' });

/** An instant as a caller writes it, with any offset; without one, in India. */
export const instantIn = z
  .string()
  .transform((text, context) => {
    const at = instantFrom(text);
    if (at) return at;
    context.addIssue({ code: 'custom', message: 'not-an-instant' });
    return z.NEVER;
  })
  .meta({ format: 'date-time', example: '2026-03-05T10:00:00+05:30' });
