// The faults: how each strikes, what shows that it happened, and how it is mended.
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Passwords } from './database.ts';
import type { SlowGateway } from './house.ts';
import { leading, statusOf } from './etcd.ts';
import { type Cluster, killPostgres, type Member, says } from './patroni.ts';
import { type Running, until } from './programs.ts';
import {
  both,
  clocksMoved,
  died,
  empty,
  ended,
  fill,
  hangs,
  lagged,
  type Proof,
  postgresOf,
  unreached,
} from './proof.ts';

export type Fault = {
  name: string;
  /** whether the clocks are wrong while it lasts: what is promised meanwhile may be, too */
  clocks?: true;
  /** @returns when it struck (performance.now), where something went before it that only makes it worse; what shows that it happened */
  strike: (leader: Member, others: readonly Member[]) => Promise<{ from?: number; proof: Proof }>;
  mend: (struck: Member) => Promise<void>;
};
/** What can be struck. `struck`: which of the house's processes are killed; `again` starts one of them anew. */
export type Ground = {
  cluster: Cluster;
  passwords: Passwords;
  /** the file that moves the clocks of the house's processes */
  clock: string;
  processes: readonly Running[];
  /** the ports of those that answer at the street */
  web: readonly number[];
  struck: readonly number[];
  again: (n: number) => void;
  gateway: SlowGateway;
  /** HAProxy and PgBouncer as they run now; begins both anew */
  front: { programs: () => readonly Running[]; again: () => void };
};

const LATE_MS = 250;
const HOUR_S = 3600;
/** Past the first rungs of a promised call, for longer than a minute's sweep. */
const AHEAD_H = 13;
const BACK_H = 15;
const JUMPED_MS = 75_000;
/** After so long the units of systemd begin again what has died. */
const UNIT_MS = 2000;
const IN_HAND_MS = 20_000;
const nothing = async () => undefined;

/** All that is done to it. */
export function faultsOf(ground: Ground): Fault[] {
  const { cluster, passwords, clock, processes, web, struck, again, gateway, front } = ground;
  const { members, etcd } = cluster;
  const wires = (of: readonly Member[]) => of.flatMap((member) => member.wires);
  const cut = (member: Member) => {
    for (const wire of member.wires) wire.cut();
  };
  const mendAll = async () => {
    for (const wire of wires(members)) wire.mend();
  };
  const synchronous = async (of: readonly Member[]): Promise<Member | undefined> => {
    for (const one of of) if (await says(one, 'synchronous')) return one;
    return undefined;
  };
  const killPrimary = async (leader: Member): Promise<Proof> => {
    const [pid, patroni] = [postgresOf(leader), leader.patroni];
    patroni.signal('SIGKILL');
    killPostgres(leader.folder, 'SIGKILL');
    return both(await died('PostgreSQL', pid), await ended(patroni));
  };
  const move = async (leader: Member, by: number): Promise<Proof> => {
    for (const file of [clock, leader.clock]) writeFileSync(file, `${by < 0 ? '' : '+'}${by}\n`);
    return clocksMoved(leader, passwords, web, by);
  };
  let dead: (typeof etcd.nodes)[number] | undefined;
  let worker: number | undefined;
  return [
    {
      name: 'a worker killed while it hands over an SMS (kill -9)',
      strike: async () => {
        const has = (one: Running) => gateway.inHandOf(one.name) > 0;
        gateway.hold();
        await until('a worker has an SMS in hand', () => processes.some(has), IN_HAND_MS).catch(() => undefined);
        const n = processes.findIndex(has);
        const one = processes[n];
        const many = one ? gateway.inHandOf(one.name) : 0;
        one?.signal('SIGKILL');
        const gone = await ended(one);
        gateway.letGo();
        worker = one ? n : undefined;
        return { proof: both(gone, many > 0 ? `it had ${many} in hand` : '') };
      },
      mend: async () => {
        if (worker !== undefined) again(worker);
      },
    },
    {
      name: 'HAProxy and PgBouncer killed (kill -9), begun again by their units after two seconds',
      strike: async () => {
        const gone = front.programs();
        for (const one of gone) one.signal('SIGKILL');
        const proof = both(...(await Promise.all(gone.map(ended))));
        await pause(UNIT_MS);
        front.again();
        return { proof };
      },
      mend: nothing,
    },
    {
      name: 'primary killed (PostgreSQL and Patroni, kill -9)',
      strike: async (leader) => ({ from: performance.now(), proof: await killPrimary(leader) }),
      mend: async (one) => one.start(),
    },
    {
      name: 'PostgreSQL of the primary killed (kill -9)',
      strike: async (leader) => {
        const pid = postgresOf(leader);
        killPostgres(leader.folder, 'SIGKILL');
        return { proof: await died('PostgreSQL', pid) };
      },
      mend: nothing,
    },
    {
      name: 'primary cut off from everybody',
      strike: async (leader) => {
        cut(leader);
        return { proof: await unreached(leader, passwords) };
      },
      mend: mendAll,
    },
    {
      name: 'synchronous copy cut off',
      strike: async (_leader, others) => {
        const copy = await synchronous(others);
        if (copy) cut(copy);
        return { proof: copy && (await unreached(copy, passwords)) };
      },
      mend: mendAll,
    },
    {
      name: 'synchronous copy hangs (kill -STOP)',
      strike: async (_leader, others) => {
        const copy = await synchronous(others);
        if (copy) killPostgres(copy.folder, 'SIGSTOP');
        return { proof: copy && (await hangs(copy)) };
      },
      mend: async () => {
        for (const { folder } of members) killPostgres(folder, 'SIGCONT');
      },
    },
    {
      name: `copies ${LATE_MS} ms late, then the primary killed`,
      strike: async (leader) => {
        for (const wire of wires(members)) wire.delay(LATE_MS);
        const late = await lagged(leader, passwords, LATE_MS, 30_000);
        const from = performance.now();
        const killed = await killPrimary(leader);
        for (const wire of wires(members)) wire.delay(0);
        return { from, proof: both(late, killed) };
      },
      mend: async (one) => one.start(),
    },
    {
      name: 'disk of the primary full',
      strike: async (leader) => ({ proof: fill(leader) }),
      mend: async (one) => {
        empty(one);
        if (!one.patroni.isRunning()) one.start();
      },
    },
    {
      name: `clock of the house’s processes and the primary ${AHEAD_H} h ahead, then ${BACK_H} h back`,
      clocks: true,
      strike: async (leader) => {
        const ahead = await move(leader, AHEAD_H * HOUR_S);
        await pause(JUMPED_MS);
        const back = await move(leader, (AHEAD_H - BACK_H) * HOUR_S);
        return { proof: both(ahead, back) };
      },
      mend: async (one) => {
        for (const file of [clock, one.clock]) writeFileSync(file, '+0\n');
        await until('the clocks are right again', async () => Boolean(await clocksMoved(one, passwords, web, 0)));
      },
    },
    {
      name: 'a web process and a worker killed (kill -9)',
      strike: async () => {
        const gone = struck.map((n) => processes[n]);
        for (const one of gone) one?.signal('SIGKILL');
        return { proof: both(...(await Promise.all(gone.map(ended)))) };
      },
      mend: async () => {
        for (const n of struck) again(n);
      },
    },
    {
      name: 'the leading one of three etcd nodes killed (kill -9)',
      strike: async () => {
        dead = await leading(etcd.nodes);
        dead?.running.signal('SIGKILL');
        return { proof: both(await ended(dead?.running), dead && !(await statusOf(dead)) ? `${dead.name} led` : '') };
      },
      mend: async () => {
        dead?.start();
        const node = dead;
        await until('the third etcd is back', async () => {
          const said = node && (await statusOf(node));
          return said !== undefined && said.leader !== '0';
        });
      },
    },
  ];
}
