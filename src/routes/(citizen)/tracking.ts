// Her tracking page in words: the facts of the casework room, each with its day, its post and its reason.
import type { TrackFacts } from '#casework';
import { citedText, SET_ASIDE_BY, type WhyStep } from '#law';
import { ledgerBar, tracks, wholeHours } from '#ui/ledger.ts';
import { type Lang, pick, type Words, words } from '#words';
import { explain, ruleName } from '../../words/explain.ts';
import * as say from '../../words/format.ts';
import type { DeskRow, DueView, TrackView } from './views.ts';

type Stay = TrackFacts['desks'][number];
type Clock = NonNullable<TrackFacts['due']>;

type NotThePolice = Extract<WhyStep, { code: 'not-the-police' }>;

/** The way of a case, as far as the police walk it. */
const WAY: readonly TrackFacts['next']['what'][] = [
  'call-back',
  'receive',
  'sign',
  'register-fir',
  'investigate',
  'approve-report',
  'forward-report',
  'court',
];
const STAGES = ['sent', 'called', 'on-record', 'inquiry', 'report', 'court'] as const;

/**
 * The tracking page.
 * @param lang hi or en
 * @param facts what the casework room tells her session
 * @param code the code for the help desk, if she has asked to see it
 */
export function trackView(lang: Lang, facts: TrackFacts, code = ''): TrackView {
  const w = words(lang).track;
  const stage = STAGES.indexOf(facts.stage);
  const age = w.days(facts.days_pending);
  const sentOn = say.longDay(lang, say.istDay(facts.submitted_at));
  // once the report is in court, the date is still there, with how it was kept
  const shown = facts.due ?? facts.clocks.find((clock) => clock.rule === 'investigation_two_months') ?? null;
  const others = facts.clocks.filter((clock) => clock.hers && clock.id !== shown?.id);
  const limit = facts.due?.stopped_at ? null : (facts.due?.due_at ?? null);
  return {
    number: facts.number ? say.fours(facts.number).join(' ') : '',
    today: w.today(say.longTime(lang, facts.as_of)),
    age_of: w.since(facts.days_pending),
    age,
    since: facts.days_pending === 0 ? sentOn : w.sinceDay(sentOn),
    due: shown && dueView(lang, shown, facts.as_of),
    running: others.filter(({ stopped_at }) => !stopped_at).map((clock) => dueView(lang, clock, facts.as_of)),
    ended: others.filter(({ stopped_at }) => stopped_at).map((clock) => dueView(lang, clock, facts.as_of)),
    bar: ledgerBar(facts.desks, facts.as_of, limit),
    ...barTexts(lang, w, facts),
    holder: holderOf(lang, w, facts),
    stages: STAGES.map((id) => w.stages[id]),
    stage,
    stage_rights: `/rights#stage-${facts.stage}`,
    stage_line: w.stageLine(w.stageNth[facts.stage], w.stages[facts.stage]),
    stage_text: facts.handover?.received ? goesOnThere(lang, facts.handover) : w.stageText[facts.stage],
    refused: facts.state === 'refused',
    refusal: facts.refusal?.reason ?? '',
    upheld: facts.refusal?.upheld?.reason ?? '',
    facts: factLines(lang, w, facts),
    abroad: abroadLines(lang, facts),
    next: nextOf(lang, w, facts),
    call: facts.callback ? (facts.callback.no_contact ? 'show' : 'sms') : 'none',
    code: facts.callback?.no_contact ? code : '',
    talking: facts.callback?.talking ?? false,
    desks_title: facts.days_pending > 0 ? w.desksTitle(age) : w.desksToday,
    ...deskRows(lang, w, facts.desks, facts.as_of),
    delays: facts.delays.map((d) => ({
      title: `${pick(w.delays, d.kind, w.delays.other)}, ${w.delaySince(say.shortDay(lang, d.from))}`,
      text: d.text ?? '',
    })),
    orders: facts.orders.map(
      ({ kind, on }) => `${say.longDay(lang, say.istDay(on))}: ${pick(w.orders, kind, w.orders.other)}`,
    ),
    appearances: {
      count: w.appearances(facts.appearances.asked),
      reasons: facts.appearances.reasons.map((reason) => pick(words(lang).visits.reasons, reason, reason)),
    },
    earlier: facts.earlier && earlierOf(lang, facts.earlier),
    openings: facts.openings.map((o) => ({
      at: `${say.shortTime(lang, o.at)} · ${w.minutes(minutes(o.at, o.until))}`,
      iso: o.at.toString(),
      text: `${o.post_name[lang]}: ${pick(w.purposes, o.purpose, o.purpose)}`,
    })),
    report: facts.report && {
      text: w.report[facts.report.kind],
      when: w.reportSent(say.longDay(lang, say.istDay(facts.report.forwarded_at)), facts.report.court ?? ''),
      reason: facts.report.reason ? pick(w.reportReasons, facts.report.reason) : '',
      closing: facts.report.kind === 'final-report',
    },
    outcome: facts.outcome && !facts.handover?.received ? pick(w.outcomes, facts.outcome, w.outcomes.other) : '',
  };
}

const minutes = (from: Temporal.Instant, to: Temporal.Instant) =>
  Math.max(Math.ceil((to.epochMilliseconds - from.epochMilliseconds) / 60_000), 1);

// A limit in days ends with the day, one in hours at its minute.
const byTheHour = (at: Temporal.Instant) => say.clockTime(at) !== '23:59';
const dueText = (lang: Lang, at: Temporal.Instant) =>
  byTheHour(at) ? say.fullTime(lang, at) : say.fullDay(lang, say.istDay(at));

function dueView(lang: Lang, clock: Clock, now: Temporal.Instant): DueView {
  const w = words(lang);
  const day = say.longDay(lang, clock.due_on);
  const hourly = byTheHour(clock.due_at);
  const others = clock.steps.find((step): step is NotThePolice => step.code === 'not-the-police');
  return {
    title: pick(w.track.dueTitle, clock.rule, w.track.dueTitle.other),
    kind: clock.kind,
    left: leftOf(w, clock, now, hourly),
    by:
      declined(clock) && clock.stopped_at
        ? w.track.declinedOn(say.longDay(lang, say.istDay(clock.stopped_at)))
        : clock.stopped_at
          ? w.track.keptOn(say.longDay(lang, say.istDay(clock.stopped_at)), dueText(lang, clock.due_at))
          : w.track.by(dueText(lang, clock.due_at)),
    day,
    name: [ruleName(lang, clock.rule), ...(clock.accused === null ? [] : [w.track.accused(clock.accused)])].join(' · '),
    info: declined(clock) ? w.track.declinedInfo : others ? infoOf(w, others) : '',
    lines: explain(lang, { ...clock, steps: clock.steps.filter((step) => step !== others) }),
    text: citedText(clock)?.[lang] ?? '',
    stops: pick(w.law.stops, clock.rule),
  };
}

// she said no: nobody kept or broke anything, and it stays open to her
const declined = ({ stopped_by }: Clock) => (SET_ASIDE_BY as readonly unknown[]).includes(stopped_by);

// what others have to do is told, not promised: it stands in front, not in the folded reckoning
const infoOf = (w: Words, { who }: NotThePolice): string =>
  who === 'complainant' ? w.law.notThePoliceButYou : w.law.notThePolice(w.law.who[who]);

function leftOf(w: Words, clock: Clock, now: Temporal.Instant, hourly: boolean): string {
  if (clock.state === 'not-applicable') return w.track.setAside;
  if (clock.state === 'met') return w.track.met;
  if (clock.stopped_at) return w.track.metLate;
  const over = Temporal.Instant.compare(now, clock.due_at) > 0;
  const days = say.daysFrom(say.istDay(now), clock.due_on);
  if (over) return w.track.daysOver(-days);
  return hourly
    ? w.track.hoursLeft(Math.floor((clock.due_at.epochMilliseconds - now.epochMilliseconds) / 3_600_000))
    : w.track.daysLeft(days);
}

function barTexts(lang: Lang, w: Words['track'], facts: TrackFacts) {
  const due = facts.due?.stopped_at ? null : facts.due;
  const from = say.shortDay(lang, say.istDay(facts.submitted_at));
  const parts = facts.desks
    .map((stay) => `${stay.vacant ? w.vacant('') : stay.post_name[lang]} ${say.duration(lang, stay.seconds)}`)
    .join(', ');
  const days = due ? say.daysFrom(say.istDay(facts.as_of), due.due_on) : 0;
  const left = due ? (days >= 0 ? w.barLeft(days) : w.barOver(-days)) : '';
  const mark = due ? (due.kind === 'law' ? w.lawMark : w.targetMark)(say.shortDay(lang, due.due_on)) : '';
  return { bar_from: from, bar_title: w.bar(from, w.days(facts.days_pending), parts, left).trim(), bar_mark: mark };
}

const officerText = (lang: Lang, officer: Stay['officer']) =>
  officer ? `${officer.rank[lang]} ${officer.name[lang]}` : '';

// given to another State, it lies there: no desk of this house has it any more
function holderThere(lang: Lang, { state, station, received, news }: NonNullable<TrackFacts['handover']>) {
  const [unit, when] = [news?.unit ?? station, news?.since ?? received?.at];
  return {
    who: news?.office[lang] ?? station[lang],
    where: `${unit[lang]}, ${state[lang]}`,
    does: when ? words(lang).exchange.track.there(say.longDay(lang, say.istDay(when))) : '',
    phone: '',
  };
}

const goesOnThere = (lang: Lang, { state }: NonNullable<TrackFacts['handover']>): string =>
  words(lang).exchange.track.goes_on(state[lang]);

function holderOf(lang: Lang, w: Words['track'], facts: TrackFacts): TrackView['holder'] {
  if (facts.handover?.received) return holderThere(lang, facts.handover);
  const now = facts.now_with;
  const days = say.daysFrom(say.istDay(now.from), say.istDay(now.to ?? facts.as_of));
  const stay = days > 0 ? w.days(days) : say.duration(lang, now.seconds);
  const name = now.vacant ? w.vacant(now.held_by?.[lang] ?? '') : officerText(lang, now.officer) || now.post_name[lang];
  return {
    who: days > 0 || now.seconds >= 60 ? w.nowFor(name, stay) : name,
    where: now.post_name[lang],
    does: purposeOf(lang, now),
    phone: now.office_phone ?? '',
  };
}

// as she told it until an FIR of that time is joined; then as it is on record. Its days are its own
function earlierOf(lang: Lang, one: NonNullable<TrackFacts['earlier']>): NonNullable<TrackView['earlier']> {
  const w = words(lang).desks.earlier;
  const year = one.year === null ? '' : String(one.year);
  const told = one.source === 'as-told';
  const lines = [
    typeof one.station === 'string' ? one.station : one.station?.[lang],
    one.number ? w.number(one.number, year) : year && w.year(year),
    one.on && w.on(say.longDay(lang, one.on)),
    one.officer && w.officer(one.officer),
  ];
  return {
    source: told ? w.told : w.recorded,
    text: lines.filter(Boolean).join(' · '),
    age: one.days === null ? w.age_unknown : w.age(one.days),
    more: [one.refused ? w.refused : '', told ? w.not_joined : ''].filter(Boolean).join(' '),
  };
}

// given to another State: under which number it lies there, and where; of one that came from there, that its days are counted from there
function abroadLines(lang: Lang, facts: TrackFacts): string[] {
  const w = words(lang).exchange.track;
  const day = (at: Temporal.Instant) => say.longDay(lang, say.istDay(at));
  const { handover, arrival } = facts;
  if (arrival) return [w.from(arrival.state[lang], arrival.station[lang], day(arrival.came_at))];
  if (!handover || handover.refused) return [];
  const { state, station, received, news } = handover;
  if (!received) return [w.asked(state[lang], station[lang])];
  return [
    w.received(state[lang], station[lang], day(received.at), say.fours(received.number).join(' ')),
    ...(news ? [w.news(news.office[lang], news.unit[lang], day(news.said_at))] : []),
    ...(news?.fir ? [w.fir(news.fir)] : []),
    w.clock,
  ];
}

function factLines(lang: Lang, w: Words['track'], facts: TrackFacts): string[] {
  const day = (at: Temporal.Instant) => say.longDay(lang, say.istDay(at));
  return [
    ...(facts.signed_at ? [w.signedOn(day(facts.signed_at))] : []),
    ...(facts.zero_fir && !facts.fir
      ? [`${w.zeroLine(facts.zero_fir.number, facts.zero_fir.year)}, ${w.recordedOn(day(facts.zero_fir.recorded_at))}`]
      : []),
    ...(facts.fir
      ? [`${w.firLine(facts.fir.number, facts.fir.year)}, ${w.recordedOn(day(facts.fir.recorded_at))}`]
      : []),
  ];
}

function nextOf(lang: Lang, w: Words['track'], facts: TrackFacts): TrackView['next'] {
  // done here is not done: its next step is that State's
  if (facts.handover?.received)
    return { what: goesOnThere(lang, facts.handover), by: '', after: [], turn: '', idle: true };
  const { what, by, who } = facts.next;
  const until = by ? dueText(lang, by) : '';
  // she asked that nobody calls: what is hers to do stands further up the page, with the code
  const herself = what === 'call-back' && facts.callback?.no_contact === true;
  const turn = herself ? '' : pick(w.yourTurn, what);
  // taken at the right station, it goes on as if it had been recorded there; a refusal leads nowhere until it is decided
  const place = WAY.indexOf(what === 'accept-transfer' ? 'register-fir' : what);
  const after = place < 0 ? [] : WAY.slice(place + 1, place + 3).map((step) => w.next[step]);
  const nobodys = herself || what === 'nothing' || what === 'court';
  return {
    what: herself ? w.confirmYourselfNext : w.next[what],
    by: nobodys ? '' : w.mustDo(who[lang], until),
    after: nobodys && !herself ? [] : after,
    turn,
    idle: !turn && !herself,
  };
}

// A piece at the same post as the one before was cut because the officer went or came.
function whyHere(w: Words['track'], stay: Stay, before: Stay | undefined): string {
  if (stay.vacant) return w.reasons.vacant;
  if (before?.post === stay.post) return before.vacant ? w.reasons.filled : w.reasons.changed;
  return pick(w.reasons, stay.reason);
}

const purposeOf = (lang: Lang, { post_kind }: Stay): string => pick(words(lang).desks.purpose, post_kind);

function deskRows(
  lang: Lang,
  w: Words['track'],
  stays: readonly Stay[],
  now: Temporal.Instant,
): { desks: DeskRow[]; sum: string } {
  const seconds = stays.map((stay) => stay.seconds);
  const total = seconds.reduce((sum, s) => sum + s, 0);
  // under two hours minutes tell more, and are exact to the minute
  const fine = total < 7200;
  const hours = wholeHours(seconds);
  const places = tracks(stays, now);
  const desks = stays.map((stay, n): DeskRow => {
    const exact = hours[n] ?? 0;
    const open = stay.to === null;
    return {
      name: stay.vacant ? w.vacant(stay.held_by?.[lang] ?? '') : stay.post_name[lang],
      who: stay.vacant ? stay.post_name[lang] : officerText(lang, stay.officer),
      span: stay.to
        ? w.stay(say.shortTime(lang, stay.from), say.shortTime(lang, stay.to))
        : w.stayNow(say.shortTime(lang, stay.from)),
      why: whyHere(w, stay, stays[n - 1]),
      does: stays.findIndex(({ post_kind }) => post_kind === stay.post_kind) === n ? purposeOf(lang, stay) : '',
      stay: fine ? say.duration(lang, stay.seconds) : exact === 0 ? w.lessThanHour : say.hours(lang, exact),
      look: stay.vacant ? 'empty' : open ? 'now' : n % 2 ? 'b' : 'a',
      ...(places[n] ?? { x: 0, width: 0 }),
    };
  });
  return {
    desks,
    sum: fine
      ? say.duration(lang, total)
      : say.hours(
          lang,
          hours.reduce((sum, h) => sum + h, 0),
        ),
  };
}
