// Whether the database's clock may be believed. Every instant of the house is the database's, so no process can tell by an instant that it
// is wrong; but each knows how much time has gone by for itself. docs/decisions/0098.
import os from 'node:os';
import { sql } from 'kysely';
import { act, house, type Reading, read } from './act.ts';
import { faultOf, log } from './log.ts';
import { showOwn } from './measures.ts';

/** More than this between two clocks is a doubt (safety F9): milliseconds. */
export const MOST_APART_MS = 500;
const EVERY_MS = 2000;

/** One look, milliseconds all: the database's clock, this machine's, how long this machine has been up; how uncertain the first is. */
export type Look = {
  database: number;
  machine: number;
  up: number;
  unsure: number;
  said_right: number;
  known_ms: number | null;
};
/** What was agreed: the database's clock at an instant of this machine's own count. */
type Agreed = { database: number; up: number; said_right: number };
/** `jumped`: by more than has gone by. `differs`: from this machine's clock, at the start, when nothing has gone by yet. */
export type Standing = { agreed?: Agreed; ahead_ms: number; doubt?: 'jumped' | 'differs' };
export const NOTHING_KNOWN: Standing = { ahead_ms: 0 };

const agreedAt = ({ database, up, said_right }: Look): Agreed => ({ database, up, said_right });

/** What a look means after what was known before. Pure. */
export function judge(before: Standing, look: Look): Standing {
  const { database, machine, up, unsure, said_right, known_ms } = look;
  const slack = MOST_APART_MS + unsure;
  // somebody has said that the clock is right as it is now
  if (before.agreed && before.agreed.said_right !== said_right) return { agreed: agreedAt(look), ahead_ms: 0 };
  if (!before.agreed) {
    // a process that starts in a doubt shares it: it has not seen the clock before it jumped
    if (known_ms !== null)
      return { agreed: { database: database - known_ms, up, said_right }, ahead_ms: known_ms, doubt: 'jumped' };
    const apart = database - machine;
    return Math.abs(apart) > slack ? { ahead_ms: apart, doubt: 'differs' } : { agreed: agreedAt(look), ahead_ms: 0 };
  }
  const ahead_ms = database - before.agreed.database - (up - before.agreed.up);
  if (Math.abs(ahead_ms) > slack) return { agreed: before.agreed, ahead_ms, doubt: 'jumped' };
  // clocks that are drawn together drift by milliseconds a minute; a look that took long says too little to begin anew from
  return { agreed: unsure > MOST_APART_MS ? before.agreed : agreedAt(look), ahead_ms: 0 };
}

let standing: Standing = NOTHING_KNOWN;
let apart_ms = 0;
let timer: NodeJS.Timeout | undefined;
let watching = false;
let machineNow: () => Temporal.Instant;

/** Whether this process doubts the database's clock, as of its last look. False where nobody watches it: in tests, in the command line. */
export const clockInDoubt = (): boolean => watching && standing.doubt !== undefined;

/**
 * Looks within an act or a reading, and judges: the act's own instant is no older than what is looked at here.
 * @returns whether what is done by the clock has to wait
 */
export async function lookAtClock(r: Pick<Reading, 'db'>): Promise<boolean> {
  if (!watching) return false;
  const [began, up_before] = [performance.now(), os.uptime()];
  const { rows } = await sql<{ database: string; said_right: number; known_ms: number | null }>`
    select extract(epoch from foundation.machine_clock()) * 1000 as database, w.said_right, w.ahead_ms as known_ms
    from foundation.clock_watch w`.execute(r.db);
  const took = performance.now() - began;
  const row = rows[0];
  if (!row) return false;
  const look: Look = {
    database: Number(row.database),
    machine: machineNow().epochMilliseconds - took / 2,
    // counted also while the machine sleeps
    up: ((up_before + os.uptime()) / 2) * 1000,
    unsure: took / 2,
    said_right: row.said_right,
    known_ms: row.known_ms,
  };
  apart_ms = look.database - look.machine;
  const before = standing;
  standing = judge(before, look);
  if (before.doubt !== standing.doubt || isOther(before, standing))
    void writeDown(before).catch((error: unknown) => log.warn(faultOf(error), 'clock'));
  return standing.doubt !== undefined;
}

const isOther = (one: Standing, other: Standing): boolean => Math.abs(one.ahead_ms - other.ahead_ms) > MOST_APART_MS;

// A jump is every process's business; that this machine's own clock is another is its own alone: the others agree with the database.
async function writeDown(before: Standing): Promise<void> {
  const { doubt, ahead_ms } = standing;
  const by = Math.round(ahead_ms);
  log.error({ doubt: doubt ?? 'none', ahead_ms: by }, 'the clock of the database');
  if (doubt === 'jumped')
    await act(
      house(),
      'foundation.doubt-clock',
      (h) =>
        sql`update foundation.clock_watch set ahead_ms = ${by}, doubted_at = coalesce(doubted_at, foundation.machine_clock())`.execute(
          h.db,
        ),
      { detail: { ahead_ms: by } },
    );
  else if (before.doubt === 'jumped' && doubt === undefined)
    await act(house(), 'foundation.believe-clock', (h) =>
      sql`update foundation.clock_watch set ahead_ms = null, doubted_at = null`.execute(h.db),
    );
}

/**
 * Begins to watch, in a process that stays.
 * @param machine this machine's own clock, which no room asks for an instant: it is only held against the database's
 */
export async function startClockWatch(machine: () => Temporal.Instant): Promise<void> {
  machineNow = machine;
  watching = true;
  standing = NOTHING_KNOWN;
  showOwn('process_clock_in_doubt', 'Whether this process doubts the database’s clock', () => (clockInDoubt() ? 1 : 0));
  showOwn('process_clock_apart_seconds', 'The database’s clock less this machine’s', () => apart_ms / 1000);
  const look = async () => {
    await read(house(), 'foundation.look-at-clock', lookAtClock).catch((error: unknown) =>
      log.warn(faultOf(error), 'clock'),
    );
    if (!watching) return;
    timer = setTimeout(() => void look(), EVERY_MS);
    timer.unref();
  };
  await look();
}
/** Ends it. */
export function stopClockWatch(): void {
  watching = false;
  clearTimeout(timer);
}

/** How the clock stands, as it was last written down: for the command line. As the house. */
export async function clockDoubted(
  r: Pick<Reading, 'db'>,
): Promise<{ ahead_ms: number; since: Temporal.Instant } | undefined> {
  const { rows } = await sql<{
    ahead_ms: number | null;
    since: Temporal.Instant;
  }>`select ahead_ms, doubted_at as since from foundation.clock_watch`.execute(r.db);
  const row = rows[0];
  return row && row.ahead_ms !== null ? { ahead_ms: row.ahead_ms, since: row.since } : undefined;
}
/** Somebody has looked and says that the database's clock is right as it is: every process believes it from its next look on. */
export const sayClockIsRight = (): Promise<unknown> =>
  act(house(), 'foundation.say-clock-right', (h) =>
    sql`update foundation.clock_watch set said_right = said_right + 1, ahead_ms = null, doubted_at = null`.execute(
      h.db,
    ),
  );
