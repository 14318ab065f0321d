// The connections of a run's house: few, ended all at once now and then, and gone for certain before anybody goes on.
import { house, read } from '#foundation';
import type { TestHouse } from '../test/house.ts';

/** How many acts of the house at once, at most: a run does one thing at a time. */
export const CONNECTIONS = 2;

const MOST_LOOKS = 30_000;
const LOOK_MS = 2;

/** A connection that died is gone when the database has taken back what was begun on it, and not before. */
export const whenGone =
  (h: TestHouse) =>
  async (pid: number): Promise<void> => {
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      if ((await h.sql('select from pg_stat_activity where pid = $1', [pid])).length === 0) return;
      await new Promise((go) => setTimeout(go, LOOK_MS));
    }
    throw new Error('a connection that died lives on');
  };

/** Ends every connection of the application; what is asked next is asked on new ones. */
export async function endConnections(h: TestHouse): Promise<void> {
  const ended = await h.sql<{ pid: number }>(
    `select pid, pg_terminate_backend(pid) from pg_stat_activity
     where usename = 'itsso_app' and datname = current_database() and pid <> pg_backend_pid()`,
  );
  for (const { pid } of ended) await whenGone(h)(pid);
  // that they are gone is noticed one by one, by whoever uses them next: as many as there are at once, so that none is left in the pool
  const all = (n: number): Promise<unknown> =>
    read(house(), 'sim.back', () => (n > 1 ? all(n - 1) : Promise.resolve()));
  for (let tries = 0; tries < 2 * CONNECTIONS + 1; tries++)
    if (
      await all(CONNECTIONS).then(
        () => true,
        () => false,
      )
    )
      return;
  throw new Error('no new connection in place of those that ended');
}
