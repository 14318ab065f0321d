// Keys are changed while the house is open: data keys are wrapped anew in pieces, indexes are carried over beside the old ones.
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { type Act, act, house, keepBooks, type Reading, takeRound } from './act.ts';
import { newId } from './ids.ts';
import { nameOf } from './key-provider.ts';
import { indexRead, indexWrite, keyProvider, type SecretRow, secretPlace } from './keys.ts';

export type Wrapped = { id: string; place: string; wrapped: Buffer };
/** What a room has wrapped: its rows in the order of an id, and how one of them is wrapped anew. */
export type WrapBook = {
  name: string;
  after: (h: Act, after: string | undefined, most: number) => Promise<Wrapped[]>;
  /** only where it still is what was read: whoever has changed it meanwhile has wrapped it by the new key already */
  put: (h: Act, id: string, was: Buffer, becomes: Buffer) => Promise<unknown>;
};
/** What a room has made findable by hashes. */
export type IndexBook = {
  /** carries the hashes of some subjects over to the next generation. @returns where to go on; undefined at the end */
  carry: (
    h: Act,
    step: { from: number; to: number; after: string | undefined; most: number },
  ) => Promise<{ last: string | undefined; moved: number }>;
  /** takes away some rows of ended generations. @returns how many */
  drop: (h: Act, most: number) => Promise<number>;
};

const AT_ONCE = 200;
// longer than any act runs between wrapping a key and committing it
const QUIET_MS = 10_000;

const secretBook: WrapBook = {
  name: 'house',
  after: async (h, after) => {
    if (after !== undefined) return [];
    const { rows } = await sql<SecretRow>`select kind, generation, wrapped from foundation.house_secret`.execute(h.db);
    return rows.flatMap(({ kind, generation, wrapped }) =>
      wrapped ? [{ id: `${kind} ${generation}`, place: secretPlace(kind, generation), wrapped }] : [],
    );
  },
  put: async (h, id, was, becomes) => {
    const [kind, generation] = id.split(' ');
    await sql`update foundation.house_secret set wrapped = ${becomes}
      where kind = ${kind} and generation = ${Number(generation)} and wrapped = ${was}`.execute(h.db);
  },
};

async function wrapAnew(book: WrapBook, name: string): Promise<number> {
  const provider = keyProvider();
  let moved = 0;
  let after: string | undefined;
  for (;;) {
    const rows = await takeRound(house(), 'foundation.wrap-anew', async (h) => {
      const some = await book.after(h, after, AT_ONCE);
      for (const { id, place, wrapped } of some) {
        // a key that was destroyed is no key: nothing to wrap
        if (wrapped.length < 2 || nameOf(wrapped).name === name) continue;
        await book.put(h, id, wrapped, await provider.wrap(await provider.unwrap(wrapped, place), place));
        moved += 1;
      }
      return some;
    });
    after = rows.at(-1)?.id;
    if (after === undefined) return moved;
  }
}

/**
 * Replaces the key-encryption key: a new one begins, every wrapped key is wrapped anew, and when no row is left under an earlier one,
 * the earlier ones are retired. Everything stays readable all the time; said again after a crash, it goes on.
 * @param books what the rooms have wrapped
 * @param quiet_ms how long to wait for acts that were under way when the key changed
 * @returns the names of both keys, and how many keys were wrapped anew
 */
export async function changeWrappingKey(
  books: readonly WrapBook[],
  quiet_ms = QUIET_MS,
): Promise<{ from: string; to: string; moved: number }> {
  const provider = keyProvider();
  const [from] = (await provider.names()).slice(-1);
  const to = await provider.rotate();
  const id = newId();
  await act(house(), 'foundation.begin-key', (h) =>
    sql`insert into foundation.key_change (id, kind, from_key, to_key, began_at)
      values (${id}, 'wrapping', ${from}, ${to}, ${h.now})`.execute(h.db),
  );
  let moved = 0;
  // an act that had wrapped by the old key may have committed since: again, until a whole round after a quiet time finds nothing
  for (let calm = false; ; ) {
    let round = 0;
    for (const book of [secretBook, ...books]) round += await wrapAnew(book, to);
    moved += round;
    if (round === 0 && calm) break;
    calm = round === 0;
    await pause(quiet_ms);
  }
  await provider.retire();
  await act(house(), 'foundation.end-key', (h) =>
    sql`update foundation.key_change set ended_at = ${h.now}, moved = ${moved} where id = ${id}`.execute(h.db),
  );
  return { from: from ?? to, to, moved };
}

/**
 * Replaces the key of the look-up indexes: the next generation is written beside the one in use, then read in its place in one stroke,
 * then the old rows go. A look-up finds what is there at every moment; said again after a crash, it goes on.
 * @param books the indexes
 * @param quiet_ms how long readings that began before the stroke may still need the old rows
 */
export async function changeIndexKey(
  books: readonly IndexBook[],
  quiet_ms = QUIET_MS,
): Promise<{ from: number; to: number; moved: number }> {
  const provider = keyProvider();
  const id = newId();
  const { from, to } = await act(house(), 'foundation.begin-index', async (h) => {
    await sql`select foundation.index_writers(true)`.execute(h.db);
    const reads = await indexRead(h);
    const wrapped = await provider.wrap(randomBytes(32), secretPlace('index', reads + 1));
    await sql`insert into foundation.house_secret (kind, generation, wrapped, made_at)
      values ('index', ${reads + 1}, ${wrapped}, ${h.now}) on conflict do nothing`.execute(h.db);
    await sql`insert into foundation.key_change (id, kind, from_key, to_key, began_at)
      values (${id}, 'index', ${String(reads)}, ${String(reads + 1)}, ${h.now})`.execute(h.db);
    return { from: reads, to: reads + 1 };
  });
  // the secret that was kept is the one that was first: fetched, not remembered
  await keepBooks(house(), indexWrite);
  let moved = 0;
  for (const book of books) {
    let after: string | undefined;
    do {
      const step = { from, to, after, most: AT_ONCE };
      const done = await takeRound(house(), 'foundation.carry-index', (h) => book.carry(h, step));
      moved += done.moved;
      after = done.last;
    } while (after !== undefined);
  }
  await act(house(), 'foundation.turn-index', async (h) => {
    await sql`select foundation.index_writers(true)`.execute(h.db);
    await sql`update foundation.house_secret set used_from = ${h.now} where kind = 'index' and generation = ${to}`.execute(
      h.db,
    );
    await sql`update foundation.house_secret set ended_at = ${h.now} where kind = 'index' and generation = ${from}`.execute(
      h.db,
    );
    await sql`update foundation.key_change set ended_at = ${h.now}, moved = ${moved} where id = ${id}`.execute(h.db);
  });
  await pause(quiet_ms);
  for (const book of books)
    while ((await takeRound(house(), 'foundation.drop-index', (h) => book.drop(h, AT_ONCE))) > 0);
  return { from, to, moved };
}

export type KeyChange = {
  kind: 'wrapping' | 'index';
  from_key: string;
  to_key: string;
  began_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  moved: number | null;
};

/** Which keys are in use, by their names, and the last changes. For administrators and auditors; others see no change. */
export async function keyState(
  r: Reading,
): Promise<{ provider: string; current: string; names: string[]; changes: KeyChange[] }> {
  const provider = keyProvider();
  const { rows } = await sql<KeyChange>`select kind, from_key, to_key, began_at, ended_at, moved
    from foundation.key_change order by began_at desc limit 20`.execute(r.db);
  return { provider: provider.kind, current: await provider.current(), names: await provider.names(), changes: rows };
}
