// The table of powers, whole: what may be done to a file, in which state, by which post, on what authority. One table for each phase.
import type { State, StepRow } from './power-row.ts';
import { ACCUSED, INVESTIGATION } from './powers-investigation.ts';
import { REGISTRATION } from './powers-registration.ts';
import { HANDING_ON, REPORT } from './powers-report.ts';

export { DESK_KINDS, OPEN, type Reason, STATES, type State, type StepRow } from './power-row.ts';

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
  'handed-over': 'on-record',
};
/** The stage she sees of a state. */
export const stageOf = (state: State): Stage => STAGE[state];

const TABLE = { ...REGISTRATION, ...INVESTIGATION, ...ACCUSED, ...REPORT, ...HANDING_ON } as const;
export type StepName = keyof typeof TABLE;

/** The steps of a file: from which state, by which post, to which state, whose, on what authority, with which form. */
export const STEPS: Record<StepName, StepRow> = TABLE;
export const STEP_NAMES = Object.keys(TABLE) as StepName[];

/** The phases in which a case meets its steps; how pages group them. */
export const PHASES = ['registration', 'investigation', 'accused', 'report', 'handing-on'] as const;
export type Phase = (typeof PHASES)[number];
const OF_PHASE: Record<Phase, object> = {
  registration: REGISTRATION,
  investigation: INVESTIGATION,
  accused: ACCUSED,
  report: REPORT,
  'handing-on': HANDING_ON,
};
/** The steps of a phase, in order. */
export const stepsOf = (phase: Phase): StepName[] => Object.keys(OF_PHASE[phase]) as StepName[];
