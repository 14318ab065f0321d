// What may come in: an offer of times, her choice, who sits with her, what browsers say to each other, how it ended.
import { z } from 'zod';
import { instantFrom } from '#foundation';
import { asciiDigits } from '#law';

/** How she is heard. By phone there is no room: the officer calls her at the time she chose. */
export const HEARING_KINDS = ['video', 'audio', 'phone'] as const;
export type HearingKind = (typeof HEARING_KINDS)[number];
/** What it is about. With `other` go words. */
export const HEARING_ABOUT = ['statement', 'clarification', 'progress', 'other'] as const;
export type HearingAbout = (typeof HEARING_ABOUT)[number];
/** Where an appointment stands. `lapsed`: she was there at her time, and nobody of the police came. */
export const HEARING_STATES = ['offered', 'asked', 'chosen', 'lapsed', 'held', 'not-held', 'cancelled'] as const;
export type HearingState = (typeof HEARING_STATES)[number];
/** Who may sit in a room: one of each, four at most. There is no other role, and none for an accused. */
export const ROLES = ['her', 'officer', 'support', 'interpreter'] as const;
export type Role = (typeof ROLES)[number];
/** Whom she may bring. */
export const GUEST_ROLES = ['support', 'interpreter'] as const;
export type GuestRole = (typeof GUEST_ROLES)[number];
/** Why an appointment was called off by the police. */
export const CANCEL_REASONS = ['no-longer-needed', 'officer-away', 'heard-otherwise', 'other'] as const;
/** Why it was not held. That she was not there is a fact like another; nothing follows from it for her. */
export const NOT_HELD_REASONS = ['not-connected', 'not-reached', 'put-off'] as const;
/** With what somebody sits in the room. */
export const WAYS = ['video', 'audio', 'none'] as const;

const NOTE = 2000;
/** So many times are offered at once. */
export const TIMES = { least: 2, most: 5 } as const;

const blankIsAbsent = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const maybe = <T extends z.ZodType>(what: T) => z.preprocess(blankIsAbsent, what.optional());
const text = (missing: string, max = NOTE) => z.string(missing).trim().min(1, missing).max(max, 'too-long');
const yes = z.preprocess(
  (value) => (value === 'yes' || value === 'on' || value === 'true' ? true : (blankIsAbsent(value) ?? false)),
  z.boolean('not-understood'),
);
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
const times = z
  .array(instant, 'offer-two-to-five')
  .min(TIMES.least, 'offer-two-to-five')
  .max(TIMES.most, 'offer-two-to-five')
  .meta({ type: 'array', items: { type: 'string', format: 'date-time' }, minItems: TIMES.least, maxItems: TIMES.most });

/** `POST /files/{number}/hearings`. */
export const offerForm = z
  .object({
    kind: z.enum(HEARING_KINDS, 'choose-one'),
    about: z.enum(HEARING_ABOUT, 'choose-one'),
    text: maybe(text('write-something')).meta({ description: 'what it is about, with `other`' }),
    post: maybe(z.uuid('choose-a-post')).meta({ description: 'who hears her; the acting post without it' }),
    times,
  })
  .refine(({ about, text }) => about !== 'other' || text !== undefined, { path: ['text'], message: 'write-something' })
  .meta({ id: 'HearingOffer' });
export type OfferForm = z.output<typeof offerForm>;

/** `POST /files/{number}/hearings/{id}/times`: other times, and another post or way if she asked for it. */
export const timesForm = z
  .object({
    times,
    kind: maybe(z.enum(HEARING_KINDS, 'choose-one')),
    post: maybe(z.uuid('choose-a-post')),
  })
  .meta({ id: 'HearingTimes' });
export type TimesForm = z.output<typeof timesForm>;

/** `POST /track/hearings/{id}/choose`: one of the times, and by phone instead if she likes that better. */
export const chooseForm = z
  .object({ time: z.coerce.number('choose-one').int('choose-one').min(1, 'choose-one'), by_phone: yes })
  .meta({ id: 'HearingChoice' });
export type ChooseForm = z.output<typeof chooseForm>;

/** `POST /track/hearings/{id}/others`: none of these, or another time than the one she chose; with a woman officer, by phone. */
export const othersForm = z
  .object({ text: maybe(text('write-something')), woman: yes, by_phone: yes })
  .meta({ id: 'HearingOthers' });
export type OthersForm = z.output<typeof othersForm>;

/** `POST /files/{number}/hearings/{id}/cancel`. */
export const cancelForm = z
  .object({ reason: z.enum(CANCEL_REASONS, 'choose-a-reason'), text: maybe(text('write-something')) })
  .refine(({ reason, text }) => reason !== 'other' || text !== undefined, {
    path: ['text'],
    message: 'write-something',
  })
  .meta({ id: 'HearingCancel' });
export type CancelForm = z.output<typeof cancelForm>;

/** `POST /track/hearings/{id}/guests`. */
export const guestForm = z.object({ role: z.enum(GUEST_ROLES, 'choose-one') }).meta({ id: 'HearingGuest' });
/** The code that she gave to the person beside her. */
export const codeForm = z.object({
  code: z
    .string('join-code-shape')
    .transform((said) => asciiDigits(said).replace(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{12}$/, 'join-code-shape')),
});

/** `POST /files/{number}/hearings/{id}/outcome`. `statement`: it was her statement to the police (BNSS 180), with this as its proof. */
export const outcomeForm = z
  .discriminatedUnion(
    'outcome',
    [
      z.object({
        outcome: z.literal('held'),
        how: z.enum(HEARING_KINDS, 'choose-one'),
        minutes: z.coerce.number('say-minutes').int('say-minutes').min(1, 'say-minutes').max(600, 'say-minutes'),
        statement: yes,
      }),
      z.object({ outcome: z.literal('not-held'), reason: z.enum(NOT_HELD_REASONS, 'choose-a-reason') }),
    ],
    'choose-one',
  )
  .meta({ id: 'HearingOutcome' });
export type OutcomeForm = z.output<typeof outcomeForm>;

/** `POST /track/hearings/{id}/consent`. */
export const consentForm = z.object({ given: z.boolean('choose-one') }).meta({ id: 'HearingConsent' });

const LONGEST_SIGNAL = 20_000;
const MOST_SIGNALS = 60;
/** `POST /hearings/{id}/signal`: one round of talk. What was taken over is erased; what is said goes to one seat of the same room. */
export const talkForm = z
  .object({
    seat: z.uuid('not-understood'),
    way: z.enum(WAYS, 'choose-one').default('none'),
    call_me: z.boolean('choose-one').default(false),
    got: z.array(z.uuid('not-understood')).max(MOST_SIGNALS, 'too-long').default([]),
    said: z
      .array(
        z.object({
          to: z.uuid('not-understood'),
          text: z.string('not-understood').min(1).max(LONGEST_SIGNAL, 'too-long'),
        }),
      )
      .max(MOST_SIGNALS, 'too-long')
      .default([]),
  })
  .meta({ id: 'HearingTalk' });
export type TalkForm = z.output<typeof talkForm>;

/** `POST /hearings/{id}/recording`: begin, the next piece (base64, up to 150 KB), end. */
export const recordingForm = z
  .discriminatedUnion(
    'do',
    [
      z.object({ do: z.literal('begin') }),
      z.object({
        do: z.literal('piece'),
        recording: z.uuid('not-understood'),
        n: z.int('not-understood').min(1, 'not-understood'),
        bytes: z.base64('not-understood').min(1, 'not-understood').max(210_000, 'too-long'),
      }),
      z.object({ do: z.literal('end'), recording: z.uuid('not-understood') }),
    ],
    'choose-one',
  )
  .meta({ id: 'HearingRecordingPart' });
export type RecordingForm = z.output<typeof recordingForm>;
