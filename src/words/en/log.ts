// The public log: what it is, how to check it, what it does not say.
import type { log as hindi } from '../hi/log.ts';
import type { Same } from '../same.ts';

export const log: Same<typeof hindi> = {
  title: 'Public log',
  text: 'Whatever is done here leaves a mark in a log. The short code below is made from the whole of it. If an old entry is changed, removed or put in under an earlier date, the code no longer fits. Nobody’s name, number or case can be read in it.',
  latest: 'Latest code',
  size: (n: string) => `${n} entries.`,
  days: 'The last code of each day',
  how: 'How to check',
  steps: [
    'Write down the code of a day, or print this page.',
    'Later look at the code of that day here: it has to be the same.',
    'Whoever has a file of proofs can check it with the page below. It needs no internet and sends nothing.',
  ],
  page: 'The page to check with',
  program: 'The program to check with',
  exact: 'The whole number and the key',
  key: 'Key:',
  root: 'Root:',
  raw: 'The latest code with its signature',
  not: 'The log proves that what was written has not been changed. It does not prove that what was written was true, nor that everything was written.',
  fingerprint: 'Mark of receipt',
  fingerprintText:
    'This is not your code and it opens nothing. With it can be shown later that the application was recorded at exactly this time.',
  mine: 'File of proofs',
  mineText:
    'With this file anybody can check that the dates above have not been changed since. It holds instants and numbers only; not your name and not your case. The file stays on this phone: take it only if that is safe.',
  save: 'Take the file',
};
