// When a number means that somebody must do something. The same lines stand in ops/prometheus/alerts.yml; a test holds the two together.
export const RUN_KINDS = ['backup', 'drill'] as const;
export type RunKind = (typeof RUN_KINDS)[number];
export type Gauge = { name: string; label: string; value: number };

/** A backup is late after a day and a half, a drill of restoring after eight days: hours. */
export const OVERDUE_HOURS: Record<RunKind, number> = { backup: 36, drill: 192 };
const HOUR = 3600;

type Limit = { code: string; name: string; label?: string; over?: number; up_to?: number; under?: number };
/** What is wrong when a gauge is over or under so much. */
export const LIMITS: readonly Limit[] = [
  { code: 'callback-late', name: 'callback_late', over: 0 },
  { code: 'sweep-late', name: 'sweep_age_seconds', over: 180 },
  { code: 'clock-in-doubt', name: 'clock_jump_seconds', over: 0.5 },
  { code: 'dead-letters', name: 'message_dead_letters', label: 'sms', over: 0 },
  { code: 'sms-budget-half', name: 'sms_budget_percent', over: 49.9, up_to: 79.9 },
  { code: 'sms-budget-most', name: 'sms_budget_percent', over: 79.9 },
  { code: 'sms-waiting', name: 'sms_waiting_for_budget', over: 0 },
  { code: 'sms-block-held', name: 'sms_held_by_block', over: 0 },
  { code: 'no-vehicle', name: 'vehicles_on_duty', under: 1 },
  { code: 'jobs-waiting', name: 'jobs_waiting', over: 500 },
  { code: 'jobs-failed', name: 'jobs_failed', over: 0 },
  { code: 'part-missing', name: 'part_missing', over: 0 },
  { code: 'backup-late', name: 'run_age_seconds', label: 'backup', over: OVERDUE_HOURS.backup * HOUR },
  { code: 'drill-late', name: 'run_age_seconds', label: 'drill', over: OVERDUE_HOURS.drill * HOUR },
  { code: 'run-failed', name: 'run_failed', over: 0 },
  { code: 'owner-vacant', name: 'owner_vacant', over: 0 },
  { code: 'copies-missing', name: 'copies_missing', over: 0 },
  { code: 'slot-disconnected', name: 'slot_disconnected', over: 0 },
  { code: 'slot-kept', name: 'slot_kept_percent', over: 50 },
  { code: 'slot-lost', name: 'slot_lost', over: 0 },
  { code: 'slots-unlimited', name: 'slots_unlimited', over: 0 },
  { code: 'archive-waiting', name: 'archive_waiting_seconds', over: 600 },
  { code: 'setting-unsafe', name: 'setting_unsafe', over: 0 },
  { code: 'snapshot-old', name: 'snapshot_oldest_seconds', over: 3600 },
  { code: 'arrival-stopped', name: 'arrival_stopped', over: 0 },
  { code: 'published-too-much', name: 'published_too_much', over: 0 },
];

export type Trouble = { code: string; name: string; label: string; value: number };
/** What is wrong, by the table above. A gauge that is not there says nothing, but that there was never a backup or a drill does. */
export function troubles(gauges: readonly Gauge[]): Trouble[] {
  const found = LIMITS.flatMap(({ code, name, label, over, up_to = Number.POSITIVE_INFINITY, under }) =>
    gauges
      .filter((one) => one.name === name && (label === undefined || one.label === label))
      .filter(
        ({ value }) => (over !== undefined && value > over && value <= up_to) || (under !== undefined && value < under),
      )
      .map((one) => ({ code, ...one })),
  );
  const never = RUN_KINDS.filter(
    (kind) => !gauges.some(({ name, label }) => name === 'run_age_seconds' && label === kind),
  ).map((kind) => ({ code: `${kind}-never`, name: 'run_age_seconds', label: kind, value: 0 }));
  return [...found, ...never];
}

/**
 * When a trouble began, where its number says it: an age grows by a second each second since it was as old as it may be.
 * @returns undefined where the number says nothing of it
 */
export function began({ code, name, value }: Trouble, now: Temporal.Instant): Temporal.Instant | undefined {
  const most = LIMITS.find((one) => one.code === code)?.over;
  return name.endsWith('_age_seconds') && most !== undefined
    ? now.subtract({ milliseconds: Math.max(0, Math.round((value - most) * 1000)) })
    : undefined;
}
