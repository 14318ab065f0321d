// What she sees of her own file: where it lies and with whom, how long, what comes next and by when, and who has looked.
import { type Reading, refuse } from '#foundation';
import { type ClockFacts, type DelayFacts, myClocks, myDelays } from '#deadlines';
import { findMyPromise } from '#callback';
import { daysBetween, duties, istDay } from '#law';
import type { Named } from '#posts';
import { myEarlier, myOpenings, openNarrative } from '#sealed-identity';
import { type DeskStay, deskLedger, endedWith } from './desk-ledger.ts';
import { reportOf } from './file-view.ts';
import {
  type CourtDate,
  type CourtEvent,
  type CourtOrder,
  datesIn,
  eventsIn,
  ordersIn,
  sheetIn,
} from './court-orders.ts';
import { myNames, type Names } from './names.ts';
import { type Handover, myHandover } from './abroad.ts';
import { type Arrival, myArrival } from './arrival.ts';
import { type Stage, type State, stageOf } from './powers.ts';
import { medicalEvents } from './duty-state.ts';
import { clockToShow, type Next, nextFor } from './rules.ts';
import * as store from './store.ts';
import { type EarlierFacts, earlierIn } from './earlier.ts';
import { myAnswers } from './summon-store.ts';
import { type Asked, askedIn } from './summons.ts';

export type TrackFacts = {
  number: string | null;
  state: State;
  stage: Stage;
  submitted_at: Temporal.Instant;
  as_of: Temporal.Instant;
  days_pending: number;
  clocks: ClockFacts[];
  due: ClockFacts | null;
  now_with: DeskStay & { office_phone: string | null; days: number };
  desks: DeskStay[];
  next: { what: Next['what']; by: Temporal.Instant | null; who: Named };
  delays: DelayFacts[];
  orders: CourtOrder[];
  /** `promised`: the one visit that is promised, for the report; `items`: each time she was asked to come, with her answers */
  appearances: {
    planned: number;
    promised: 1;
    asked: number;
    attended: number;
    reasons: string[];
    items: Asked[];
  };
  /** a complaint she made before this one */
  earlier: EarlierFacts | null;
  openings: { at: Temporal.Instant; until: Temporal.Instant; post_name: Named; purpose: string }[];
  /** given to another State, or on its way there: the last time */
  handover: Handover | null;
  /** it came from another State */
  arrival: Arrival | null;
  fir: { number: string; year: number; recorded_at: Temporal.Instant } | null;
  zero_fir: { number: string; year: number; recorded_at: Temporal.Instant } | null;
  sections: store.Cited[];
  signed_at: Temporal.Instant | null;
  report: {
    /** the step by which it went to court */
    id: string;
    kind: 'charge-sheet' | 'final-report';
    sheet: string | null;
    reason: string | null;
    forwarded_at: Temporal.Instant;
    court: string | null;
  } | null;
  outcome: string | null;
  /** the police's word; “settled” is hers */
  closed_at: Temporal.Instant | null;
  court_dates: CourtDate[];
  court_events: CourtEvent[];
  /** `upheld`: a superior has looked at it and stands by it */
  refusal: {
    at: Temporal.Instant;
    reason: string | null;
    upheld: { at: Temporal.Instant; reason: string | null } | null;
  } | null;
  callback: {
    due_at: Temporal.Instant;
    phrase_hint: false;
    no_contact: boolean;
    attempts: number;
    talking: boolean;
  } | null;
};

/**
 * Her file as she may see it: everything about its way, every desk with its days and officer.
 * @throws Refusal `session-over` without an open session for a file
 */
export async function track(r: Reading): Promise<TrackFacts> {
  // none of these waits for another: they are asked at once and go out together
  const [found, names, stays, clocks, steps, answers, delays, opened, promise, earlier] = await Promise.all([
    store.myFile(r),
    myNames(r),
    store.myStays(r),
    myClocks(r),
    store.mySteps(r),
    myAnswers(r),
    myDelays(r),
    myOpenings(r),
    findMyPromise(r),
    myEarlier(r),
  ]);
  const file = found ?? refuse('session-over');
  const desks = deskLedger(endedWith(stays, file.closed_at), names.tenures, names.posts, r.now);
  const here = desks.at(-1) ?? refuse('session-over');
  const due = clockToShow(file, clocks);
  const abroad = file.zero_number !== null;
  const [appearances, refusal, handover, arrival] = await Promise.all([
    appearancesIn(r, file, steps, { names, answers }),
    refusalIn(r, file, steps),
    abroad ? myHandover(r) : null,
    abroad ? myArrival(r) : null,
  ]);
  const { fir_number, fir_year, recorded_at } = file;
  return {
    number: file.number,
    state: file.state,
    stage: stageOf(file.state),
    submitted_at: file.submitted_at,
    as_of: r.now,
    days_pending: daysBetween(istDay(file.submitted_at), istDay(file.closed_at ?? r.now)),
    clocks,
    due,
    now_with: nowWith(here, desks, names, r.now),
    desks,
    next: {
      what: nextFor({ state: file.state, upheld: file.refusal_upheld_at !== null }).what,
      by: due?.due_at ?? null,
      who: whoIsNext(file, here, names),
    },
    delays,
    orders: ordersIn(steps),
    appearances,
    earlier: earlierIn(earlier, file, steps, { names, now: r.now }),
    openings: opened.map((o) => ({
      at: o.at,
      until: o.until,
      post_name: names.post(o.post),
      purpose: o.purpose,
    })),
    fir:
      fir_number !== null && fir_year !== null && recorded_at
        ? { number: fir_number, year: fir_year, recorded_at }
        : null,
    zero_fir: zeroOf(file),
    handover,
    arrival,
    sections: file.sections,
    signed_at: file.signed_at,
    report: forwardedReport(file, steps),
    outcome: file.outcome,
    closed_at: file.closed_at,
    court_dates: datesIn(steps),
    court_events: eventsIn(steps),
    refusal,
    callback: callbackIn(file, promise),
  };
}

// since when it has lain with this post, however often the officer changed meanwhile; of a closed case, for how long it lay there
function nowWith(
  here: DeskStay,
  desks: readonly DeskStay[],
  names: Names,
  now: Temporal.Instant,
): TrackFacts['now_with'] {
  const elsewhere = desks.findLastIndex((stay) => stay.post !== here.post);
  const from = desks[elsewhere + 1]?.from ?? here.from;
  const office_phone = names.posts.get(here.post)?.office_phone ?? null;
  return { ...here, office_phone, days: daysBetween(istDay(from), istDay(here.to ?? now)) };
}

function whoIsNext(file: store.File, here: DeskStay, names: Names): Named {
  const desk = here.held_by ?? here.post_name;
  if (nextFor(file).who !== 'sho' || !file.station_path) return desk;
  const sho = [...names.posts.values()].find((post) => post.kind === 'sho' && post.path === file.station_path);
  return sho?.name ?? desk;
}

// What she must come for: signing, the statement before the Magistrate and the medical examination where the sections bring them.
async function appearancesIn(
  r: Reading,
  file: store.File,
  steps: readonly store.Step[],
  { names, answers }: { names: Names; answers: Awaited<ReturnType<typeof myAnswers>> },
): Promise<TrackFacts['appearances']> {
  const owed = new Set(duties(file.sections, file.child).map(({ duty }) => duty));
  const planned =
    1 +
    (owed.has('magistrate-statement') ? 1 : 0) +
    (owed.has('medical-24h') && medicalEvents(steps).at(-1)?.what !== 'declined' ? 1 : 0);
  const items = await askedIn(r, file.id, { steps, answers, names });
  // where nothing was written about how it ended, what was done on that day tells
  const came = steps
    .filter(({ step }) => step === 'sign' || step === 'statement' || step === 'medical')
    .map(({ at }) => istDay(at).toString());
  const attended = items.filter(({ result, at }) =>
    result ? result.result === 'attended' : came.includes(istDay(at).toString()),
  );
  return {
    planned,
    promised: 1,
    asked: items.length,
    attended: attended.length,
    reasons: items.map(({ why }) => why),
    items,
  };
}

const zeroOf = ({ zero_number, zero_year, zero_recorded_at }: store.File): TrackFacts['zero_fir'] =>
  zero_number !== null && zero_year !== null && zero_recorded_at
    ? { number: zero_number, year: zero_year, recorded_at: zero_recorded_at }
    : null;

function forwardedReport(file: store.File, steps: readonly store.Step[]): TrackFacts['report'] {
  const report = reportOf(file);
  const sent = steps.findLast(({ step }) => step === 'forward-report');
  if (!report?.forwarded_at || !sent) return null;
  const { kind, reason, forwarded_at, court } = report;
  return { id: sent.id, kind, sheet: sheetIn(steps), reason, forwarded_at, court };
}

// She is told why, in the words of the SHO: she may go on to the superintendent or the Magistrate with it. BNSS 173(4)
async function refusalIn(r: Reading, file: store.File, steps: readonly store.Step[]): Promise<TrackFacts['refusal']> {
  if (file.state !== 'refused') return null;
  const last = (name: string) => steps.findLast((s) => s.step === name);
  const words = async (step: store.Step): Promise<string | null> =>
    step.sealed_note && openNarrative(r, file.id, `step:${step.id}`, step.sealed_note);
  const step = last('refuse-registration');
  if (!step) return null;
  const upheld = file.refusal_upheld_at ? last('uphold-refusal') : undefined;
  return {
    at: step.at,
    reason: await words(step),
    upheld: upheld ? { at: upheld.at, reason: await words(upheld) } : null,
  };
}

function callbackIn(file: store.File, promise: Awaited<ReturnType<typeof findMyPromise>>): TrackFacts['callback'] {
  if (file.state !== 'submitted' || !promise) return null;
  const { due_at, no_contact, attempts, talking } = promise;
  return { due_at, phrase_hint: false, no_contact, attempts, talking };
}
