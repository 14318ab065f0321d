// The table of powers: what may be done to a file, in which state, by which post, on what authority. Codes only, no words.
import type { PostKind } from '#posts';

/** Where a case stands. `refused` and `transferred` lie beside the path. */
export const STATES = [
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
] as const;
export type State = (typeof STATES)[number];

/** Every state in which the police work on a file. */
export const OPEN = [
  'confirmed',
  'received',
  'signed',
  'investigating',
  'report-submitted',
  'report-approved',
  'forwarded',
] as const satisfies readonly State[];

/** What she sees: sent, called, on record, inquiry, report, court. */
export type Stage = 'sent' | 'called' | 'on-record' | 'inquiry' | 'report' | 'court';

const STAGE: Record<State, Stage> = {
  submitted: 'sent',
  confirmed: 'called',
  received: 'called',
  signed: 'on-record',
  investigating: 'inquiry',
  'report-submitted': 'report',
  'report-approved': 'report',
  forwarded: 'court',
  closed: 'court',
  refused: 'called',
  transferred: 'on-record',
};
/** The stage she sees of a state. */
export const stageOf = (state: State): Stage => STAGE[state];

/** Posts on whose desk a file may lie. Operators, vehicles, auditors and administrators hold none. */
export const DESK_KINDS = [
  'help-desk',
  'io',
  'sho',
  'acp',
  'adcp-women',
  'dcp',
  'cp',
  'sp',
  'state',
  'national',
] as const satisfies readonly PostKind[];
const ABOVE = ['acp', 'adcp-women', 'dcp', 'cp', 'sp', 'state', 'national'] as const satisfies readonly PostKind[];
const SHO_AND_ABOVE = ['sho', ...ABOVE] as const satisfies readonly PostKind[];
const AT_STATION = ['help-desk', 'io', 'sho'] as const satisfies readonly PostKind[];

/** One line of the table. */
export type StepRow = {
  /** in which states */
  from: readonly State[];
  /** by which kinds of post */
  by: readonly PostKind[];
  /** the state that follows; `same` where the step changes none; `approved` where it depends on who still has to approve */
  to: State | 'same' | 'approved' | 'where-it-was';
  /** whose: the post that holds the file, or also a post that supervises that desk */
  whose: 'holder' | 'supervisor';
  /** the section it rests on; `administrative` where no section does */
  authority: string;
  /** what the form asks, as in the API; a question mark where it may be left out */
  form: readonly string[];
  /** why not yet, where the state has not been reached */
  early?: Reason;
};

export type StepName = keyof typeof TABLE;
export type Reason =
  | 'not-your-power'
  | 'not-on-your-desk'
  | 'wrong-state'
  | 'already-done'
  | 'not-confirmed-yet'
  | 'not-received-yet'
  | 'needs-signature'
  | 'needs-fir'
  | 'needs-report'
  | 'needs-approvals'
  | 'not-forwarded-yet'
  | 'not-closed'
  | 'file-closed'
  | 'registration-refused'
  | 'sho-approves-first'
  | 'acp-approves-next'
  | 'dcp-approves-next'
  | 'not-a-child';

const TABLE = {
  receive: {
    from: ['confirmed'],
    by: ['help-desk', 'sho'],
    to: 'received',
    whose: 'supervisor',
    authority: 'BNSS 173(1)',
    form: [],
    early: 'not-confirmed-yet',
  },
  assign: {
    from: OPEN,
    by: SHO_AND_ABOVE,
    to: 'same',
    whose: 'supervisor',
    authority: 'BNSS 176(1), 30',
    form: ['to_post', 'note?'],
  },
  move: {
    from: OPEN,
    by: DESK_KINDS,
    to: 'same',
    whose: 'supervisor',
    authority: 'administrative',
    form: ['to_post', 'reason'],
  },
  sign: {
    from: ['received'],
    by: ['help-desk', 'io'],
    to: 'signed',
    whose: 'holder',
    authority: 'BNSS 173(1)(ii)',
    form: ['signed_at', 'place'],
    early: 'not-received-yet',
  },
  'register-fir': {
    from: ['received', 'signed'],
    by: ['sho'],
    to: 'investigating',
    whose: 'supervisor',
    authority: 'BNSS 173(1)',
    form: ['fir_number', 'year', 'recorded_at', 'offence_on', 'sections[act, section]'],
    early: 'not-received-yet',
  },
  'refuse-registration': {
    from: ['received', 'signed'],
    by: ['sho'],
    to: 'refused',
    whose: 'supervisor',
    authority: 'BNSS 173(4)',
    form: ['reason'],
    early: 'not-received-yet',
  },
  diary: {
    from: ['received', 'signed', 'investigating', 'report-submitted', 'report-approved', 'forwarded'],
    by: AT_STATION,
    to: 'same',
    whose: 'holder',
    authority: 'BNSS 192',
    form: ['text'],
    early: 'not-received-yet',
  },
  statement: {
    from: ['received', 'signed', 'investigating', 'report-submitted', 'report-approved', 'forwarded'],
    by: AT_STATION,
    to: 'same',
    whose: 'holder',
    authority: 'BNSS 173(1), 180, 183',
    form: ['kind', 'at', 'by', 'woman_officer?', 'audio_video?'],
    early: 'not-received-yet',
  },
  medical: {
    from: OPEN,
    by: AT_STATION,
    to: 'same',
    whose: 'holder',
    authority: 'BNSS 184',
    form: ['sent_at?', 'examined_at?', 'report_at?'],
    early: 'not-confirmed-yet',
  },
  summon: {
    from: OPEN,
    by: AT_STATION,
    to: 'same',
    whose: 'holder',
    authority: 'BNSS 179',
    form: ['why', 'at', 'place'],
    early: 'not-confirmed-yet',
  },
  'tell-child-welfare': {
    from: OPEN,
    by: DESK_KINDS,
    to: 'same',
    whose: 'supervisor',
    authority: 'POCSO 19(6)',
    form: ['at'],
    early: 'not-confirmed-yet',
  },
  'tell-progress': {
    from: ['investigating', 'report-submitted', 'report-approved', 'forwarded'],
    by: ['io', 'sho'],
    to: 'same',
    whose: 'supervisor',
    authority: 'BNSS 193(3)(ii)',
    form: ['at'],
    early: 'needs-fir',
  },
  'explain-delay': {
    from: OPEN,
    by: DESK_KINDS,
    to: 'same',
    whose: 'supervisor',
    authority: 'administrative',
    form: ['kind', 'from', 'text?'],
  },
  'record-event': {
    from: [...OPEN, 'refused', 'closed'],
    by: DESK_KINDS,
    to: 'same',
    whose: 'supervisor',
    authority: 'BNSS 192',
    form: ['event', 'at', 'accused?', 'note?'],
    early: 'not-confirmed-yet',
  },
  'court-order': {
    from: [...OPEN, 'closed'],
    by: DESK_KINDS,
    to: 'same',
    whose: 'supervisor',
    authority: 'administrative',
    form: ['kind', 'court', 'at', 'text?'],
    early: 'not-confirmed-yet',
  },
  direct: { from: OPEN, by: SHO_AND_ABOVE, to: 'same', whose: 'supervisor', authority: 'BNSS 30', form: ['text'] },
  'submit-report': {
    from: ['investigating'],
    by: ['io'],
    to: 'report-submitted',
    whose: 'holder',
    authority: 'BNSS 188',
    form: ['kind', 'reason?', 'documents?'],
    early: 'needs-fir',
  },
  'approve-report': {
    from: ['report-submitted'],
    by: SHO_AND_ABOVE,
    to: 'approved',
    whose: 'supervisor',
    authority: 'BNSS 193(4), 177',
    form: [],
    early: 'needs-report',
  },
  'return-report': {
    from: ['report-submitted'],
    by: SHO_AND_ABOVE,
    to: 'investigating',
    whose: 'supervisor',
    authority: 'BNSS 193(4), 177',
    form: ['reason'],
    early: 'needs-report',
  },
  'forward-report': {
    from: ['report-approved'],
    by: ['sho'],
    to: 'forwarded',
    whose: 'supervisor',
    authority: 'BNSS 193(3)(i)',
    form: ['court', 'at'],
    early: 'needs-approvals',
  },
  close: {
    from: ['forwarded'],
    by: ['sho'],
    to: 'closed',
    whose: 'supervisor',
    authority: 'administrative',
    form: ['outcome'],
    early: 'not-forwarded-yet',
  },
  reopen: {
    from: ['closed', 'refused'],
    by: ABOVE,
    to: 'where-it-was',
    whose: 'supervisor',
    authority: 'BNSS 193(9), 173(4)',
    form: ['reason'],
    early: 'not-closed',
  },
} as const satisfies Record<string, Omit<StepRow, 'early'> & { early?: string }>;

/** The steps of a file: from which state, by which post, to which state, whose, on what authority, with which form. */
export const STEPS: Record<StepName, StepRow> = TABLE;
export const STEP_NAMES = Object.keys(TABLE) as StepName[];
