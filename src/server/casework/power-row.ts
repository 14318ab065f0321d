// What a line of the table of powers is made of: states, kinds of post, reasons. Codes only, no words.
import type { PostKind } from '#posts';

/** Where a case stands. `refused`, `transferred` and `handed-over` (to another State) lie beside the path. */
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
  'handed-over',
] as const;
export type State = (typeof STATES)[number];

/** The path from the call to the court, in order. */
export const PATH = [
  'confirmed',
  'received',
  'signed',
  'investigating',
  'report-submitted',
  'report-approved',
  'forwarded',
] as const satisfies readonly State[];
/** Every state in which the police work on a file: also while it waits for another station to take it. */
export const OPEN = [...PATH, 'transferred'] as const satisfies readonly State[];
/** From the station's register on. */
export const RECEIVED = [
  'received',
  'signed',
  'investigating',
  'report-submitted',
  'report-approved',
  'forwarded',
  'transferred',
] as const satisfies readonly State[];
/** From the FIR on, whichever station has recorded it. */
export const ON_RECORD = [
  'investigating',
  'report-submitted',
  'report-approved',
  'forwarded',
  'transferred',
] as const satisfies readonly State[];

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
export const ABOVE = [
  'acp',
  'adcp-women',
  'dcp',
  'cp',
  'sp',
  'state',
  'national',
] as const satisfies readonly PostKind[];
export const SHO_AND_ABOVE = ['sho', ...ABOVE] as const satisfies readonly PostKind[];
export const AT_STATION = ['help-desk', 'io', 'sho'] as const satisfies readonly PostKind[];

/** Why a step may not be taken. */
export type Reason =
  | 'not-your-power'
  | 'not-on-your-desk'
  | 'already-done'
  | 'not-confirmed-yet'
  | 'not-received-yet'
  | 'needs-signature'
  | 'needs-fir'
  | 'needs-report'
  | 'needs-approvals'
  | 'not-forwarded-yet'
  | 'not-closed'
  | 'not-refused'
  | 'not-transferred'
  | 'file-closed'
  | 'registration-refused'
  | 'waits-for-acceptance'
  | 'with-another-state'
  | 'from-another-state'
  | 'recorded-here'
  | 'sho-approves-first'
  | 'acp-approves-next'
  | 'dcp-approves-next'
  | 'not-a-child'
  | 'no-direction-open';

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
  /** who sits there is asked again: it ends an investigation, a case, or sends it to another station */
  asks_again?: true;
  /** why not yet, where the state has not been reached */
  early?: Reason;
  /** why not in any other state, for a step that belongs to one state beside the path */
  otherwise?: Reason;
};
