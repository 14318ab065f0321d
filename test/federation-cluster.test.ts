// A state's three nodes under Patroni, its relay beside them: the leader hands over, is killed, and is killed while the relay knows more than the
// copies do. Every fact written before, during and after is at the relay, once. Programs of Debian; `npm run test:long` only.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '#foundation';
import { DATABASE, drawPasswords, prepare, urlOf } from '../ops/stack/database.ts';
import { type Cluster, keepPlace, killPostgres, type Member, says, startCluster } from '../ops/stack/patroni.ts';
import { startProxy } from '../ops/stack/front.ts';
import { freePorts, missing, type Running } from '../ops/stack/programs.ts';
import { publish, standing, subscribe } from '../cli/federation.ts';
import { end, relayAt, rows, type Side } from './federation-sides.ts';

const SLOT = 'itsso_in_up';
const passwords = drawPasswords();
let folder: string;
let cluster: Cluster;
let proxy: Running;
let relay: Side;
let from: string;
let serial = 0;

async function until(what: string, is: () => Promise<boolean>, seconds = 60): Promise<void> {
  for (let tries = 0; tries < seconds * 10; tries++, await pause(100)) if (await is().catch(() => false)) return;
  throw new Error(
    `did not come: ${what}\n${cluster.members.map((one) => one.patroni.said().slice(-1500)).join('\n--\n')}`,
  );
}
const leader = async (): Promise<Member> => {
  const one = await cluster.leader();
  if (!one) throw new Error('nobody leads');
  return one;
};
/** A statement at one node as its superuser, given up after some seconds. */
async function at<T extends pg.QueryResultRow>(
  { port }: Member,
  text: string,
  values: unknown[] = [],
  most = 8000,
): Promise<T[]> {
  const client = new pg.Client({
    connectionString: urlOf('postgres', passwords, port),
    connectionTimeoutMillis: 3000,
    query_timeout: most,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
const FACT = `insert into published.case_fact (case_key, source, unit, groups, basis, recorded_on, due_on, reopened)
  values ($1, 'here', 'in.up.lucknow.x.y.z', '{rape}', 'law', '2026-01-10', '2026-03-10', 0) on conflict do nothing`;
/** Tells a fact until it is acknowledged, as whoever sends again does. */
async function tell(): Promise<void> {
  const key = `in.up.lucknow.x.y.z/2026/${++serial}`;
  await until(`fact ${serial} is told`, async () => (await at(await leader(), FACT, [key])).length === 0);
}
async function tellThrough(work: () => Promise<unknown>): Promise<void> {
  let going = true;
  const telling = (async () => {
    while (going) {
      await tell();
      await pause(30);
    }
  })();
  try {
    await work();
  } finally {
    going = false;
    await telling;
  }
}
const SHARED = `select s::text as row from published.shared s where state = 'in.up' order by id`;
const same = async () => JSON.stringify(await at(await leader(), SHARED)) === JSON.stringify(await rows(relay, SHARED));
/** The same rows on both sides, none missing, and none written twice at the relay since. */
async function eachOnce(): Promise<void> {
  await until('all of it at the relay', same);
  expect(await rows(relay, SHARED)).toHaveLength(serial);
  expect(await rows(relay, `select id from written where what = 'INSERT' group by id having count(*) > 1`)).toEqual([]);
}
const threeAgain = () =>
  until(
    'three nodes, a synchronous copy, and the place on both copies',
    async () => {
      const leads = await leader();
      const others = cluster.members.filter((one) => one !== leads);
      const well = await Promise.all(others.map((one) => says(one, 'replica')));
      const there = await Promise.all(
        others.map((one) => at(one, 'select from pg_replication_slots where slot_name = $1', [SLOT])),
      );
      const synchronous = await Promise.all(others.map((one) => says(one, 'synchronous')));
      return well.every(Boolean) && synchronous.includes(true) && there.every((found) => found.length === 1);
    },
    120,
  );

describe.runIf(process.env.ITSSO_LONG)('a state under Patroni (needs ITSSO_LONG)', () => {
  beforeAll(async () => {
    const absent = missing(['postgres', 'initdb', 'etcd', 'patroni', 'haproxy']);
    if (absent.length)
      throw new Error(`not here: ${absent.join(', ')}. apt-get install patroni etcd-server haproxy postgresql-15`);
    folder = mkdtempSync('/tmp/itsso-cluster-');
    chmodSync(folder, 0o755);
    cluster = await startCluster(folder, passwords);
    const { port } = await leader();
    await prepare(port, passwords);
    await migrate({
      owner: { connectionString: urlOf('postgres', passwords, port) },
      queue: { connectionString: urlOf('itsso_queue', passwords, port) },
    });
    await at(
      await leader(),
      `create role itsso_relay login replication password '${passwords.itsso_app}' in role itsso_nation inherit`,
    );
    await keepPlace(cluster, SLOT);
    await publish({ connectionString: urlOf('postgres', passwords, port) }, 'in.up');
    relay = await relayAt(folder, 'relay');
    await relay.owner.query(`create table written (what text, id uuid);
      create function note() returns trigger language plpgsql as $$ begin insert into public.written values (tg_op, coalesce(new.id, old.id)); return null; end $$;
      create trigger note after insert or update or delete on published.shared for each row execute function note();
      alter table published.shared enable always trigger note`);
    const [entrance = 0] = await freePorts(1);
    proxy = startProxy(path.join(folder, 'proxy'), { relay: { port: entrance, nodes: cluster.members } });
    from = `host=127.0.0.1 port=${entrance} dbname=${DATABASE} user=itsso_relay password=${passwords.itsso_app} sslmode=disable`;
    await threeAgain();
    await until('the relay reaches the leader', async () => {
      const way = { ...(await leader()), port: entrance };
      return (await at(way, 'select 1')).length === 1;
    });
    await tell();
    await subscribe(relay.to, 'in.up', from);
  }, 400_000);
  afterAll(async () => {
    await end(relay).catch(() => undefined);
    await proxy?.stop();
    await cluster?.close();
    rmSync(folder, { recursive: true, force: true });
  }, 120_000);

  test('an orderly switchover: the place goes along', async () => {
    const old = await leader();
    await tellThrough(async () => {
      await pause(1000);
      const handed = await fetch(`http://127.0.0.1:${old.api}/switchover`, {
        method: 'POST',
        body: JSON.stringify({ leader: old.name }),
      });
      expect(handed.status, await handed.text()).toBe(200);
      await until('another leads', async () => (await leader()) !== old);
      await pause(2000);
    });
    expect(old.patroni.said()).not.toContain(`Dropped unknown replication slot '${SLOT}'`);
    await eachOnce();
    await threeAgain();
    // now and then PostgreSQL 15 has no snapshot to give, and is asked again
    for (let n = 0; n < 10; n++)
      expect(await subscribe(relay.to, 'in.up', from)).toMatchObject({ changed: 0, went: 0 });
  }, 240_000);

  test('the leader is killed: what is written after arrives as before', async () => {
    const old = await leader();
    await tellThrough(async () => {
      await pause(1000);
      old.patroni.signal('SIGKILL');
      killPostgres(old.folder, 'SIGKILL');
      await until('another leads', async () => (await leader()) !== old);
      await pause(2000);
    });
    old.start();
    await threeAgain();
    // as docs/running.md says after a leader that did not hand over
    await subscribe(relay.to, 'in.up', from);
    await tell();
    await eachOnce();
  }, 240_000);

  test('the leader is killed while the relay knows a fact that no copy has: taken up again, it is gone and nothing else', async () => {
    const old = await leader();
    // the copies hear nothing more; what is written waits for them, and the relay has it already
    const copies = cluster.members.filter((one) => one !== old);
    for (const one of copies) killPostgres(one.folder, 'SIGSTOP');
    const lost = await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) => at(old, FACT, [`in.up.lucknow.x.y.z/2026/never-${n}`], 1500)),
    );
    expect(lost.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    await until('the relay has them', async () => (await rows(relay, SHARED)).length === serial + 5);
    old.patroni.signal('SIGKILL');
    killPostgres(old.folder, 'SIGKILL');
    // killed where they stand: what lay ready for them is lost, as on a line that was cut
    for (const one of copies) killPostgres(one.folder, 'SIGKILL');
    await until('another leads', async () => (await leader()) !== old);
    old.start();
    for (let n = 0; n < 5; n++) await tell();
    await threeAgain();
    expect(await subscribe(relay.to, 'in.up', from)).toMatchObject({ went: 5 });
    await tell();
    await eachOnce();
    expect((await standing(relay.to)).arrives).toMatchObject([{ name: SLOT, runs: true }]);
  }, 240_000);

  test('without any copy the relay confirms no write: it is cut off, nothing is acknowledged, and it comes back with the copies', async () => {
    const leads = await leader();
    const copies = cluster.members.filter((one) => one !== leads);
    for (const one of copies) killPostgres(one.folder, 'SIGSTOP');
    const readers = () => at(leads, `select 1 from pg_stat_replication where application_name = '${SLOT}'`);
    await until('the relay is cut off', async () => (await readers()).length === 0);
    // the relay tries again every five seconds
    for (let n = 0; n < 4; n++) {
      const key = `in.up.lucknow.x.y.z/2026/${++serial}`;
      await expect(at(leads, FACT, [key], 3000), `try ${n}`).rejects.toThrow('timeout');
    }
    for (const one of copies) killPostgres(one.folder, 'SIGCONT');
    await threeAgain();
    await until('the relay is back', async () => (await readers()).length === 1);
    await tell();
    await eachOnce();
  }, 240_000);
});
