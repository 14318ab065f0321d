// Whether an old copy of the database has been put back: the checkpoints that are kept outside it know a longer log than it has.
import { house, read } from '#foundation';
import { marksOfFile } from './marks.ts';
import { copiesAt, knownKeys } from './sequencer.ts';
import * as store from './store.ts';

/** What is known outside, and what the database has: how long, and at which instant it was signed. */
export type TailCut = { known: number; at: Temporal.Instant; here: number };

/**
 * Compares the last signed checkpoint outside the database with the database's own.
 * @returns undefined when the database is as long as what is known of it, or longer
 */
export async function findTailCut(): Promise<TailCut | undefined> {
  const file = copiesAt();
  if (!file) return undefined;
  const last = { size: 0, at: 0 };
  for await (const { says } of marksOfFile(file, knownKeys(), 0))
    if (says && says.size > last.size) [last.size, last.at] = [says.size, says.at];
  const { head } = await read(house(), 'audit.look-at-head', store.headOf);
  const here = head?.size ?? 0;
  if (here >= last.size) return undefined;
  return { known: last.size, at: Temporal.Instant.fromEpochMilliseconds(last.at * 1000), here };
}
