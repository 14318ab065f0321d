// What may come in from outside for the call-back desk.
import * as z from 'zod';
import { instantFrom } from '#foundation';
import { OUTCOMES } from './rules.ts';

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

const instant = z.string().transform((text, context) => {
  const at = instantFrom(text);
  if (at) return at;
  context.addIssue({ code: 'custom', message: 'not-an-instant' });
  return z.NEVER;
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
