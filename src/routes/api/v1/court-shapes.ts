// What the API says of the end of a case: to her, and to the posts of her file.
import { z } from 'zod';
import { FEEDBACK, PLEA_OUTCOMES } from '#court';
import { COURT_EVENTS } from '#casework';
import { day, instant } from './time.ts';

const text = z.string();
const target = z.literal('police-target').meta({ description: 'a promise of the police; no section of law gives it' });

export const objection = z
  .object({
    id: z.uuid(),
    kind: z.enum(['objection', 'not-settled']),
    at: instant,
    text: text.nullable(),
    with: z.array(z.object({ post_name: text.nullable(), at: instant })),
    due: z.object({ at: instant, kind: target }),
    state: z.enum(['running', 'late', 'answered', 'taken-back']),
    answer: z
      .object({
        at: instant,
        post_name: text.nullable(),
        officer: text.nullable(),
        outcome: z.enum(PLEA_OUTCOMES),
        text,
      })
      .nullable(),
  })
  .meta({ id: 'Objection' });
const said = z.object({ settled: z.boolean(), at: instant });
const event = z.object({
  kind: z.enum(COURT_EVENTS),
  kind_text: text,
  on: day,
  accused: z.int().nullable(),
  result: text.nullable(),
});
const date = z.object({ on: day, for: text });

export const ending = z
  .object({
    meaning: z.array(text).meta({ description: 'what was sent to court and what it means, in plain sentences' }),
    notice: z.object({ read_at: instant, object_by: day, kind: target }).nullable().meta({
      description: 'of a report that closes: when she first read of it, and until when an objection is waited for',
    }),
    may_object: z.boolean(),
    objections: z.array(objection),
    settled: z.boolean().nullable().meta({ description: 'her last word; “closed” is the police’s' }),
    said: z.array(said),
    feedback: z.array(z.object({ stage: text, at: instant })),
    feedback_asked: z.boolean(),
    dates: z.array(date),
    events: z.array(event),
  })
  .meta({ id: 'Ending' });

const one = <T extends readonly [string, ...string[]]>(codes: T) => z.enum(codes).nullable();
export const court = z
  .object({
    report: z
      .object({
        kind: text,
        sheet: text.nullable(),
        reason: text.nullable(),
        forwarded_at: instant.nullable(),
        court: text.nullable(),
      })
      .nullable(),
    read_at: instant.nullable().meta({ description: 'when she first read of it' }),
    dates: z.array(date),
    events: z.array(event),
    outcome: text.nullable(),
    closed_at: instant.nullable(),
    objections: z.array(
      z.object({
        at: instant,
        taken_back: z.boolean(),
        outcome: z.enum(PLEA_OUTCOMES).nullable(),
        answered_at: instant.nullable(),
      }),
    ),
    read: z
      .array(objection)
      .meta({ description: 'those that this post has, or a post below it; never to the station' }),
    said: z.array(said).meta({ description: 'above the station alone' }),
    feedback: z.array(
      z.object({
        stage: text,
        at: instant,
        respect: one(FEEDBACK.respect),
        called: one(FEEDBACK.called),
        pressed: one(FEEDBACK.pressed),
        again: one(FEEDBACK.again),
        text: text.nullable(),
      }),
    ),
  })
  .meta({ id: 'Court' });
const answered = <Q extends keyof typeof FEEDBACK>(question: Q) =>
  z
    .record(z.enum(FEEDBACK[question]), z.int())
    .nullable()
    .meta({ description: 'null: fewer than ten have answered it' });
const tally = {
  respect: answered('respect'),
  called: answered('called'),
  pressed: answered('pressed'),
  again: answered('again'),
};
export const feedbackCounted = z
  .object({
    days: z.int(),
    stations: z.array(z.object({ unit_name: text, ...tally })),
    others: z.object(tally).nullable().meta({ description: 'stations too small to stand alone, together' }),
  })
  .meta({ id: 'FeedbackCounted' });
export const herDocument = z
  .object({
    id: z.uuid(),
    kind: text,
    name: text,
    number: text,
    language: z.enum(['hi', 'en']),
    issued_at: instant,
    post_name: text.nullable(),
    sha256: text,
    size: z.int(),
    opened_at: instant.nullable(),
  })
  .meta({ id: 'HerDocument' });
