// The door of audit: the log of everything that has happened, signed, proved and checked.
import type pg from 'pg';
import { NOT_TRACED } from './rules.ts';

export { verifyAndKeep, watch } from './jobs.ts';
export { type LedgerForm, ledgerForm } from './forms.ts';
export { lastCheck, type LedgerLine, readLedger } from './reading.ts';
export { fingerprint, READS_LEDGER, TOLD_OF_FAULTS } from './rules.ts';
export {
  dayCheckpoints,
  type Entry,
  fingerprintOf,
  growthOf,
  lastCheckpoint,
  placeOf,
  type Proofs,
  proofsOf,
  type Row,
} from './prove.ts';
export { logSigner, openLog, sequence } from './sequencer.ts';
export { hasGrown } from './merkle.ts';
export { findTailCut, type TailCut } from './restored.ts';
export { cosignatureLine, keyFrom, keyText, openCheckpoint } from './signed-note.ts';
export { type Fault, type Verified, verifyLog } from './verify.ts';

/**
 * Makes every table of the house leave traces, but those that {@link NOT_TRACED} names with a reason. As the owner, after migrations.
 * @returns how many tables are traced anew or otherwise
 */
export async function coverTables(owner: pg.ClientBase): Promise<number> {
  const { rows } = await owner.query<{ n: number }>('select audit.cover($1) as n', [Object.keys(NOT_TRACED)]);
  return rows[0]!.n;
}
