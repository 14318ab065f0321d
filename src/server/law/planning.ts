// From a moment to clocks: which ones it starts, which it stops, and for each the whole reckoning. Pure: told every instant, asks nothing.
import { type CaseFacts, groundFor, punishable } from './applies.ts';
import { istDay, istMidnight } from './calendar.ts';
import { type ClockPlan, NO_SECTION, type WhyStep } from './clock-plan.ts';
import { lengthOf, type Span } from './clock-rows.ts';
import { type Count, countDays, countDaysFromFirst, countHours, countMonths } from './counting.ts';
import { OF_ONE_ACCUSED, type Moment } from './moments.ts';
import { bailDays, heaviest, limitationMonths } from './punishment.ts';
import { NEW_CODES_FROM } from './regime.ts';
import type { RuleRow, RuleVersion } from './rule-row.ts';
import { RULE_IDS, RULES, type RuleId } from './rule-table.ts';
import { repeatEveryDays, stagesOf } from './stages.ts';

/** A moment as it is told: when, and of which accused (from 1) where it is one of {@link OF_ONE_ACCUSED}. */
export type Told = { moment: Moment; at: Temporal.Instant; accused?: number | null | undefined };

/** The remand day is day one: ED v Kapil Wadhawan. */
const REMAND_DAY = 'ED v Kapil Wadhawan, SC 27-3-2023';

/**
 * The clocks that a moment starts in a case, each planned to its end with its reasons.
 * @param told the moment and its instant
 * @param facts the case as it stands at that moment
 */
export function plansOn(told: Told, facts: CaseFacts): ClockPlan[] {
  return RULE_IDS.filter((rule) => RULES[rule].starts_on === told.moment).flatMap(
    (rule) => planRule(rule, told, facts) ?? [],
  );
}

/** What a moment stops: which rules, and of one that may run several times at once whether only the oldest. */
export type Stop = { rule: RuleId; oldest_only: boolean };

/**
 * The rules that a moment stops.
 * @param moment what happened
 */
export const stopsOn = (moment: Moment): Stop[] =>
  RULE_IDS.filter((rule) => RULES[rule].stops_on.includes(moment)).map((rule) => ({
    rule,
    oldest_only: RULES[rule].per === 'each',
  }));

/** Whether a rule begins anew when this moment has met it. */
export const beginsAnew = (rule: RuleId, moment: Moment): boolean =>
  RULES[rule].again === true && RULES[rule].stops_on[0] === moment;

/**
 * One rule's clock in a case.
 * @param rule id of a driving rule
 * @param told the moment that starts it
 * @param facts the case
 * @returns undefined where the rule does not apply, or where what it counts from is not known
 */
export function planRule(rule: RuleId, told: Told, facts: CaseFacts): ClockPlan | undefined {
  const row = RULES[rule];
  const started_at = startOf(row, told, facts);
  const version = started_at && versionOn(row, istDay(started_at));
  const ground = started_at && version && groundFor(row, version.authority, started_at, facts);
  if (!ground) return undefined;
  const counted = lengthFor(rule, row, version, started_at, facts);
  if (!counted) return undefined;
  const law = version.authority !== null && !version.says && ground.basis !== 'target';
  const authority = law ? version.authority : NO_SECTION;
  const accused = row.per === 'accused' ? (told.accused ?? null) : null;
  const steps: WhyStep[] = [
    startedStep(row, told, started_at),
    ...(accused === null ? [] : [{ code: 'of-accused', accused } as const]),
    ...ground.steps,
    ...noNumber(row, version),
    ...counted.before,
    { code: 'rule', authority: authority ?? NO_SECTION, ...counted.span },
    ...remarks(rule, row, authority ?? NO_SECTION, law),
    ...counted.count.steps,
  ];
  const plan = {
    rule,
    kind: law ? ('law' as const) : ('police-target' as const),
    basis: law ? ground.basis : ('target' as const),
    authority: authority ?? NO_SECTION,
    responsible: row.responsible,
    accused,
    hers: row.hers,
    ladder: row.ladder,
    started_at,
    due_at: counted.count.due_at,
    due_on: counted.count.due_on,
    stops_on: row.stops_on[0],
    stopped_at: row.stops_on.includes(row.starts_on) ? told.at : null,
    steps,
  };
  return { ...plan, stages: stagesOf(plan), repeat_every_days: repeatEveryDays(plan) };
}

/**
 * The clock that follows when one was met and the duty goes on: the same span again, as a police target, because the section asks
 * for it once.
 * @param rule a rule for which `beginsAnew` holds
 * @param from when it was met
 */
export function planAgain(rule: RuleId, from: Temporal.Instant): ClockPlan {
  const row = RULES[rule];
  const span = lengthOf(rule);
  const days = 'days' in span ? span.days : 0;
  const authority = row.versions[0].authority ?? NO_SECTION;
  const count = countSpan(span, from);
  const plan = {
    rule,
    kind: 'police-target' as const,
    basis: 'target' as const,
    authority: NO_SECTION,
    responsible: row.responsible,
    accused: null,
    hers: row.hers,
    ladder: row.ladder,
    started_at: from,
    due_at: count.due_at,
    due_on: count.due_on,
    stops_on: row.stops_on[0],
    stopped_at: null,
    steps: [
      startedStep({ ...row, started_as: row.stops_on[0] }, { moment: row.stops_on[0], at: from }, from),
      { code: 'again-is-ours', authority, days } as const,
      { code: 'rule', authority: NO_SECTION, ...span } as WhyStep,
      ...count.steps,
    ],
  };
  return { ...plan, stages: stagesOf(plan), repeat_every_days: repeatEveryDays(plan) };
}

/**
 * The version of a rule in force on a day.
 * @param row the rule
 * @param on the day in India from which the clock counts
 * @returns undefined where the rule did not exist
 */
export const versionOn = (row: RuleRow, on: Temporal.PlainDate): RuleVersion | undefined =>
  row.versions.find(
    ({ from, to }) =>
      (from === null || Temporal.PlainDate.compare(on, from) >= 0) &&
      (to === null || Temporal.PlainDate.compare(on, to) <= 0),
  );

/** Whether a moment belongs to one accused, who must then be named by number. */
export const isOfOneAccused = (moment: Moment): boolean => (OF_ONE_ACCUSED as readonly Moment[]).includes(moment);

function startOf(row: RuleRow, told: Told, facts: CaseFacts): Temporal.Instant | undefined {
  if (row.counted_from === 'received') return facts.received_at;
  if (row.counted_from === 'offence') return facts.offence_on ? istMidnight(facts.offence_on) : undefined;
  return told.at;
}

function startedStep(row: RuleRow, told: Told, at: Temporal.Instant): WhyStep {
  const event = row.counted_from === 'offence' ? 'offence' : (row.started_as ?? told.moment);
  return { code: 'started', event, at: at.toString(), on: istDay(at).toString() };
}

type Counted = { span: Span; before: WhyStep[]; count: Count };

function lengthFor(
  rule: RuleId,
  row: RuleRow,
  version: RuleVersion,
  from: Temporal.Instant,
  { sections, most_years }: CaseFacts,
): Counted | undefined {
  if (row.length === 'default-bail') {
    const { days, unsettled } = bailDays(sections, most_years);
    const authority = version.authority ?? NO_SECTION;
    const most = heaviest(sections);
    return {
      span: { days },
      before: [...(most ? [punishable(most)] : []), { code: 'bail-days', authority, days, unsettled }],
      count: countDaysFromFirst(from, days, REMAND_DAY),
    };
  }
  if (row.length === 'limitation') {
    const most = heaviest(sections);
    const months = limitationMonths(most);
    return months && most
      ? { span: { months }, before: [punishable(most)], count: countMonths(from, months) }
      : undefined;
  }
  const span = version.target ?? lengthOf(rule);
  return { span, before: [], count: countSpan(span, from) };
}

function countSpan(span: Span, from: Temporal.Instant): Count {
  if ('months' in span) return countMonths(from, span.months);
  return 'days' in span ? countDays(from, span.days) : countHours(from, span.hours);
}

/** What the section leaves out: the number itself, or, before the new codes, the duty. */
function noNumber(row: RuleRow, { authority, says }: RuleVersion): WhyStep[] {
  if (authority && says) return [{ code: 'no-number-in-law', authority, says }];
  const first = row.versions[0];
  if (authority || !first.authority || row.applies.to === 'two-month-list') return [];
  return [{ code: 'no-such-duty-in-old-code', authority: first.authority, in_force_from: NEW_CODES_FROM.toString() }];
}

function remarks(rule: RuleId, row: RuleRow, authority: string, law: boolean): WhyStep[] {
  if (rule === 'efir_sign') return [{ code: 'police-make-it-possible' }];
  if (rule === 'progress_90d') return law ? [{ code: 'start-is-our-reading', authority }] : [];
  if (rule === 'victim_medical_24h') return [{ code: 'only-with-consent', authority }];
  const theirs = !['police', 'callback-desk', 'supervisor'].includes(row.responsible);
  return theirs ? [{ code: 'not-the-police', who: row.responsible }] : [];
}
