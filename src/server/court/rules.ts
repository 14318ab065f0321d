// After the report: when she may object and for how long the police hold the time free, how a matter stands, what closes and what settles.

/** The post above the station answers within this time; then the next one has it too. Ours, in no law. */
export const PLEA_TARGET = { hours: 168 } as const;
/** How long after she has read of it her objection is waited for. Ours: no section says by when a protest petition must come. */
export const OBJECT_DAYS = 30;
/** How often in a day. */
export const A_DAY = 5;

type Report = { kind: 'charge-sheet' | 'final-report'; forwarded_at: unknown } | null;

/**
 * Why she may not object now; silence is consent. Later than the thirty days is no reason: the Magistrate decides when it is too late.
 * @param open whether an objection of hers still waits for its answer
 */
export function whyNoObjection(report: Report, open: boolean): 'nothing-to-object' | 'objection-open' | undefined {
  if (report?.kind !== 'final-report' || !report.forwarded_at) return 'nothing-to-object';
  return open ? 'objection-open' : undefined;
}

/** The last day that is waited for. @param read the day she first read of the report */
export const objectBy = (read: Temporal.PlainDate): Temporal.PlainDate => read.add({ days: OBJECT_DAYS });

/** How a matter stands: taken back is what waits no more and has no answer. */
export function standing(
  plea: { next_at: unknown; due_at: Temporal.Instant; answered: boolean },
  now: Temporal.Instant,
): 'running' | 'late' | 'answered' | 'taken-back' {
  if (plea.answered) return 'answered';
  if (plea.next_at === null) return 'taken-back';
  return Temporal.Instant.compare(plea.due_at, now) < 0 ? 'late' : 'running';
}

/** In which states she is asked whether it is settled: once the police have done what is theirs. */
export const mayBeSettled = (state: string): boolean => state === 'forwarded' || state === 'closed';

/** Whether her word goes to the post above: the police say closed, she says not settled, and it does not wait there already. */
export const goesUp = (state: string, settled: boolean, waits: boolean): boolean =>
  state === 'closed' && !settled && !waits;

/** From which stage on she is asked what she thinks. */
export const mayJudge = (stage: string): boolean => !['sent', 'called'].includes(stage);

/** So many times an answer was given to a question about a station. */
export type Told = { station: string; question: string; answer: string; n: number };
/** Fewer answers than this say who gave them: settled 14. */
const SMALL = 10;

/**
 * What may be shown of each station: a question that at least ten have answered. The others are put together, question by question, and
 * shown together where they are ten.
 */
export function byStation(told: readonly Told[]): { shown: Map<string, Told[]>; others: Told[] } {
  const sum = (some: readonly Told[]) => some.reduce((all, { n }) => all + n, 0);
  const asked = [...Map.groupBy(told, ({ station, question }) => `${station} ${question}`).values()];
  const shown = Map.groupBy(asked.filter((some) => sum(some) >= SMALL).flat(), ({ station }) => station);
  const small = Map.groupBy(asked.filter((some) => sum(some) < SMALL).flat(), ({ question }) => question);
  return { shown, others: [...small.values()].filter((some) => sum(some) >= SMALL).flat() };
}
