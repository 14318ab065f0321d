// `npm run faults -- --seed=N`: a state's servers on one machine, complaints and alarms going in at the street, and one fault after another.
// Counts what was acknowledged and is not there, or there twice, and how long nobody could write. Faults are described in docs/reliability.md.
import { appendFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { drawPasswords, prepare, urlOf } from './stack/database.ts';
import { startPool, startProxy } from './stack/front.ts';
import { furnishUnits } from './stack/furnish.ts';
import { count, type Journal, senders } from './stack/journal.ts';
import { command, drawKey, ready, startGateway, startHouseProcess, type Ways } from './stack/house.ts';
import { killPostgres, type Member, movable, says, startCluster } from './stack/patroni.ts';
import { ensureBuilt } from '../server/build.ts';
import { discard, fileFor, freePorts, ground, missing, type Running, run, until } from './stack/programs.ts';

const SETTLE_MS = 12_000;
const MOST_DOWN_MS = 60_000;
const ask = (name: string, otherwise: string) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const seed = Number(ask('seed', '1'));

// the same seed draws the same faults in the same order (mulberry32)
let state = seed >>> 0;
function draw(below: number): number {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % below;
}
function shuffled<T>(list: readonly T[]): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(draw(rest.length), 1)[0] as T);
}

type Fault = {
  name: string;
  /** @returns when it struck (performance.now), where something went before it that only makes it worse */
  strike: (leader: Member, others: Member[]) => Promise<unknown>;
  mend: (struck: Member) => Promise<void>;
};
const nothing = async () => undefined;

// what was begun is ended in the opposite order, whatever happens in between
const ends: (() => unknown)[] = [];
const begin = (one: Running) => {
  ends.push(() => one.stop('SIGTERM', 5000));
  return one;
};

async function main(): Promise<void> {
  const absent = missing(['postgres', 'initdb', 'pgbouncer', 'haproxy', 'etcd', 'patroni']);
  if (absent.length)
    throw new Error(
      `not here: ${absent.join(', ')}. apt-get install patroni etcd-server haproxy pgbouncer postgresql-15`,
    );
  // once, before several processes would each begin it
  ensureBuilt();
  const folder = ground();
  ends.push(() => discard(folder));
  const gateway = await startGateway();
  ends.push(() => gateway.close());
  const passwords = drawPasswords();
  const [pool = 0, direct = 0, street = 0, web1 = 0, web2 = 0, work1 = 0, work2 = 0] = await freePorts(7);
  const ways: Ways = {
    passwords,
    pool,
    direct,
    street,
    sms: gateway.url,
    data: path.join(folder, 'house'),
    key: drawKey(),
  };
  console.log(`seed ${seed}: etcd, three nodes, HAProxy, PgBouncer, two web and two worker processes …`);
  const cluster = await startCluster(folder, passwords);
  ends.push(cluster.close);
  begin(
    startProxy(path.join(folder, 'proxy'), {
      web: {
        port: street,
        web: [
          { name: 'web1', port: web1 },
          { name: 'web2', port: web2 },
        ],
      },
      database: { port: direct, nodes: cluster.members },
    }),
  );
  begin(startPool(path.join(folder, 'pool'), pool, direct, passwords));
  await until('the leader is reached', async () => (await cluster.leader()) !== undefined);
  await pause(1500);
  await prepare(direct, passwords);
  await command(ways, 'migrate');
  await furnishUnits(ways);
  const clock = fileFor(path.join(folder, 'clock'), '+0\n');
  const houses = [
    { role: 'web', name: 'web1', port: web1 },
    { role: 'web', name: 'web2', port: web2 },
    { role: 'worker', name: 'worker1', port: work1 },
    { role: 'worker', name: 'worker2', port: work2 },
  ] as const;
  const processes = houses.map(({ role, name, port }) =>
    begin(startHouseProcess(role, name, port, ways, movable(clock))),
  );
  await Promise.all(processes.map((one, n) => ready(one, houses[n]?.port ?? 0, 120_000)));
  const url = `http://127.0.0.1:${street}`;
  await until('HAProxy sends to them', async () => (await fetch(`${url}/health/ready`)).status === 200);

  const cutOff = (member: Member) => {
    for (const wire of member.wires) wire.cut();
  };
  const together = async (member: Member) => {
    for (const wire of member.wires) wire.mend();
  };
  const kill = (member: Member) => {
    member.patroni.signal('SIGKILL');
    killPostgres(member.folder, 'SIGKILL');
  };
  const balloon = (member: Member) => path.join(member.folder, 'disk/balloon');
  const faults: Fault[] = [
    {
      name: 'primary killed (PostgreSQL and Patroni, kill -9)',
      strike: async (leader) => kill(leader),
      mend: async (struck) => struck.start(),
    },
    {
      name: 'PostgreSQL of the primary killed (kill -9)',
      strike: async (leader) => killPostgres(leader.folder, 'SIGKILL'),
      mend: nothing,
    },
    { name: 'primary cut off from everybody', strike: async (leader) => cutOff(leader), mend: together },
    {
      name: 'synchronous copy cut off',
      strike: async (_leader, others) => {
        for (const one of others) if (await says(one, 'synchronous')) return cutOff(one);
      },
      mend: async () => {
        for (const member of cluster.members) await together(member);
      },
    },
    {
      name: 'synchronous copy hangs (kill -STOP)',
      strike: async (_leader, others) => {
        for (const one of others) if (await says(one, 'synchronous')) return killPostgres(one.folder, 'SIGSTOP');
      },
      mend: async () => {
        for (const { folder: at } of cluster.members) killPostgres(at, 'SIGCONT');
      },
    },
    {
      name: 'copies 250 ms late, then the primary killed',
      strike: async (leader, others) => {
        for (const wire of [...leader.wires, ...others.flatMap(({ wires }) => wires)]) wire.delay(250);
        await pause(6000);
        const struck = performance.now();
        kill(leader);
        for (const { wires } of cluster.members) for (const wire of wires) wire.delay(0);
        return struck;
      },
      mend: async (struck) => struck.start(),
    },
    {
      name: 'disk of the primary full',
      strike: async (leader) => {
        try {
          run('/usr/bin/dd', ['if=/dev/zero', `of=${balloon(leader)}`, 'bs=1M', 'count=2000']);
        } catch {
          // it fills until nothing fits any more: that is what it is for
        }
      },
      mend: async (struck) => {
        run('/usr/bin/rm', ['-f', balloon(struck)]);
        if (!struck.patroni.isRunning()) struck.start();
      },
    },
    {
      name: 'clock of the house’s processes and the primary 3 h ahead, then 5 h back',
      strike: async (leader) => {
        for (const file of [clock, leader.clock]) writeFileSync(file, '+10800\n');
        await pause(5000);
        for (const file of [clock, leader.clock]) writeFileSync(file, '-7200\n');
      },
      mend: async (struck) => {
        for (const file of [clock, struck.clock]) writeFileSync(file, '+0\n');
      },
    },
    {
      name: 'a web process and a worker killed (kill -9)',
      strike: async () => {
        for (const n of [0, 2]) processes[n]?.signal('SIGKILL');
      },
      mend: async () => {
        for (const n of [0, 2]) {
          const one = houses[n];
          if (one) processes[n] = begin(startHouseProcess(one.role, one.name, one.port, ways, movable(clock)));
        }
      },
    },
  ];

  const only = ask('only', '');
  const journal: Journal = { sent: [], answered: [] };
  const going = senders(url, journal, 6);
  ends.push(going.stop);
  await until('complaints are being taken', () => journal.answered.length > 20, 60_000);
  const rows: string[] = [];
  for (const fault of shuffled(faults).filter(({ name }) => name.includes(only))) {
    const leader = await cluster.leader();
    if (!leader) throw new Error('nobody leads');
    const others = cluster.members.filter((member) => member !== leader);
    await pause(500 + draw(2000));
    const before = journal.sent.filter(({ acknowledged }) => acknowledged).length;
    const begun = performance.now();
    const struck = await fault.strike(leader, others);
    const from = typeof struck === 'number' ? struck : begun;
    let down = await going.silence(from, performance.now() - from + SETTLE_MS, MOST_DOWN_MS);
    const mended = !down.over;
    await fault.mend(leader);
    if (mended) down = await going.silence(from, performance.now() - from + SETTLE_MS, 2 * MOST_DOWN_MS);
    await until(
      'three nodes again',
      async () => {
        const roles = await Promise.all(
          cluster.members.map(async (one) => (await says(one, 'replica')) || (await says(one, 'primary'))),
        );
        const synchronous = await Promise.all(cluster.members.map((one) => says(one, 'synchronous')));
        return roles.every(Boolean) && synchronous.includes(true);
      },
      120_000,
    ).catch((error: unknown) => {
      for (const one of cluster.members) console.error(`${one.name}:\n${one.patroni.said().slice(-1500)}`);
      throw error;
    });
    await until('the processes are ready', async () => {
      const asked = await Promise.all(houses.map(({ port }) => fetch(`http://127.0.0.1:${port}/health/live`)));
      return asked.every(({ ok }) => ok);
    });
    const found = await count(journal, urlOf('postgres', passwords, direct));
    const now = await cluster.leader();
    const row = [
      fault.name,
      found.acknowledged - before,
      found.lost,
      found.doubled,
      `${(down.writes / 1000).toFixed(1)} s${mended ? ' (mended after a minute)' : ''}`,
      `${(down.reads / 1000).toFixed(1)} s`,
      now === leader ? 'the same' : 'another',
    ].join(' | ');
    rows.push(row);
    console.log(`| ${row} |`);
  }
  await going.stop();
  const last = await count(journal, urlOf('postgres', passwords, direct));
  console.log(
    `\n${last.acknowledged} acknowledged (${last.alarms} of them alarms), ${last.lost} lost, ${last.doubled} doubled; ${last.again} only when they were sent again under the same key.`,
  );
  const out = ask('out', '');
  if (out) appendFileSync(out, `${rows.map((row) => `| ${row} |`).join('\n')}\n`);
  if (last.lost + last.doubled > 0) process.exitCode = 1;
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(async () => {
    for (const end of ends.reverse()) await Promise.resolve(end()).catch((error: unknown) => console.error(error));
    process.exit();
  });
