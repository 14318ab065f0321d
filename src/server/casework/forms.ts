// What may come in for a file: one form for each step, with the names of the API. Unknown keys are dropped, never stored.
import { z } from 'zod';
import { DELAY_KINDS } from '#deadlines';
import { RECORDED_BY_HAND } from '#law';
import {
  CHARGE_SHEETS,
  COURT_DATES,
  COURT_EVENTS,
  COURT_ORDERS,
  CUSTODIES,
  IDENTIFICATIONS,
  OUTCOMES,
  RELEASES,
  REOPEN_KINDS,
  REPORT_REASONS,
  RESULTS,
  STATEMENT_KINDS,
  STATEMENT_PLACES,
  SUMMON_ANSWERS,
  SUMMON_REASONS,
  SUMMON_RESULTS,
  WHY_NOT_AT_HOME,
} from './form-codes.ts';
import { day, instant, maybe, number, one, oneOr, text, yesOrNo } from './form-parts.ts';
import { CODES_OF_DEED } from './which-code.ts';

const FIELD = 200;
const NOTE = 2000;
const DIARY = 20_000;
const HER_WORDS = 500;
const post = z.uuid('choose-a-post');
const cited = z.object({ act: text('say-which-act', 100), section: text('say-which-section', 60) });
const MOST_SECTIONS = 40;
const MOST_PAPERS = 100;
const MOST_EXHIBITS = 500;

const why = text('say-why', NOTE);
const unit = text('choose-a-station', FIELD);
const accused = number(/^[1-9]\d?$/, 'accused-number').transform(Number);
const year = number(/^(?:19|20)\d\d$/, 'year-shape').transform(Number);
const firNumber = number(/^(?=.*[1-9])\d{1,5}$/, 'fir-number-shape');
// what is entered of any FIR: when it was recorded, the day of the deed, the sections
const recorded = {
  recorded_at: instant,
  offence_on: maybe(day),
  // asked only where the days of the deed do not answer it
  code: maybe(z.enum(CODES_OF_DEED, 'choose-one')),
  sections: z.array(cited, 'say-which-section').min(1, 'say-which-section').max(MOST_SECTIONS, 'too-many-sections'),
};

/** `POST /files/{number}/steps`: told apart by `step`. */
export const stepForm = z
  .discriminatedUnion('step', [
    one('receive', {}),
    one('assign', { to_post: post, note: maybe(text('say-why', NOTE)) }),
    one('move', { to_post: post, reason: text('say-why', NOTE) }),
    one('sign', { signed_at: instant, place: text('say-where', FIELD) }),
    one('register-fir', { fir_number: firNumber, year, ...recorded }),
    one('zero-fir', {
      to_unit: unit,
      zero_number: number(/^(?=.*[1-9])\d{1,7}$/, 'fir-number-shape'),
      year,
      ...recorded,
    }),
    one('accept-transfer', { fir_number: firNumber, year, recorded_at: maybe(instant) }),
    one('return-transfer', { reason: why }),
    one('send-on', { to_unit: unit, reason: why }),
    one('link-fir', { station: unit, fir_number: firNumber, year, ...recorded }),
    one('refuse-registration', { reason: why }),
    one('uphold-refusal', { reason: why }),
    one('diary', { text: text('write-something', DIARY) }),
    one('correct', {
      entry: maybe(number(/^[1-9]\d{0,5}$/, 'choose-an-entry').transform(Number)),
      of_step: maybe(z.uuid('choose-an-entry')),
      text: text('write-something', NOTE),
    }),
    one('statement', {
      kind: z.enum(STATEMENT_KINDS, 'choose-one'),
      at: instant,
      by: text('say-who', FIELD),
      place: maybe(z.enum(STATEMENT_PLACES, 'choose-one')),
      woman_officer: yesOrNo,
      audio_video: yesOrNo,
    }),
    one('medical', {
      sent_at: maybe(instant),
      examined_at: maybe(instant),
      report_at: maybe(instant),
      declined: yesOrNo,
      declined_at: maybe(instant),
      informed: yesOrNo,
      consented_at: maybe(instant),
    }),
    one('summon', {
      why: z.enum(SUMMON_REASONS, 'choose-one'),
      at: instant,
      place: text('say-where', FIELD),
      note: maybe(text('say-why', NOTE)),
      cannot: maybe(z.enum(WHY_NOT_AT_HOME, 'choose-one')),
      agreed: yesOrNo,
    }),
    one('summon-result', {
      summon: maybe(z.uuid('no-such-summon')),
      result: z.enum(SUMMON_RESULTS, 'choose-one'),
      at: instant,
    }),
    one('tell-child-welfare', { at: instant }),
    one('tell-progress', { at: instant }),
    one('explain-delay', {
      kind: oneOr(DELAY_KINDS, 'other'),
      from: maybe(day),
      text: maybe(text('say-why', NOTE)),
    }),
    one('record-event', {
      event: z.enum(RECORDED_BY_HAND, 'choose-one'),
      at: instant,
      note: maybe(why),
    }),
    one('seizure', {
      at: instant,
      what: text('say-what', NOTE),
      place: text('say-where', FIELD),
      audio_video: yesOrNo,
      search: yesOrNo,
      forensic: yesOrNo,
    }),
    one('test-identification', {
      at: instant,
      accused,
      result: z.enum(IDENTIFICATIONS, 'choose-one'),
      before: text('say-who', FIELD),
    }),
    one('describe-accused', {
      accused,
      name: maybe(text('write-something', FIELD)),
      alias: maybe(text('write-something', FIELD)),
      phone: maybe(text('write-something', 40)),
      vehicle: maybe(text('write-something', 40)),
      address: maybe(text('write-something', 500)),
    }),
    one('arrest', {
      accused,
      at: instant,
      before_fir_reason: maybe(why),
      place: maybe(text('say-where', FIELD)),
      grounds_told: yesOrNo,
      relative_told: yesOrNo,
      woman_present: yesOrNo,
    }),
    one('remand', {
      accused,
      at: instant,
      max_years: maybe(number(/^\d{1,2}$/, 'years-shape').transform(Number)),
      custody: maybe(z.enum(CUSTODIES, 'choose-one')),
    }),
    one('release', { accused, at: instant, how: z.enum(RELEASES, 'choose-one') }),
    one('court-order', {
      kind: z.enum(COURT_ORDERS, 'choose-one'),
      court: text('say-which-court', FIELD),
      at: instant,
      text: maybe(text('write-something', NOTE)),
    }),
    one('further-investigation', {
      permitted_at: maybe(instant),
      done_at: maybe(instant),
      court: maybe(text('say-which-court', FIELD)),
    }),
    one('court-date', {
      on: day,
      court: text('say-which-court', FIELD),
      for: z.enum(COURT_DATES, 'choose-one'),
      what: maybe(text('write-something', NOTE)),
    }),
    one('outcome', {
      kind: z.enum(COURT_EVENTS, 'choose-one'),
      at: instant,
      court: maybe(text('say-which-court', FIELD)),
      accused: maybe(accused),
      result: maybe(z.enum(RESULTS, 'choose-one')),
      text: maybe(text('write-something', NOTE)),
    }),
    one('direct', { text: text('write-something', NOTE), by: maybe(day) }),
    one('comply', { direction: maybe(z.uuid('not-understood')), text: text('write-something', NOTE) }),
    one('inspect', { text: text('write-something', NOTE) }),
    one('submit-report', {
      kind: z.enum(['charge-sheet', 'final-report'], 'choose-one'),
      sheet: maybe(z.enum(CHARGE_SHEETS, 'choose-one')),
      reason: maybe(z.enum(REPORT_REASONS, 'choose-one')),
      documents: z.array(z.uuid('not-understood')).max(MOST_PAPERS, 'too-long').optional(),
      /** numbers of the exhibits that the report relies on (IIF-V, item 10) */
      exhibits: z
        .array(z.coerce.number('not-understood').int('not-understood').min(1, 'not-understood'))
        .max(MOST_EXHIBITS, 'too-long')
        .meta({
          type: 'array',
          items: { type: 'integer' },
          description: 'numbers of exhibits that the report relies on',
        })
        .optional(),
    }),
    one('approve-report', {}),
    one('return-report', { reason: why }),
    one('forward-report', { court: text('say-which-court', FIELD), at: instant }),
    one('close', { outcome: z.enum(OUTCOMES, 'choose-one') }),
    one('reopen', { kind: oneOr(REOPEN_KINDS, 'other'), reason: why }),
  ])
  .meta({ id: 'Step' });
export type StepForm = z.output<typeof stepForm>;
/** The form of one step. */
export type FormOf<S extends StepForm['step']> = Extract<StepForm, { step: S }>;

/** `POST /posts/{post}/hand-over`: without an officer the post falls vacant. */
export const handOverForm = z
  .object({
    to_officer: maybe(z.uuid('choose-an-officer').nullable()).transform((id) => id ?? null),
    from: maybe(instant),
    note: text('say-why', NOTE),
  })
  .meta({ id: 'HandOver' });
export type HandOverForm = z.output<typeof handOverForm>;

/** `POST /track/summons/{id}/answer`: hers. */
export const summonAnswerForm = z
  .object({
    answer: z.enum(SUMMON_ANSWERS, { error: 'choose-one' }),
    text: maybe(text('write-something', HER_WORDS)),
  })
  .meta({ id: 'SummonAnswer' });
export type SummonAnswerForm = z.output<typeof summonAnswerForm>;
