// Which code a case runs under, and whether she was a child: answered from days alone.
import { ageOn } from './calendar.ts';

/** The day the BNS and the BNSS came into force. */
export const NEW_CODES_FROM = Temporal.PlainDate.from('2024-07-01');

/** Under which code the deed is judged, and under which it is investigated. */
export type WhichCode = { substantive: 'IPC' | 'BNS' | 'ask-officer'; procedure: 'CrPC' | 'BNSS' };

/** What is known of her age. `incident_on` is the first day on which something happened. */
export type AgeKnown = {
  born_on?: Temporal.PlainDate | undefined;
  age?: number | undefined;
  age_asked_on: Temporal.PlainDate;
  incident_on?: Temporal.PlainDate | undefined;
};

/**
 * Which codes apply. The day of the deed picks the substantive code, the day of recording the procedure: BNSS 531(2)(a);
 * Deepu v State of U.P., Allahabad HC, 2024:AHC:126843-DB.
 * @param from first day of the deed, if known; `to` the last (left out for a single day); `recorded_on` day of the FIR
 * @returns "ask-officer" where the deed spans 1 July 2024, where its days are unknown, or where they contradict the FIR
 * @throws RangeError if `to` lies before `from`
 */
export function whichCode(days: {
  from?: Temporal.PlainDate | undefined;
  to?: Temporal.PlainDate | undefined;
  recorded_on: Temporal.PlainDate;
}): WhichCode {
  const { from, recorded_on } = days;
  const to = days.to ?? from;
  if (from && to && Temporal.PlainDate.compare(to, from) < 0) throw new RangeError('the deed ends before it begins');
  const procedure = isNew(recorded_on) ? 'BNSS' : 'CrPC';
  if (procedure === 'CrPC') return { substantive: from && isNew(from) ? 'ask-officer' : 'IPC', procedure };
  if (from && isNew(from)) return { substantive: 'BNS', procedure };
  if (to && !isNew(to)) return { substantive: 'IPC', procedure };
  return { substantive: 'ask-officer', procedure };
}

/**
 * Whether the procedure of a day is the new one.
 * @param day the day of recording in India
 * @returns true from 1 July 2024
 */
export function isNew(day: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, NEW_CODES_FROM) >= 0;
}

/**
 * Whether she counts as a child: under 18 on the day it happened (POCSO 2(1)(d)). Every doubt is answered so that a child
 * is not taken for an adult:
 * - With a birthday, her age on the first day of the incident; if that day is unknown, her age on the day of filing.
 * - With an age only, she is taken to have reached it on the very day she was asked, so the youngest she can have been
 *   on the incident's first day decides; if that day is unknown, the age at filing.
 * - An adult now to whom it began to happen under 18 counts as a child.
 * - With neither birthday nor age the answer is no: a clock of law does not start on a guess. Ask, then ask again here.
 * @param known birthday or age in completed years, the day the age was asked, the incident's first day
 * @throws RangeError for a negative or fractional age or an incident before the birth
 */
export function isChild(known: AgeKnown): boolean {
  const { born_on, age, age_asked_on, incident_on } = known;
  const on = incident_on ?? age_asked_on;
  if (born_on) return ageOn(born_on, on) < 18;
  if (age === undefined) return false;
  if (!Number.isInteger(age) || age < 0) throw new RangeError('age must be whole years');
  const latest_birth = age_asked_on.subtract({ years: age });
  if (Temporal.PlainDate.compare(on, latest_birth) < 0) return true;
  return ageOn(latest_birth, on) < 18;
}
