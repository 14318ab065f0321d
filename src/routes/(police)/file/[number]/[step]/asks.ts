// What the form of each step asks, in order, and how what was typed becomes what the form of casework reads.
import {
  CHARGE_SHEETS,
  CODES_OF_DEED,
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
  SIGN_PLACES,
  STATEMENT_KINDS,
  STATEMENT_PLACES,
  type StepName,
  SUMMON_REASONS,
  SUMMON_RESULTS,
  WHY_NOT_AT_HOME,
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
  | { as: 'direction' }
  | { as: 'summon' }
  | { as: 'station' }
  | { as: 'entry' }
  | { as: 'sections' }
  | { as: 'exhibits' }
);

const reason: Ask = { name: 'reason', as: 'long', hint: 'reason' };
const post: Ask = { name: 'to_post', as: 'post', hint: 'to_post' };
const doneAt: Ask = { name: 'at', as: 'when', now: true, hint: 'date' };
const court: Ask = { name: 'court', as: 'text', hint: 'court' };
const accused: Ask = { name: 'accused', as: 'text', short: true, hint: 'one_accused' };
const year: Ask = { name: 'year', as: 'text', short: true, hint: 'year' };
const firNumber: Ask = { name: 'fir_number', as: 'text', short: true, hint: 'fir_number' };
const yesNo = (name: string): Ask => ({ name, as: 'yes-no', optional: true });
// what is asked of any FIR: its sections, the day of the deed, and the code only where the days do not answer it
const ofFir: readonly Ask[] = [
  { name: 'offence_on', as: 'day', optional: true, hint: 'day' },
  { name: 'sections', as: 'sections', hint: 'sections' },
  { name: 'code', as: 'one-of', codes: CODES_OF_DEED, optional: true, hint: 'code' },
];

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
  'register-fir': [firNumber, year, { name: 'recorded_at', as: 'when', now: true, hint: 'recorded_at' }, ...ofFir],
  'zero-fir': [
    { name: 'to_unit', as: 'station', hint: 'to_unit' },
    { name: 'zero_number', as: 'text', short: true, hint: 'zero_number' },
    year,
    { name: 'recorded_at', as: 'when', now: true, hint: 'recorded_at' },
    ...ofFir,
  ],
  'accept-transfer': [firNumber, year, { name: 'recorded_at', as: 'when', now: true, hint: 'accepted' }],
  'return-transfer': [reason],
  'send-on': [{ name: 'to_unit', as: 'station', hint: 'to_unit' }, reason],
  'link-fir': [
    { name: 'station', as: 'station' },
    firNumber,
    year,
    { name: 'recorded_at', as: 'when', hint: 'older' },
    ...ofFir,
  ],
  'refuse-registration': [reason],
  'uphold-refusal': [reason],
  diary: [{ name: 'text', as: 'long' }],
  correct: [
    { name: 'entry', as: 'entry' },
    { name: 'text', as: 'long', hint: 'reason' },
  ],
  statement: [
    { name: 'kind', as: 'one-of', codes: STATEMENT_KINDS },
    doneAt,
    { name: 'by', as: 'text', hint: 'by' },
    { name: 'place', as: 'one-of', codes: STATEMENT_PLACES, optional: true, hint: 'home' },
    { name: 'woman_officer', as: 'yes-no', optional: true },
    { name: 'audio_video', as: 'yes-no', optional: true },
  ],
  medical: [
    { name: 'sent_at', as: 'when', optional: true, hint: 'medical' },
    { name: 'examined_at', as: 'when', optional: true },
    { name: 'report_at', as: 'when', optional: true },
    { name: 'declined', as: 'yes-no', optional: true, hint: 'declined' },
    { name: 'declined_at', as: 'when', optional: true },
    { name: 'informed', as: 'yes-no', optional: true, hint: 'informed' },
    { name: 'consented_at', as: 'when', optional: true, hint: 'consented' },
  ],
  summon: [
    { name: 'why', as: 'one-of', codes: SUMMON_REASONS },
    { name: 'at', as: 'when', hint: 'date' },
    { name: 'place', as: 'text', hint: 'place' },
    { name: 'note', as: 'long', optional: true, hint: 'beyond' },
    { name: 'cannot', as: 'one-of', codes: WHY_NOT_AT_HOME, optional: true, hint: 'beyond' },
    { name: 'agreed', as: 'yes-no', optional: true, hint: 'beyond' },
  ],
  'summon-result': [{ name: 'summon', as: 'summon' }, { name: 'result', as: 'one-of', codes: SUMMON_RESULTS }, doneAt],
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
    { name: 'note', as: 'long', optional: true, hint: 'reason' },
  ],
  seizure: [
    doneAt,
    { name: 'what', as: 'long', hint: 'seen' },
    { name: 'place', as: 'text', hint: 'place' },
    yesNo('audio_video'),
    yesNo('search'),
    yesNo('forensic'),
  ],
  'test-identification': [
    doneAt,
    accused,
    { name: 'result', as: 'one-of', codes: IDENTIFICATIONS },
    { name: 'before', as: 'text', hint: 'magistrate' },
  ],
  'describe-accused': [
    accused,
    { name: 'name', as: 'text', optional: true, hint: 'as_heard' },
    { name: 'alias', as: 'text', optional: true },
    { name: 'phone', as: 'text', optional: true, short: true },
    { name: 'vehicle', as: 'text', optional: true, hint: 'vehicle' },
    { name: 'address', as: 'long', optional: true },
  ],
  arrest: [
    accused,
    doneAt,
    { name: 'place', as: 'text', optional: true, hint: 'place' },
    yesNo('grounds_told'),
    yesNo('relative_told'),
    yesNo('woman_present'),
    { name: 'before_fir_reason', as: 'long', optional: true, hint: 'before_fir' },
  ],
  remand: [
    accused,
    doneAt,
    { name: 'custody', as: 'one-of', codes: CUSTODIES, optional: true },
    { name: 'max_years', as: 'text', short: true, optional: true, hint: 'max_years' },
  ],
  release: [accused, doneAt, { name: 'how', as: 'one-of', codes: RELEASES }],
  'court-order': [
    { name: 'kind', as: 'one-of', codes: COURT_ORDERS },
    court,
    doneAt,
    { name: 'text', as: 'long', optional: true, hint: 'reason' },
  ],
  direct: [
    { name: 'text', as: 'long' },
    { name: 'by', as: 'day', optional: true, hint: 'by_day' },
  ],
  comply: [
    { name: 'direction', as: 'direction' },
    { name: 'text', as: 'long' },
  ],
  inspect: [{ name: 'text', as: 'long' }],
  'submit-report': [
    { name: 'kind', as: 'one-of', codes: ['charge-sheet', 'final-report'] },
    { name: 'sheet', as: 'one-of', codes: CHARGE_SHEETS, optional: true, hint: 'sheet' },
    { name: 'reason', as: 'one-of', codes: REPORT_REASONS, optional: true, hint: 'final_reason' },
    { name: 'exhibits', as: 'exhibits', optional: true, hint: 'exhibits' },
  ],
  'approve-report': [],
  'return-report': [reason],
  'forward-report': [court, doneAt],
  'court-date': [
    { name: 'on', as: 'day', hint: 'day' },
    court,
    { name: 'for', as: 'one-of', codes: COURT_DATES },
    { name: 'what', as: 'long', optional: true, hint: 'reason' },
  ],
  'further-investigation': [
    { name: 'permitted_at', as: 'when', optional: true, hint: 'one_of_two' },
    { name: 'done_at', as: 'when', optional: true },
    { ...court, optional: true },
  ],
  outcome: [
    { name: 'kind', as: 'one-of', codes: COURT_EVENTS },
    doneAt,
    { name: 'result', as: 'one-of', codes: RESULTS, optional: true, hint: 'result' },
    { name: 'accused', as: 'text', short: true, optional: true, hint: 'accused_maybe' },
    { ...court, optional: true },
    { name: 'text', as: 'long', optional: true, hint: 'reason' },
  ],
  close: [{ name: 'outcome', as: 'one-of', codes: OUTCOMES }],
  reopen: [{ name: 'kind', as: 'one-of', codes: REOPEN_KINDS }, reason],
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
    // a correction points to an entry of the diary by its number, or to a step by its id
    if (step === 'correct' && typeof told.entry === 'string') {
      const [of, which] = told.entry.split(':');
      Object.assign(told, of === 'step' ? { entry: '', of_step: which } : { entry: which ?? '' });
    }
    if (step === 'sign' && told.place === 'other' && told.place_other) told.place = told.place_other;
    return told;
  };
