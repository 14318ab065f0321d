// What the API answers her and everyone with, in the shapes that other systems count on. Codes stay codes; beside them stands a text.
import { z } from 'zod';
import { COURT_ORDERS, STATES, SUMMON_ANSWERS, SUMMON_RESULTS } from '#casework';
import { ending, herDocument } from './court-shapes.ts';
import { concern, message } from './correspondence-shapes.ts';
import { herHearing } from './hearing-shapes.ts';
import { day, instant } from './time.ts';

export const text = z.string();
export const person = z.object({ name: text, rank: text }).meta({ id: 'Officer' });
export const cited = z.object({ act: text, section: text }).meta({ id: 'Section' });

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
    client_ref: text
      .optional()
      .meta({ description: 'how the client it was filed through is told of it (webhook status-changed)' }),
  })
  .meta({ id: 'Filed' });

export const desk = z
  .object({
    post: text,
    post_kind: text,
    post_name: text,
    unit_name: text,
    purpose: text.meta({ description: 'what this desk is for, in one phrase' }),
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
    authority_text: text.nullable().meta({
      description: 'what the section says: English quotes it, Hindi is our own summary, not the official text',
    }),
    responsible: text.meta({ description: 'who has to act' }),
    accused: z.int().nullable().meta({ description: 'of one accused, from 1; null where it belongs to the case' }),
    started_at: instant,
    due_at: instant,
    due_on: day,
    stopped_at: instant.nullable(),
    stops_on: text,
    stopped_by: text.nullable().meta({ description: 'the moment that stopped it' }),
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

export const fir = z.object({ number: text, year: z.int(), recorded_at: instant }).meta({ id: 'Fir' });
export const delay = z.object({ kind: text, from: day, text: text.nullable() }).meta({ id: 'Delay' });
export const order = z
  .object({ kind: z.enum([...COURT_ORDERS, 'further-investigation']), on: instant })
  .meta({ id: 'CourtOrder' });
const summons = z
  .object({
    id: z.uuid().meta({ description: 'for `POST /track/summons/{id}/answer` and the step `summon-result`' }),
    why: text.meta({ description: 'one of the reasons of the step `summon`; older rows may hold others' }),
    why_text: text,
    law: text.nullable().meta({ description: 'the section that names this occasion; null where none does' }),
    beyond: z.boolean().meta({ description: 'neither named by law nor the one visit that is promised' }),
    asked_at: instant,
    at: instant,
    post_name: text,
    told: text.nullable().meta({ description: 'where, and why in words' }),
    cannot: text.nullable().meta({ description: 'why not at her home or online' }),
    agreed: z.boolean().nullable(),
    answers: z.array(z.object({ answer: z.enum(SUMMON_ANSWERS), at: instant, text: text.nullable() })),
    result: z.object({ result: z.enum(SUMMON_RESULTS), at: instant }).nullable(),
  })
  .meta({ id: 'Summons' });
export const appearances = z
  .object({
    planned: z.int(),
    promised: z.int().meta({ description: 'the one visit that is promised: for the charge sheet or final report' }),
    asked: z.int(),
    attended: z.int(),
    reasons: z.array(text),
    items: z.array(summons),
  })
  .meta({
    id: 'Appearances',
    description: 'BNSS 179(1): a woman need not attend anywhere but where she lives, unless she is willing',
  });
const earlier = z
  .object({
    source: z.enum(['as-told', 'on-record']).meta({ description: 'as she told it, or as an FIR that was joined' }),
    station: text.nullable(),
    number: text.nullable(),
    year: z.int().nullable(),
    on: day.nullable(),
    officer: text.nullable(),
    refused: z.boolean(),
    days: z.int().nullable().meta({ description: 'its age, from its own day' }),
  })
  .meta({ id: 'EarlierComplaint' });
export const state = z.enum(STATES).meta({ id: 'State' });
export const stage = z.enum(['sent', 'called', 'on-record', 'inquiry', 'report', 'court']).meta({ id: 'Stage' });
export const opening = z.object({ at: instant, until: instant, post: text, purpose: text });

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
      purpose: text,
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
    zero_fir: z
      .object({ number: text, year: z.int(), recorded_at: instant })
      .nullable()
      .meta({ description: 'recorded at another station first, whatever the area; the two months run from here' }),
    refusal: z
      .object({
        at: instant,
        reason: text.nullable(),
        upheld: z.object({ at: instant, reason: text.nullable() }).nullable(),
      })
      .nullable()
      .meta({ description: 'why the station did not register it, in its own words' }),
    callback: z
      .object({ due_at: instant, attempts: z.int(), talking: z.boolean() })
      .nullable()
      .meta({ description: 'until she is confirmed' }),
    delays: z.array(delay),
    orders: z.array(order),
    appearances,
    earlier: earlier.nullable(),
    hearings: z.array(herHearing),
    messages: z.array(message),
    concerns: z.array(concern),
    documents: z.array(herDocument),
    ending,
    openings: z.array(opening),
    proof: z
      .object({ size: z.int().min(0), root: z.string(), at: z.string() })
      .nullable()
      .meta({ description: 'the log’s latest checkpoint; /track/proof proves her record against it' }),
  })
  .meta({ id: 'Track' });
