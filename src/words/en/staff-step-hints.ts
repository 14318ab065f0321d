// What stands under the questions of the steps, in English.
import type { staffStepHints as hindi } from '../hi/staff-step-hints.ts';
import type { Same } from '../same.ts';

export const staffStepHints: Same<typeof hindi> = {
  date: 'day as 27-11-2026 or 2026-11-27',
  time: 'time in 24 hours, like 16:20',
  as_heard: 'As heard or found written, in Hindi or English.',
  vehicle: 'like UP78 AB 1234',
  by_day: 'like 27-11-2026. If nothing is written by then you will be told. No clock changes.',
  day: 'like 27-11-2026',
  date_label: 'Day',
  time_label: 'Time',
  fir_number: 'the CCTNS number without the year, like 412',
  year: 'like 2026',
  recorded_at:
    'The day and time the information was written down at the station. Not before it was sent, not in the future.',
  code: 'Only if it happened both before and after 1 July 2024, or its days are not known. Otherwise the date decides.',
  sections: 'One act and one section in each row, like BNS and 64(2)(m)',
  reason: 'Two or three sentences. No names.',
  place: 'For example: at her home, hospital, station. No address.',
  by: 'The post, not the name. For example: woman Sub-Inspector',
  court: 'Name of the court',
  event: 'First come those that the clocks of this file wait for.',
  medical: 'Enter the times you know. At least one.',
  declined:
    'It is her right; without consent there is no examination. (BNSS 184(1), (7)) Without a time, this moment is entered.',
  informed:
    'That is: treatment stays free; the case goes on; with time some evidence is lost; she can still say yes later.',
  consented: 'She had declined and now wants the examination. A new target of 24 hours begins.',
  to_post: 'Only the posts that may be given this file.',
  exhibits:
    'Those the report relies on. They are printed in item 10 of the final form: number, description, where found, where now.',
  final_reason: 'Only for a closure report. “Too little evidence” is never “false”.',
  zero_number: "The number in this station's zero register or in CCTNS, without the year",
  to_unit: 'Any station of the State',
  older: 'The day and time that FIR was recorded. It must lie before this complaint.',
  accepted: 'Leave empty for this moment',
  one_accused: 'A number: 1, 2, 3… No name.',
  seen: 'What was found, and how much. No names.',
  magistrate: 'The office, not the name. For example: Judicial Magistrate',
  before_fir: 'An arrest before the FIR is not recorded without a reason.',
  max_years: 'Only where the sections leave it open: 10 years or more give 90 days, less gives 60.',
  accused_maybe: 'Needed for appearance and copies. A number, no name.',
  result: 'Only for a judgment or an appeal',
  sheet: 'Only for a charge sheet. The first is the original, later ones are supplementary.',
  one_of_two: 'One of the two, or both',
  beyond: 'Needed for every summons but signing, Magistrate, medical examination and report.',
  home: 'In a case of rape at her residence or where she chooses. (BNSS 176(1))',
};
