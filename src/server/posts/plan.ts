// Who will hold a post from an instant on: one way for hand-overs, leave and transfers, so that no two of them can contradict each other.
import { type Act, newId } from '#foundation';
import * as store from './store.ts';

/** A time at a post; nobody: it stands vacant. Each begins where the one before ends; the last may be open. */
export type Stretch = { officer: string | null; from: Temporal.Instant; to: Temporal.Instant | null };

const before = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;
const same = (a: Temporal.Instant | null, b: Temporal.Instant | null): boolean =>
  a === b || (a !== null && b !== null && Temporal.Instant.compare(a, b) === 0);

// acts that waited for each other have instants of their own: what one has just begun lies a moment after the other's now
const JUST_NOW = { seconds: 5 };
/** Who holds the post now or held it last; what is planned has not begun. */
export const lastBegun = (tenures: readonly store.Tenure[], now: Temporal.Instant): store.Tenure | undefined =>
  tenures.filter(({ from_at }) => !before(now.add(JUST_NOW), from_at)).at(-1);

/**
 * Lays down who holds a post from an instant on. What was planned for later goes; whoever holds the post at that instant holds it until
 * then; where the same officer goes on, his time goes on as one. As the house, in turn (`store.takeTurn`).
 * @param stretches in order, without gaps; the first begins where the plan begins
 */
export async function planHolders(
  h: Act,
  post: string,
  stretches: readonly [Stretch, ...Stretch[]],
  note: string,
): Promise<void> {
  const [first] = stretches;
  await store.dropUnbegun(h, post);
  const held = (await store.tenuresOf(h, [post])).findLast(
    ({ from_at, to_at }) => before(from_at, first.from) && (to_at === null || !before(to_at, first.from)),
  );
  const goesOn = held !== undefined && held.officer === first.officer;
  const until = goesOn ? first.to : first.from;
  if (held && !same(held.to_at, until)) await store.endTenure(h, held.id, until);
  const rows = stretches
    .slice(goesOn ? 1 : 0)
    .flatMap(({ officer, from, to }) =>
      officer ? [{ id: newId(), post, officer, from_at: from, to_at: to, note }] : [],
    );
  if (rows.length > 0) await store.addTenures(h, rows);
  // whoever sits at the post now and holds it no longer is out at once; the others the database lets out in their time
  if (!before(h.now, first.from) && !goesOn) await store.endSessionsOf(h, post, h.now);
}
