// What a post sees of a file: its stays, clocks, steps with why not, diary and history; the identity stays sealed.
import { type Act, type Reading, refuse } from '#foundation';
import { chainsOf, type ClockFacts, clocksOf, type DelayFacts, delaysOf, inCharge, type Link } from '#deadlines';
import { duties } from '#law';
import { findUnit, liesIn, type Named, SUPERVISING } from '#posts';
import { narrativeOf, openingsOf } from '#sealed-identity';
import { type Accused, accusedIn } from './accused.ts';
import { type Handover, handoverOf } from './abroad.ts';
import { type Arrival, arrivalOf } from './arrival.ts';
import { type CitedSection, marked } from './cited.ts';
import { type CourtDate, type CourtOrder, datesIn, ordersIn } from './court-orders.ts';
import { type DeskStay, deskLedger, endedWith } from './desk-ledger.ts';
import { type DutyState, dutyStates } from './duty-state.ts';
import type { Corrects } from './history.ts';
import type { Names } from './names.ts';
import { historyOf, opened, paperOf } from './way.ts';
import { STEP_NAMES, type Stage, type State, type StepName, stageOf } from './powers.ts';
import { type ActorFacts, type FileFacts, whyNot } from './rules.ts';
import * as store from './store.ts';
import { answersOf } from './summon-store.ts';
import { type Asked, askedIn } from './summons.ts';
import { type Direction, directionsOf } from './supervision.ts';

/** A step and, where it may not be taken, why not. */
export type StepFacts = { step: StepName; allowed: boolean; why_not: string | null };
export type Report = {
  kind: 'charge-sheet' | 'final-report';
  reason: string | null;
  submitted_at: Temporal.Instant | null;
  sho_approved_at: Temporal.Instant | null;
  acp_approved_at: Temporal.Instant | null;
  forwarded_at: Temporal.Instant | null;
  court: string | null;
};
export type FileView = {
  number: string | null;
  file: string;
  state: State;
  stage: Stage;
  station: Named | null;
  register: { serial: number; year: number } | null;
  fir: { number: string; year: number; recorded_at: Temporal.Instant } | null;
  /** recorded at another station first, whatever the area; the two months run from here */
  zero_fir: { number: string; year: number; recorded_at: Temporal.Instant; station: Named | null } | null;
  sections: CitedSection[];
  child: boolean;
  categories: string[];
  submitted_at: Temporal.Instant;
  signed_at: Temporal.Instant | null;
  as_of: Temporal.Instant;
  desks: DeskStay[];
  clocks: ClockFacts[];
  steps: StepFacts[];
  diary: {
    number: number;
    at: Temporal.Instant;
    post_name: Named;
    officer: Named | null;
    /** the acting post wrote it */
    mine: boolean;
    text: string;
    /** corrections of this entry that were written later */
    corrections: { at: Temporal.Instant; text: string | null }[];
  }[];
  history: {
    id: string;
    step: string;
    /** what it was about, where a step can be about several things: the event, the order */
    about: string | null;
    /** of a correction: the diary entry or the step that it corrects */
    corrects: Corrects | null;
    at: Temporal.Instant;
    post_name: Named;
    officer: Named | null;
    note: string | null;
  }[];
  directions: Direction[];
  people: { role: 'complainant' | 'reporter' | 'accused'; masked: string }[];
  account: { kind: 'text' | 'defer' | 'upload'; text: string | null };
  openings: { at: Temporal.Instant; until: Temporal.Instant; post_name: Named; purpose: string }[];
  delays: DelayFacts[];
  orders: CourtOrder[];
  court_dates: CourtDate[];
  /** each time she was asked to come, with her answers */
  appearances: Asked[];
  /** by their numbers, as far as a step has told of them */
  accused: Accused[];
  report: Report | null;
  outcome: string | null;
  duties: DutyState[];
  where: string | null;
  when: { from: string | null; to: string | null; precision: string };
  /** given to another State: asked for, received there, where it lies; the last time */
  handover: Handover | null;
  /** it came from another State, with what was done there */
  arrival: Arrival | null;
  /** false for what an officer is shown once more of a file that has just left this post's sight */
  in_sight: boolean;
};

const MASK = '●●●● ●●●●●';

/**
 * The file as the acting post may see it; the looking is written to the ledger with the file as its subject when the
 * transaction may write (`read(…, { note: 'inside' })`).
 * @throws Refusal `not-found` for what lies outside this post's circle, exactly like what does not exist
 */
export async function readFile(r: Reading, number: string): Promise<FileView> {
  const file = (await store.findFile(r, number)) ?? refuse('not-found');
  await store.noteView(r, file.id);
  return viewOf(r, file);
}

/** Everything of a file in sight. */
export async function viewOf(r: Reading, file: store.File): Promise<FileView> {
  const [told, openings, delays, powers, answers, handover, arrival] = await Promise.all([
    narrativeOf(r, file.id),
    openingsOf(r, file.id),
    delaysOf(r, file.id),
    stepsFor(r, file),
    answersOf(r, file.id),
    handoverOf(r, file.id),
    arrivalOf(r, file.id),
  ]);
  const { stays, steps, diary, names } = await paperOf(r, file, openings);
  const { history, entries } = await opened(r, file, { steps, diary, names });
  return {
    ...(await factsOfFile(r, file, { stays, steps, names })),
    steps: powers,
    diary: entries,
    history,
    directions: directionsOf(steps, history, r.now),
    openings: openings.map((o) => ({ at: o.at, until: o.until, post_name: names.post(o.post), purpose: o.purpose })),
    account: accountOf(file, told.account),
    appearances: await askedIn(r, file.id, { steps, answers, names }),
    delays,
    where: told.where?.text ?? told.where?.url ?? null,
    handover,
    arrival,
    in_sight: true,
  };
}

/** What is left to show to whoever has just given a file away: where it stands now, nothing of what is told in it. As the house. */
export async function partingView(h: Act, file: store.File): Promise<FileView> {
  const { stays, steps, names } = await paperOf(h, file, []);
  return {
    ...(await factsOfFile(h, file, { stays, steps, names })),
    steps: STEP_NAMES.map((step) => ({ step, allowed: false, why_not: 'not-on-your-desk' })),
    diary: [],
    directions: [],
    appearances: [],
    history: steps.map((s) => ({ ...historyOf(s, names), note: null })),
    openings: [],
    account: { kind: accountOf(file, undefined).kind, text: null },
    delays: [],
    where: null,
    handover: await handoverOf(h, file.id),
    arrival: null,
    in_sight: false,
  };
}

type Paper = { stays: readonly store.Stay[]; steps: readonly store.Step[]; names: Names };

async function factsOfFile(r: Reading, file: store.File, { stays, steps, names }: Paper) {
  const { fir_number, fir_year, recorded_at, register_serial, register_year } = file;
  const [unit, zero, clocks] = await Promise.all([
    file.station_path ? findUnit(r, file.station_path) : undefined,
    file.zero_station_path ? findUnit(r, file.zero_station_path) : undefined,
    clocksOf(r, file.id),
  ]);
  return {
    number: file.number,
    file: file.id,
    state: file.state,
    stage: stageOf(file.state),
    station: unit ? { hi: unit.name_hi, en: unit.name_en } : null,
    register:
      register_serial !== null && register_year !== null ? { serial: register_serial, year: register_year } : null,
    fir:
      fir_number !== null && fir_year !== null && recorded_at
        ? { number: fir_number, year: fir_year, recorded_at }
        : null,
    zero_fir:
      file.zero_number !== null && file.zero_year !== null && file.zero_recorded_at
        ? {
            number: file.zero_number,
            year: file.zero_year,
            recorded_at: file.zero_recorded_at,
            station: zero ? { hi: zero.name_hi, en: zero.name_en } : null,
          }
        : null,
    sections: marked(file.sections),
    child: file.child,
    categories: file.categories,
    submitted_at: file.submitted_at,
    signed_at: file.signed_at,
    as_of: r.now,
    desks: deskLedger(endedWith(stays, file.closed_at), names.tenures, names.posts, r.now),
    clocks,
    people: peopleOf(file),
    report: reportOf(file),
    outcome: file.outcome,
    duties: dutyStates(duties(file.sections, file.child), steps, file.forwarded_at !== null),
    court_dates: datesIn(steps),
    accused: accusedIn(steps),
    orders: ordersIn(steps),
    when: { from: file.happened.from, to: file.happened.to, precision: file.happened.precision },
  };
}

/** The report of a file, once there is one. */
export const reportOf = (file: store.File): Report | null =>
  file.report_kind && {
    kind: file.report_kind,
    reason: file.report_reason,
    submitted_at: file.report_submitted_at,
    sho_approved_at: file.sho_approved_at,
    acp_approved_at: file.acp_approved_at,
    forwarded_at: file.forwarded_at,
    court: file.court,
  };

// Names are sealed: who there is, never who it is.
export function peopleOf(file: Pick<store.File, 'happened'>): FileView['people'] {
  const { reported_for_her, accused } = file.happened;
  return [
    { role: 'complainant', masked: MASK },
    ...(reported_for_her ? [{ role: 'reporter' as const, masked: MASK }] : []),
    ...Array.from({ length: accused }, () => ({ role: 'accused' as const, masked: MASK })),
  ];
}

function accountOf(
  file: store.File,
  told: { text: string } | { upload: string } | { defer: true } | undefined,
): FileView['account'] {
  const kind = file.account_kind === 'text' || file.account_kind === 'upload' ? file.account_kind : 'defer';
  return { kind, text: told && 'text' in told ? told.text : null };
}

/** Why the acting post may not write in the diary of a file now; null where it may. */
export const whyNoEntry = async (r: Reading, file: store.File) =>
  whyNot('diary', await fileFacts(r, file), actorFacts(r, file)) ?? null;

async function stepsFor(r: Reading, file: store.File): Promise<StepFacts[]> {
  const facts = await fileFacts(r, file);
  const who = actorFacts(r, file);
  return STEP_NAMES.map((step) => {
    const why_not = whyNot(step, facts, who) ?? null;
    return { step, allowed: why_not === null, why_not };
  });
}

/** What the rules must know of a file: its state and the chain of posts above its desk. */
export async function fileFacts(r: Reading, file: store.File): Promise<FileFacts> {
  const links = (await chainsOf(r, [file.desk_post])).get(file.desk_post) ?? [];
  return {
    state: file.state,
    chain: links.map((link, n) => ({ post: link.post, kind: link.kind, in_charge: workedBy(links.slice(n)) })),
    oral: file.oral_at !== null,
    child: file.child,
    under_way: file.state === 'transferred' && (await isUnderWay(r, file.id)),
    from_abroad: file.zero_number !== null && file.zero_station_path === null,
    at_origin: file.zero_station_path !== null && liesIn(file.desk_path, file.zero_station_path),
    upheld: file.refusal_upheld_at !== null,
    directions_open: file.directions_open,
    report_reason: file.report_reason,
    approved_by: (['sho', 'acp', 'dcp'] as const).filter((by) => file[`${by}_approved_at`] !== null),
  };
}
const isUnderWay = async (r: Reading, file: string): Promise<boolean> => {
  const last = await handoverOf(r, file);
  return last !== null && !last.received && !last.refused;
};
const workedBy = (links: readonly Link[]): string => inCharge(links)?.post ?? '';

/** What the rules must know of the acting post. */
export function actorFacts(r: Reading, file: Pick<store.File, 'desk_path'>): ActorFacts {
  const { actor } = r;
  if (actor.kind !== 'officer') return { post: '', kind: actor.kind, supervises: false };
  const supervising = (SUPERVISING as readonly string[]).includes(actor.post_kind);
  return { post: actor.post, kind: actor.post_kind, supervises: supervising && liesIn(file.desk_path, actor.unit) };
}
