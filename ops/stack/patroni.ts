// Three nodes of PostgreSQL under Patroni, one of them copied synchronously, and the etcd in which they agree who leads. Each node reaches
// the others and etcd over wires of its own, so that it can be cut off as a whole.
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DATABASE, type Passwords } from './database.ts';
import { type Etcd, startEtcd } from './etcd.ts';
import { fileFor, folderFor, freePorts, PROGRAMS, postgresUser, type Running, run, start, until } from './programs.ts';
import { layWire, type Wire } from './wire.ts';

/** How long a leader that is heard of no more stays leader. Patroni wants ttl ≥ loop + 2 × retry. */
const TTL = { ttl: 6, loop_wait: 1, retry_timeout: 2 };
const DISK_MB = 1600;
const GUARD = path.resolve(import.meta.dirname, '../disk-guard.sh');

export type Member = {
  name: string;
  /** where its PostgreSQL itself listens, beside the wires */
  own: number;
  /** where others reach its PostgreSQL and Patroni: over its wires */
  port: number;
  api: number;
  folder: string;
  /** the file by which libfaketime moves its clock, where that is installed */
  clock: string;
  patroni: Running;
  wires: Wire[];
  start: () => void;
};
export type Cluster = {
  members: Member[];
  etcd: Etcd;
  leader: () => Promise<Member | undefined>;
  close: () => Promise<void>;
};

/** Debian's libfaketime, for programs with threads. */
export const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
/** What moves a program's clock by a file's word. Nothing where the library is not there. */
export const movable = (clock: string): NodeJS.ProcessEnv =>
  existsSync(FAKETIME)
    ? {
        LD_PRELOAD: FAKETIME,
        FAKETIME_TIMESTAMP_FILE: clock,
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        FAKETIME_CACHE_DURATION: '1',
        FAKETIME_NO_CACHE: '0',
      }
    : {};

function configOf(
  name: string,
  at: {
    folder: string;
    postgres: number;
    api: number;
    seen: { postgres: number; api: number; etcd: readonly number[] };
  },
  passwords: Passwords,
): string {
  return `scope: itsso
name: ${name}
restapi: { listen: '127.0.0.1:${at.api}', connect_address: '127.0.0.1:${at.seen.api}' }
etcd3: { hosts: [${at.seen.etcd.map((port) => `'127.0.0.1:${port}'`).join(', ')}], use_proxies: true }
bootstrap:
  dcs:
    ttl: ${TTL.ttl}
    loop_wait: ${TTL.loop_wait}
    retry_timeout: ${TTL.retry_timeout}
    master_start_timeout: 0
    synchronous_mode: true
    synchronous_mode_strict: true
    maximum_lag_on_failover: 1048576
    postgresql:
      use_pg_rewind: true
      remove_data_directory_on_rewind_failure: true
      remove_data_directory_on_diverged_timelines: true
      parameters:
        max_connections: 120
        wal_level: logical
        wal_keep_size: 512MB
        max_slot_wal_keep_size: 700MB
        hot_standby_feedback: 'on'
        max_wal_size: 128MB
        wal_sender_timeout: 5s
        wal_receiver_timeout: 5s
        wal_log_hints: 'on'
        synchronous_commit: 'on'
        timezone: UTC
        log_min_error_statement: panic
        log_parameter_max_length_on_error: 0
        log_error_verbosity: terse
        unix_socket_directories: ''
  initdb: [{ encoding: UTF8 }, { locale: C }, { lc-ctype: C.UTF-8 }, data-checksums]
postgresql:
  listen: '127.0.0.1:${at.postgres}'
  connect_address: '127.0.0.1:${at.seen.postgres}'
  data_dir: ${at.folder}/disk/data
  bin_dir: ${at.folder}/bin
  pgpass: ${at.folder}/pgpass
  pg_hba: ['host all all 127.0.0.1/32 scram-sha-256', 'host replication all 127.0.0.1/32 scram-sha-256']
  authentication:
    superuser: { username: postgres, password: '${passwords.postgres}' }
    replication: { username: replicator, password: '${passwords.itsso_queue}' }
tags: { clonefrom: true }
`;
}

// PostgreSQL's own programs, of which the server itself is started under a clock that can be moved
function binaries(folder: string, clock: string): void {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { mode: 0o755 });
  const from = path.dirname(PROGRAMS.postgres);
  for (const name of readdirSync(from))
    if (name !== 'postgres') symlinkSync(path.join(from, name), path.join(bin, name));
  const env = Object.entries(movable(clock)).map(([name, value]) => `${name}=${value}`);
  writeFileSync(path.join(bin, 'postgres'), `#!/bin/sh\nexec env ${env.join(' ')} ${PROGRAMS.postgres} "$@"\n`, {
    mode: 0o755,
  });
}

// a disk of its own, which can be full without the machine's being so
function disk(folder: string): boolean {
  const at = folderFor(path.join(folder, 'disk'));
  if (process.getuid?.() !== 0) return false;
  const { uid, gid } = postgresUser();
  run('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0700,uid=${uid},gid=${gid}`, 'itsso-state', at]);
  return true;
}

/** Brings three nodes up and waits until one leads and one of the others is its synchronous copy. */
export async function startCluster(folder: string, passwords: Passwords): Promise<Cluster> {
  const etcd = await startEtcd(folder);
  const mounted: string[] = [];
  const members: Member[] = [];
  const guards: Running[] = [];
  const close = async () => {
    for (const guard of guards) await guard.stop('SIGTERM', 1000);
    for (const { patroni } of members) await patroni.stop('SIGTERM', 20_000);
    for (const { folder: at } of members) killPostgres(at, 'SIGKILL');
    await etcd.close();
    for (const { wires } of members) for (const wire of wires) wire.close();
    for (const at of mounted) run('/usr/bin/umount', ['-l', at]);
  };
  const bringUp = async () => {
    for (const name of ['pg1', 'pg2', 'pg3']) {
      const at = folderFor(path.join(folder, name), 0o755);
      if (disk(at)) mounted.push(path.join(at, 'disk'));
      const [postgres = 0, api = 0] = await freePorts(2);
      const wires = await Promise.all(
        [postgres, api, ...etcd.nodes.map(({ client }) => client)].map((to) => layWire(to)),
      );
      const [seen = 0, told = 0, ...agreed] = wires.map((wire) => wire.port);
      const clock = fileFor(path.join(at, 'clock'), '+0\n');
      binaries(at, clock);
      const config = fileFor(
        path.join(at, 'patroni.yml'),
        configOf(name, { folder: at, postgres, api, seen: { postgres: seen, api: told, etcd: agreed } }, passwords),
      );
      const begin = () =>
        start(name, PROGRAMS.patroni, [config], {
          own: true,
          cwd: at,
          env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
        });
      const member: Member = {
        name,
        own: postgres,
        port: seen,
        api: told,
        folder: at,
        clock,
        patroni: begin(),
        wires,
        start: () => {
          member.patroni = begin();
        },
      };
      members.push(member);
      guards.push(
        start(`guard of ${name}`, '/bin/sh', [GUARD, path.join(at, 'disk'), `http://127.0.0.1:${api}`, name], {
          own: true,
        }),
      );
      // the first one makes the database, the others copy it
      if (name === 'pg1')
        await until('the first node leads', () => says(member, 'primary'), 60_000).catch(tell(member));
    }
    const synchronous = async () =>
      (await Promise.all(members.map((member) => says(member, 'synchronous')))).includes(true);
    await until('a synchronous copy', synchronous, 90_000);
  };
  try {
    await bringUp();
  } catch (error) {
    await close();
    throw error;
  }
  const leader = async () => {
    for (const member of members) if (await says(member, 'primary')) return member;
    return undefined;
  };
  return {
    members,
    etcd,
    leader,
    close,
  };
}
const tell = (member: Member) => (error: unknown) => {
  throw new Error(`${String(error)}\n${member.patroni.said().slice(-3000)}`);
};

/** Asks a node's Patroni, over its wire, whether it is this. */
export async function says(member: Member, what: 'primary' | 'replica' | 'synchronous'): Promise<boolean> {
  const asked = await fetch(`http://127.0.0.1:${member.api}/${what}`, { signal: AbortSignal.timeout(1500) }).catch(
    () => undefined,
  );
  return asked?.status === 200;
}

/**
 * Has Patroni keep a reader's place on whichever node leads: PostgreSQL itself carries a logical slot to no copy. Each copy starts once more
 * to get it. As docs/running.md tells a state to do before its relay subscribes.
 */
export async function keepPlace({ members }: Cluster, slot: string): Promise<void> {
  const told = await fetch(`http://127.0.0.1:${members[0]?.api}/config`, {
    method: 'PATCH',
    body: JSON.stringify({ slots: { [slot]: { type: 'logical', database: DATABASE, plugin: 'pgoutput' } } }),
  });
  if (!told.ok) throw new Error(`Patroni took no slot: ${told.status} ${await told.text()}`);
  await until(
    `two copies that can go on with ${slot}`,
    () => members.filter(({ patroni }) => patroni.said().includes(`slot ${slot} is safe`)).length >= 2,
    90_000,
  );
}

/** A signal to a node's own PostgreSQL, found by the id that it wrote down itself. */
export function killPostgres(folder: string, signal: NodeJS.Signals): void {
  const file = path.join(folder, 'disk/data/postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const children = existsSync(`/proc/${pid}/task/${pid}/children`)
    ? readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(/\s+/).filter(Boolean).map(Number)
    : [];
  for (const one of [pid, ...children]) {
    try {
      process.kill(one, signal);
    } catch {
      // it was quicker
    }
  }
}
