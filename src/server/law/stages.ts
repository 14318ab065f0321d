// When a clock warns and how high, reckoned from its ladder.
import { istDay, istMidnight } from './calendar.ts';
import type { ClockStage } from './clock-plan.ts';
import { LADDERS, type LadderName, type Rung, rungOf } from './ladders.ts';

/** A stage that has come; `late` once the limit has passed; `height`: how many posts above the holder hear of it. */
export type ReachedStage = ClockStage & { late: boolean; height: number; n: number };

/** What must be known of a clock to say its stages: columns that a stored clock has. */
export type Staged = { ladder: LadderName | null; started_at: Temporal.Instant; due_at: Temporal.Instant };

/**
 * The stages of a clock up to the first one after its due date. "T-7" is the beginning of the day in India seven days
 * before the due day, "T0" of the due day, "T+1" of the day after; "H12" is twelve hours after the start.
 * @param clock ladder, start and due instant
 * @returns stages in order of time; none before the start; none for a clock that only informs
 */
export function stagesOf(clock: Staged): ClockStage[] {
  if (!clock.ladder) return [];
  return LADDERS[clock.ladder].rungs
    .map((rung) => stageAt(clock, clock.ladder, rung))
    .filter(({ at }) => Temporal.Instant.compare(at, clock.started_at) >= 0);
}

/**
 * After how many days the last stage comes again; null if it does not.
 * @param clock its ladder
 */
export function repeatEveryDays(clock: Pick<Staged, 'ladder'>): number | null {
  if (!clock.ladder) return null;
  const { repeat, unit } = LADDERS[clock.ladder];
  return repeat !== null && unit === 'hours' ? repeat / 24 : repeat;
}

/**
 * Every stage that has come by an instant, repetitions included ("T+1", "T+8", "T+15", …).
 * @param clock ladder, start and due instant
 * @param now the instant to look from
 * @returns stages in order of time, each telling whether the limit had passed when it came
 */
export function stagesUpTo(clock: Staged, now: Temporal.Instant): ReachedStage[] {
  const reached: ReachedStage[] = [];
  for (const stage of unending(clock)) {
    if (Temporal.Instant.compare(stage.at, now) > 0) break;
    reached.push(stage);
  }
  return reached;
}

/**
 * The first stage that comes after an instant, so that one alarm can be set.
 * @param clock ladder, start and due instant
 * @param now the instant to look from; to be told what has not been raised from the beginning, pass an instant before the start
 * @returns undefined if no stage follows
 */
export function nextStageAfter(clock: Staged, now: Temporal.Instant): ReachedStage | undefined {
  for (const stage of unending(clock)) if (Temporal.Instant.compare(stage.at, now) > 0) return stage;
  return undefined;
}

/** The first stage of a clock, even if it lies in the past; undefined for one that only informs. */
export const firstStage = (clock: Staged): ReachedStage | undefined => {
  for (const stage of unending(clock)) return stage;
  return undefined;
};

function* unending(clock: Staged): Generator<ReachedStage> {
  if (!clock.ladder) return;
  for (let n = 0; ; n++) {
    const rung = rungOf(clock.ladder, n);
    if (!rung) return;
    const stage = stageAt(clock, clock.ladder, rung);
    if (Temporal.Instant.compare(stage.at, clock.started_at) >= 0)
      yield { ...stage, late: rung.late, height: rung.height, n };
  }
}

function stageAt(clock: Staged, ladder: LadderName | null, { step, height }: Rung): ClockStage {
  const to = height === 0 ? 'holder' : 'superior';
  if (ladder && LADDERS[ladder].unit === 'hours')
    return { stage: `H${step}`, at: clock.started_at.add({ hours: step }), to };
  const stage = step === 0 ? 'T0' : step < 0 ? `T${step}` : `T+${step}`;
  return { stage, at: istMidnight(istDay(clock.due_at).add({ days: step })), to };
}
