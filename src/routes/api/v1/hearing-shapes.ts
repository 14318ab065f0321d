// What the API says of hearings.
import { z } from 'zod';
import { GUEST_ROLES, HEARING_ABOUT, HEARING_KINDS, HEARING_STATES, ROLES, WAYS } from '#hearing';
import { instant } from './time.ts';

const text = z.string();
const event = z.object({
  what: z.enum([
    'offered',
    'chosen',
    'asked-others',
    'cancelled',
    'brings',
    'joined',
    'called',
    'lapsed',
    'recording-began',
    'recording-kept',
    'held',
    'not-held',
  ]),
  at: instant,
  post_name: text.nullable().meta({ description: 'null: she, or the clock' }),
  how: z.enum(HEARING_KINDS).nullable().meta({ description: 'of `held`' }),
  minutes: z.int().nullable(),
  reason: text.nullable().meta({ description: 'of `cancelled` and `not-held`' }),
  words: text.nullable(),
});
export const hearing = z
  .object({
    id: z.uuid(),
    kind: z.enum(HEARING_KINDS),
    about: z.enum(HEARING_ABOUT),
    text: text.nullable(),
    post_name: text.nullable().meta({ description: 'the post that hears her' }),
    woman_officer: z
      .boolean()
      .meta({ description: 'only a woman officer hears her: the section asks it, or she does' }),
    state: z
      .enum(HEARING_STATES)
      .meta({ description: '`lapsed`: at her time nobody of the police came; she may choose again' }),
    starts_at: instant.nullable(),
    opens_at: instant.nullable().meta({ description: 'from when the room is open' }),
    times: z.array(z.object({ n: z.int(), at: instant })).meta({ description: 'on offer now' }),
    why_not_join: text.nullable().meta({ description: 'null: the room is open' }),
    consent: z.boolean().nullable().meta({ description: 'to a recording; null: never asked' }),
    recordings: z.array(
      z.object({
        id: z.uuid().nullable(),
        at: instant,
        ended_at: instant.nullable(),
        exhibit: z.int().nullable().meta({ description: 'the exhibit that it became, with its SHA-256' }),
      }),
    ),
    events: z.array(event),
  })
  .meta({ id: 'Hearing' });
export const herHearing = hearing
  .extend({
    guests: z.array(
      z.object({
        role: z.enum(GUEST_ROLES),
        used: z.boolean(),
        shut: z.boolean().meta({ description: 'tried wrong ten times: the code opens nothing any more' }),
      }),
    ),
  })
  .meta({ id: 'HerHearing' });
export const hearings = z.object({ items: z.array(hearing) });
export const herHearings = z.object({ items: z.array(herHearing) });

export const seat = z
  .object({ seat: z.uuid(), role: z.enum(ROLES), kind: z.enum(HEARING_KINDS) })
  .meta({ id: 'HearingSeat' });
export const talked = z
  .object({
    seats: z.array(z.object({ id: z.uuid(), role: z.enum(ROLES), way: z.enum(WAYS) })),
    signals: z.array(z.object({ id: z.uuid(), from: z.uuid(), text })),
    consent: z.boolean(),
    recording: z.boolean(),
    asks_call: z.boolean().meta({ description: 'she asks to be called by phone' }),
  })
  .meta({ id: 'HearingTalked' });
export const ice = z
  .object({
    iceServers: z.array(z.object({ urls: z.array(text), username: text, credential: text })),
    iceTransportPolicy: z.enum(['relay', 'all']),
    expires_in: z.int().meta({ description: 'seconds' }),
  })
  .meta({ id: 'HearingIce' });
export const recorded = z.object({ recording: z.uuid(), pieces: z.int() }).meta({ id: 'HearingRecorded' });
