// English beside src/words/hi/law.ts: same keys, same truth.
import type { law as hi } from '../hi/law.ts';
import type { Same } from '../same.ts';

export const law = {
  label: 'In our words, not the official text of the law',
  acts: {
    BNSS: 'Bharatiya Nagarik Suraksha Sanhita',
    BNS: 'Bharatiya Nyaya Sanhita',
    BSA: 'Bharatiya Sakshya Adhiniyam',
    CrPC: 'Code of Criminal Procedure',
    IPC: 'Indian Penal Code',
    POCSO: 'POCSO Act',
    IT: 'Information Technology Act',
    GCA: 'General Clauses Act',
  },
  section: (act: string, section: string) => `${act}, section ${section}`,
  rules: {
    investigation_two_months: 'Completing the investigation',
    efir_sign: 'Your signature',
    progress_90d: 'Telling you how far the investigation is',
    pocso_report_24h: 'Telling the Child Welfare Committee and the Special Court',
    victim_medical_24h: 'Sending you to a doctor, if you consent',
    callback: 'Calling you',
  },
  started: {
    'information-recorded': (at: string) => `Recorded at the station: **${at}**`,
    'information-received': (at: string) => `The police received the information: **${at}**`,
    'complaint-filed': (at: string) => `You sent the application: **${at}**`,
  },
  limits: {
    investigation_two_months: 'The law: the police must complete the investigation within **two months** of recording.',
    efir_sign: 'The law: information sent online is to be signed within **3 days**.',
    progress_90d: 'The law: within **90 days** the police must tell you how far the investigation is.',
    pocso_report_24h:
      'The law: for someone under 18, the police must tell the Child Welfare Committee and the Special Court within **24 hours**.',
    victim_medical_24h: 'The law: the police must send you to a doctor within **24 hours**.',
    callback: 'Police target: a woman calls you within **22 hours**.',
  },
  targets: {
    investigation_two_months: 'Police target: completing the investigation within **two months** of recording.',
    efir_sign: 'Police target: signed within **3 days**.',
    progress_90d: 'Police target: telling you within **90 days** how far the investigation is.',
    callback: 'Police target: a woman calls you within **22 hours**.',
  },
  listed: (section: string) =>
    `${section ? `Section **${section}**` : 'A section'} of this case is in the list to which this limit applies.`,
  medicalSection: (section: string) =>
    `${section ? `Section **${section}**` : 'The section of this case'} brings the duty of sending to a doctor.`,
  byCorrespondence: (section: string) =>
    `${section ? `Section ${section}` : 'The section of this case'} is an old one; the new list does not name it, but the section that took its place. So this limit is taken **by correspondence**.`,
  noneListed:
    'No section of this case is in the list for which the law sets two months. So this is a **police target**, not a limit in law.',
  unreadable: (section: string) =>
    `${section ? `Section “${section}”` : 'A section'} could not be read; an officer will correct it.`,
  childWithoutPocso:
    'The age at the time was under 18, but no section of POCSO is written. An officer must look at this; the date does not change.',
  notInOldCode: (from: string) =>
    `This rule stands in the law in force from ${from}; this case runs under the old one.`,
  ourReading: 'The section does not say from when to count; we count from the day of recording.',
  firstDay: (day: string) => `The first day, ${day}, is not counted.`,
  months: (days: string) => `Months by the calendar: ${days}.`,
  days: (from: string, to: string, days: number) => `From ${from} to ${to}, ${days} days.`,
  hours: (hours: number) => `${hours} hours by the clock, nights and holidays included.`,
  clamped: (month: string, day: number) => `${month} has no day ${day}, so it is the last day of the month.`,
  notSixty: (on: string) => `This is not “60 days”; 60 days would be ${on}.`,
  makeItPossible: 'The police must arrange the signing, at your home too. If it is late, nothing is erased.',
  onlyWithConsent: 'Only with your consent.',
  due: { law: (at: string) => `Limit: **${at}**`, 'police-target': (at: string) => `Target: **${at}**` },
  events: {
    'report-forwarded': 'report sent to court',
    signed: 'signed',
    'progress-told': 'she was told',
    'child-welfare-told': 'Child Welfare Committee and Special Court told',
    confirmed: 'confirmed on the phone',
    'sent-to-doctor': 'sent to a doctor',
  },
  stops: {
    'report-forwarded': 'This clock stops only when the report of the investigation has been sent to court.',
    signed: 'This clock stops when you sign.',
    'progress-told': 'This clock stops when the police have told you.',
    'child-welfare-told': 'This clock stops when both have been told.',
    confirmed: 'This clock stops when we have talked with you on the phone.',
    'sent-to-doctor': 'This clock stops when you have been sent to a doctor.',
  },
  never: 'The date stays the same when the file goes to someone else.',
  passed: 'If the date passes?',
  passedText: 'The case does not close. The same day the officers above are warned.',
} satisfies Same<typeof hi>;
