// What the form of each step asks, in order, and how what was typed becomes what the form of casework reads.
import {
  CODES_OF_DEED,
  COURT_ORDERS,
  OUTCOMES,
  REPORT_REASONS,
  SIGN_PLACES,
  STATEMENT_KINDS,
  type StepName,
  SUMMON_REASONS,
} from '#casework';
import { DELAY_KINDS } from '#deadlines';
import { RECORDED_BY_HAND } from '#law';
import { instantTyped, plainDay } from '../../../day-and-hour.ts';

/** One question. `now`: it stands at this moment until it is changed. `hint`: a key of the steps' hints. */
export type Ask = { name: string; hint?: string; optional?: true } & (
  | { as: 'text'; short?: true }
  | { as: 'long' }
  | { as: 'when'; now?: true }
  | { as: 'day'; now?: true }
  | { as: 'one-of'; codes: readonly string[] }
  | { as: 'event'; codes: readonly string[] }
  | { as: 'yes-no' }
  | { as: 'post' }
  | { as: 'sections' }
);

const reason: Ask = { name: 'reason', as: 'long', hint: 'reason' };
const post: Ask = { name: 'to_post', as: 'post', hint: 'to_post' };
const doneAt: Ask = { name: 'at', as: 'when', now: true, hint: 'date' };

/** The questions of every step. */
export const ASKS: Record<StepName, readonly Ask[]> = {
  receive: [],
  assign: [post, { name: 'note', as: 'long', optional: true }],
  move: [post, reason],
  sign: [
    { name: 'signed_at', as: 'when', now: true, hint: 'date' },
    { name: 'place', as: 'one-of', codes: SIGN_PLACES },
    { name: 'place_other', as: 'text', optional: true, hint: 'place' },
  ],
  'register-fir': [
    { name: 'fir_number', as: 'text', short: true, hint: 'fir_number' },
    { name: 'year', as: 'text', short: true, hint: 'year' },
    { name: 'recorded_at', as: 'when', now: true, hint: 'recorded_at' },
    { name: 'offence_on', as: 'day', optional: true, hint: 'day' },
    { name: 'sections', as: 'sections', hint: 'sections' },
    { name: 'code', as: 'one-of', codes: CODES_OF_DEED, optional: true, hint: 'code' },
  ],
  'refuse-registration': [reason],
  diary: [{ name: 'text', as: 'long' }],
  statement: [
    { name: 'kind', as: 'one-of', codes: STATEMENT_KINDS },
    doneAt,
    { name: 'by', as: 'text', hint: 'by' },
    { name: 'woman_officer', as: 'yes-no', optional: true },
    { name: 'audio_video', as: 'yes-no', optional: true },
  ],
  medical: [
    { name: 'sent_at', as: 'when', optional: true, hint: 'medical' },
    { name: 'examined_at', as: 'when', optional: true },
    { name: 'report_at', as: 'when', optional: true },
  ],
  summon: [
    { name: 'why', as: 'one-of', codes: SUMMON_REASONS },
    { name: 'at', as: 'when', hint: 'date' },
    { name: 'place', as: 'text', hint: 'place' },
  ],
  'tell-child-welfare': [doneAt],
  'tell-progress': [doneAt],
  'explain-delay': [
    { name: 'kind', as: 'one-of', codes: DELAY_KINDS },
    { name: 'from', as: 'day', now: true, hint: 'day' },
    { name: 'text', as: 'long', optional: true, hint: 'reason' },
  ],
  'record-event': [
    { name: 'event', as: 'event', codes: RECORDED_BY_HAND, hint: 'event' },
    doneAt,
    { name: 'accused', as: 'text', short: true, optional: true, hint: 'accused' },
    { name: 'note', as: 'long', optional: true, hint: 'reason' },
  ],
  'court-order': [
    { name: 'kind', as: 'one-of', codes: COURT_ORDERS },
    { name: 'court', as: 'text', hint: 'court' },
    doneAt,
    { name: 'text', as: 'long', optional: true, hint: 'reason' },
  ],
  direct: [{ name: 'text', as: 'long' }],
  'submit-report': [
    { name: 'kind', as: 'one-of', codes: ['charge-sheet', 'final-report'] },
    { name: 'reason', as: 'one-of', codes: REPORT_REASONS, optional: true, hint: 'final_reason' },
  ],
  'approve-report': [],
  'return-report': [reason],
  'forward-report': [{ name: 'court', as: 'text', hint: 'court' }, doneAt],
  close: [{ name: 'outcome', as: 'one-of', codes: OUTCOMES }],
  reopen: [reason],
};

/**
 * What the page sent, as the form of casework reads it: two fields become one instant, a day gets its one spelling, a place
 * that is none of the listed ones is said in words.
 * @param step whose form it is
 */
export const asTold =
  (step: StepName) =>
  (sent: unknown): unknown => {
    if (typeof sent !== 'object' || sent === null) return sent;
    const told: Record<string, unknown> = { ...sent };
    for (const ask of ASKS[step]) {
      const typed = told[ask.name];
      if (ask.as === 'when') told[ask.name] = instantTyped(typed);
      if (ask.as === 'day' && typeof typed === 'string') told[ask.name] = plainDay(typed);
    }
    if (step === 'sign' && told.place === 'other' && told.place_other) told.place = told.place_other;
    return told;
  };
