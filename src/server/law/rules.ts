// The clocks that other rooms ask for by name, and whether a clock is late. What each rests on stands in its row of the rule table.
import type { CaseFacts } from './applies.ts';
import type { ClockPlan } from './clock-plan.ts';
import { planRule, type Told } from './planning.ts';
import type { RuleId } from './rule-table.ts';
import type { Cited } from './sections.ts';

const factsOf = (received_at: Temporal.Instant, known: Partial<CaseFacts> = {}): CaseFacts => ({
  received_at,
  sections: [],
  child: false,
  categories: [],
  offence_on: null,
  ...known,
});

function always(rule: RuleId, told: Told, facts: CaseFacts): ClockPlan {
  const plan = planRule(rule, told, facts);
  if (!plan) throw new Error(`rule ${rule}: applies to every case and yet not to this one`);
  return plan;
}

/**
 * The two months for completing the investigation. A limit in law when any section of the case is named in the list in
 * force on the day of recording: BNSS 193(2) from 1 July 2024, CrPC 173(1A) from 21 April 2018. An IPC section of the old
 * list in an FIR recorded from 1 July 2024 is a limit in law by correspondence, printed so. Every other case has the
 * same span as a police target. Two calendar months, clamped to the end of the month, never sixty days; on time to the end
 * of the last day in India. For a Zero FIR pass the first recording: transfer never restarts it.
 * @param told the sections of the FIR; `recorded_at` when the officer in charge recorded the information; `child`
 *   whether she was under 18: it never changes the date, it only says when POCSO was forgotten
 */
export const investigationClock = (told: {
  sections: readonly Cited[];
  recorded_at: Temporal.Instant;
  child: boolean;
}): ClockPlan =>
  always(
    'investigation_two_months',
    { moment: 'information-recorded', at: told.recorded_at },
    factsOf(told.recorded_at, { sections: told.sections, child: told.child }),
  );

/**
 * The three days in which information sent electronically is to be signed: BNSS 173(1)(ii). The duty is the complainant's;
 * the police must make it possible. The Act does not say what follows if she is late: nothing is erased or closed.
 * @param told when the electronic communication was received
 */
export const signingClock = (told: { received_at: Temporal.Instant }): ClockPlan =>
  always('efir_sign', { moment: 'confirmed', at: told.received_at }, factsOf(told.received_at));

/**
 * The promise that a woman caller rings back within 22 hours of filing. No law says so: a police target, alarm at 20 hours.
 * @param told when the complaint was sent
 */
export const callbackClock = (told: { filed_at: Temporal.Instant }): ClockPlan =>
  always('callback', { moment: 'complaint-filed', at: told.filed_at }, factsOf(told.filed_at));

/**
 * Whether a clock is late at an instant. It is on time to the last millisecond of its limit.
 * @param clock its due instant, and when it was stopped if it was
 * @param now the instant to look from
 */
export function isLate(
  clock: { due_at: Temporal.Instant; stopped_at?: Temporal.Instant | null },
  now: Temporal.Instant,
): boolean {
  return Temporal.Instant.compare(clock.stopped_at ?? now, clock.due_at) > 0;
}
