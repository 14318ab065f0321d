// Of several processes one owns the fleet: whoever holds the advisory lock. It goes with the connection, so that a process that dies lets go
// at once, and the next one is there within a second, its grid built again from the stored fixes.
import type pg from 'pg';
import { type Connection, faultOf, hear, house, log, openPool, read } from '#foundation';
import { forgetFleet, hearOf, loadFleet, move, refresh, vehicleCalled } from './fleet.ts';
import { FIXES, unpack, VEHICLE, WORK } from './fleet-words.ts';
import { estimate, lookAtMinutes } from './minutes.ts';
import { hasRouter } from './router.ts';

const LOCK = 73_677;
// It asks and does not wait in line: a statement that waits, for as long as the owner lives, holds a snapshot, and while one is held the
// database clears nothing away that was changed since: the queue, positions and clocks would grow from day to day.
const CONTEND_MS = 250;
const TICK_MS = 250;

let contending = false;
let owner = false;
let pool: pg.Pool | undefined;
let client: pg.PoolClient | undefined;
let timer: NodeJS.Timeout | undefined;
let ticking: Promise<unknown> | undefined;
let lastTick = 0;
let wake: (() => void) | undefined;
let deaf: (() => void) | undefined;
const changed = new Set<string>();
let moved = new Set<string>();
let asking = false;

/** Whether this process owns the fleet: always where no other can be, as in tests. */
export const isOwner = (): boolean => owner || !contending;
/** Milliseconds since the owner last looked for what has run out; undefined where this process is not it. */
export const tickedAgo = (): number | undefined => (isOwner() ? performance.now() - lastTick : undefined);

async function contend(): Promise<void> {
  if (!pool || owner) return;
  client ??= await pool.connect();
  const held = client;
  held.on('error', () => lose(held));
  const { rows } = await held.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [LOCK]);
  if (rows[0]?.got) own();
}
function own(): void {
  forgetFleet();
  owner = true;
  log.info({}, 'owns the fleet');
  // what waits is sent for as soon as its own surroundings are known; the rest of the fleet is read beside it
  void loadFleet().catch((error: unknown) => log.warn(faultOf(error), 'fleet'));
  wake?.();
}
function lose(held: pg.PoolClient): void {
  if (client !== held) return;
  owner = false;
  client = undefined;
  held.release(true);
}

async function tick(chase: () => Promise<unknown>): Promise<void> {
  try {
    if (!owner) await contend();
    if (owner) {
      await chase();
      lastTick = performance.now();
    }
  } catch (error) {
    log.warn(faultOf(error), 'dispatcher');
    if (client) lose(client);
  }
}

// what other processes took in or changed: fixes count at once, orders and shifts are read again, work is begun
function listenTo(topic: string, word: string): void {
  if (!owner) return;
  if (topic === FIXES) {
    for (const fix of unpack(word)) {
      const vehicle = vehicleCalled(fix.vehicle);
      // not read yet: it lies on the disk already
      if (vehicle) move(vehicle, fix, fix.at);
      else changed.add(fix.vehicle);
    }
  }
  if (topic === 'sos' && hasRouter()) moved.add(word);
  if (topic === VEHICLE) {
    hearOf(word);
    changed.add(word);
  }
  if (topic === VEHICLE || topic === WORK) wake?.();
}
async function readChanged(): Promise<void> {
  const ids = [...changed];
  changed.clear();
  if (ids.length > 0) await read(house(), 'sos.read-fleet', (r) => refresh(r, ids));
}
// nobody waits for the router: what it knows comes when it comes
async function askRouter(): Promise<void> {
  if (asking || moved.size === 0) return;
  asking = true;
  const alerts = [...moved];
  moved = new Set();
  await estimate(alerts).catch((error: unknown) => log.warn(faultOf(error), 'router'));
  asking = false;
}
const pause = (ms: number) =>
  new Promise<void>((go) => {
    timer = setTimeout(go, ms);
    wake = go;
  });

/**
 * Begins to contend for the fleet, and while it is ours looks four times a second for what has run out, or at once when it is called.
 * @param chase one look, in acts of its own
 */
export async function startDispatcher(to: Connection, chase: () => Promise<unknown>): Promise<void> {
  contending = true;
  const mine = openPool(to, 'itsso_app', 1);
  pool = mine;
  deaf = hear(listenTo);
  const look = async () => {
    await readChanged();
    await chase();
    void askRouter();
    if (owner) void lookAtMinutes().catch((error: unknown) => log.warn(faultOf(error), 'minutes'));
  };
  await tick(readChanged);
  // what has run out while nobody looked may be much: the doors open beside it
  const rounds = async () => {
    while (pool === mine) {
      await tick(look);
      if (pool === mine) await pause(owner ? TICK_MS : CONTEND_MS);
      clearTimeout(timer);
    }
  };
  ticking = rounds();
}
/** This process leaves the fleet to others: a web process stores alarms and fixes, a worker sends the vehicles. */
export function standAside(): void {
  contending = true;
}
/** Lets go of the fleet. */
export async function stopDispatcher(): Promise<void> {
  const open = pool;
  pool = undefined;
  deaf?.();
  wake?.();
  await ticking;
  changed.clear();
  moved.clear();
  client?.release(true);
  client = undefined;
  owner = false;
  contending = false;
  await open?.end();
}
