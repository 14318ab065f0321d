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
 * Why an FIR cannot have been recorded then: before the information that it records was there. What came electronically is on record once
 * it is signed, what was told orally once it is written down (BNSS 173(1)); the first of the two counts.
 */
export function faultOfOrder(
  recorded_at: Temporal.Instant,
  { oral_at, signed_at }: { oral_at: Temporal.Instant | null; signed_at: Temporal.Instant | null },
): Fault | undefined {
  const [first] = [oral_at, signed_at].filter((at) => at !== null).sort(Temporal.Instant.compare);
  const before = first && minuteOf(recorded_at) < minuteOf(first);
  return before ? { code: 'before-the-information', about: 'recorded_at' } : undefined;
}

/**
 * Why something cannot have been done to an accused then: before he was arrested.
 * @param arrested_at when he was, where that is on record
 */
export function faultOfCustody(at: Temporal.Instant, arrested_at: Temporal.Instant | undefined): Fault | undefined {
  const before = arrested_at && minuteOf(at) < minuteOf(arrested_at);
  return before ? { code: 'before-the-arrest', about: 'at' } : undefined;
}

/**
 * Why an arrest cannot stand as it is told: in the future, or before the FIR without a reason.
 * @param told when the information was put on record (null: not yet), and the instant of the act
 */
export function faultOfArrest(
  form: { at: Temporal.Instant; before_fir_reason?: string | undefined },
  told: { on_record_at: Temporal.Instant | null; now: Temporal.Instant },
): Fault | undefined {
  if (Temporal.Instant.compare(form.at, told.now) > 0) return { code: 'not-in-the-future', about: 'at' };
  const fir = told.on_record_at;
  const before = !fir || minuteOf(form.at) < minuteOf(fir);
  return before && !form.before_fir_reason ? { code: 'arrest-before-fir', about: 'before_fir_reason' } : undefined;
}

type FirForm = {
  year: number;
  recorded_at: Temporal.Instant;
  offence_on?: Temporal.PlainDate | undefined;
  sections: readonly Cited[];
};

/**
 * Why the dates and sections of an FIR of this complaint cannot stand.
 * @param form as entered from CCTNS
 * @param told when the complaint was sent, and the instant of the act
 */
export const faultOfFir = (
  form: FirForm,
  told: { submitted_at: Temporal.Instant; now: Temporal.Instant },
): Fault | undefined => faultOfInstant(form.recorded_at, 'recorded_at', told) ?? faultOfEntry(form);

/**
 * Why an FIR that was there before she sent this cannot be joined to it.
 * @param form as entered from CCTNS
 * @param told when the complaint was sent, and the last day of the deed that she named in it (null: none)
 */
export function faultOfOlderFir(
  form: FirForm,
  told: { submitted_at: Temporal.Instant; said_on: Temporal.PlainDate | null },
): Fault | undefined {
  // what was recorded after she sent this is this complaint's own FIR, and needs her signature
  if (Temporal.Instant.compare(form.recorded_at, told.submitted_at) >= 0)
    return { code: 'not-before-the-complaint', about: 'recorded_at' };
  // her day stands for the day of the deed where none is entered; of a deed that came later no FIR can be
  const later = told.said_on && Temporal.PlainDate.compare(told.said_on, istDay(form.recorded_at)) > 0;
  return later && !form.offence_on ? { code: 'say-day-of-deed', about: 'offence_on' } : faultOfEntry(form);
}

function faultOfEntry(form: FirForm): Fault | undefined {
  const year = faultOfYear(form);
  if (year) return year;
  if (form.offence_on && Temporal.PlainDate.compare(form.offence_on, istDay(form.recorded_at)) > 0) {
    return { code: 'not-in-the-future', about: 'offence_on' };
  }
  return faultOfSections(form.sections);
}

/** CCTNS numbers the FIRs of a station anew each year, by the day in India on which the information was recorded. */
export const faultOfYear = (form: { year: number; recorded_at: Temporal.Instant }): Fault | undefined =>
  form.year === istDay(form.recorded_at).year ? undefined : { code: 'not-that-year', about: 'year' };
