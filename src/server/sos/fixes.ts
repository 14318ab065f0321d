// Where vehicles are, as it comes in: it counts at once, lies on the disk with everybody else's of the same tenth of a second, and is told to
// whoever owns the fleet where that is another process.
import { setTimeout as pause } from 'node:timers/promises';
import { type Act, type Actor, house, keepBooks, newId, read, refuse, tell } from '#foundation';
import { isOwner } from './dispatcher.ts';
import { fleetReady, move, refresh, vehicleCalled } from './fleet.ts';
import { FIXES, pack, VEHICLE } from './fleet-words.ts';
import type { FixesForm } from './forms.ts';
import { FRESH_SECONDS } from './rules.ts';
import * as store from './store.ts';

/** The first after a silence is written almost at once, the next together. */
const FIRST_MS = 50;
const FLUSH_MS = 100;
const AHEAD_MS = 5 * 60_000;
/** Rows in one statement: whoever has something urgent to say gets a turn in between. */
const SLICE = 2000;
/** So many may wait for the disk: three seconds of the largest fleet. Whoever comes then is asked to come again. */
const MOST_WAITING = 60_000;
const AGAIN_SECONDS = 2;

/** What one sender has sent. */
type Sent = {
  fixes: store.Fix[];
  begins: ReadonlyMap<string, string>;
  done: () => void;
  failed: (why: unknown) => void;
};
let waiting: Sent[] = [];
let writing = false;
/** Taken in and not on the disk yet. */
let afloat = 0;
let clock: { ahead_ms: number; asked: number } | undefined;

/** Forgets the hour: a new database may have another. */
export function forgetClock(): void {
  clock = undefined;
}

// one after the other: what comes while some are on their way goes together with the next
async function writeAll(): Promise<void> {
  writing = true;
  for (let wait = FIRST_MS; waiting.length > 0; wait = FLUSH_MS) {
    await pause(wait);
    const batch = waiting;
    waiting = [];
    await flush(batch);
    for (const { fixes } of batch) afloat -= fixes.length;
  }
  writing = false;
}
// what no column holds is of one sender: it does not keep the others from being written
const OF_ITS_VALUES = /^2[23]/;
async function flush(batch: readonly Sent[]): Promise<void> {
  try {
    await keep(
      batch.flatMap(({ fixes }) => fixes),
      new Map(batch.flatMap(({ begins }) => [...begins])),
    );
    for (const { done } of batch) done();
  } catch (why) {
    if (batch.length > 1 && OF_ITS_VALUES.test(String((why as { code?: unknown }).code)))
      for (const one of batch) await flush([one]);
    else for (const { failed } of batch) failed(why);
  }
}
async function keep(fixes: readonly store.Fix[], begins: ReadonlyMap<string, string>): Promise<void> {
  const begun = [...begins.keys()];
  // a few batches a second are no history: no ledger row each
  await keepBooks(house(), async (h) => {
    const written: Promise<unknown>[] = [];
    for (let from = 0; from < fixes.length; from += SLICE) {
      written.push(store.keepFixes(h, fixes.slice(from, from + SLICE)));
      await new Promise(setImmediate);
    }
    await Promise.all(written);
    if (begun.length > 0) await store.beginShifts(h, begins);
    if (!isOwner()) await tellOwner(h, fixes, begun);
  });
  if (begun.length > 0) await read(house(), 'sos.read-fleet', (r) => refresh(r, begun));
}
// the owner of the fleet hears of it by the same commit
async function tellOwner(h: Act, fixes: readonly store.Fix[], begun: readonly string[]): Promise<void> {
  for (const words of pack(fixes)) await tell(h, FIXES, words);
  for (const vehicle of begun) await tell(h, VEHICLE, vehicle);
}

/**
 * Takes in where vehicles are. They count at once; the answer comes when they lie on the disk, together with everybody else's of the same
 * tenth of a second. When the disk is behind, a gateway is asked to come again: an alarm never waits behind positions.
 * Whoever says its own hour with them, or how old each is, may have any clock. @returns how many were taken, and how many of them were too old
 *   for their vehicle to be sent by: a gateway whose clock is slow sees it there; fixes of strangers are counted and dropped
 * @throws Refusal `not-found` where a crew reports another vehicle; `not-your-power`; `too-many` with the seconds to wait
 */
export async function takeFixes(
  actor: Actor,
  { sent_at, fixes }: FixesForm,
): Promise<{ taken: number; unknown: number; stale: number }> {
  await fleetReady();
  const crew = actor.kind === 'officer' && actor.post_kind === 'vehicle' ? actor.post : undefined;
  if (!crew && !(actor.kind === 'machine' && actor.rights.includes('fleet'))) return refuse('not-your-power');
  let now = await clockNow();
  // before a fix is taken for one from tomorrow: practice may have moved the clock within this second
  if (!sent_at && fixes.some(({ at }) => at && at.epochMilliseconds > now + AHEAD_MS))
    now = await clockNow({ afresh: true });
  if (afloat + fixes.length > MOST_WAITING) return refuse('too-many', undefined, { retry_after: AGAIN_SECONDS });
  // nothing of it counts where a crew reports another's too
  if (crew && fixes.some((fix) => vehicleCalled(fix.vehicle)?.id !== crew)) return refuse('not-found');
  const kept: store.Fix[] = [];
  const begins = new Map<string, string>();
  let stale = 0;
  for (const fix of fixes) {
    const vehicle = vehicleCalled(fix.vehicle);
    if (!vehicle) continue;
    const at = whenOf(fix, sent_at, now);
    if (at < now - FRESH_SECONDS * 1000) stale++;
    move(vehicle, fix, at);
    const { lat, lon } = fix;
    const speed_kmh = tenths(fix.speed_kmh);
    kept.push({ vehicle: vehicle.id, lat, lon, at, speed_kmh, accuracy_m: tenths(fix.accuracy_m) });
    if (!vehicle.on_duty && vehicle.held && !vehicle.rests && !begins.has(vehicle.id)) begins.set(vehicle.id, newId());
  }
  if (kept.length > 0) {
    afloat += kept.length;
    const onDisk = new Promise<void>((done, failed) => {
      waiting.push({ fixes: kept, begins, done, failed });
    });
    if (!writing) void writeAll();
    await onDisk;
  }
  return { taken: kept.length, unknown: fixes.length - kept.length, stale };
}

// a number too small for its column would be none
const tenths = (n: number | undefined): number | null => (n === undefined ? null : Math.round(n * 10) / 10);

// by the house's clock, in milliseconds
function whenOf({ at, age_s = 0 }: FixesForm['fixes'][number], sent_at: FixesForm['sent_at'], now: number): number {
  if (!at) return now - age_s * 1000;
  // older than the clocks of machines is nothing that a vehicle has seen
  if (sent_at) return Math.max(0, now - Math.max(0, sent_at.epochMilliseconds - at.epochMilliseconds));
  // a clock that is ahead would keep its vehicle fresh for ever
  return Math.max(0, Math.min(at.epochMilliseconds, now + AHEAD_MS));
}

// the house's clock is asked for once a second, not with every fix
async function clockNow({ afresh = false } = {}): Promise<number> {
  if (afresh || !clock || performance.now() - clock.asked > 1000) {
    const now = await read(house(), 'sos.ask-clock', async (r) => r.now.epochMilliseconds);
    clock = { ahead_ms: now - performance.now(), asked: performance.now() };
  }
  return clock.ahead_ms + performance.now();
}
