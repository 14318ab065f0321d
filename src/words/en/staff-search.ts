// What the search of files says, in English.
import type { staffSearch as hindi } from '../hi/staff-search.ts';
import type { Same } from '../same.ts';

export const staffSearch: Same<typeof hindi> = {
  title: 'Search',
  intro: 'Only files that this post may see are found. No result shows who anybody is.',
  open: {
    title: 'By what stands in the file',
    q: 'Number, section or words',
    q_hint: 'Like 6620 1187 4039, 412/2026, BNS 64, stalking, chhedkhani, Kalyanpur. In Hindi or in Latin letters.',
    more: 'More conditions',
    fir: 'FIR number',
    zero: 'Zero FIR',
    register: 'Register serial',
    number_hint: 'like 412/2026',
    section: 'Section',
    section_hint: 'like BNS 64(2)',
    category: 'What happened',
    place: 'Kind of place',
    state: 'Stage',
    from: 'Sent from',
    until: 'until',
    any: 'Any',
    go: 'Search',
  },
  look_up: {
    title: 'By a number, or the name of an accused',
    intro:
      'This needs a reason. Each time the post, the officer, the time and the reason are recorded, and the superiors see them. What was looked for is written nowhere.',
    counted: (hour: number, day: number) =>
      `Look-ups are counted: more than ${hour} in an hour, more than ${day} in a day, by night, or again and again numbers of other units: then the post above is told.`,
    by: 'By',
    bys: { mobile: 'Her mobile number', 'accused-name': 'Name of an accused' },
    value: 'Number or name',
    value_hint:
      'A name as it sounds, in Hindi or English: रमेश, Ramesh and Rameesh are one. Her own name finds no file.',
    reason: 'Reason',
    reasons: {
      'she-asks': 'She, or somebody for her, asks for her file',
      'same-accused': 'To see whether this accused is in another file',
      'same-matter': 'To see whether this matter is recorded already',
      order: 'Order of a court or a superior',
      safety: 'For her safety, now',
    },
    choose: 'Choose…',
    go: 'Search with this reason',
    used: (n, most) => `${n} times this hour; up to ${most} are possible.`,
  },
  signs: {
    title: 'Many look-ups',
    what: 'Look-ups by number or name are counted. Many are no offence, but somebody has to ask: for what work? What was looked for is written nowhere.',
    of: {
      'many-in-an-hour': 'within an hour',
      'many-in-a-day': 'within 24 hours',
      'by-night': 'between 10 at night and 6 in the morning',
      'beyond-its-sight': 'numbers of files of other units, within 24 hours',
      'own-name': 'by a name like the officer’s own',
      decoy: 'Opened a file that nobody has a reason to open',
    },
    times: (n: number) => (n === 1 ? 'once' : `${n} times`),
    answer: 'Asked: write it down',
    note: 'What was asked, what was answered',
    note_hint: 'Kept sealed. Write no name and no number.',
  },
  found: (n, more) => (more ? `${n} files, and there are more` : n === 1 ? '1 file found' : `${n} files found`),
  none: 'This post sees no such file.',
  none_hint:
    'Check the number, or search with fewer conditions. A file that lies with another station is not found here.',
  meant: 'Understood as:',
  not_meant: (word) => `Nothing was understood by “${word}”; leave it out or use another word.`,
  elsewhere: 'Zero FIRs recorded here that lie with another station now',
  narrower: 'There are more files: write the whole name.',
  with: 'With',
  register: (serial, year) => `reg. ${serial}/${year}`,
  filed: 'Sent',
  older: 'Older →',
  start: 'From the start',
};
