// By the clock: leases that are over are freed, and a window of hers that passed without a try is written down.
import { type Act, newId } from '#foundation';
import { dialOpensAt, LEASE } from './rules.ts';
import * as store from './store.ts';
import { hoursWithin, type Span, type Window } from './windows.ts';

type Instant = Temporal.Instant;
const after = (a: Instant, b: Instant) => Temporal.Instant.compare(a, b) > 0;

// Her windows between filing and the due hour; where none opens in time, that itself is the miss, at the due hour.
function promisedWindows(windows: readonly Window[], filed_at: Instant, due_at: Instant): Span[] {
  const spans = hoursWithin(windows, { from: filed_at, to: due_at });
  return spans.length > 0 ? spans : [{ from: due_at, to: due_at }];
}

/** When the sweep has to look at a new promise first: at the end of her first window. */
export const firstLook = (windows: readonly Window[], filed_at: Instant, due_at: Instant): Instant =>
  promisedWindows(windows, filed_at, due_at)[0]?.to ?? due_at;

async function lookAt(h: Act, p: store.Promised): Promise<void> {
  // an operator dialled in time and is still at it
  if (p.claimed_until && after(p.claimed_until, h.now)) return void (await store.lookAgain(h, p.id, p.claimed_until));
  const spans = promisedWindows(p.windows, p.filed_at, p.due_at);
  const tries = (await store.attemptsOf(h, [p.id])).filter((t) => t.officer !== null && t.ended).map((t) => t.at);
  for (const span of spans.filter((s) => !after(s.to, h.now))) {
    const end = span.to.add(LEASE);
    if (tries.some((at) => !after(span.from, at) && !after(at, end))) continue;
    await store.addPassed(h, {
      id: newId(),
      promise: p.id,
      at: span.to,
      window_from: span.from,
      next_try_at: dialOpensAt(p, h.now),
    });
  }
  await store.lookAgain(h, p.id, spans.find((s) => after(s.to, h.now))?.to ?? null);
}

/** Everything due up to now, each thing once. */
export async function sweep(h: Act): Promise<void> {
  await store.freeLeases(h);
  for (const p of await store.toLookAt(h)) await lookAt(h, p);
}
