// Programs of Debian that a state runs beside the house: found, started as the user they want, heard, ended by their own id.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Where Debian 12 puts them. */
export const PROGRAMS = {
  postgres: '/usr/lib/postgresql/15/bin/postgres',
  initdb: '/usr/lib/postgresql/15/bin/initdb',
  pgbouncer: '/usr/sbin/pgbouncer',
  haproxy: '/usr/sbin/haproxy',
  etcd: '/usr/bin/etcd',
  patroni: '/usr/bin/patroni',
  pgbackrest: '/usr/bin/pgbackrest',
} as const;
export type Program = keyof typeof PROGRAMS;

/** The packages of Debian that are not here. */
export const missing = (wanted: readonly Program[]): Program[] => wanted.filter((name) => !existsSync(PROGRAMS[name]));

/** PostgreSQL, PgBouncer and Patroni refuse to run as root: as root they run as Debian's user postgres. */
export const postgresUser = (): { uid?: number; gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((text) => text.split(':'))
    .find(([name]) => name === 'postgres');
  if (!line) throw new Error('there is no user "postgres": install postgresql-15');
  return { uid: Number(line[2]), gid: Number(line[3]) };
};

/** A folder of its own for a run, which the database's user can reach. */
export function ground(): string {
  const folder = mkdtempSync('/tmp/itsso-state-');
  chmodSync(folder, 0o755);
  return folder;
}
/** A folder that belongs to the database's user. */
export function folderFor(folder: string, mode = 0o700): string {
  mkdirSync(folder, { recursive: true, mode });
  const { uid, gid } = postgresUser();
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}
/** A file with passwords in it: for the database's user alone. */
export function fileFor(file: string, text: string): string {
  writeFileSync(file, text, { mode: 0o600 });
  const { uid, gid } = postgresUser();
  if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid);
  return file;
}

// below those that the machine itself gives to connections: none of these takes one before whoever asked for it listens there
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;

/** Ports that nobody uses now, all different. */
export async function freePorts(many: number): Promise<number[]> {
  const servers = new Map<number, net.Server>();
  while (servers.size < many) {
    const [server, port] = [net.createServer(), randomInt(LOWEST_PORT, HIGHEST_PORT)];
    const is_free = new Promise<boolean>((says) => {
      server.once('error', () => says(false));
      server.listen(port, '127.0.0.1', () => says(true));
    });
    if (await is_free) servers.set(port, server);
  }
  await Promise.all([...servers.values()].map((server) => new Promise((closed) => server.close(closed))));
  return [...servers.keys()];
}

export type Running = {
  name: string;
  pid: number;
  /** everything it has said */
  said: () => string;
  isRunning: () => boolean;
  /** its exit code, when it has ended; null after a signal */
  ended: Promise<number | null>;
  signal: (signal: NodeJS.Signals) => void;
  /** asks it to end, and waits; after `patience` milliseconds it is killed */
  stop: (signal?: NodeJS.Signals, patience?: number) => Promise<void>;
};

/** Starts one program in the foreground. @param as.own runs as the database's user */
export function start(
  name: string,
  file: string,
  args: readonly string[],
  as: { own?: boolean; env?: NodeJS.ProcessEnv; cwd?: string } = {},
): Running {
  const child: ChildProcess = spawn(file, args, {
    ...(as.own ? postgresUser() : {}),
    cwd: as.cwd ?? '/',
    env: as.env ?? { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (text: unknown) => {
    said = (said + String(text)).slice(-2_000_000);
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  child.on('error', hear);
  const isRunning = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  const ended = new Promise<number | null>((done) => child.once('close', done));
  return {
    name,
    pid: child.pid ?? 0,
    said: () => said,
    isRunning,
    ended,
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM', patience = 30_000) => {
      if (!isRunning()) return;
      child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), patience);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Runs one program to its end. @throws Error with what it said when it fails */
export function run(
  file: string,
  args: readonly string[],
  as: { own?: boolean; env?: NodeJS.ProcessEnv } = {},
): string {
  const done = spawnSync(file, args, {
    ...(as.own ? postgresUser() : {}),
    encoding: 'utf8',
    cwd: '/',
    env: as.env ?? { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8' },
  });
  if (done.status !== 0) throw new Error(`${path.basename(file)}: ${done.stdout}${done.stderr}${done.error ?? ''}`);
  return done.stdout;
}

/** Waits until it is so. @param most milliseconds @throws Error naming what did not come */
export async function until(what: string, is: () => Promise<boolean> | boolean, most = 180_000): Promise<void> {
  for (const end = performance.now() + most; performance.now() < end; await pause(50)) {
    if (await Promise.resolve(is()).catch(() => false)) return;
  }
  throw new Error(`did not come: ${what}`);
}

export const discard = (folder: string): void => rmSync(folder, { recursive: true, force: true });
