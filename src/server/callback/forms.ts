// What may come in from outside for the call-back desk.
import * as z from 'zod';
import { OUTCOMES } from './rules.ts';
import { isWindow } from './windows.ts';

const ZERO_DEVANAGARI = 0x0966;
const NOTE_MAX = 2000;

/** Devanagari digits as Latin ones, spaces and hyphens left out: however she reads it, it is the same code. */
export const plainDigits = (text: string): string =>
  text
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - ZERO_DEVANAGARI))
    .replace(/[\s\u00a0\u200b-\u200d‐-―-]/g, '');

/** The eight digits of a call-verification code. */
export const callCode = z
  .string('missing')
  .transform(plainDigits)
  .pipe(z.string().regex(/^\d{8}$/, 'code-has-eight-digits'))
  .meta({ description: 'Eight digits; Devanagari digits, spaces and hyphens are accepted', example: '4821 7390' });

const clock = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'time-shape');
/** One safe window of the day, in India. */
export const windowForm = z
  .object({ from: clock, to: clock })
  .refine(isWindow, { message: 'time-order', path: ['to'] });

/** An instant with its offset; what arrives is checked by the calendar itself. */
const instant = z.string().transform((text, context) => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'not-an-instant' });
    return z.NEVER;
  }
});

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);

/** POST /callbacks/{id}/attempts. `confirmed` needs the code; `call-later` needs the hour. */
export const attemptForm = z
  .object({
    outcome: z.enum(OUTCOMES),
    code: z.preprocess(blankIsAbsent, callCode.optional()),
    at: z.preprocess(blankIsAbsent, instant.optional()),
    note: z.preprocess(blankIsAbsent, z.string().trim().max(NOTE_MAX, 'too-long').optional()),
  })
  .refine((form) => form.outcome !== 'confirmed' || form.code !== undefined, {
    message: 'code-has-eight-digits',
    path: ['code'],
  })
  .refine((form) => form.outcome !== 'call-later' || form.at !== undefined, { message: 'say-when', path: ['at'] });
export type AttemptForm = z.output<typeof attemptForm>;

/** The code a woman shows or says at a help desk. */
export const deskCodeForm = z.object({ code: callCode });

/** What a superior decides on a call that has come up. */
export const letTryAgainForm = z.object({ note: z.string().trim().min(1, 'say-why').max(NOTE_MAX, 'too-long') });
