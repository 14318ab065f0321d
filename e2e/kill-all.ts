// The worst that can happen to a machine, short of its disk.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunningHouse } from './house.ts';

/** kill -9 of the server and of its PostgreSQL, both found by the ids they wrote down themselves. */
export function killAll(at: RunningHouse): void {
  const postmaster = Number(readFileSync(path.join(at.data, 'db/postmaster.pid'), 'utf8').split('\n')[0]);
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number);
  process.kill(at.pid, 'SIGKILL');
  for (const pid of [postmaster, ...children]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it was quicker
    }
  }
}
