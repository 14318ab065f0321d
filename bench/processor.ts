// Processor time of a database and of processes beside it, from /proc: unlike the clock it does not count the neighbours' work.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const MS_A_TICK = 10;

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
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        if (counted.has(Number(pid)) || Number(fields[1]) === main)
          spentBy.set(pid, Number(fields[11]) + Number(fields[12]));
      } catch {
        // it has just ended
      }
    }
    return [...spentBy.values()].reduce((sum, one) => sum + one, 0) * MS_A_TICK;
  };
}
