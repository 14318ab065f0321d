// What the API says of messages and concerns.
import { z } from 'zod';
import { CONCERN_OUTCOMES, CONCERN_REASONS } from '#correspondence';
import { day, instant } from './time.ts';

const text = z.string();
export const message = z
  .object({
    id: z.uuid(),
    kind: z.enum(['hers', 'desk', 'progress']),
    at: instant,
    post_name: text.nullable(),
    officer: text.nullable().meta({ description: 'null: hers, or sent by the clock in the name of the post' }),
    text,
    progress: z
      .array(text)
      .nullable()
      .meta({ description: 'of a progress message (BNSS 193(3)(ii)): its sentences; `text` is what an officer added' }),
    files: z.array(z.object({ exhibit: z.int(), kind: text })),
    seen_at: instant.nullable().meta({ description: 'when the other side first opened it' }),
  })
  .meta({ id: 'Message' });

const kind = z.literal('police-target').meta({ description: 'a promise of the police; no section of law gives it' });
export const thread = z
  .object({
    items: z.array(message),
    answer_due: z.object({ at: instant, kind }).nullable().meta({ description: 'while a message of hers waits' }),
  })
  .meta({ id: 'Thread' });

export const concern = z
  .object({
    id: z.uuid(),
    reason: z.enum(CONCERN_REASONS),
    text,
    at: instant,
    about: text.nullable(),
    silent_days: z.int(),
    with: z.array(z.object({ post_name: text.nullable(), at: instant })),
    due: z.object({ at: instant, kind }),
    state: z.enum(['running', 'late', 'answered']),
    answer: z
      .object({
        at: instant,
        post_name: text.nullable(),
        officer: text.nullable(),
        outcome: z.enum(CONCERN_OUTCOMES),
        text,
      })
      .nullable(),
  })
  .meta({ id: 'Concern' });

export const deskSilence = z
  .object({ desk: z.uuid(), post_name: text.nullable(), here: z.boolean(), days: z.int(), silent: z.boolean() })
  .meta({ id: 'DeskSilence' });

export const deskThread = thread
  .extend({
    answers: z.boolean().meta({ description: 'the acting post works the desk and may answer' }),
    draft: z
      .object({ due_on: day, words: text.nullable() })
      .nullable()
      .meta({ description: 'the next progress message' }),
  })
  .meta({ id: 'DeskThread' });
