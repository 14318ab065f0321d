// Public statistics in English: the same keys as in Hindi.
import type { Same } from '../same.ts';
import type { statistics as hindi } from '../hi/statistics.ts';

export const statistics: Same<typeof hindi> = {
  title: 'Figures of investigations',
  edition: (month) => `Figures of ${month}`,
  made: (when) => `made on ${when}`,
  intro:
    'Of the cases in which the law gives two months for the investigation: how many were done in time. Cases recorded before this month are counted.',
  nation: 'India',
  rate_law: 'Done in time (limit in law)',
  of_due: 'Done in time / two months have passed',
  rate_target: 'Done in time (target of the police)',
  states: 'By state',
  months: 'By the month of recording',
  state: 'State',
  month: 'Month',
  rate_short: 'In time',
  due: 'Two months passed',
  registered: 'Recorded',
  target_short: 'In target',
  hidden: '–',
  none: 'There is no case in these figures yet.',
  too_few: 'There are so few cases that no figures of the nation are shown.',
  all_small: 'There are so few cases that no figures are shown yet.',
  small: {
    states: (n) => `and ${n} more with so few cases that no figures are shown.`,
    months: (n) => `and ${n} more months with so few cases that no figures are shown.`,
  },
  meaning: 'What these figures mean',
  meanings: [
    'Recorded: FIRs whose information was recorded in that month, of cases with the limit of two months in law.',
    'Two months passed: the last day was before this month.',
    'In time: the first report reached the court by the last day.',
    'In target: the other cases, where two months are no limit in law but a target of the police.',
    'Counts below ten are not shown (–), and neither is what they could be told from by subtraction.',
    'These figures are made once a month and stay the same for the month.',
  ],
  table: 'The whole table (CSV, open data)',
  licence: 'Licence: Government Open Data License – India',
};
