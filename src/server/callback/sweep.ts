// By the clock: leases that are over are freed, and a window of hers that passed without a try is written down.
import { type Act, newId } from '#foundation';
import { hoursWithin, type Span, type Window } from '#notify';
import { dialOpensAt, LEASE } from './rules.ts';
import * as store from './store.ts';

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

// What one look at a promise finds: windows that passed without a try, and when to look next.
function lookAt(p: store.Promised, attempts: readonly store.Attempt[], now: Instant) {
  // an operator dialled in time and is still at it
  if (p.claimed_until && after(p.claimed_until, now)) return { passed: [], next: p.claimed_until };
  const spans = promisedWindows(p.windows, p.filed_at, p.due_at);
  const tries = attempts.filter((t) => t.officer !== null && t.ended).map((t) => t.at);
  const missed = spans.filter((span) => {
    const end = span.to.add(LEASE);
    return !after(span.to, now) && !tries.some((at) => !after(span.from, at) && !after(at, end));
  });
  const next_try_at = dialOpensAt(p, now);
  return {
    passed: missed.map((s) => ({ id: newId(), promise: p.id, at: s.to, window_from: s.from, next_try_at })),
    next: spans.find((s) => after(s.to, now))?.to ?? null,
  };
}

// so many at a time that the windows of a part fit into one statement
const PART = 500;

/** Everything due up to now, each thing once; a statement each for what is read and what is written, however many are due. */
export async function sweep(h: Act): Promise<void> {
  await store.freeLeases(h);
  const due = await store.toLookAt(h);
  for (let at = 0; at < due.length; at += PART) {
    const part = due.slice(at, at + PART);
    const ids = part.map(({ id }) => id);
    const attempts = Map.groupBy(await store.attemptsOf(h, ids), ({ promise }) => promise);
    const looks = part.map((p) => ({ id: p.id, ...lookAt(p, attempts.get(p.id) ?? [], h.now) }));
    await store.addPassed(
      h,
      looks.flatMap(({ passed }) => passed),
    );
    await store.lookAgain(
      h,
      looks.map(({ id, next }) => ({ id, at: next })),
    );
  }
}
