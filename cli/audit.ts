// The log on the command line: check it, show its last checkpoint and its key, prove what a file's record says.
import type { Fault } from '#audit';
import type { Command } from './command.ts';

/** What a fault is called, for whoever reads the console. */
const SAYS: Record<string, string> = {
  changed: 'changed after it was recorded',
  deleted: 'deleted behind the house’s back',
  inserted: 'inserted without a trace, or again after it was deleted',
  'dated-back': 'bears another time than its trace',
  'set-back': 'set back to an earlier version',
  'without-an-act': 'changed without an act in the ledger',
  'leaf-missing': 'missing from the log',
  'leaf-changed': 'its entry in the log was changed',
  'order-changed': 'entries of the log have changed places',
  'tree-changed': 'the log is not what was signed: entries changed in this stretch',
  'tiles-changed': 'the kept hashes are not those of the log',
  'tail-cut': 'the end of the log was cut off: a longer one has been signed',
  'beyond-the-last-checkpoint': 'entries beyond the last checkpoint',
  'not-signed': 'a checkpoint without a valid signature',
  'checkpoint-changed': 'a checkpoint that does not say what was signed',
  'checkpoint-deleted': 'a checkpoint that is kept elsewhere and missing here',
  'copy-not-signed': 'a copy of a checkpoint without a valid signature',
  'went-back': 'a checkpoint smaller than one before it',
  'not-traced': 'the table leaves no traces: its trigger is missing or switched off',
  'table-gone': 'the table is gone',
  'left-waiting': 'has waited for its place in the log for too long',
};

const lineOf = ({ what, name, key, index }: Fault): string =>
  [name || 'audit', key, index === null ? '' : `entry ${index}`, SAYS[what] ?? what].filter(Boolean).join('  ');

export const auditCommands: Command[] = [
  {
    name: 'audit',
    takes: ['verify', 'verify --checkpoints FILE', 'checkpoint', 'key', 'proof NUMBER'],
    says: 'the log of everything: checked (with checkpoints kept elsewhere), its last checkpoint, its key, the proofs of a file',
    run: async (_open, _settings, [what, ...given]) => {
      const audit = await import('#audit');
      if (what === 'key') {
        const { name, public: key } = audit.logSigner();
        console.log(audit.keyText(name, key));
        return;
      }
      await audit.sequence();
      if (what === 'checkpoint') {
        process.stdout.write((await audit.lastCheckpoint()).note);
        return;
      }
      if (what === 'proof') {
        const { recordOfNumber } = await import('#casework');
        const { act, house, read, refuse } = await import('#foundation');
        const { id, rows } =
          (await act(house(), 'casework.look-up-record', (a) => recordOfNumber(a, given[0] ?? ''))) ??
          refuse('not-found');
        const proof = await read(house(), 'audit.prove', (r) => audit.proofsOf(r, rows, { open: true }), {
          note: true,
          subject: id,
        });
        console.log(JSON.stringify(proof, null, 2));
        return;
      }
      const { size, faults, took_ms } = await audit.verifyAndKeep({ copies: given.slice(1) });
      for (const fault of faults) console.log(lineOf(fault));
      const seconds = (took_ms / 1000).toFixed(1);
      if (faults.length > 0) throw new Error(`${faults.length} faults in ${size} entries (${seconds} s).`);
      console.log(`${size} entries, every row and every checkpoint agree (${seconds} s).`);
    },
  },
];
