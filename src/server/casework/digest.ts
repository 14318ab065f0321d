// One digest a morning for each post instead of a flood: what is late, what today and this week bring, what came up over night.
import { type Act, type Reading, tell } from '#foundation';
import * as store from './calendar-store.ts';

/**
 * What a post found this morning, in numbers: clocks past their limit (in law; police targets), clocks due today, clocks due in the
 * seven days after, alarms raised since the last digest and not acknowledged, files on vacant desks that have come up to it.
 */
export type Digest = { day: Temporal.PlainDate; made_at: Temporal.Instant } & store.DigestFacts;

/**
 * From 07:00 in India on: the digests of today, once, and word to each post that has one. Called with every sweep; after a night in
 * which the machine stood still, and after a jump of the practice clock, the first sweep of the day makes them. Missed mornings have none:
 * no instant waits for them.
 */
export async function makeDigests(h: Act): Promise<void> {
  for (const post of await store.makeDigests(h)) await tell(h, 'digest', post);
}

/** This morning's digest of the acting post; undefined before seven, and where there was nothing to count. */
export async function digestOf(r: Reading): Promise<Digest | undefined> {
  const found = await store.digestHere(r);
  return found && { day: found.day, made_at: found.made_at, ...found.facts };
}
