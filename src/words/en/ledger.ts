// The auditor's page of the ledger, in English: the same keys as the Hindi.
import type { ledger as hindi } from '../hi/ledger.ts';
import type { Same } from '../same.ts';

export const ledger: Same<typeof hindi> = {
  title: 'Ledger',
  intro:
    'Every act and every sensitive look: who, what, when. No woman’s name, number or statement is shown here. That you look is written down too.',
  check: {
    title: 'Last check',
    good: 'Everything agrees',
    faults: (n) => (n === 1 ? '1 fault found' : `${n} faults found`),
    when: (when, size) => `${size} entries checked on ${when}.`,
    none: 'Not checked yet. It is checked every night by itself.',
    open: 'Public log',
    kinds: {
      changed: 'changed after it was recorded',
      deleted: 'deleted behind the house’s back',
      inserted: 'put in without a trace',
      'dated-back': 'its time is not that of its trace',
      'set-back': 'set back to an earlier version',
      'without-an-act': 'changed without an act in the ledger',
      'leaf-missing': 'missing from the log',
      'leaf-changed': 'its entry in the log was changed',
      'order-changed': 'entries of the log have changed places',
      'tree-changed': 'the log is not what was signed',
      'tiles-changed': 'the kept hashes are not those of the log',
      'tail-cut': 'the end of the log was cut off',
      'beyond-the-last-checkpoint': 'entries beyond the last signature',
      'not-signed': 'the signature is not right',
      'checkpoint-changed': 'a signed code was changed',
      'checkpoint-deleted': 'a signed code was taken out',
      'copy-not-signed': 'the signature of a copy is not right',
      'went-back': 'the log is shorter than before',
      'function-changed': 'the function that makes or checks traces is another',
      'not-traced': 'the table leaves no traces',
      'table-gone': 'the table is gone',
      'left-waiting': 'has waited for its place for too long',
    },
  },
  filters: 'Filter',
  not_understood:
    'Something of this was not understood. Post and subject want their whole id; the links below fill it in by themselves.',
  fields: {
    deed: 'Deed (whole or its beginning)',
    post: 'Post',
    subject: 'Subject',
    from: 'From this day',
    to: 'To this day',
  },
  show: 'Show',
  table: 'Take the table',
  lines: 'Lines',
  empty: 'There is no such line.',
  columns: { at: 'When', deed: 'Deed', who: 'Who', subject: 'On what', detail: 'Details' },
  kinds: { citizen: 'she herself', officer: 'officer', machine: 'the system', nobody: 'without a session' },
  older: 'Older lines',
};
