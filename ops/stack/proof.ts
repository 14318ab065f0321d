// Whether a fault has happened: asked of the node that it is about, never taken from the command that was given.
import { closeSync, existsSync, openSync, readFileSync, statfsSync, statSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { answers, type Passwords, urlOf } from './database.ts';
import { type Member, says } from './patroni.ts';
import type { Running } from './programs.ts';

/** What shows that it happened, in words for whoever reads the table; undefined: it did not. */
export type Proof = string | undefined;
/** All of them or none. */
export const both = (...proofs: Proof[]): Proof => (proofs.every(Boolean) ? proofs.join('; ') : undefined);

const SOON_MS = 5000;
async function soon(is: () => Promise<boolean> | boolean, most = SOON_MS): Promise<boolean> {
  for (const end = performance.now() + most; performance.now() < end; await pause(50)) if (await is()) return true;
  return false;
}

/** The id of a node's PostgreSQL, as it wrote it down itself. */
export function postgresOf({ folder }: Member): number | undefined {
  const file = path.join(folder, 'disk/data/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}
// R, S, D, T, Z as the kernel says it; undefined: there is no such process
function stateOf(pid: number | undefined): string | undefined {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
const isGone = (pid: number | undefined): boolean => [undefined, 'Z', 'X'].includes(stateOf(pid));

/** A process that ran is none any more. @param pid as it was before the stroke */
export async function died(what: string, pid: number | undefined): Promise<Proof> {
  if (pid === undefined || pid === 0) return undefined;
  return (await soon(() => isGone(pid))) ? `${what} (process ${pid}) is gone` : undefined;
}
/** A program that was started here has ended by the signal. */
export const ended = (one: Running | undefined): Promise<Proof> => died(one?.name ?? '', one?.pid);

/** A node's PostgreSQL is there and does nothing. */
export async function hangs(member: Member): Promise<Proof> {
  const pid = postgresOf(member);
  return (await soon(() => stateOf(pid) === 'T')) ? `${member.name}: process ${pid} is stopped` : undefined;
}

/** A node runs, and nobody gets through to it. */
export async function unreached(member: Member, passwords: Passwords): Promise<Proof> {
  const runs = !isGone(postgresOf(member)) && member.patroni.isRunning();
  const heard =
    (await answers(urlOf('postgres', passwords, member.port, 'postgres'))) ||
    (await says(member, 'primary')) ||
    (await says(member, 'replica'));
  return runs && !heard ? `${member.name} runs and answers nobody` : undefined;
}

/** One statement at a node itself. */
async function ask<T extends object>(member: Member, passwords: Passwords, words: string): Promise<T | undefined> {
  const url = urlOf('postgres', passwords, member.port, 'postgres');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000, query_timeout: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(words)).rows[0];
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const LOOK_MS = 20;
/**
 * How far the copies of a leader were behind at most, looked at until it is enough. Asked beside the wires and over one connection: over the
 * wires every look would be late itself, and too seldom to see what is behind for half a second at a time.
 * @param least milliseconds that the nearest of them must have been late
 * @param wait milliseconds after which it is given up
 */
export async function lagged(leader: Member, passwords: Passwords, least: number, wait: number): Promise<Proof> {
  const client = new pg.Client({
    connectionString: urlOf('postgres', passwords, leader.own, 'postgres'),
    query_timeout: 5000,
  });
  client.on('error', () => undefined);
  let [bytes, ms] = [0, 0];
  try {
    await client.connect();
    for (const end = performance.now() + wait; performance.now() < end && (ms < least || bytes <= 0); ) {
      const found = await client.query<{ bytes: string | null; ms: string | null }>(
        `select min(pg_wal_lsn_diff(pg_current_wal_flush_lsn(), flush_lsn)) as bytes,
           min(extract(epoch from flush_lag)) * 1000 as ms from pg_stat_replication`,
      );
      bytes = Math.max(bytes, Number(found.rows[0]?.bytes ?? 0));
      ms = Math.max(ms, Number(found.rows[0]?.ms ?? 0));
      await pause(LOOK_MS);
    }
  } catch {
    // it is none that leads any more: what was seen until then counts
  } finally {
    await client.end().catch(() => undefined);
  }
  return ms >= least && bytes > 0
    ? `the nearest copy was up to ${Math.round(ms)} ms and ${bytes} bytes behind`
    : undefined;
}

/** How far a node's clock is from this program's: seconds. */
async function aheadOf(member: Member, passwords: Passwords): Promise<number | undefined> {
  const said = await ask<{ at: string }>(member, passwords, 'select extract(epoch from clock_timestamp()) as at');
  return said && Number(said.at) - Temporal.Now.instant().epochMilliseconds / 1000;
}
/** How far the clock of a process of the house is from this program's: seconds, by the date of its answers. */
async function aheadAt(port: number): Promise<number | undefined> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  const [, day, month, year, time] =
    /, (\d+) (\w{3}) (\d{4}) ([\d:]+) GMT/.exec(answer?.headers.get('date') ?? '') ?? [];
  if (!month) return undefined;
  const n = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].indexOf(month) + 1;
  const at = Temporal.Instant.from(`${year}-${String(n).padStart(2, '0')}-${day}T${time}Z`);
  return (at.epochMilliseconds - Temporal.Now.instant().epochMilliseconds) / 1000;
}
const SLACK_S = 60;
/** The clocks of a node and of the house's processes show that they were moved. @param by seconds */
export async function clocksMoved(
  member: Member,
  passwords: Passwords,
  ports: readonly number[],
  by: number,
): Promise<Proof> {
  const isBy = (ahead: number | undefined) => ahead !== undefined && Math.abs(ahead - by) < SLACK_S;
  const all = async () => {
    const told = [await aheadOf(member, passwords), ...(await Promise.all(ports.map(aheadAt)))];
    return told.every(isBy);
  };
  return (await soon(all)) ? `clocks ${by > 0 ? '+' : '−'}${Math.abs(by) / 3600} h` : undefined;
}

const PIECE = Buffer.alloc(1024 * 1024);
const FULL = 'ENOSPC';
/** Fills a node's own disk until it answers that nothing fits any more. A folder on a disk of everybody's is left alone. */
export function fill(member: Member): Proof {
  const disk = path.join(member.folder, 'disk');
  if (statSync(disk).dev === statSync(member.folder).dev) return undefined;
  const file = openSync(balloonOf(member), 'w', 0o600);
  try {
    for (;;) writeSync(file, PIECE);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const { bavail, bsize, blocks } = statfsSync(disk);
    const left = bavail * bsize;
    return code === FULL && left < PIECE.length
      ? `${member.name}: ${FULL}, ${left} bytes of ${(blocks * bsize) / PIECE.length} MB left`
      : undefined;
  } finally {
    closeSync(file);
  }
}
/** Makes room again. */
export function empty(member: Member): void {
  if (existsSync(balloonOf(member))) unlinkSync(balloonOf(member));
}
const balloonOf = (member: Member): string => path.join(member.folder, 'disk/balloon');
