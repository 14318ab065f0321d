// What the database itself promises: row security everywhere, least rights, history that only grows, functions that cannot be led astray.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from './house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse();
});
afterAll(() => h.close());

const ROOMS = `('foundation', 'posts', 'signin', 'sealed', 'notify', 'deadlines', 'callback', 'intake', 'casework', 'evidence', 'documents', 'correspondence', 'hearing', 'court', 'clients', 'cctns', 'published', 'sos', 'audit', 'operations', 'house')`;

test('every table has row security, enabled and forced', async () => {
  const open =
    await h.sql(`select n.nspname || '.' || c.relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ${ROOMS} and not (c.relrowsecurity and c.relforcerowsecurity)`);
  expect(open).toEqual([]);
});

test('every table of a room says what it is for', async () => {
  const silent =
    await h.sql(`select n.nspname || '.' || c.relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ${ROOMS} and n.nspname <> 'house' and obj_description(c.oid) is null`);
  expect(silent).toEqual([]);
});

test('no role of the application passes by row security, owns a table or inherits another', async () => {
  const strong = await h.sql(
    `select rolname from pg_roles where rolname like 'itsso%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`,
  );
  expect(strong).toEqual([]);
  const owners =
    await h.sql(`select distinct pg_get_userbyid(c.relowner) as owner from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in ${ROOMS} and n.nspname <> 'house'`);
  expect(owners).toEqual([{ owner: 'itsso_owner' }]);
});

test('her role may read no table but the names of units', async () => {
  const granted =
    await h.sql(`select table_schema || '.' || table_name as t, privilege_type as p from information_schema.role_table_grants
    where grantee = 'itsso_citizen'`);
  expect(granted).toEqual([{ t: 'posts.unit', p: 'SELECT' }]);
});

test('nothing is granted to everybody', async () => {
  const tables = await h.sql(
    `select table_schema || '.' || table_name as t from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema in ${ROOMS}`,
  );
  expect(tables).toEqual([]);
  const functions =
    await h.sql(`select p.oid::regprocedure::text as f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ${ROOMS} and (p.proacl is null or exists (select 1 from aclexplode(p.proacl) a where a.grantee = 0))
      and p.prorettype <> 'trigger'::regtype`);
  expect(functions).toEqual([]);
});

test('every function that runs with its owner’s rights fixes its search path', async () => {
  const loose =
    await h.sql(`select p.oid::regprocedure::text as f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ${ROOMS} and p.prosecdef and not coalesce(array_to_string(p.proconfig, ',') like '%search_path=%', false)`);
  expect(loose).toEqual([]);
});

test('no function and no policy writes out what another one answers column by column: it would be called once for each', async () => {
  // but for what is drawn into the question itself, and so is not called at all
  const spread =
    await h.sql(`select p.oid::regprocedure::text as f from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ${ROOMS} and replace(p.prosrc, '(published.counted_of(f)).*', '') like '%)).*%'
    union all select tablename || '.' || policyname from pg_policies where qual like '%)).*%' or with_check like '%)).*%'`);
  expect(spread).toEqual([]);
});

test('history only grows: nobody may change or delete what has happened', async () => {
  const history = `('ledger', 'step', 'diary', 'opening', 'opening_end', 'stage', 'delay', 'attempt', 'stay', 'change_file', 'exhibit', 'custody', 'answer', 'slot', 'event', 'consent', 'leaf', 'checkpoint', 'log_key', 'verification')`;
  const may = await h.sql(`select grantee, table_name, privilege_type from information_schema.role_table_grants
    where table_schema in ${ROOMS} and table_name in ${history} and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee <> 'itsso_owner'`);
  expect(may).toEqual([]);
  const columns = await h.sql(`select grantee, table_name, column_name from information_schema.column_privileges
    where table_schema in ${ROOMS} and table_name in ${history} and privilege_type = 'UPDATE' and grantee <> 'itsso_owner'`);
  expect(columns).toEqual([]);
});

test('a complaint, a file and a promise can be deleted by no role', async () => {
  const may = await h.sql(`select grantee, table_name from information_schema.role_table_grants
    where privilege_type in ('DELETE', 'TRUNCATE') and grantee <> 'itsso_owner' and table_name in ('complaint', 'file', 'promise', 'deadline', 'unit', 'post', 'officer', 'law_change', 'alert', 'call_out', 'registration')
      and table_schema in ${ROOMS}`);
  expect(may).toEqual([]);
  // of the times at a post only those that have not begun
  const tenure =
    await h.sql(`select t.grantee, p.policyname, p.permissive, p.qual from information_schema.role_table_grants t
    left join pg_policies p on p.tablename = t.table_name and p.cmd = 'DELETE' and t.grantee = any (p.roles)
    where t.table_name = 'tenure' and t.privilege_type in ('DELETE', 'TRUNCATE') and t.grantee <> 'itsso_owner'`);
  expect(tenure).toEqual([
    {
      grantee: 'itsso_machine',
      policyname: 'only_what_has_not_begun',
      permissive: 'RESTRICTIVE',
      qual: '(from_at > foundation.now())',
    },
  ]);
});
