// The same search by others, where they are installed: Redis GEOSEARCH and PostGIS KNN on the very same vehicles and places. Both are started
// here, on a socket in a folder of their own, and ended again.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';

export type Spot = { id: string; lat: number; lon: number };
export type Place = { lat: number; lon: number };
/** Milliseconds of each search, and positions taken a second; undefined: not installed. */
export type Measured = { searches: number[]; updates: number } | undefined;

const REDIS = '/usr/bin/redis-server';
const POSTGRES = '/usr/lib/postgresql/15/bin';
const POSTGIS = '/usr/share/postgresql/15/extension/postgis.control';
const ONE_BATCH = 500;
const WITHIN_KM = 120;

const waitFor = async (ready: () => Promise<unknown>): Promise<void> => {
  for (let tries = 0; ; tries++) {
    try {
      await ready();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((go) => setTimeout(go, 100));
    }
  }
};
const ended = (child: ChildProcess): Promise<void> => new Promise((done) => child.once('exit', () => done()));
function folder(): string {
  const made = mkdtempSync('/tmp/itsso-beside-');
  chmodSync(made, 0o777);
  return made;
}

/** A connection to Redis that counts answers: enough to wait for as many as were asked. */
class Redis {
  readonly #socket: net.Socket;
  #waiting: (() => void)[] = [];
  private constructor(socket: net.Socket) {
    this.#socket = socket;
    let heard = '';
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      heard += part;
      for (let end = endOf(heard, 0); end > 0; end = endOf(heard, 0)) {
        heard = heard.slice(end);
        this.#waiting.shift()?.();
      }
    });
  }
  static open(at: string): Promise<Redis> {
    return new Promise((done, failed) => {
      const socket = net.connect(at);
      socket.once('connect', () => done(new Redis(socket)));
      socket.once('error', failed);
    });
  }
  ask(...words: string[]): Promise<void> {
    this.#socket.write(`*${words.length}\r\n${words.map((w) => `$${Buffer.byteLength(w)}\r\n${w}\r\n`).join('')}`);
    return new Promise((done) => this.#waiting.push(done));
  }
  end(): void {
    this.#socket.destroy();
  }
}
// where an answer of the protocol ends; 0 while it is not whole
function endOf(text: string, from: number): number {
  const line = text.indexOf('\r\n', from);
  if (line < 0) return 0;
  const n = Number(text.slice(from + 1, line));
  if (text[from] === '$') {
    if (n < 0) return line + 2;
    return text.length >= line + 4 + n ? line + 4 + n : 0;
  }
  if (text[from] !== '*') return line + 2;
  let at = line + 2;
  for (let item = 0; item < n; item++) {
    at = endOf(text, at);
    if (at === 0) return 0;
  }
  return at;
}

/** Redis: each position by GEOADD in batches, each search by GEOSEARCH … BYRADIUS … COUNT. */
export async function byRedis(spots: readonly Spot[], places: readonly Place[], most: number): Promise<Measured> {
  if (!existsSync(REDIS)) return undefined;
  const home = folder();
  const socket = path.join(home, 'redis.sock');
  const child = spawn(
    REDIS,
    ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', home],
    {
      stdio: 'ignore',
    },
  );
  try {
    let found: Redis | undefined;
    await waitFor(async () => {
      found = await Redis.open(socket);
    });
    const redis = found as Redis;
    const started = performance.now();
    for (let from = 0; from < spots.length; from += ONE_BATCH) {
      const words = spots.slice(from, from + ONE_BATCH).flatMap(({ id, lat, lon }) => [`${lon}`, `${lat}`, id]);
      await redis.ask('GEOADD', 'fleet', ...words);
    }
    const updates = Math.round(spots.length / ((performance.now() - started) / 1000));
    const searches: number[] = [];
    for (const { lat, lon } of places) {
      const asked = performance.now();
      await redis.ask(
        'GEOSEARCH',
        'fleet',
        'FROMLONLAT',
        `${lon}`,
        `${lat}`,
        'BYRADIUS',
        `${WITHIN_KM}`,
        'km',
        'ASC',
        'COUNT',
        `${most}`,
      );
      searches.push(performance.now() - asked);
    }
    redis.end();
    return { searches, updates };
  } finally {
    child.kill('SIGTERM');
    await ended(child);
    rmSync(home, { recursive: true, force: true });
  }
}

/** PostGIS: a geography column with a GiST index, each position by a batched upsert, each search by `<->`. */
export async function byPostgis(spots: readonly Spot[], places: readonly Place[], most: number): Promise<Measured> {
  if (!existsSync(POSTGIS)) return undefined;
  const home = folder();
  const as = process.getuid?.() === 0 ? { uid: ownerOf('postgres'), gid: ownerOf('postgres', '-g') } : {};
  const db = path.join(home, 'db');
  execFileSync(path.join(POSTGRES, 'initdb'), ['-D', db, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8'], {
    stdio: 'ignore',
    ...as,
  });
  const child = spawn(
    path.join(POSTGRES, 'postgres'),
    ['-D', db, '-k', home, '-c', 'listen_addresses=', '-p', '5432'],
    {
      stdio: 'ignore',
      ...as,
    },
  );
  const client = new pg.Client({ host: home, port: 5432, user: 'postgres', database: 'postgres' });
  try {
    await waitFor(async () => {
      const probe = new pg.Client({ host: home, port: 5432, user: 'postgres', database: 'postgres' });
      await probe.connect();
      await probe.end();
    });
    await client.connect();
    await client.query('create extension postgis');
    await client.query('create table fleet (id uuid primary key, at geography(point) not null)');
    await client.query('create index on fleet using gist (at)');
    const started = performance.now();
    for (let from = 0; from < spots.length; from += ONE_BATCH) {
      const part = spots.slice(from, from + ONE_BATCH);
      await client.query(
        `insert into fleet select i, st_point(x, y)::geography from unnest($1::uuid[], $2::float8[], $3::float8[]) u (i, x, y)
         on conflict (id) do update set at = excluded.at`,
        [part.map(({ id }) => id), part.map(({ lon }) => lon), part.map(({ lat }) => lat)],
      );
    }
    const updates = Math.round(spots.length / ((performance.now() - started) / 1000));
    await client.query('analyze fleet');
    const searches: number[] = [];
    for (const { lat, lon } of places) {
      const asked = performance.now();
      await client.query({
        name: 'nearest',
        text: 'select id, at <-> st_point($1, $2)::geography as m from fleet order by at <-> st_point($1, $2)::geography limit $3',
        values: [lon, lat, most],
      });
      searches.push(performance.now() - asked);
    }
    return { searches, updates };
  } finally {
    await client.end().catch(() => undefined);
    child.kill('SIGINT');
    await ended(child);
    rmSync(home, { recursive: true, force: true });
  }
}
const ownerOf = (user: string, which = '-u'): number => Number(execFileSync('id', [which, user], { encoding: 'utf8' }));
