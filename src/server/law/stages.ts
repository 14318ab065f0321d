// When a clock warns and whom: ladders as data, one for each rule.
import { istDay, istMidnight } from './calendar.ts';
import type { ClockStage } from './clock-plan.ts';
import type { RuleId } from './clock-rows.ts';

/** A stage that has come; `late` once the limit has passed. */
export type ReachedStage = ClockStage & { late: boolean };

/** What must be known of a clock to say its stages: columns that a stored clock has. */
export type Staged = { rule: string; started_at: Temporal.Instant; due_at: Temporal.Instant };

type To = ClockStage['to'];
type Ladder =
  | { unit: 'days'; rungs: readonly (readonly [from_due_day: number, to: To])[]; repeat_every_days: number }
  | { unit: 'hours'; rungs: readonly (readonly [from_start: number, to: To])[]; repeat_every_days: null };

// Down to a week before, the holder is told: there is time to act at the desk. From three days before, "superior": the
// post above is told beside the holder, because only it can free hands or move the file. Days: settled with the rule.
const MONTHS: Ladder = {
  unit: 'days',
  rungs: [
    [-30, 'holder'],
    [-15, 'holder'],
    [-7, 'holder'],
    [-3, 'superior'],
    [-1, 'superior'],
    [0, 'superior'],
    [1, 'superior'],
  ],
  repeat_every_days: 7,
};

// The duty is the complainant's, so nobody above is called before it has passed; afterwards the post above asks why
// the desk did not bring her the paper to sign.
const SIGNING: Ladder = {
  unit: 'days',
  rungs: [
    [-1, 'holder'],
    [0, 'holder'],
    [1, 'superior'],
  ],
  repeat_every_days: 7,
};

// The call-back desk at 12 and 16 hours, the alarm at 20, the breach at 22.
const CALLBACK: Ladder = {
  unit: 'hours',
  rungs: [
    [12, 'holder'],
    [16, 'holder'],
    [20, 'superior'],
    [22, 'superior'],
  ],
  repeat_every_days: null,
};

// A day is short: the desk at half of it, the post above with four hours left, and again when it has passed.
const ONE_DAY: Ladder = {
  unit: 'hours',
  rungs: [
    [12, 'holder'],
    [20, 'superior'],
    [24, 'superior'],
  ],
  repeat_every_days: null,
};

const LADDERS: Record<RuleId, Ladder> = {
  investigation_two_months: MONTHS,
  progress_90d: MONTHS,
  efir_sign: SIGNING,
  callback: CALLBACK,
  pocso_report_24h: ONE_DAY,
  victim_medical_24h: ONE_DAY,
};

/**
 * The stages of a clock up to the first one after its due date. "T-7" is the beginning of the day in India seven days
 * before the due day, "T0" of the due day, "T+1" of the day after; "H12" is twelve hours after the start.
 * @param plan rule, start and due instant
 * @returns stages in order of time; none before the start
 * @throws RangeError for a rule that drives nothing
 */
export function stagesOf(plan: Staged): ClockStage[] {
  const ladder = ladderOf(plan.rule);
  return ladder.rungs
    .map(([step, to]) => (ladder.unit === 'hours' ? hourStage(plan, step, to) : dayStage(plan, step, to)))
    .filter(({ at }) => Temporal.Instant.compare(at, plan.started_at) >= 0);
}

/**
 * After how many days the last stage of a rule comes again; null if it does not.
 * @param rule id of a driving rule
 * @throws RangeError for a rule that drives nothing
 */
export function repeatEveryDays(rule: string): number | null {
  return ladderOf(rule).repeat_every_days;
}

/**
 * Every stage that has come by an instant, repetitions included ("T+1", "T+8", "T+15", …).
 * @param plan rule, start and due instant
 * @param now the instant to look from
 * @returns stages in order of time, each telling whether the limit had passed when it came
 * @throws RangeError for a rule that drives nothing
 */
export function stagesUpTo(plan: Staged, now: Temporal.Instant): ReachedStage[] {
  const reached: ReachedStage[] = [];
  for (const stage of unending(plan)) {
    if (Temporal.Instant.compare(stage.at, now) > 0) break;
    reached.push({ ...stage, late: Temporal.Instant.compare(stage.at, plan.due_at) >= 0 });
  }
  return reached;
}

/**
 * When the next stage comes, so that one alarm can be set.
 * @param plan rule, start and due instant
 * @param now the instant to look from
 * @returns the first stage's instant after `now`; undefined if no stage follows
 * @throws RangeError for a rule that drives nothing
 */
export function nextStageAfter(plan: Staged, now: Temporal.Instant): Temporal.Instant | undefined {
  for (const { at } of unending(plan)) if (Temporal.Instant.compare(at, now) > 0) return at;
  return undefined;
}

function* unending(plan: Staged): Generator<ClockStage> {
  yield* stagesOf(plan);
  const every = repeatEveryDays(plan.rule);
  if (every !== null) for (let day = 1 + every; ; day += every) yield dayStage(plan, day, 'superior');
}

function ladderOf(rule: string): Ladder {
  if (!Object.hasOwn(LADDERS, rule)) throw new RangeError(`rule ${rule} drives nothing`);
  return LADDERS[rule as RuleId];
}

function dayStage(plan: Staged, days: number, to: To): ClockStage {
  const stage = days === 0 ? 'T0' : days < 0 ? `T${days}` : `T+${days}`;
  return { stage, at: istMidnight(istDay(plan.due_at).add({ days })), to };
}

function hourStage(plan: Staged, hours: number, to: To): ClockStage {
  return { stage: `H${hours}`, at: plan.started_at.add({ hours }), to };
}
