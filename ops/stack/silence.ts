// How long nobody could write, and nobody could read: asked of when the senders' answers came.
import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from './journal.ts';

export type Silence = { writes: number; reads: number; over: boolean };
const GAP_MS = 2000;
const CALM_MS = 8000;
type What = Journal['answered'][number]['what'];

function gapsOf(journal: Journal, what: What, from: number): { end: number; length: number }[] {
  const times = journal.answered.filter((one) => one.what === what && one.at > from).map(({ at }) => at);
  return [...times, performance.now()].map((end, n) => ({ end, length: end - (times[n - 1] ?? from) }));
}
// eight seconds without a gap
const calm = (journal: Journal, what: What): boolean =>
  gapsOf(journal, what, performance.now() - CALM_MS).every(({ length }) => length <= GAP_MS);
// until it is calm for the first time; whatever was silent afterwards counts by its own length
function silenceOf(journal: Journal, what: What, from: number): number {
  const gaps = gapsOf(journal, what, from);
  const long = gaps.filter(({ length }) => length > GAP_MS);
  const back = long.find(({ end }) => !long.some((one) => one.end > end && one.end - one.length - end < CALM_MS));
  const after = gaps.filter(({ end }) => back === undefined || end > back.end).map(({ length }) => length);
  return Math.max(0, ...after, back ? back.end - from : 0);
}

/**
 * How long nobody could write, and nobody could read, from an instant on: until answers come again, for eight seconds without a gap
 * of two. A gap after that counts by its own length; where there was none of two seconds, the longest one there was.
 * @param least milliseconds that are waited at any rate
 * @param most milliseconds to wait for it
 */
export async function silence(journal: Journal, from: number, least: number, most: number): Promise<Silence> {
  const isCalm = () => calm(journal, 'write') && calm(journal, 'read');
  for (const end = from + most; performance.now() < end; await pause(200)) {
    if (performance.now() - from > least && isCalm()) break;
  }
  return { writes: silenceOf(journal, 'write', from), reads: silenceOf(journal, 'read', from), over: isCalm() };
}
