// From what the rooms know (codes, both languages, instants) to what the API says, in the caller's language. Nothing is added, nothing decided.
import type { z } from 'zod';
import type { CourtOrder, DeskRow, DeskStay, FileView, TrackFacts } from '#casework';
import type { AttentionFacts, ClockFacts, DelayFacts } from '#deadlines';
import { citedText } from '#law';
import type { Named } from '#posts';
import { type Lang, pick, reason, words } from '#words';
import { explainPlainly, ruleName } from '../../../words/explain.ts';
import { appearancesOf, presentAsked } from './present-asked.ts';
import type * as shape from './shapes.ts';
import type * as staff from './staff-shapes.ts';
import { dayOf, iso, isoOrNull } from './time.ts';

type Said<S extends z.ZodType> = z.input<S>;
type Reader = 'her' | 'officer';
const TENTHS_OF_A_DAY = 8640;

const nameOf = (name: Named | null | undefined, lang: Lang): string | null => name?.[lang] ?? null;
const officerOf = (officer: { name: Named; rank: Named } | null, lang: Lang) =>
  officer && { name: officer.name[lang], rank: officer.rank[lang] };

const deskFor = (kind: string, lang: Lang): string => pick(words(lang).desks.purpose, kind);

export const presentDesk = (stay: DeskStay, lang: Lang): Said<typeof shape.desk> => ({
  post: stay.post,
  post_kind: stay.post_kind,
  post_name: stay.post_name[lang],
  unit_name: stay.unit_name[lang],
  purpose: deskFor(stay.post_kind, lang),
  officer: officerOf(stay.officer, lang),
  vacant: stay.vacant,
  held_by: nameOf(stay.held_by, lang),
  from: iso(stay.from),
  to: isoOrNull(stay.to),
  seconds: stay.seconds,
  days: Math.round(stay.seconds / TENTHS_OF_A_DAY) / 10,
  reason: stay.reason,
  reason_text: pick(words(lang).track.reasons, stay.reason, stay.reason),
});

export const presentClock = (clock: ClockFacts, lang: Lang, reader: Reader): Said<typeof shape.clock> => ({
  rule: clock.rule,
  name: ruleName(lang, clock.rule),
  kind: clock.kind,
  basis: clock.basis,
  authority: clock.authority,
  authority_text: citedText(clock)?.[lang] ?? null,
  responsible: clock.responsible,
  accused: clock.accused,
  started_at: iso(clock.started_at),
  due_at: iso(clock.due_at),
  due_on: clock.due_on.toString(),
  stopped_at: isoOrNull(clock.stopped_at),
  stops_on: clock.stops_on,
  stopped_by: clock.stopped_by,
  state: clock.state,
  steps: explainPlainly(lang, clock, reader),
});

const presentDue = (clock: ClockFacts, as_of: Temporal.Instant, lang: Lang) => ({
  rule: clock.rule,
  name: ruleName(lang, clock.rule),
  on: clock.due_on.toString(),
  at: iso(clock.due_at),
  days_left: dayOf(as_of).until(clock.due_on, { largestUnit: 'days' }).days,
  kind: clock.kind,
  authority: clock.authority,
  steps: explainPlainly(lang, clock, 'her'),
});

const presentOrder = ({ kind, on }: CourtOrder) => ({ kind, on: iso(on) });
const presentDelay = (delay: DelayFacts) => ({
  kind: delay.kind,
  from: delay.from.toString(),
  text: delay.text,
});
const presentOpening = (
  o: { at: Temporal.Instant; until: Temporal.Instant; post_name: Named; purpose: string },
  lang: Lang,
) => ({
  at: iso(o.at),
  until: iso(o.until),
  post: o.post_name[lang],
  purpose: o.purpose,
});

// since when it has lain with this post, however often the officer changed meanwhile: the same reckoning as its days
function sinceAtPost(desks: readonly DeskStay[]): Temporal.Instant {
  const here = desks.at(-1);
  const elsewhere = desks.findLastIndex((stay) => stay.post !== here?.post);
  const first = desks[elsewhere + 1];
  if (!first) throw new Error('a file without a desk');
  return first.from;
}

/** Her case, as she sees it. */
export function presentTrack(facts: TrackFacts, lang: Lang): Omit<Said<typeof shape.track>, 'ending'> {
  const { now_with, next, fir, report } = facts;
  return {
    number: facts.number,
    state: facts.state,
    stage: facts.stage,
    submitted_at: iso(facts.submitted_at),
    as_of: iso(facts.as_of),
    days_pending: facts.days_pending,
    due: facts.due && presentDue(facts.due, facts.as_of, lang),
    now_with: {
      post: now_with.post,
      post_name: now_with.post_name[lang],
      unit_name: now_with.unit_name[lang],
      purpose: deskFor(now_with.post_kind, lang),
      officer: officerOf(now_with.officer, lang),
      vacant: now_with.vacant,
      held_by: nameOf(now_with.held_by, lang),
      office_phone: now_with.office_phone,
      since: iso(sinceAtPost(facts.desks)),
      days: now_with.days,
    },
    desks: facts.desks.map((stay) => presentDesk(stay, lang)),
    clocks: facts.clocks.filter(({ hers }) => hers).map((clock) => presentClock(clock, lang, 'her')),
    next: {
      what: pick(words(lang).track.next, next.what, next.what),
      code: next.what,
      by: isoOrNull(next.by),
      who: next.who[lang],
    },
    signed_at: isoOrNull(facts.signed_at),
    fir: fir && { number: fir.number, year: fir.year, recorded_at: iso(fir.recorded_at) },
    report: report && {
      kind: report.kind,
      reason: report.reason,
      forwarded_at: isoOrNull(report.forwarded_at),
      court: report.court,
    },
    outcome: facts.outcome,
    zero_fir: facts.zero_fir && {
      number: facts.zero_fir.number,
      year: facts.zero_fir.year,
      recorded_at: iso(facts.zero_fir.recorded_at),
    },
    refusal: facts.refusal && {
      at: iso(facts.refusal.at),
      reason: facts.refusal.reason,
      upheld: facts.refusal.upheld && { at: iso(facts.refusal.upheld.at), reason: facts.refusal.upheld.reason },
    },
    callback: facts.callback && {
      due_at: iso(facts.callback.due_at),
      attempts: facts.callback.attempts,
      talking: facts.callback.talking,
    },
    delays: facts.delays.map(presentDelay),
    orders: facts.orders.map(presentOrder),
    appearances: {
      ...facts.appearances,
      items: facts.appearances.items.map((one) => presentAsked(one, lang)),
    },
    earlier: facts.earlier && {
      ...facts.earlier,
      station: typeof facts.earlier.station === 'string' ? facts.earlier.station : nameOf(facts.earlier.station, lang),
      on: facts.earlier.on?.toString() ?? null,
    },
    hearings: [],
    messages: [],
    concerns: [],
    documents: [],
    openings: facts.openings.map((o) => presentOpening(o, lang)),
    proof: null,
  };
}

export const presentDeskRow = (row: DeskRow, lang: Lang): Said<typeof staff.deskRow> => ({
  number: row.number,
  fir: row.fir,
  sections: row.sections.map(({ act, section }) => ({ act, section })),
  state: row.state,
  desk_since: iso(row.desk_since),
  submitted_at: iso(row.submitted_at),
  due: row.due && {
    on: row.due.on.toString(),
    at: iso(row.due.at),
    kind: row.due.kind,
    rule: row.due.rule,
    state: row.due.state,
  },
  next: row.next,
  next_text: pick(words(lang).staff.desk.next, row.next, row.next),
  child: row.child,
  waits_for: row.waits_for,
  group: row.group,
  post_name: row.post_name[lang],
  vacant_post: nameOf(row.vacant_post, lang),
});

/** A file, as the post of the reading may see it. */
export function presentFile(view: FileView, lang: Lang): Said<typeof staff.file> {
  const { fir, report } = view;
  return {
    number: view.number,
    fir_number: fir?.number ?? null,
    year: fir?.year ?? null,
    fir: fir && { number: fir.number, year: fir.year, recorded_at: iso(fir.recorded_at) },
    zero_fir: view.zero_fir && {
      number: view.zero_fir.number,
      year: view.zero_fir.year,
      recorded_at: iso(view.zero_fir.recorded_at),
      station: nameOf(view.zero_fir.station, lang),
    },
    register: view.register,
    station: nameOf(view.station, lang),
    state: view.state,
    stage: view.stage,
    submitted_at: iso(view.submitted_at),
    signed_at: isoOrNull(view.signed_at),
    as_of: iso(view.as_of),
    in_sight: view.in_sight,
    child: view.child,
    categories: view.categories,
    sections: view.sections.map(({ act, section }) => ({ act, section })),
    desks: view.desks.map((stay) => presentDesk(stay, lang)),
    clocks: view.clocks.map((clock) => presentClock(clock, lang, 'officer')),
    steps: view.steps.map(({ step, allowed, why_not }) => ({
      step,
      allowed,
      why_not,
      why_not_text: why_not && reason(lang, why_not),
    })),
    diary: view.diary.map((e) => ({
      number: e.number,
      at: iso(e.at),
      post: e.post_name[lang],
      officer: nameOf(e.officer, lang),
      text: e.text,
      corrections: e.corrections.map(({ at, text }) => ({ at: iso(at), text })),
    })),
    history: view.history.map((s) => ({
      id: s.id,
      step: s.step,
      about: s.about,
      corrects: s.corrects,
      at: iso(s.at),
      post: s.post_name[lang],
      officer: nameOf(s.officer, lang),
      note: s.note,
    })),
    people: view.people,
    account: view.account,
    where: view.where,
    when: view.when,
    delays: view.delays.map(presentDelay),
    orders: view.orders.map(presentOrder),
    openings: view.openings.map((o) => presentOpening(o, lang)),
    report: report && {
      kind: report.kind,
      reason: report.reason,
      submitted_at: isoOrNull(report.submitted_at),
      sho_approved_at: isoOrNull(report.sho_approved_at),
      acp_approved_at: isoOrNull(report.acp_approved_at),
      forwarded_at: isoOrNull(report.forwarded_at),
      court: report.court,
    },
    outcome: view.outcome,
    duties: view.duties.map(({ on, ...duty }) => ({ ...duty, on: on === null ? null : on.toString() })),
    directions: view.directions.map((one) => ({
      id: one.id,
      at: iso(one.at),
      post_name: one.post_name[lang],
      by: one.by?.toString() ?? null,
      text: one.text,
      answer: one.answer && { at: iso(one.answer.at), post_name: one.answer.post_name[lang], text: one.answer.text },
      late: one.late,
    })),
    court_dates: view.court_dates.map((date) => ({ on: date.on.toString(), for: date.for })),
    accused: view.accused.map((one) => ({
      accused: one.accused,
      arrested_at: isoOrNull(one.arrested_at),
      remanded_at: isoOrNull(one.remanded_at),
      released_at: isoOrNull(one.released_at),
      in_custody: one.in_custody,
    })),
    voices: [],
    evidence: [],
    documents: [],
    messages: [],
    hearings: [],
    appearances: appearancesOf(view, lang),
  };
}

export const presentAttention = (row: AttentionFacts, lang: Lang): Said<typeof staff.attention> => ({
  id: row.id,
  number: row.number,
  rule: row.rule,
  rule_name: ruleName(lang, row.rule),
  threshold: row.stage,
  due_at: isoOrNull(row.due_at),
  raised_at: iso(row.raised_at),
  reason: row.reason,
});
