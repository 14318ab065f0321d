// What a form must satisfy beside the table: no date before the complaint, none in the future, sections that may stand. Pure, told the time.
import { istDay } from '#law';
import { faultOfSections } from './cited.ts';
import type { Cited } from './store.ts';

/** What is wrong with a form: code and field. */
export type Fault = { code: string; about: string };

const MINUTE_MS = 60_000;
// forms speak in minutes: whatever lies in the minute of the filing does not lie before it
const minuteOf = (at: Temporal.Instant): number => Math.floor(at.epochMilliseconds / MINUTE_MS);

/**
 * Why an instant cannot be when something was done to a file: it lies before the complaint was sent, or has not come.
 * @param about the field it stands in
 */
export function faultOfInstant(
  at: Temporal.Instant,
  about: string,
  told: { submitted_at: Temporal.Instant; now: Temporal.Instant },
): Fault | undefined {
  if (Temporal.Instant.compare(at, told.now) > 0) return { code: 'not-in-the-future', about };
  return minuteOf(at) < minuteOf(told.submitted_at) ? { code: 'before-the-complaint', about } : undefined;
}

/**
 * Why a report cannot have been forwarded then: in the future, or on a day before it was approved.
 * @param told when the last approval was given, and the instant of the act
 */
export function faultOfForwarding(
  at: Temporal.Instant,
  told: { approved_at: Temporal.Instant; now: Temporal.Instant },
): Fault | undefined {
  if (Temporal.Instant.compare(at, told.now) > 0) return { code: 'not-in-the-future', about: 'at' };
  const before = Temporal.PlainDate.compare(istDay(at), istDay(told.approved_at)) < 0;
  return before ? { code: 'before-the-approval', about: 'at' } : undefined;
}

/**
 * Why an FIR's dates and sections cannot stand.
 * @param form as entered from CCTNS
 * @param told when the complaint was sent, and the instant of the act
 */
export function faultOfFir(
  form: {
    year: number;
    recorded_at: Temporal.Instant;
    offence_on?: Temporal.PlainDate | undefined;
    sections: readonly Cited[];
  },
  told: { submitted_at: Temporal.Instant; now: Temporal.Instant },
): Fault | undefined {
  const recorded = faultOfInstant(form.recorded_at, 'recorded_at', told);
  if (recorded) return recorded;
  // CCTNS numbers the FIRs of a station anew each year, by the day in India on which the information was recorded
  if (form.year !== istDay(form.recorded_at).year) return { code: 'not-that-year', about: 'year' };
  if (form.offence_on && Temporal.PlainDate.compare(form.offence_on, istDay(form.recorded_at)) > 0) {
    return { code: 'not-in-the-future', about: 'offence_on' };
  }
  return faultOfSections(form.sections);
}
