// What the API answers with, in the shapes that other systems count on. Codes stay codes; beside them stands a text.
import { z } from 'zod';
import { day, instant } from './time.ts';

const text = z.string();
const person = z.object({ name: text, rank: text }).meta({ id: 'Officer' });
const cited = z.object({ act: text, section: text }).meta({ id: 'Section' });

/** A part of a list, and where it goes on. */
export const listOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next: text.nullable().meta({ description: 'for ?after=; null at the end' }) });

export const opened = z.object({ token: text, expires_at: instant }).meta({ id: 'Session' });
export const none = z.object({}).meta({ id: 'Nothing' });

export const filed = z
  .object({
    receipt: text.meta({
      description: '16 digits in groups of four: her private code',
      example: '4471 9028 6153 7702',
    }),
    caller_phrase: text.meta({ description: 'the two words a true caller says first', example: 'नीम दीपक' }),
    mobile_masked: text,
    callback_by: instant,
    sign_by: instant.nullable(),
  })
  .meta({ id: 'Filed' });

export const desk = z
  .object({
    post: text,
    post_kind: text,
    post_name: text,
    unit_name: text,
    officer: person.nullable(),
    vacant: z.boolean(),
    held_by: text.nullable().meta({ description: 'the post in charge while this one is vacant' }),
    from: instant,
    to: instant.nullable(),
    seconds: z.int(),
    days: z.number().meta({ description: 'the same with one decimal' }),
    reason: text.meta({ description: 'code' }),
    reason_text: text,
  })
  .meta({ id: 'DeskStay' });

export const CLOCK_STATES = ['running', 'met', 'late', 'not-applicable'] as const;
export const kindOfClock = z.enum(['law', 'police-target']).meta({ id: 'ClockKind' });
export const clock = z
  .object({
    rule: text,
    name: text,
    kind: kindOfClock,
    basis: z.enum(['express', 'by-correspondence', 'target']),
    authority: text,
    started_at: instant,
    due_at: instant,
    due_on: day,
    stopped_at: instant.nullable(),
    stops_on: text,
    state: z.enum(CLOCK_STATES),
    steps: z.array(text).meta({ description: 'the reckoning, one sentence each' }),
  })
  .meta({ id: 'Clock' });

const due = z
  .object({
    rule: text,
    name: text,
    on: day,
    at: instant,
    days_left: z.int().meta({ description: 'negative once it has passed' }),
    kind: kindOfClock,
    authority: text,
    steps: z.array(text),
  })
  .meta({ id: 'Due' });

const fir = z.object({ number: text, year: z.int(), recorded_at: instant }).meta({ id: 'Fir' });
const delay = z.object({ kind: text, from: day, text: text.nullable() }).meta({ id: 'Delay' });
const appearances = z
  .object({ planned: z.int(), asked: z.int(), attended: z.int(), reasons: z.array(text) })
  .meta({ id: 'Appearances' });
export const state = z
  .enum([
    'submitted',
    'confirmed',
    'received',
    'signed',
    'investigating',
    'report-submitted',
    'report-approved',
    'forwarded',
    'closed',
    'refused',
    'transferred',
  ])
  .meta({ id: 'State' });
export const stage = z.enum(['sent', 'called', 'on-record', 'inquiry', 'report', 'court']).meta({ id: 'Stage' });
const opening = z.object({ at: instant, until: instant, post: text, purpose: text });
// rooms that come later: nothing to see yet, and it says so
const later = z.array(z.looseObject({}));

export const track = z
  .object({
    number: text.nullable(),
    state,
    stage,
    submitted_at: instant,
    as_of: instant,
    days_pending: z.int(),
    due: due.nullable(),
    now_with: z.object({
      post: text,
      post_name: text,
      unit_name: text,
      officer: person.nullable(),
      vacant: z.boolean(),
      held_by: text.nullable(),
      office_phone: text.nullable(),
      since: instant,
      days: z.int(),
    }),
    desks: z.array(desk),
    clocks: z.array(clock),
    next: z.object({ what: text, code: text, by: instant.nullable(), who: text }),
    signed_at: instant.nullable(),
    fir: fir.nullable(),
    report: z
      .object({ kind: text, reason: text.nullable(), forwarded_at: instant.nullable(), court: text.nullable() })
      .nullable(),
    outcome: text.nullable(),
    refusal: z
      .object({ at: instant, reason: text.nullable() })
      .nullable()
      .meta({ description: 'why the station did not register it, in its own words' }),
    callback: z
      .object({ due_at: instant, attempts: z.int(), talking: z.boolean() })
      .nullable()
      .meta({ description: 'until she is confirmed' }),
    delays: z.array(delay),
    appearances,
    hearings: later,
    messages: later,
    documents: later,
    openings: z.array(opening),
    proof: z.null(),
  })
  .meta({ id: 'Track' });

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
export const connectedCall = z.object({ caller_phrase: text, script: z.array(text), session_until: instant });
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
    post_name: text,
    vacant_post: text.nullable().meta({ description: 'shown here because that post is vacant' }),
  })
  .meta({ id: 'DeskRow' });

export const file = z
  .object({
    number: text.nullable(),
    fir_number: text.nullable(),
    year: z.int().nullable(),
    fir: fir.nullable(),
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
    diary: z.array(z.object({ number: z.int(), at: instant, post: text, officer: text.nullable(), text })),
    history: z.array(
      z.object({ step: text, at: instant, post: text, officer: text.nullable(), note: text.nullable() }),
    ),
    people: z.array(z.object({ role: z.enum(['complainant', 'reporter', 'accused']), masked: text })),
    account: z.object({ kind: z.enum(['text', 'defer', 'upload']), text: text.nullable() }),
    where: text.nullable(),
    when: z.object({ from: text.nullable(), to: text.nullable(), precision: text }),
    delays: z.array(delay),
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
    duties: z.array(z.object({ duty: text, authority: text, basis: z.enum(['express', 'by-correspondence']) })),
    evidence: later,
    documents: later,
    messages: later,
    hearings: later,
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

export const holder = z
  .object({ officer: z.uuid(), name: text, rank: text, from: instant, to: instant.nullable() })
  .meta({ id: 'Holder' });

export const offence = z
  .object({
    act: text,
    section: text,
    title: text,
    category: text,
    cognizable: z.union([z.boolean(), z.literal('conditional')]).nullable(),
    two_month_limit: z.boolean().meta({ description: 'named in the statutory list of two months' }),
    in_force_from: day.nullable(),
    in_force_to: day.nullable(),
  })
  .meta({ id: 'Offence' });
