// English beside src/words/hi/staff-documents.ts: same keys, same truth.
import type { staffDocuments as hi } from '../hi/staff-documents.ts';
import type { Same } from '../same.ts';

export const staffDocuments = {
  title: 'Papers',
  intro:
    'Every paper has a number of its own and is kept sealed as it was printed. Later the very same paper comes out again.',
  issue: 'Issue a paper',
  languages: { hi: 'हिंदी', en: 'English' },
  purpose: 'Why her name is opened',
  choose: 'Choose…',
  purpose_hint: 'Where it says “sealed” her name is printed: the identity opens for 15 minutes, and she can see that.',
  make: 'Issue',
  not_now: 'Not now:',
  names: {
    acknowledgement: 'Acknowledgement',
    fir: 'FIR (IIF-I)',
    notice: 'Notice for a statement',
    'progress-letter': 'Progress letter',
    'closure-notice': 'Notice of a closure report',
    'final-form': 'Final form (IIF-V), with its sealed part',
    'sealed-part': 'Sealed part of the final form',
    abstract: 'Abstract of the file',
    diary: 'Case diary, in order',
  },
  what: {
    acknowledgement: 'For her. Names nobody.',
    fir: 'Her copy, and for the court. What is on record is printed, the rest is left to fill by hand.',
    notice: 'For her, with the last time and place that were fixed. A woman is not called to the station.',
    'progress-letter': 'For her, within 90 days. Names nobody.',
    'closure-notice': 'For her, once a report that closes the case has gone to court. Names nobody.',
    'final-form': 'For the court, in two parts: the form without her name, her name in a sealed part.',
    abstract: 'For officers. Names nobody.',
    diary: 'All entries in order, with number and time.',
  },
  issued: 'Issued papers',
  none: 'No paper has been issued yet.',
  columns: { number: 'Number', what: 'Paper', when: 'When', who: 'By whom', mark: 'Mark', fetch: 'PDF' },
  sealed: 'Sealed',
  fetch: 'PDF',
  fetch_of: (number: string) => `PDF, number ${number}`,
  locked: 'once opened',
  open_title: 'Open the identity to see sealed papers',
  open: 'Open for 15 minutes',
  is_open: (until: string) => `The identity is open until ${until}; sealed papers can be fetched.`,
  done: (numbers: string) => `Issued: number ${numbers}.`,
} satisfies Same<typeof hi>;
