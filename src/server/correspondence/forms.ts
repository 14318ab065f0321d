// What may come in: a message, what an officer adds to the next progress message, a concern and its answer.
import { z } from 'zod';

/** What she may have against a desk. The first is counted for her: days since that desk did something she is shown. */
export const CONCERN_REASONS = [
  'silent-desk',
  'late',
  'treated-badly',
  'wrong-on-record',
  'pressure-to-settle',
  'asked-to-come',
  'other',
] as const;
export type ConcernReason = (typeof CONCERN_REASONS)[number];

/** What came of a concern. */
export const CONCERN_OUTCOMES = ['explained', 'directed', 'file-moved', 'officer-changed', 'not-founded'] as const;
export type ConcernOutcome = (typeof CONCERN_OUTCOMES)[number];

/** The longest text of a message, a concern or an answer, in characters. */
export const LONGEST = 2000;
/** How many files go with one message. */
export const MOST_FILES = 5;

const words = z.string('write-something').trim().min(1, 'write-something').max(LONGEST, 'too-long');

/** `POST /track/messages`, `POST /files/{n}/messages`: a text, files that have arrived whole, or both. */
export const messageForm = z
  .object({
    text: z.string('write-something').trim().max(LONGEST, 'too-long').default(''),
    uploads: z.array(z.string('not-understood').max(64, 'too-long')).max(MOST_FILES, 'too-many-files').default([]),
  })
  .refine(({ text, uploads }) => text !== '' || uploads.length > 0, { path: ['text'], message: 'write-something' })
  .meta({ id: 'MessageForm' });
export type MessageForm = z.output<typeof messageForm>;

/** What an officer adds in his own words to the next progress message. */
export const progressForm = z.object({ text: words }).meta({ id: 'ProgressWords' });

/** `POST /track/concerns`: about the desk that has the file, or about one that had it. */
export const concernForm = z
  .object({
    reason: z.enum(CONCERN_REASONS, { error: 'choose-a-reason' }),
    text: words,
    desk: z.uuid('not-understood').optional().meta({ description: 'a desk of her file; the present one without it' }),
  })
  .meta({ id: 'ConcernForm' });
export type ConcernForm = z.output<typeof concernForm>;

/** `POST /files/{n}/concerns/{id}/answer`. */
export const answerForm = z
  .object({ outcome: z.enum(CONCERN_OUTCOMES, { error: 'choose-an-outcome' }), text: words })
  .meta({ id: 'ConcernAnswer' });
export type AnswerForm = z.output<typeof answerForm>;
