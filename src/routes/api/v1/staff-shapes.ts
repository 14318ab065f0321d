// What the API answers officers with: calls, desks, files, alarms.
import { z } from 'zod';
import { message } from './correspondence-shapes.ts';
import { hearing } from './hearing-shapes.ts';
import { document } from './document-shapes.ts';
import {
  appearances,
  cited,
  clock,
  CLOCK_STATES,
  delay,
  order,
  desk,
  fir,
  kindOfClock,
  opening,
  stage,
  state,
  text,
} from './shapes.ts';
import { day, instant } from './time.ts';

export const call = z
  .object({
    id: z.uuid(),
    due_at: instant,
    alarm_at: instant,
    filed_at: instant,
    attempts: z.int(),
    callable_now: z.boolean(),
    opens_at: instant.nullable(),
    language: z.enum(['hi', 'en']),
    mobile_masked: text,
    windows: z.array(z.object({ from: text, to: text })),
    no_contact: z.boolean(),
    urgent: z.boolean(),
    claimed_by: text.nullable(),
    mine: z.boolean(),
    state: z.enum(['waiting', 'claimed', 'with-superior']),
  })
  .meta({ id: 'Call' });
export const claimed = z.object({
  dial: text.meta({ description: 'a tel: URI', example: 'tel:+919800000021' }),
  claimed_until: instant,
});
export const connectedCall = z.object({
  caller_phrase: text,
  code_word: text.nullable().meta({ description: 'what she says when she can talk no longer, if she chose a word' }),
  script: z.array(text),
  session_until: instant,
});
export const attempted = z
  .object({
    outcome: text,
    complaint_number: text.optional(),
    tries_left: z.int().optional(),
    fresh_code_sent: z.boolean().optional(),
    with_superior: z.boolean().optional(),
    next_try_at: instant.nullable().optional(),
  })
  .meta({ id: 'Attempted' });

export const confirmation = z
  .object({
    outcome: z.enum(['confirmed', 'wrong-code']),
    complaint_number: text.optional().meta({ description: 'twelve digits, where confirmed' }),
    tries_left: z.int().optional().meta({
      description: 'where not: tries left at desks on these sixteen digits, whether such a receipt exists or not',
    }),
  })
  .meta({ id: 'Confirmation' });

export const me = z
  .object({
    officer: z.object({ id: z.uuid(), name: text, rank: text }),
    post: z.object({ id: z.uuid(), kind: text, name: text }),
    unit: z.object({ path: text, name: text, level: text }),
    powers: z.array(text).meta({ description: 'the steps that this kind of post may take' }),
  })
  .meta({ id: 'Me' });

export const deskRow = z
  .object({
    number: text,
    fir: text.nullable(),
    sections: z.array(cited),
    state,
    desk_since: instant,
    submitted_at: instant,
    due: z.object({ on: day, at: instant, kind: kindOfClock, rule: text, state: z.enum(CLOCK_STATES) }).nullable(),
    next: text,
    next_text: text,
    child: z.boolean(),
    waits_for: text.nullable().meta({ description: 'the reason of delay that still holds' }),
    group: z.enum(['late', 'week', 'new', 'others', 'rest']).meta({
      description: 'by urgency; late: anything that the police themselves must meet is past, not only what `due` names',
    }),
    post_name: text,
    vacant_post: text.nullable().meta({ description: 'shown here because that post is vacant' }),
  })
  .meta({ id: 'DeskRow' });

/** A voice of an entry of the diary. */
export const voice = z
  .object({
    entry: z.int(),
    exhibit: z.int(),
    seconds: z.int().nullable().meta({ description: 'as the file itself says; null where it does not' }),
    sha256: text,
    at: instant,
  })
  .meta({ id: 'Voice' });

export const file = z
  .object({
    number: text.nullable(),
    fir_number: text.nullable(),
    year: z.int().nullable(),
    fir: fir.nullable(),
    zero_fir: z
      .object({ number: text, year: z.int(), recorded_at: instant, station: text.nullable() })
      .nullable()
      .meta({ description: 'recorded at another station first; the two months run from here' }),
    register: z.object({ serial: z.int(), year: z.int() }).nullable(),
    station: text.nullable(),
    state,
    stage,
    submitted_at: instant,
    signed_at: instant.nullable(),
    as_of: instant,
    in_sight: z.boolean().meta({ description: 'false in the answer to a step that gave the file away' }),
    child: z.boolean(),
    categories: z.array(text),
    sections: z.array(cited),
    desks: z.array(desk),
    clocks: z.array(clock),
    steps: z.array(
      z.object({ step: text, allowed: z.boolean(), why_not: text.nullable(), why_not_text: text.nullable() }),
    ),
    diary: z.array(
      z.object({
        number: z.int(),
        at: instant,
        post: text,
        officer: text.nullable(),
        text,
        corrections: z.array(z.object({ at: instant, text: text.nullable() })),
      }),
    ),
    history: z.array(
      z.object({
        id: z.uuid(),
        step: text,
        about: text.nullable(),
        corrects: z.union([z.object({ entry: z.int() }), z.object({ of_step: z.string() })]).nullable(),
        at: instant,
        post: text,
        officer: text.nullable(),
        note: text.nullable(),
      }),
    ),
    people: z.array(z.object({ role: z.enum(['complainant', 'reporter', 'accused']), masked: text })),
    account: z.object({ kind: z.enum(['text', 'defer', 'upload']), text: text.nullable() }),
    where: text.nullable(),
    when: z.object({ from: text.nullable(), to: text.nullable(), precision: text }),
    delays: z.array(delay),
    orders: z.array(order),
    openings: z.array(opening),
    report: z
      .object({
        kind: z.enum(['charge-sheet', 'final-report']),
        reason: text.nullable(),
        submitted_at: instant.nullable(),
        sho_approved_at: instant.nullable(),
        acp_approved_at: instant.nullable(),
        forwarded_at: instant.nullable(),
        court: text.nullable(),
      })
      .nullable(),
    outcome: text.nullable(),
    duties: z
      .array(
        z.object({
          duty: text,
          authority: text.nullable(),
          basis: z.enum(['express', 'by-correspondence']).nullable(),
          state: z.enum(['done', 'open', 'declined', 'standing', 'not-needed']),
          on: day.nullable(),
          step: text.nullable().meta({ description: 'the step that proves it, or that would do it' }),
          event: text.nullable().meta({ description: 'of record-event, the event that is meant' }),
        }),
      )
      .meta({ description: 'what the sections of this file bring, and how far it is' }),
    directions: z.array(
      z.object({
        id: z.uuid(),
        at: instant,
        post_name: text,
        by: day.nullable(),
        text: text.nullable(),
        answer: z.object({ at: instant, post_name: text, text: text.nullable() }).nullable(),
        late: z.boolean().meta({ description: 'its day is over and nobody has answered' }),
      }),
    ),
    court_dates: z.array(z.object({ on: day, for: text })),
    accused: z
      .array(
        z.object({
          accused: z.int(),
          arrested_at: instant.nullable(),
          remanded_at: instant.nullable(),
          released_at: instant.nullable(),
          in_custody: z.boolean(),
        }),
      )
      .meta({ description: 'by their numbers; who they are is under seal' }),
    evidence: z.array(
      z.object({ number: z.int(), kind: text, origin: text, place: text, at: instant, sha256: text.nullable() }),
    ),
    voices: z.array(voice),
    documents: z.array(document),
    messages: z.array(message),
    hearings: z.array(hearing),
    appearances,
  })
  .meta({ id: 'File' });

export const identity = z
  .object({
    purpose: text,
    until: instant.meta({ description: 'it closes by itself' }),
    person: z.looseObject({}).nullable(),
    contact: z.looseObject({}).nullable(),
    address: z.looseObject({}).nullable(),
    accused: z.array(z.looseObject({})).nullable(),
  })
  .meta({ id: 'OpenedIdentity' });

export const attention = z
  .object({
    id: z.uuid(),
    number: text.nullable(),
    rule: text,
    rule_name: text,
    threshold: text.meta({ description: 'T-30 … T0, T+1 … in days, or in hours', example: 'T-7' }),
    due_at: instant.nullable(),
    raised_at: instant,
    reason: text,
  })
  .meta({ id: 'Attention' });

export const decisions = z
  .object({
    all: z
      .boolean()
      .meta({ description: 'whether every open file was looked at, or only those whose limit is nearest' }),
    kinds: z.record(text, z.int()),
    calls_late: z
      .array(z.object({ post: text, n: z.int(), since: instant }))
      .meta({ description: 'desks with calls past their hour, and when the oldest was due' }),
    items: z.array(
      z.object({
        number: text,
        kinds: z.array(z.enum(['overdue', 'unexplained', 'concern', 'vacant', 'silent'])),
        post: text,
        unit: text,
        due_at: instant.nullable(),
        limit: z.enum(['law', 'police-target']).nullable(),
        last_at: instant.meta({ description: 'the last step or line of the diary' }),
      }),
    ),
  })
  .meta({ id: 'Decisions' });

export const holder = z
  .object({ officer: z.uuid(), name: text, rank: text, from: instant, to: instant.nullable() })
  .meta({ id: 'Holder' });
