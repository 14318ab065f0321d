// The catalogue of offences as officers search it, in English.
import type { lawSearch as source } from '../hi/law-search.ts';
import type { Same } from '../same.ts';

const years = (n: number): string => (n < 1 ? `${Math.round(n * 12)} months` : n === 1 ? '1 year' : `${n} years`);

export const lawSearch: Same<typeof source> = {
  title: 'Sections',
  intro: 'Search by number, by a word or by what it is about. Give the day of the offence to see the code of that day.',
  never_hers: 'Choosing the section is the work of the police. Never ask her which section applies.',
  find: 'Section or word',
  find_hint: 'For example 64(2), IPC 376, stalking, पीछा करना',
  on: 'Day of the offence',
  on_hint: 'For example 26-9-2026. Not required.',
  find_button: 'Search',
  kinds: 'What it is about',
  all_kinds: 'Everything',
  count: (n: number) => (n === 0 ? 'Nothing found' : n === 1 ? '1 section found' : `${n} sections found`),
  first_of: (shown: number, all: number) => `The first ${shown} of ${all}. Narrow the search.`,
  none: 'No such section in the catalogue. Try other words, or the number alone.',
  day_wrong: 'This day could not be read, so sections of all days are shown.',
  code_of_day: {
    IPC: 'This day is before 1 July 2024: the offence is one of the IPC. The investigation follows the law of the day the information was recorded.',
    BNS: 'This day is 1 July 2024 or later: the offence is one of the BNS.',
  },
  spans:
    'Did it begin on or before 30 June 2024 and go on to 1 July 2024 or later? Then decide: IPC, BNS or both; the form of the FIR asks.',
  not_checked: 'Not checked',
  row_not_checked:
    'This row has not been compared with its source; do not rely on it. Clocks run by the lists of the law alone.',
  title_not_checked: 'The Hindi title has not been compared with its source',
  corresponds: { IPC: 'In the old code', BNS: 'In the new code' },
  no_counterpart: {
    IPC: 'No counterpart in the new code is recorded',
    BNS: 'No such section of the old code is recorded',
  },
  read_from: 'The correspondence was read from',
  cognizable: 'Cognizable',
  bailable: 'Bailable',
  court: 'Court',
  punishment: 'Punishment',
  yes: 'Yes',
  no: 'No',
  conditional: 'On a condition',
  unknown: 'Not known',
  clocks: 'Clocks',
  duties: 'Duties this section brings',
  no_duties: 'No duty has this section on its list.',
  limit: 'Limit in law',
  target: 'Police target',
  by_correspondence: 'by correspondence',
  sources: 'Sources',
  in_force_from: (day: string) => `in force from ${day}`,
  categories: {
    rape: 'Rape',
    molestation: 'Molestation, outraging modesty',
    stalking: 'Stalking',
    voyeurism: 'Watching or filming in secret',
    cyber: 'By phone and internet',
    domestic_cruelty: 'Cruelty at home',
    dowry: 'Dowry',
    marriage: 'Deceit or force in marriage',
    acid: 'Acid',
    trafficking: 'Trafficking, prostitution',
    kidnapping: 'Kidnapping, confinement',
    child: 'Against children',
    miscarriage: 'Causing miscarriage',
    workplace: 'At work',
    atrocity: 'Atrocity because of caste',
    identity_disclosure: 'Disclosing identity',
    police_duty: 'Duty of police and hospital',
    ancillary: 'Threats, hurt, restraint',
  },
  clock: {
    investigation_two_months: 'Complete the investigation in two months',
    victim_medical_24h: 'Send to a doctor within 24 hours, with consent',
    pocso_report_24h: 'Tell the Child Welfare Committee and the Special Court within 24 hours',
    scst_60d: 'Investigation and charge sheet in 60 days; officer not below DSP',
  },
  courts: {
    'Any Magistrate': 'Any Magistrate',
    'Court of Session': 'Court of Session',
    'Judicial Magistrate of the first class': 'Judicial Magistrate of the first class',
    'Magistrate of the first class': 'Magistrate of the first class',
    'Magistrate who passed the order, as far as practicable': 'Magistrate who passed the order, as far as practicable',
    'Metropolitan Magistrate or Judicial Magistrate of the first class':
      'Metropolitan Magistrate or Judicial Magistrate of the first class',
    'Special Court (Court of Session designated under POCSO s.28)':
      'Special Court (Court of Session designated under POCSO 28)',
    'Special Court / Exclusive Special Court (s.14)': 'Special Court (section 14)',
    'Special Court may try (POCSO s.28(3)); otherwise Magistrate of the first class':
      'Special Court may try (POCSO 28(3)); otherwise Magistrate of the first class',
  },
  notes: {
    'Cognizable only on the complaint of the victim': 'Cognizable only on the complaint of the victim',
    'Bailable on first offence; NON-bailable for second or subsequent conviction':
      'Bailable on first offence; not bailable for second or subsequent conviction',
    'Cognizable if information is given to the officer in charge by the aggrieved person, or by a relative by blood, marriage or adoption, or (if none) by a notified public servant':
      'Cognizable if information is given to the officer in charge by the aggrieved person, or by a relative by blood, marriage or adoption, or (if none) by a notified public servant',
    'Second or subsequent conviction: non-bailable': 'Second or subsequent conviction: not bailable',
    'Cognizable if information is given by the aggrieved person, a relative by blood, marriage or adoption, or a notified public servant':
      'Cognizable if information is given by the aggrieved person, a relative by blood, marriage or adoption, or a notified public servant',
    'Subsequent conviction (5 years): not covered by the 77B bailable rule':
      'Subsequent conviction (5 years): not covered by the bailable rule of 77B',
    'Cognizable for investigation; no arrest without warrant or Magistrate order':
      'Cognizable for investigation; no arrest without warrant or Magistrate order',
    'As s.3': 'As section 3',
    'Cognizable if information is given by the married Muslim woman or a person related to her by blood or marriage':
      'Cognizable if information is given by the married Muslim woman or a person related to her by blood or marriage',
    'Bail only by Magistrate after hearing the woman (s.7(c))':
      'Bail only by a Magistrate after hearing the woman (7(c))',
    'CONFLICT: from memory bailable; one public data file (AdityaK238/Bail-Reckoner) says not bailable by default. The new BNS 199 row (Gazette) is what the verified row shows. Do not use until checked.':
      'The sources contradict each other; do not use until checked. See the checked row of BNS 199.',
  },
  sentence: {
    least: (n: number) => `at least ${years(n)}`,
    most: (n: number) => `at most ${years(n)}`,
    most_life: 'at most imprisonment for life',
    most_death: 'at most death',
    fine: 'and a fine',
    or_fine: 'or a fine, or both',
    only_fine: 'a fine only',
    later: 'more when repeated',
    ours: 'Punishment in our words; the row in full:',
  },
};
