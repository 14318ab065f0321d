// Since when something is wrong, and what was: found once a minute, kept with its beginning and its end.
import { type Act, newId, type Reading } from '#foundation';
import { began, type Trouble, troubles } from './rules.ts';
import { gauges } from './store.ts';
import * as store from './store-troubles.ts';

// what is wrong now and not written down, and what is written down and wrong no more
async function changed(r: Reading) {
  const found = troubles(await gauges(r));
  const open = await store.open(r);
  const same = (a: { code: string; label: string }) => (b: { code: string; label: string }) =>
    a.code === b.code && a.label === b.label;
  return {
    over: open.filter((one) => !found.some(same(one))),
    fresh: found.filter((one) => !open.some(same(one))),
  };
}

/** Whether something has begun or ended that is not written down. For the house. */
export async function isTroubleNew(r: Reading): Promise<boolean> {
  const { over, fresh } = await changed(r);
  return over.length + fresh.length > 0;
}

/** Writes down what is wrong now and what is wrong no more. Said again it changes nothing. As the house. */
export async function noteTroubles(h: Act): Promise<void> {
  const { over, fresh } = await changed(h);
  const ids = over.map(({ id }) => id);
  if (ids.length > 0) await store.end(h, ids);
  const rows = fresh.map((one) => ({
    id: newId(),
    code: one.code,
    label: one.label,
    since: began(one, h.now) ?? h.now,
  }));
  if (rows.length > 0) await store.begin(h, rows);
}

/** `since` is null where nobody has looked since it began. */
export type Since = Trouble & { since: Temporal.Instant | null };
export type Over = { id: string; code: string; label: string; since: Temporal.Instant; until: Temporal.Instant };

/** What is wrong of these numbers, each since when, what has lasted longest first; and what has been well again for a week at most. */
export async function told(r: Reading, found: readonly Trouble[]): Promise<{ now: Since[]; over: Over[] }> {
  const open = await store.open(r);
  const sinceOf = (one: Trouble) =>
    open.find(({ code, label }) => code === one.code && label === one.label)?.since ?? began(one, r.now) ?? null;
  const now = found.map((one) => ({ ...one, since: sinceOf(one) }));
  const at = ({ since }: Since) => (since ?? r.now).epochMilliseconds;
  return {
    now: now.sort((a, b) => at(a) - at(b)),
    over: await store.over(r, r.now.subtract({ hours: 7 * 24 })),
  };
}
