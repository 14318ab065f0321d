// When a file asks its superior for a decision. Pure; told the time.
export const DECISION_KINDS = ['overdue', 'unexplained', 'concern', 'vacant', 'silent'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** Days without a step or a line in the diary: as often as she is told of progress (BNSS 193(3)) leaves room for, thrice over. */
const SILENT_DAYS = 15;
const DAY_H = 24;

/**
 * Why a file asks for a decision; empty: it does not.
 * @param file `vacant`: nobody holds its post; `explained`: a
 *   reason for its delay is on the file; `concern`: something she has against its desk is not answered
 */
export function decisionKinds(
  file: {
    due_at: Temporal.Instant | null;
    last_at: Temporal.Instant;
    vacant: boolean;
    explained: boolean;

    concern: boolean;
  },
  now: Temporal.Instant,
): DecisionKind[] {
  const late = file.due_at !== null && Temporal.Instant.compare(file.due_at, now) < 0;
  const silent = Temporal.Instant.compare(file.last_at.add({ hours: SILENT_DAYS * DAY_H }), now) <= 0;
  return DECISION_KINDS.filter(
    (kind) =>
      (kind === 'overdue' && late) ||
      (kind === 'unexplained' && late && !file.explained) ||
      (kind === 'concern' && file.concern) ||
      (kind === 'vacant' && file.vacant) ||
      (kind === 'silent' && silent),
  );
}
