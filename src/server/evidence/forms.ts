// What may come in: a file with its description, a thing, a move in the chain of custody.
import { z } from 'zod';
import { instantFrom } from '#foundation';
import { asciiDigits } from '#law';
import { FILE_KINDS, MOVE_NAMES, THING_KINDS } from './rules.ts';

const FIELD = 200;
const NOTE = 2000;
const NAME = 255;
const MOST = 50;
const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const maybe = <T extends z.ZodType>(what: T) => z.preprocess(blankIsAbsent, what.optional());
const text = (missing: string, max: number) => z.string(missing).trim().min(1, missing).max(max, 'too-long');
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
const numbers = z
  .preprocess(
    (said) => (said === undefined ? [] : said),
    z.array(z.coerce.number('not-understood').int('not-understood').min(1, 'not-understood')).max(MOST, 'too-long'),
  )
  .meta({ type: 'array', items: { type: 'integer' }, description: 'numbers of exhibits' });

const aboutIt = {
  description: maybe(text('write-something', NOTE)),
  /** where and when it was found or taken; of a report: when it was received */
  found_where: maybe(text('say-where', FIELD)),
  found_at: maybe(instant),
  /** of a laboratory's report: the numbers of the exhibits it is about */
  reports_on: numbers,
};

/** What is said of a file that is sent: the metadata of tus, or the fields of the page's form. */
export const uploadForm = z.object({
  kind: z.enum(FILE_KINDS, 'choose-one'),
  filename: z.preprocess(blankIsAbsent, z.string().trim().max(NAME, 'too-long').default('')),
  ...aboutIt,
});
export type UploadForm = z.output<typeof uploadForm>;

/** What is said of a file of hers that is attached to nothing yet. Only a voice has to be told: phones write it into films too. */
export const heldForm = z.object({
  kind: z.preprocess(blankIsAbsent, z.enum(['audio'], 'choose-one').optional()),
  /** `account`: her own words, spoken instead of written */
  meant: z.preprocess(blankIsAbsent, z.enum(['account'], 'choose-one').optional()),
  filename: z.preprocess(blankIsAbsent, z.string().trim().max(NAME, 'too-long').default('')),
});
export type HeldForm = z.output<typeof heldForm>;

/** `POST /files/{number}/evidence`: a thing, or a paper that lies in the file of paper. */
export const thingForm = z
  .object({ kind: z.enum(THING_KINDS, 'choose-one'), ...aboutIt, description: text('write-something', NOTE) })
  .meta({ id: 'Exhibit' });
export type ThingForm = z.output<typeof thingForm>;

/** `POST /files/{number}/diary/{entry}/voice`. */
export const voiceForm = z
  .object({ upload: z.string('upload-unknown').regex(/^[0-9a-f]{32}$/, 'upload-unknown') })
  .meta({ id: 'DiaryVoice' });

/** `POST /files/{number}/evidence/{exhibit}/custody`. */
export const moveForm = z
  .object({
    move: z.enum(MOVE_NAMES, 'choose-one'),
    at: instant,
    /** who took it over, with the number of the malkhana's or the laboratory's register where there is one */
    person: maybe(text('say-who', FIELD)),
    note: maybe(text('write-something', NOTE)),
  })
  .meta({ id: 'CustodyMove' });
export type MoveForm = z.output<typeof moveForm>;
