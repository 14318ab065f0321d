// Why a step may not be taken, what comes next, where a file may go. Pure: told everything, asks nothing, knows no clock.
import { liesIn } from '#posts';
import { DESK_KINDS, PATH, type Reason, STATES, type State, type StepRow } from './power-row.ts';
import { STEPS, type StepName } from './powers.ts';

/** The posts of a desk's chain: the desk first, then who answers for it; `in_charge` works it now (itself, or while it is vacant the next above). */
export type ChainPost = { post: string; kind: string; in_charge: string };

/** What must be known of a file to say why not. */
export type FileFacts = {
  state: State;
  chain: readonly ChainPost[];
  /** told orally and reduced to writing: BNSS 173(1)(i) */
  oral: boolean;
  child: boolean;
  /** its Zero FIR was recorded at the station where it lies now */
  at_origin: boolean;
  /** its parcel is on the way to another State, and no receipt is there yet */
  under_way: boolean;
  /** it came from another State: there is no station here to return it to */
  from_abroad: boolean;
  /** a superior has upheld the refusal */
  upheld: boolean;
  /** directions that nobody has answered */
  directions_open: number;
  report_reason: string | null;
  /** approvals already given, in their order */
  approved_by: readonly Approver[];
};
/** What must be known of the acting post. `supervises`: its unit contains the desk and its kind supervises. */
export type ActorFacts = { post: string; kind: string; supervises: boolean };

export type Approver = 'sho' | 'acp' | 'dcp';
/** Who approves a report, in this order: SHO, ACP; a finding that the information was false needs the DCP as well. */
export const approversOf = (report_reason: string | null): readonly Approver[] =>
  report_reason === 'FR_FALSE' ? ['sho', 'acp', 'dcp'] : ['sho', 'acp'];
/** Who approves next; undefined when all have. */
export const nextApprover = (file: Pick<FileFacts, 'report_reason' | 'approved_by'>): Approver | undefined =>
  approversOf(file.report_reason)[file.approved_by.length];

const APPROVES = { sho: 'sho-approves-first', acp: 'acp-approves-next', dcp: 'dcp-approves-next' } as const;

/**
 * Why a post may not take a step on a file; silence is consent. Buttons, verbs and tests ask the same question. A post acts
 * for itself and for every vacant post of the desk's chain whose work has come up to it.
 * @returns a refusal code, or undefined if it may
 */
export function whyNot(step: StepName, file: FileFacts, who: ActorFacts): Reason | undefined {
  const row = STEPS[step];
  const standsFor = file.chain.filter(({ in_charge }) => in_charge === who.post);
  const kinds = new Set<string>([who.kind, ...standsFor.map(({ kind }) => kind)]);
  if (!row.by.some((kind) => kinds.has(kind))) return 'not-your-power';
  if (!row.from.includes(file.state)) return notInThisState(row, file.state);
  const desk = file.chain[0]?.post;
  const holds = desk === who.post || standsFor.some(({ post }) => post === desk);
  if (!holds && !(row.whose === 'supervisor' && who.supervises)) return 'not-on-your-desk';
  return whyNotStill(step, file, kinds, holds);
}

const ORDER: readonly State[] = ['submitted', ...PATH, 'closed'];

function notInThisState(row: StepRow, state: State): Reason {
  if (row.otherwise && state !== 'handed-over') return row.otherwise;
  if (state === 'closed') return 'file-closed';
  if (state === 'refused') return 'registration-refused';
  if (state === 'transferred') return 'waits-for-acceptance';
  if (state === 'handed-over') return 'with-another-state';
  const first = Math.min(...row.from.map((s) => ORDER.indexOf(s)).filter((n) => n >= 0));
  if (ORDER.indexOf(state) < first) return row.early ?? 'not-confirmed-yet';
  return 'already-done';
}

// what says at which station it is: nobody says so while its parcel is on the way to another State
const SENDS: ReadonlySet<StepName> = new Set(['accept-transfer', 'return-transfer', 'send-on']);
// what puts her information on record: it must be signed, or told orally and taken down. BNSS 173(1)
const RECORDS: ReadonlySet<StepName> = new Set(['register-fir', 'zero-fir']);

function whyNotStill(step: StepName, file: FileFacts, kinds: ReadonlySet<string>, holds: boolean): Reason | undefined {
  if (RECORDS.has(step) && file.state === 'received' && !file.oral) return 'needs-signature';
  if (SENDS.has(step) && file.under_way) return 'with-another-state';
  if (step === 'return-transfer' && file.from_abroad) return 'from-another-state';
  if (step === 'return-transfer' && file.at_origin) return 'recorded-here';
  if (step === 'uphold-refusal' && file.upheld) return 'already-done';
  if (step === 'tell-child-welfare' && !file.child) return 'not-a-child';
  if (step === 'comply' && file.directions_open === 0) return 'no-direction-open';
  if (step !== 'approve-report' && step !== 'return-report') return undefined;
  const next = nextApprover(file);
  if (!next) return 'already-done';
  if (kinds.has(next)) return undefined;
  // where no post of that kind stands above the station, the superior on whose desk the report was put approves
  const desk = file.chain[0]?.kind;
  const missing = next !== 'sho' && !file.chain.some(({ kind }) => kind === next);
  return missing && holds && desk !== 'sho' ? undefined : APPROVES[next];
}

/** What happens next with a file: code, and which post has to do it. */
export type Next = {
  what:
    | 'call-back'
    | 'receive'
    | 'sign'
    | 'register-fir'
    | 'investigate'
    | 'approve-report'
    | 'forward-report'
    | 'court'
    | 'accept-transfer'
    | 'decide-refusal'
    | 'nothing';
  who: 'desk' | 'sho';
};

const NEXT: Record<State, Next> = {
  submitted: { what: 'call-back', who: 'desk' },
  confirmed: { what: 'receive', who: 'desk' },
  received: { what: 'sign', who: 'desk' },
  signed: { what: 'register-fir', who: 'sho' },
  investigating: { what: 'investigate', who: 'desk' },
  'report-submitted': { what: 'approve-report', who: 'desk' },
  'report-approved': { what: 'forward-report', who: 'sho' },
  forwarded: { what: 'court', who: 'sho' },
  closed: { what: 'nothing', who: 'desk' },
  refused: { what: 'decide-refusal', who: 'desk' },
  transferred: { what: 'accept-transfer', who: 'desk' },
  'handed-over': { what: 'nothing', who: 'desk' },
};
/** What happens next and who must do it. `upheld`: a refusal that a superior has upheld; the police have nothing more to decide. */
export const nextFor = (file: { state: State; upheld?: boolean }): Next =>
  file.state === 'refused' && file.upheld ? NEXT.closed : NEXT[file.state];

/** Which clock tells by when the next thing has to be done, in order of preference. */
const CLOCK_OF: Record<Next['what'], readonly string[]> = {
  'call-back': ['callback'],
  receive: ['efir_sign'],
  sign: ['efir_sign'],
  'register-fir': [],
  investigate: ['investigation_two_months'],
  'approve-report': ['investigation_two_months'],
  'forward-report': ['investigation_two_months'],
  court: [],
  'accept-transfer': ['transfer_receipt', 'investigation_two_months'],
  'decide-refusal': ['refusal_to_sp'],
  nothing: [],
};

/**
 * The one clock to show of a file: the one that belongs to what comes next and has not been stopped.
 * @param clocks the file's clocks
 */
export function clockToShow<C extends { rule: string; stopped_at: unknown }>(
  file: { state: State },
  clocks: readonly C[],
): C | null {
  for (const rule of CLOCK_OF[nextFor(file).what]) {
    const found = clocks.find((clock) => clock.rule === rule && clock.stopped_at === null);
    if (found) return found;
  }
  return null;
}

/** The same choice in pairs, for the database: a state and the rule of its clock, in order of preference. */
export const CLOCKS_TO_SHOW: readonly { state: State; rule: string }[] = STATES.flatMap((state) =>
  CLOCK_OF[nextFor({ state }).what].map((rule) => ({ state, rule })),
);

/** A target of a move or an assignment, as far as the rules need it. */
export type Target = { post: string; kind: string; unit: string; closed: boolean };

/**
 * Why a file may not go to a post. A station's own posts give it within the station or to a post above them; SHO and above
 * to any desk of the state. Assigning is giving downwards: to a desk of one's own circle.
 * @param step `assign` or `move`
 * @param from where it lies: post and unit (ltree path)
 * @param to the post it would go to
 * @param who kind and unit of the acting post
 */
export function whyNotThere(
  step: 'assign' | 'move',
  from: { post: string },
  to: Target,
  who: { kind: string; unit: string },
): 'holds-no-files' | 'already-there' | 'not-under-you' | 'too-far' | undefined {
  if (to.closed || !(DESK_KINDS as readonly string[]).includes(to.kind)) return 'holds-no-files';
  if (to.post === from.post) return 'already-there';
  if (step === 'assign') return liesIn(to.unit, who.unit) ? undefined : 'not-under-you';
  const stationOnly = who.kind === 'io' || who.kind === 'help-desk';
  const near = liesIn(to.unit, who.unit) || liesIn(who.unit, to.unit);
  if (stationOnly) return near ? undefined : 'too-far';
  return near || stateOf(to.unit) === stateOf(who.unit) ? undefined : 'too-far';
}

const stateOf = (unit: string): string => unit.split('.').slice(0, 2).join('.');

/** What a post has looked up: within the hour, within a day, by night within that day, numbers of files beyond its sight, and now a name like the officer's own. */
export type LookUpCounts = { hour: number; day: number; night: number; beyond: number; own: number };

/**
 * What of look-ups by a number or a name stands out, and from how many on. More than that is raised to the post above; it is no
 * limit: the limit is `MOST_LOOK_UPS`. Night is from ten to six in India.
 */
export const LOOK_UP_SIGNS = {
  'many-in-an-hour': { of: 'hour', more_than: 10 },
  'many-in-a-day': { of: 'day', more_than: 30 },
  'by-night': { of: 'night', more_than: 3 },
  'beyond-its-sight': { of: 'beyond', more_than: 3 },
  'own-name': { of: 'own', more_than: 0 },
} as const satisfies Record<string, { of: keyof LookUpCounts; more_than: number }>;
/** A sign of look-ups; `decoy`: a file was opened that is there so that nobody opens it. */
export type LookUpSignName = keyof typeof LOOK_UP_SIGNS | 'decoy';
type CountedSign = keyof typeof LOOK_UP_SIGNS;
export const SIGN_NAMES = [...(Object.keys(LOOK_UP_SIGNS) as CountedSign[]), 'decoy'] as const;

/** The signs that a post's look-ups show, each with its number. */
export const signsOf = (counts: LookUpCounts): { sign: LookUpSignName; n: number }[] =>
  (Object.keys(LOOK_UP_SIGNS) as CountedSign[]).flatMap((sign) => {
    const { of, more_than } = LOOK_UP_SIGNS[sign];
    return counts[of] > more_than ? [{ sign, n: counts[of] }] : [];
  });

/** Who asks for decoy files, and who may be the second post that agrees. */
export const ASKS_FOR_DECOYS: readonly string[] = ['auditor'];
export const KEEPS_DECOYS: readonly string[] = ['auditor', 'state'];
/** A second post may agree for so many hours. */
export const DECOY_HOURS = 72;
/** When what stands in a decoy is said to have happened after it was filed, in hours: called, received, refused, upheld. */
export const DECOY_PAST_H = { confirmed: 5, received: 26, refused: 75, upheld: 240 } as const;
/** Several pages of one decoy that an officer turns within so many minutes are one opening. */
export const ONE_TOUCH_MINUTES = 10;
