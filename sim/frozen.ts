// A house of a run stands outside of true time and of chance: its clock and its queue stand still between two steps, its plans are made once,
// and what the database itself would draw or look up comes from the run.
import type { TestHouse } from '../test/house.ts';
import { endConnections } from './connections.ts';

// the queue's own functions, and those of the log, whose salts nobody looks at
const OWN = `n.nspname not in ('pg_catalog', 'information_schema', 'ext', 'graphile_worker', 'audit')`;

/**
 * What functions and defaults of the house ask of true time – whether somebody still sits at a desk, whether a word was confirmed just now –
 * is answered as at the beginning: whoever has signed in is there. What they draw, ids of their own, is counted.
 */
async function holdTheDatabase(house: TestHouse): Promise<void> {
  await house.sql(`create sequence foundation.sim_ids;
    create function foundation.sim_id() returns uuid language sql volatile security definer set search_path = pg_catalog as
      $$ select ('fd000000-0000-7000-8000-' || lpad(to_hex(nextval('foundation.sim_ids')), 12, '0'))::uuid $$;
    grant usage on schema foundation to public;
    grant execute on function foundation.sim_id() to public;
    do $$ declare f record; held text := format('timestamptz %L', clock_timestamp());
    begin
      for f in select pg_get_functiondef(p.oid) as words from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where ${OWN} and p.prosrc ~ '(clock_timestamp|gen_random_uuid)\\(\\)'
      loop
        execute replace(replace(f.words, 'clock_timestamp()', held), 'gen_random_uuid()', 'foundation.sim_id()');
      end loop;
      for f in select d.adrelid::regclass as name, a.attname as field from pg_attrdef d join pg_class c on c.oid = d.adrelid
          join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
        where ${OWN} and pg_get_expr(d.adbin, d.adrelid) = 'gen_random_uuid()'
      loop
        execute format('alter table %s alter %I set default foundation.sim_id()', f.name, f.field);
      end loop;
    end $$`);
}

/** The house's clock stands still between two steps: how fast the machine is must not decide what happens. */
export async function stopTheClock(house: TestHouse, begins: string): Promise<void> {
  await holdTheDatabase(house);
  const [row] = await house.sql<{ ahead: string }>('select ahead_us::text as ahead from foundation.clock');
  const base = `(timestamptz '${begins}' - ${row?.ahead} * interval '1 microsecond')`;
  const moved = `(select ahead_us from foundation.clock) * interval '1 microsecond'`;
  await house.sql(`create or replace function foundation.now() returns timestamptz
    language sql volatile security definer set search_path = pg_catalog as $$ select ${base} + ${moved} $$`);
  // the queue's too: what waits lies so far ahead that no true minute brings it nearer, and far back when its time has come; what is due at one
  // instant is done in the order in which it was asked for, not as it happens to lie
  const apart = `interval '200 years'`;
  await house.sql(`create or replace function foundation.lead() returns interval
    language sql stable security definer set search_path = pg_catalog as $$ select -${apart} $$`);
  await house.sql(`create function graphile_worker.sim_due() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    begin
      if new.run_at > clock_timestamp() then
        if new.run_at - ${apart} <= foundation.now() then new.run_at := new.run_at - 2 * ${apart} + new.id * interval '1 microsecond'; end if;
      elsif new.run_at > clock_timestamp() - ${apart} / 2 then
        new.run_at := foundation.now() - ${apart} + new.id * interval '1 microsecond';
      end if;
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
