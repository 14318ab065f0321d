// Backups of the embedded database: taken while it runs, sealed, brought back to any second, and tried.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fileComplaint } from '#casework';
import {
  act,
  closeDatabase,
  enrolHouse,
  house,
  migrate,
  nobody,
  openDatabase,
  openKeys,
  openSecrets,
  type Postgres,
  startPostgres,
} from '#foundation';
import { complaintForm } from '#intake';
import { seedPractice } from '#posts';
import { someComplaint } from '../e2e/complaint.ts';
import { drill } from '../server/backup/drill.ts';
import { takeBase } from '../server/backup/base.ts';
import { restoreDatabase } from '../server/backup/restore.ts';
import { backups, get, names, prune, put, type Vault } from '../server/backup/store.ts';
import { seal, unseal } from '../server/backup/vault.ts';
import { sealWal } from '../server/backup/wal.ts';
import { metricsText } from '../server/metrics.ts';

const KILLED = `const [vault, owner, folder] = JSON.parse(process.argv[1]);
const { takeBase } = await import('./server/backup/base.ts');
await takeBase({ ...vault, keys: vault.keys.map((key) => Buffer.from(key, 'base64')) }, owner, folder);`;
const CANARY = 'कमला-की-बात-7421';
let folder: string;
let vault: Vault;
let server: Postgres;
let live: pg.Client;
const owner = () => ({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' });
const spool = () => path.join(folder, 'log');
const write = (word: string) => live.query('insert into word (said) values ($1)', [word]);
const now = async () =>
  Temporal.Instant.from(
    (
      await live.query<{ at: string }>(
        `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
      )
    ).rows[0]?.at ?? '',
  );
async function wordsIn(at: Postgres): Promise<string[]> {
  const client = new pg.Client({ host: at.host, port: at.port, user: at.superuser, database: 'postgres' });
  await client.connect();
  const { rows } = await client.query<{ said: string }>('select said from word order by n');
  await client.end();
  await at.stop();
  return rows.map(({ said }) => said);
}
/** Everything written so far is in the store. */
async function layBy(): Promise<void> {
  const { rows } = await live.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name');
  for (let tries = 0; tries < 400; tries++) {
    await sealWal(vault, spool());
    if (readdirSync(path.join(vault.folder, 'wal')).includes(rows[0]?.name ?? '')) return;
    await pause(50);
  }
  throw new Error('the log was not laid by');
}

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-backup-');
  chmodSync(folder, 0o755);
  vault = { folder: path.join(folder, 'store'), keys: [randomBytes(32)] };
  // durable enough to be backed up and killed by nobody: what is tested here is not the disk
  server = await startPostgres(path.join(folder, 'db'), {
    archiveTo: spool(),
    settings: { fsync: 'off', autovacuum: 'off' },
  });
  live = new pg.Client(owner());
  await live.connect();
  await live.query('create table word (n serial primary key, said text not null)');
});
afterAll(async () => {
  await live?.end();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bytes = async (source: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(source));
async function* of(...parts: Buffer[]) {
  for (const part of parts) yield part;
}

test('what is sealed opens with its key and under its name, in any length; not one byte of it may be changed, lost or moved', async () => {
  for (const length of [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20]) {
    const plain = randomBytes(length);
    const closed = await bytes(seal(vault.keys, 'a', of(plain)));
    expect((await bytes(unseal(vault.keys, 'a', of(closed)))).equals(plain), `${length}`).toBe(true);
    for (const broken of [
      closed.subarray(0, -1),
      closed.subarray(0, Math.max(24, closed.length - (1 << 20) - 16)),
      Buffer.concat([closed.subarray(0, 30), Buffer.from([closed[30]! ^ 1]), closed.subarray(31)]),
      Buffer.concat([closed, Buffer.from([0])]),
    ])
      await expect(bytes(unseal(vault.keys, 'a', of(broken))), `${length}`).rejects.toThrow();
    await expect(bytes(unseal(vault.keys, 'b', of(closed)))).rejects.toThrow('changed');
    await expect(bytes(unseal([randomBytes(32)], 'a', of(closed)))).rejects.toThrow('changed');
  }
});

test('two that seal the log at once, the house and a backup beside it, leave each segment whole', async () => {
  const laid = path.join(folder, 'laid');
  mkdirSync(laid);
  const segments = new Map(
    Array.from({ length: 12 }, (_, n) => [`0000000900000000000000${String(n).padStart(2, '0')}`, randomBytes(400_000)]),
  );
  for (const [name, bytes] of segments) writeFileSync(path.join(laid, name), bytes);
  const apart = { folder: path.join(folder, 'two'), keys: vault.keys };
  const sealed = await Promise.all([sealWal(apart, laid), sealWal(apart, laid), sealWal(apart, laid)]);
  expect(sealed.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(segments.size);
  expect(readdirSync(laid)).toEqual([]);
  expect(readdirSync(path.join(apart.folder, 'wal')).sort()).toEqual([...segments.keys()].sort());
  for (const [name, bytes] of segments)
    expect(Buffer.concat(await Array.fromAsync(get(apart, `wal/${name}`))).equals(bytes), name).toBe(true);
});

test('a backup taken while somebody writes comes back whole, and to the second that is asked for: A there, B not', async () => {
  await write(CANARY);
  let over = false;
  const writer = (async () => {
    const busy = new pg.Client(owner());
    await busy.connect();
    await busy.query('create table noise (n int)');
    for (let n = 0; !over; n++) await busy.query('insert into noise values ($1)', [n]);
    await busy.end();
  })();
  const { files } = await takeBase(vault, owner(), server.folder);
  over = true;
  await writer;
  expect(files.length).toBeGreaterThan(500);
  await write('A');
  const between = await now();
  await pause(20);
  await write('B');
  await layBy();

  const whole = await restoreDatabase(vault, path.join(folder, 'whole/db'));
  expect(await wordsIn(whole.server)).toEqual([CANARY, 'A', 'B']);
  const then = await restoreDatabase(vault, path.join(folder, 'then/db'), between);
  expect(await wordsIn(then.server)).toEqual([CANARY, 'A']);
  const late = await restoreDatabase(vault, path.join(folder, 'late/db'), (await now()).add({ seconds: 1 }));
  expect(await wordsIn(late.server)).toEqual([CANARY, 'A', 'B']);
  await expect(restoreDatabase(vault, path.join(folder, 'early/db'), between.subtract({ hours: 1 }))).rejects.toThrow(
    'no backup from before',
  );
  await expect(restoreDatabase(vault, path.join(folder, 'then/db'))).rejects.toThrow('not empty');
});

test('two backups at once are taken one after the other', async () => {
  const taken = await Promise.all([takeBase(vault, owner(), server.folder), takeBase(vault, owner(), server.folder)]);
  const [first, second] = taken.toSorted((one, other) => (one.began_at < other.began_at ? -1 : 1));
  expect(Temporal.Instant.compare(second?.began_at ?? '', first?.ended_at ?? '')).toBeGreaterThan(0);
  for (const { id } of taken) rmSync(path.join(vault.folder, 'base', id), { recursive: true });
});

test('a backup that is killed in its middle leaves no slot that would keep the log from going, and no half backup', async () => {
  const before = backups(vault);
  const slots = async () => (await live.query('select slot_name from pg_replication_slots')).rows.length;
  const args = JSON.stringify([
    { folder: vault.folder, keys: [vault.keys[0].toString('base64')] },
    owner(),
    server.folder,
  ]);
  const child = spawn(process.execPath, ['--input-type=module', '-e', KILLED, args], { stdio: 'inherit' });
  const gone = once(child, 'exit');
  await expect.poll(slots, { interval: 5, timeout: 20_000 }).toBe(1);
  child.kill('SIGKILL');
  expect(await gone).toEqual([null, 'SIGKILL']);
  await expect.poll(slots, { timeout: 10_000 }).toBe(0);
  expect(backups(vault)).toEqual(before);
  for (const id of names(vault, 'base'))
    if (!before.includes(id)) rmSync(path.join(vault.folder, 'base', id), { recursive: true });
});

test('nothing of what was written stands in the store in the clear', () => {
  for (const entry of readdirSync(vault.folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      expect(readFileSync(path.join(entry.parentPath, entry.name)).includes(CANARY), entry.name).toBe(false);
});

test('a backup in which one byte was changed is refused, and none is taken for another', async () => {
  const [id = ''] = backups(vault);
  const broken: Vault = { ...vault, folder: path.join(folder, 'broken') };
  cpSync(vault.folder, broken.folder, { recursive: true });
  const file = path.join(broken.folder, 'base', id, 'files');
  const all = readFileSync(file);
  all[all.length >> 1]! ^= 1;
  writeFileSync(file, all);
  await expect(restoreDatabase(broken, path.join(folder, 'bad/db'))).rejects.toThrow(
    /changed|incorrect|unexpected end/,
  );
});

test('the drill brings a house back, holds it against the running one, and says what is not the same', async () => {
  await live.query('create database house');
  const at = { host: server.host, port: server.port, database: 'house' };
  const as = { ...at, user: server.superuser };
  openKeys({ folder: path.join(folder, 'keys') });
  await migrate({ owner: as, queue: at });
  const client = new pg.Client(as);
  await client.connect();
  await enrolHouse(client);
  await openSecrets(client);
  openDatabase(at, 2);
  await act(house(), 'posts.seed', async (h) => {
    await seedPractice(h);
  });
  await act(nobody, 'intake.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  // a place kept for a copy that is not connected keeps the log: it is told as long as it is there
  await live.query(`select pg_create_physical_replication_slot('second_site', true)`);
  expect(await metricsText(true)).toContain('itsso_slot_disconnected{slot="second_site"} 1');
  await live.query(`select pg_drop_replication_slot('second_site')`);
  expect(await metricsText(true)).not.toContain('second_site');
  await closeDatabase();
  // what was done is older than the seconds that are left out of the comparison
  await client.query(
    `alter table foundation.ledger disable trigger user; update foundation.ledger set recorded_at = recorded_at - interval '1 minute'`,
  );
  await client.query(`update intake.complaint set recorded_at = recorded_at - interval '1 minute'`);
  await takeBase(vault, owner(), server.folder);
  const found = await drill(vault, as, path.join(folder, 'drill'));
  expect(found).toMatchObject({ wrong: [], complaints: 1, keys: 2 });
  expect(found.indexes).toBeGreaterThan(200);
  expect(found.ledger).toBeGreaterThan(1);
  expect(existsSync(path.join(folder, 'drill'))).toBe(false);

  // somebody takes a row out of the running house's ledger; and the key is lost
  await client.query('delete from foundation.ledger where id = (select id from foundation.ledger limit 1)');
  openKeys({ key: randomBytes(32).toString('base64') });
  const { wrong } = await drill(vault, as, path.join(folder, 'drill'));
  expect(wrong.map((one) => one.replace(/\d+/g, 'N').split(':')[0])).toEqual([
    'N keys that the house’s key does not open',
    'ledger',
    'ledger_hash',
  ]);
  await client.end();
}, 180_000);

test('the newest backups are kept, and of the log what they need', async () => {
  await put(vault, 'wal/000000010000000000000001', of(Buffer.from('long ago')));
  const [broken = '', being = ''] = ['broken', 'being'].map((name) => path.join(vault.folder, `wal/${name}.part`));
  for (const part of [broken, being]) writeFileSync(part, 'half');
  utimesSync(broken, 1, 1);
  await takeBase(vault, owner(), server.folder);
  expect(backups(vault)).toHaveLength(3);
  expect(await prune(vault, 1)).toEqual({ gone: 2, shut: [] });
  expect(backups(vault)).toHaveLength(1);
  await expect(bytes(get(vault, 'wal/000000010000000000000001'))).rejects.toThrow();
  expect([broken, being].map((part) => existsSync(part))).toEqual([false, true]);
  const restored = await restoreDatabase(vault, path.join(folder, 'newest/db'));
  expect(await wordsIn(restored.server)).toEqual([CANARY, 'A', 'B']);
});
