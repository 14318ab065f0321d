// Processor time of a database and of processes beside it, from /proc: unlike the clock it does not count the neighbours' work.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MS_A_TICK = 10;
// what one process, or one thread of it, has spent; and whose child it is
function spentIn(stat: string): { parent: number; ticks: number } {
  const fields = readFileSync(stat, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

/** As {@link processorOf}, of the main thread of one process: what its other threads stretch, compress or hash does not count. */
export const mainThreadOf = (pid: number) => (): number => spentIn(`/proc/${pid}/task/${pid}/stat`).ticks * MS_A_TICK;

/**
 * A clock of spent processor time.
 * @param cluster folder of the database; undefined: none
 * @param pids processes that count too
 * @returns asks how much has been spent so far, in milliseconds; what a connection that has ended had spent counts too
 */
export function processorOf(cluster: string | undefined, ...pids: (number | undefined)[]): () => number {
  const spentBy = new Map<string, number>();
  const main = cluster && Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]);
  const counted = new Set([main, ...pids]);
  return () => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const { parent, ticks } = spentIn(`/proc/${pid}/stat`);
        if (counted.has(Number(pid)) || parent === main) spentBy.set(pid, ticks);
      } catch {
        // it has just ended
      }
    }
    return [...spentBy.values()].reduce((sum, one) => sum + one, 0) * MS_A_TICK;
  };
}

/** What some work spends each time by each of several clocks, in milliseconds. */
export async function spending<T extends { n: number }, Name extends string>(
  clocks: Record<Name, () => number>,
  work: () => Promise<T>,
): Promise<T & { each_ms: Record<Name, number> }> {
  const names = Object.keys(clocks) as Name[];
  const before = names.map((name) => clocks[name]());
  const done = await work();
  const each = names.map((name, n) => [name, (clocks[name]() - (before[n] ?? 0)) / done.n] as const);
  return { ...done, each_ms: Object.fromEntries(each) as Record<Name, number> };
}
