// English beside src/words/hi/common.ts: same keys, same truth.
import type { common as hi } from '../hi/common.ts';
import type { Same } from '../same.ts';

export const common = {
  service: 'Citizen service',
  skip: 'Skip to the main part',
  exit: 'Leave page',
  aloud: 'Read aloud',
  aloudStop: 'Stop reading',
  otherLanguage: 'हिंदी',
  otherLanguageLabel: 'हिंदी में पढ़ें',
  practice: 'Practice system: do not enter a real complaint',
  back: 'Back',
  next: 'Continue',
  change: 'Change',
  remove: 'Remove',
  close: 'Close',
  yes: 'Yes',
  no: 'No',
  wrong: 'To put right:',
  errorTitle: (n: number) => (n === 1 ? 'There is one thing to put right' : `There are ${n} things to put right`),
  errorKept: 'Everything you wrote is still here.',
  law: 'limit in law',
  target: 'police target',
  logWarning: 'Free. The number will show in the call list.',
  day: 'Day',
  month: 'Month',
  year: 'Year',
  footer: {
    rights: 'Your rights',
    help: 'Help numbers',
    privacy: 'What happens to what you tell us',
    honest: 'Leaving does not erase the list of visited pages, the SMS or the call list on the phone.',
    how: 'How to erase them',
  },
} satisfies Same<typeof hi>;
