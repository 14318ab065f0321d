// English beside src/words/hi/law.ts: same keys, same truth.
import type { law as hi } from '../hi/law.ts';
import type { Same } from '../same.ts';
import { lawMoments } from './law-moments.ts';
import { lawRules } from './law-rules.ts';

const some = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;

export const law = {
  ...lawRules,
  ...lawMoments,
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
    'SC/ST Act': 'Scheduled Castes and Scheduled Tribes (Prevention of Atrocities) Act',
    PWDVA: 'Protection of Women from Domestic Violence Act',
    POSH: 'Sexual Harassment of Women at Workplace Act',
  },
  section: (act: string, section: string) => `${act}, section ${section}`,
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
  childWithoutPocso: (act: string) =>
    `The age at the time was under 18, but no section of ${act || 'the law made for that age'} is written. An officer must look at this; the date does not change.`,
  notInOldCode: (from: string) =>
    `This rule stands in the law in force from ${from}; this case runs under the old one.`,
  specialAct: 'The special act that applies to this case',
  appliesToChild: 'The age on the day of the incident was under 18, so this rule applies.',
  actCited: (section: string) =>
    section
      ? `**${section}** is cited in this case, so this rule applies.`
      : 'This rule belongs to the special act that is cited in this case.',
  punishable: (section: string, most: string) =>
    section
      ? `Heaviest section **${section}**: at most ${most}.`
      : 'Whether this rule applies depends on the punishment that the sections of this case carry.',
  mostYears: (years: number) =>
    years === 0 ? 'a fine only' : years < 1 ? some(Math.round(years * 12), 'month') : some(years, 'year'),
  mostLife: 'imprisonment for life, death, or no upper bound stated',
  bailDays: (days: number) => `For these sections **${days} days** are counted.`,
  bailDaysUnsettled: (days: number) =>
    `The sections leave open whether 60 or 90 days count; so the earlier date, **${days} days**, is kept. An officer should look at it.`,
  bandUnchecked:
    'No section is written yet. Whether the punishment is three years or more and less than seven is for the officer to see.',
  ofAccused: (accused: number) => `This clock belongs to accused ${accused}.`,
  noNumber: {
    forthwith: 'The section says “forthwith” and gives no number. The time below is the police’s own target.',
    immediately: 'The section says “immediately” and gives no number. The time below is the police’s own target.',
    'as-soon-as':
      'The section says “as soon as” the police know of it and gives no number. The time below is the police’s own target.',
    'without-delay': 'The section says “without delay” and gives no number. The time below is the police’s own target.',
    'no-number': 'The section sets this duty, but no time. The time below is the police’s own target.',
  },
  notThePolice: (who: string) => `This is for ${who} to do. The police can ask; they cannot do it themselves.`,
  notThePoliceButYou: 'The police cannot do this; whether it is done is for you to decide.',
  againIsOurs: (days: number) =>
    `The section asks for it once. Telling again every ${days} days is what the police have set themselves.`,
  firstDayIncluded: (day: string) => `The first day, ${day}, is counted.`,
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
  sectionText: (text: string) => `**The section says:** ${text}`,
  never: 'The date stays the same when the file goes to someone else.',
  passed: 'If the date passes?',
  passedText: 'The case does not close. The same day the officers above are warned.',
} satisfies Same<typeof hi>;
