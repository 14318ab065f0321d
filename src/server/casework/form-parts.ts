// What the forms of a file are made of: texts, numbers, instants, days, answers that may be left out.
import { z } from 'zod';
import { instantFrom } from '#foundation';
import { asciiDigits } from '#law';

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

/** A text of hers or of an officer's; `missing` is what is refused where it is empty. */
export const text = (missing: string, max: number) => z.string(missing).trim().min(1, missing).max(max, 'too-long');

/** An instant with its offset; a time without one, as a page's field gives it, is a time in India. */
export const instant = z
  .string('give-the-time')
  .trim()
  .transform((said, context) => {
    const at = instantFrom(asciiDigits(said));
    if (at) return at;
    context.addIssue({ code: 'custom', message: said === '' ? 'give-the-time' : 'not-an-instant' });
    return z.NEVER;
  })
  .meta({ type: 'string', format: 'date-time', examples: ['2026-03-05T10:00:00+05:30'] });

/** A day of the calendar in India. */
export const day = z
  .string('say-which-day')
  .trim()
  .transform((said, context) => {
    try {
      return Temporal.PlainDate.from(asciiDigits(said));
    } catch {
      context.addIssue({ code: 'custom', message: 'not-a-day' });
      return z.NEVER;
    }
  })
  .meta({ type: 'string', format: 'date', examples: ['2026-03-05'] });

/** What may be left out; an empty field is left out. */
export const maybe = <T extends z.ZodType>(what: T) => z.preprocess(blankIsAbsent, what.optional());
/** Yes, no, or not said. */
export const yesOrNo = z.preprocess(
  (value) =>
    value === 'true' || value === 'on' || value === 'yes'
      ? true
      : value === 'false' || value === 'no'
        ? false
        : blankIsAbsent(value),
  z.boolean().optional(),
);
/** A number as digits, in either script. */
export const number = (pattern: RegExp, message: string) =>
  z
    .union([z.string(), z.number()], message)
    .transform((said) => asciiDigits(String(said)).trim())
    .pipe(z.string().regex(pattern, message));
/** A listed answer; where it is not given, the one that says the least. */
export const oneOr = <T extends readonly [string, ...string[]]>(codes: T, otherwise: T[number]) =>
  z.preprocess(blankIsAbsent, z.enum(codes, 'choose-one').default(otherwise as never));

/** The form of one step. */
export const one = <S extends string, F extends z.ZodRawShape>(step: S, fields: F) =>
  z.object({ step: z.literal(step), ...fields });
