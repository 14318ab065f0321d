// A house of a run stands outside of true time: its clock and its queue stand still between two steps, and its plans are made once.
import type { TestHouse } from '../test/house.ts';
import { endConnections } from './staff-life.ts';

/** The house's clock stands still between two steps: how fast the machine is must not decide what happens. */
export async function stopTheClock(house: TestHouse, begins: string): Promise<void> {
  const [row] = await house.sql<{ ahead: string }>('select ahead_us::text as ahead from foundation.clock');
  const base = `(timestamptz '${begins}' - ${row?.ahead} * interval '1 microsecond')`;
  const moved = `(select ahead_us from foundation.clock) * interval '1 microsecond'`;
  await house.sql(`create or replace function foundation.now() returns timestamptz
    language sql volatile security definer set search_path = pg_catalog as $$ select ${base} + ${moved} $$`);
  // the queue's too: what waits lies so far ahead that no true minute brings it nearer, and far back when its time has come
  const apart = `interval '200 years'`;
  await house.sql(`create or replace function foundation.lead() returns interval
    language sql stable security definer set search_path = pg_catalog as $$ select -${apart} $$`);
  await house.sql(`create function graphile_worker.sim_due() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    begin
      if new.run_at > clock_timestamp() and new.run_at - ${apart} <= foundation.now() then new.run_at := new.run_at - 2 * ${apart}; end if;
      return new;
    end $$;
    create trigger sim_due before insert or update on graphile_worker._private_jobs for each row execute function graphile_worker.sim_due()`);
  await house.sql(`create or replace function foundation.move_clock(by_us bigint) returns timestamptz
    language plpgsql volatile security definer set search_path = pg_catalog as $$
    begin
      update foundation.clock set ahead_us = ahead_us + by_us;
      update graphile_worker._private_jobs set run_at = run_at where run_at > clock_timestamp();
      return foundation.now();
    end $$;
    alter function foundation.move_clock(bigint) owner to current_user`);
}

/** Small tables and the same statements over and over: planned once, and looked at no more. */
export async function settle(house: TestHouse): Promise<void> {
  await house.sql(
    `do $$ begin execute format('alter database %I set plan_cache_mode = force_generic_plan', current_database()); end $$`,
  );
  await endConnections(house);
}

/**
 * Tables that have grown are planned as such, and what is dead in them is gone. Nothing is analysed: that draws samples by chance, and a seed
 * must play the same again.
 */
export async function tidy(house: TestHouse): Promise<void> {
  await house.sql('vacuum');
  await endConnections(house);
}

/** A connection that died is gone when the database has taken back what was begun on it, and not before. */
export const whenGone =
  (house: TestHouse) =>
  async (pid: number): Promise<void> => {
    for (let tries = 0; tries < 500; tries++) {
      if ((await house.sql('select from pg_stat_activity where pid = $1', [pid])).length === 0) return;
      await new Promise((go) => setTimeout(go, 2));
    }
    throw new Error('a connection that died lives on');
  };
