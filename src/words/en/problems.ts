// English beside src/words/hi/problems.ts: same keys, same truth.
import type { problems as hi } from '../hi/problems.ts';
import type { Same } from '../same.ts';

export const problems = {
  'speak-first': 'Record and add it first, or choose to write here or to tell it later',
  'too-long': (max: number) => `Write at most ${max} characters`,
  'too-short': (min: number) => `Write at least ${min} characters`,
  digits: (wanted: number, have: number) => `It needs ${wanted} digits; there ${have === 1 ? 'is' : 'are'} ${have} now`,
  'mobile-digits': (have: number) => `A mobile number needs 10 digits; there ${have === 1 ? 'is' : 'are'} ${have} now`,
  'mobile-start': 'A mobile number begins with 6, 7, 8 or 9; look at it again',
  'age-range': 'Write an age between 0 and 120',
  'date-parts': 'Write day, month and year',
  'date-unreal': 'There is no such date in the calendar; look at it again',
  'date-future': 'This date has not come yet; look at it again',
  'date-order': 'The “until” date must come after the “since” date',
  'before-birth': 'This date lies before the birth; look at both dates again',
  'date-old': 'Look at the year again; write one after 1900',
  'month-needed': 'Write month and year, or choose “I know only the year”',
  'year-needed': 'Write the year, or choose “I do not remember”',
  'pin-shape': 'A PIN code has 6 digits, the first is not 0',
  'district-unknown': 'This district is not in the list; type it again and choose from the list',
  'station-unknown': 'There is no such station in this district; choose from the list, or choose “any”',
  'email-shape': 'Look at the email again; it has an @, for example name@example.com',
  'name-letters': 'Use only letters in the name',
  'time-shape': 'Write the time like 10:30',
  'time-order': 'The “until” time must come after the “from” time',
  'number-shape': 'The number has 1 to 5 digits',
  'year-shape': 'Write the year with 4 digits, for example 2026',
  'not-an-answer': 'Choose one of the answers given',
  'contact-either': 'You chose “no contact”, so choose nothing else',
} satisfies Same<typeof hi>;
