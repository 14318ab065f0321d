// What may come in after the report: an objection, whether it is settled, what she thinks; and a superior's answer.
import { z } from 'zod';

/** What came of an objection, or of “not settled”. That the case is opened again is a step of casework; here it is told. */
export const PLEA_OUTCOMES = ['explained', 'directed', 'further-inquiry', 'reopened', 'told-court', 'stands'] as const;
export type PleaOutcome = (typeof PLEA_OUTCOMES)[number];

/** The questions and their few answers. */
export const FEEDBACK = {
  respect: ['yes', 'mostly', 'no'],
  called: ['no', 'once', 'more'],
  pressed: ['no', 'yes', 'not-said'],
  again: ['yes', 'maybe', 'no'],
} as const;
export type FeedbackQuestion = keyof typeof FEEDBACK;

/** The longest text here, in characters: an objection has its reasons. */
const LONGEST = 5000;
const WORDS = 2000;

const blankIsAbsent = (value: unknown) => (value === '' || value === null ? undefined : value);
const words = (max: number) => z.string('write-something').trim().min(1, 'write-something').max(max, 'too-long');
const maybe = <T extends z.ZodType>(what: T) => z.preprocess(blankIsAbsent, what.optional());
const oneOf = <T extends readonly [string, ...string[]]>(codes: T) => maybe(z.enum(codes, { error: 'choose-one' }));

/** `POST /track/objections`: against the report that closes her case. */
export const objectionForm = z.object({ text: words(LONGEST) }).meta({ id: 'ObjectionForm' });

/** `POST /track/settled`: her word; “closed” is the police's. */
export const settledForm = z
  .object({
    settled: z.preprocess(
      (said) => (said === 'yes' || said === 'true' ? true : said === 'no' || said === 'false' ? false : said),
      z.boolean('choose-one'),
    ),
    text: maybe(words(WORDS)),
  })
  .meta({ id: 'SettledForm' });
export type SettledForm = z.output<typeof settledForm>;

/** `POST /track/feedback`: none of the questions must be answered, but one. */
export const feedbackForm = z
  .object({
    respect: oneOf(FEEDBACK.respect),
    called: oneOf(FEEDBACK.called),
    pressed: oneOf(FEEDBACK.pressed),
    again: oneOf(FEEDBACK.again),
    text: maybe(words(WORDS)),
  })
  .refine((said) => Object.values(said).some((answer) => answer !== undefined), {
    path: ['respect'],
    message: 'answer-one',
  })
  .meta({ id: 'FeedbackForm' });
export type FeedbackForm = z.output<typeof feedbackForm>;

/** `POST /files/{n}/objections/{id}/answer`. */
export const pleaAnswerForm = z
  .object({ outcome: z.enum(PLEA_OUTCOMES, { error: 'choose-an-outcome' }), text: words(WORDS) })
  .meta({ id: 'ObjectionAnswer' });
export type PleaAnswerForm = z.output<typeof pleaAnswerForm>;
