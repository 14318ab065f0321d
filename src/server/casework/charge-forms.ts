// What may come in when a superior says who holds a post, and when an officer signs for one.
import { z } from 'zod';
import { instantFrom } from '#foundation';
import { asciiDigits } from '#law';
import { LEAVE_KINDS } from '#posts';

const NOTE = 2000;
const MOST_POSTS = 20;
const text = (missing: string, max: number) => z.string(missing).trim().min(1, missing).max(max, 'too-long');
const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const maybe = <T extends z.ZodType>(what: T) => z.preprocess(blankIsAbsent, what.optional());
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
const officer = z.preprocess(blankIsAbsent, z.uuid('choose-an-officer').nullish()).transform((id) => id ?? null);

/** `POST /posts/{post}/leave`: `from` now when left out; without a deputy the post is vacant for that time. */
export const leaveForm = z
  .object({ from: maybe(instant), to: instant, deputy: officer, kind: z.enum(LEAVE_KINDS, 'choose-one') })
  .meta({ id: 'Leave' });

/** `POST /transfers`: every post the officer gives up, and who takes it. */
export const transferForm = z
  .object({
    officer: z.uuid('choose-an-officer'),
    at: maybe(instant),
    posts: z
      .array(z.object({ post: z.uuid('choose-a-post'), successor: officer }), 'choose-a-post')
      .min(1, 'choose-a-post')
      .max(MOST_POSTS, 'too-long'),
    note: text('say-why', NOTE),
  })
  .meta({ id: 'TransferOrder' });

/** `POST /charges/{transfer}/{post}`: what the other should know; sealed. */
export const chargeForm = z.object({ note: maybe(text('write-something', NOTE)) }).meta({ id: 'ChargeSignature' });

/** `POST /posts/{post}/move-files`: several files of a desk, with one reason. */
export const moveFilesForm = z
  .object({
    numbers: z.array(z.string().regex(/^\d{12}$/, 'not-understood'), 'choose-files').min(1, 'choose-files'),
    to_post: z.uuid('choose-a-post'),
    reason: text('say-why', NOTE),
  })
  .meta({ id: 'MoveFiles' });
