// Of several processes one owns the fleet: whoever holds the advisory lock. It goes with the connection, so that a process that dies lets go
// at once, and the next one is there within two seconds, its grid built again from the stored fixes.
import type pg from 'pg';
import { type Connection, faultOf, log, openPool } from '#foundation';
import { forgetFleet, loadFleet } from './fleet.ts';

const LOCK = 73_677;
const CONTEND_MS = 700;
const TICK_MS = 250;

let contending = false;
let owner = false;
let pool: pg.Pool | undefined;
let client: pg.PoolClient | undefined;
let timer: NodeJS.Timeout | undefined;
let ticking: Promise<unknown> | undefined;
let lastTick = 0;

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
  if (!rows[0]?.got) return;
  forgetFleet();
  await loadFleet();
  owner = true;
  log.info({}, 'owns the fleet');
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

/**
 * Begins to contend for the fleet, and while it is ours looks four times a second for what has run out.
 * @param chase one look, in acts of its own
 */
export async function startDispatcher(to: Connection, chase: () => Promise<unknown>): Promise<void> {
  contending = true;
  pool = openPool(to, 'itsso_app', 1);
  const round = async () => {
    ticking = tick(chase);
    await ticking;
    if (!pool) return;
    timer = setTimeout(() => void round(), owner ? TICK_MS : CONTEND_MS);
  };
  await round();
}
/** This process leaves the fleet to others: a web process stores alarms and fixes, a worker sends the vehicles. */
export function standAside(): void {
  contending = true;
}
/** Lets go of the fleet. */
export async function stopDispatcher(): Promise<void> {
  const open = pool;
  pool = undefined;
  clearTimeout(timer);
  await ticking;
  client?.release(true);
  client = undefined;
  owner = false;
  contending = false;
  await open?.end();
}
