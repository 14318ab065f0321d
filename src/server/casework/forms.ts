// What may come in for a file: one form for each step, with the names of the API. Unknown keys are dropped, never stored.
import { z } from 'zod';
import { instantFrom } from '#foundation';
import { DELAY_KINDS } from '#deadlines';
import { asciiDigits, RECORDED_BY_HAND } from '#law';
import { CODES_OF_DEED } from './which-code.ts';

/** How her word was taken: orally at the desk, in writing by the police, before a Magistrate. */
export const STATEMENT_KINDS = ['oral-information', 'police', 'magistrate'] as const;
/** What she is asked to come for. */
export const SUMMON_REASONS = [
  'signing',
  'statement',
  'magistrate-statement',
  'medical',
  'identification',
  'documents',
  'hearing',
  'other',
] as const;
/** Where she signed. */
export const SIGN_PLACES = ['home', 'hospital', 'station', 'other'] as const;
/** Reasons of a closure report, as in the final form (IIF-V). "Not proved" is never "false". */
export const REPORT_REASONS = [
  'FR_INSUFFICIENT_EVIDENCE',
  'FR_UNTRACED',
  'FR_FALSE',
  'FR_MISTAKE_OF_FACT',
  'FR_MISTAKE_OF_LAW',
  'FR_CIVIL',
  'FR_NON_COGNIZABLE',
  'ABATED',
] as const;
/** What became of the case in court. */
export const OUTCOMES = [
  'convicted',
  'acquitted',
  'discharged',
  'closure-accepted',
  'quashed',
  'abated',
  'other',
] as const;

/** What a court ordered while the case runs. A stay is recorded and shown beside the dates; it moves none. */
export const COURT_ORDERS = ['stay', 'stay-lifted', 'further-investigation', 'monitoring', 'other'] as const;

const FIELD = 200;
const NOTE = 2000;
const DIARY = 20_000;
const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = (missing: string, max: number) => z.string(missing).trim().min(1, missing).max(max, 'too-long');

// An instant with its offset; a time without one, as a page's field gives it, is a time in India.
const instant = z
  .string('give-the-time')
  .trim()
  .transform((said, context) => {
    const at = instantFrom(asciiDigits(said));
    if (at) return at;
    context.addIssue({ code: 'custom', message: said === '' ? 'give-the-time' : 'not-an-instant' });
    return z.NEVER;
  })
  .meta({ type: 'string', format: 'date-time', examples: ['2026-03-05T10:00:00+05:30'] });

const day = z
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

const post = z.uuid('choose-a-post');
const maybe = <T extends z.ZodType>(what: T) => z.preprocess(blankIsAbsent, what.optional());
const yesOrNo = z.preprocess(
  (value) =>
    value === 'true' || value === 'on' || value === 'yes'
      ? true
      : value === 'false' || value === 'no'
        ? false
        : blankIsAbsent(value),
  z.boolean().optional(),
);
const number = (pattern: RegExp, message: string) =>
  z
    .union([z.string(), z.number()], message)
    .transform((said) => asciiDigits(String(said)).trim())
    .pipe(z.string().regex(pattern, message));

const cited = z.object({ act: text('say-which-act', 100), section: text('say-which-section', 60) });
const MOST_SECTIONS = 40;
const MOST_PAPERS = 100;

const one = <S extends string, F extends z.ZodRawShape>(step: S, fields: F) =>
  z.object({ step: z.literal(step), ...fields });

/** `POST /files/{number}/steps`: told apart by `step`. */
export const stepForm = z
  .discriminatedUnion('step', [
    one('receive', {}),
    one('assign', { to_post: post, note: maybe(text('say-why', NOTE)) }),
    one('move', { to_post: post, reason: text('say-why', NOTE) }),
    one('sign', { signed_at: instant, place: text('say-where', FIELD) }),
    one('register-fir', {
      fir_number: number(/^(?=.*[1-9])\d{1,5}$/, 'fir-number-shape'),
      year: number(/^(?:19|20)\d\d$/, 'year-shape').transform(Number),
      recorded_at: instant,
      offence_on: maybe(day),
      // asked only where the days of the deed do not answer it
      code: maybe(z.enum(CODES_OF_DEED, 'choose-one')),
      sections: z.array(cited, 'say-which-section').min(1, 'say-which-section').max(MOST_SECTIONS, 'too-many-sections'),
    }),
    one('refuse-registration', { reason: text('say-why', NOTE) }),
    one('diary', { text: text('write-something', DIARY) }),
    one('statement', {
      kind: z.enum(STATEMENT_KINDS, 'choose-one'),
      at: instant,
      by: text('say-who', FIELD),
      woman_officer: yesOrNo,
      audio_video: yesOrNo,
    }),
    one('medical', { sent_at: maybe(instant), examined_at: maybe(instant), report_at: maybe(instant) }),
    one('summon', { why: text('say-why', FIELD), at: instant, place: text('say-where', FIELD) }),
    one('tell-child-welfare', { at: instant }),
    one('tell-progress', { at: instant }),
    one('explain-delay', {
      kind: z.preprocess(blankIsAbsent, z.enum(DELAY_KINDS, 'choose-one').default('other')),
      from: maybe(day),
      text: maybe(text('say-why', NOTE)),
    }),
    one('record-event', {
      event: z.enum(RECORDED_BY_HAND, 'choose-one'),
      at: instant,
      accused: maybe(number(/^[1-9]\d?$/, 'accused-number').transform(Number)),
      note: maybe(text('say-why', NOTE)),
    }),
    one('court-order', {
      kind: z.enum(COURT_ORDERS, 'choose-one'),
      court: text('say-which-court', FIELD),
      at: instant,
      text: maybe(text('write-something', NOTE)),
    }),
    one('direct', { text: text('write-something', NOTE) }),
    one('submit-report', {
      kind: z.enum(['charge-sheet', 'final-report'], 'choose-one'),
      reason: maybe(z.enum(REPORT_REASONS, 'choose-one')),
      documents: z.array(z.uuid('not-understood')).max(MOST_PAPERS, 'too-long').optional(),
    }),
    one('approve-report', {}),
    one('return-report', { reason: text('say-why', NOTE) }),
    one('forward-report', { court: text('say-which-court', FIELD), at: instant }),
    one('close', { outcome: z.enum(OUTCOMES, 'choose-one') }),
    one('reopen', { reason: text('say-why', NOTE) }),
  ])
  .meta({ id: 'Step' });
export type StepForm = z.output<typeof stepForm>;
/** The form of one step. */
export type FormOf<S extends StepForm['step']> = Extract<StepForm, { step: S }>;

/** `POST /posts/{post}/hand-over`: without an officer the post falls vacant. */
export const handOverForm = z
  .object({
    to_officer: z.preprocess(blankIsAbsent, z.uuid('choose-an-officer').nullish()).transform((id) => id ?? null),
    from: maybe(instant),
    note: text('say-why', NOTE),
  })
  .meta({ id: 'HandOver' });
export type HandOverForm = z.output<typeof handOverForm>;
