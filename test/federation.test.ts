// A state tells the nation facts without identities, over a relay that holds nothing else. Three servers, cut off and together again; and what
// the database refuses to publish, whoever asks.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  act,
  closeDatabase,
  enrolHouse,
  house,
  migrate,
  openDatabase,
  type Postgres,
  startPostgres,
} from '#foundation';
import { loadGroups, rollUp } from '#oversight';
import { publish, standing, subscribe } from '../cli/federation.ts';

const LOGICAL = { wal_level: 'logical', max_wal_senders: '5', max_replication_slots: '5' };
let folder: string;
let state: Side;
let relay: Side;
let nation: Side;
type Side = { server: Postgres; owner: pg.Client; to: { host: string; port: number; user: string; database: string } };

async function side(name: string): Promise<Side> {
  const server = await startPostgres(path.join(folder, name), { forTests: true, settings: LOGICAL });
  const to = { host: server.host, port: server.port, user: server.superuser, database: 'postgres' };
  const owner = new pg.Client(to);
  await owner.connect();
  return { server, owner, to };
}
const home = async (name: string): Promise<Side> => {
  const one = await side(name);
  await migrate({ owner: one.to, queue: { host: one.to.host, port: one.to.port, database: 'postgres' } });
  await enrolHouse(one.owner);
  return one;
};
const urlOf = ({ to }: Side, user: string) => `host=${to.host} port=${to.port} dbname=postgres user=${user}`;
const rows = async (at: Side, text: string, values: unknown[] = []) => (await at.owner.query(text, values)).rows;
const fact = (at: Side, n: number, unit: string, forwarded: string | null = null) =>
  at.owner.query(
    `insert into published.case_fact (case_key, source, unit, groups, basis, recorded_on, due_on, first_on, forwarded_on, report_code, reopened)
     values ($1, 'here', $2::text::ext.ltree, '{rape}', 'law', '2026-01-10', '2026-03-10', $3::date, $3::date, case when $3::date is not null then 'CHARGE_SHEET' end, 0)
     on conflict (case_key) do update set forwarded_on = excluded.forwarded_on, first_on = excluded.first_on, report_code = excluded.report_code`,
    [`${unit}/2026/${n}`, unit, forwarded],
  );
async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++, await pause(50)) if (await is()) return;
  throw new Error(`did not come: ${what}`);
}
const shared = async (at: Side) => Number((await rows(at, 'select count(*) as n from published.shared'))[0]?.n);
const figures = async () => {
  await rollUp();
  const [all] = await rows(
    nation,
    `select coalesce(sum(c.registered), 0)::int as registered, coalesce(sum(c.charge_sheeted), 0)::int as sheeted from published.cell c
     join published.place p on p.id = c.place where p.path::text = 'in' and c.grp = 'all' and c.grain = 'a'`,
  );
  return all;
};

beforeAll(async () => {
  folder = mkdtempSync('/tmp/itsso-nation-');
  chmodSync(folder, 0o755);
  [state, nation, relay] = await Promise.all([home('state'), home('nation'), side('relay')]);
  const sql = readFileSync(path.resolve(import.meta.dirname, '../ops/federation/relay.sql'), 'utf8');
  await relay.owner.query(sql.replace(":'nation_password'", `'of-the-test'`));
  // trusted on its socket, a role that reads the shared table alone
  await state.owner.query('create role itsso_relay login replication in role itsso_nation inherit');
  openDatabase({ host: nation.to.host, port: nation.to.port, database: 'postgres' }, 3);
  await act(house(), 'oversight.load-groups', loadGroups);
});
afterAll(async () => {
  await closeDatabase();
  for (const one of [nation, relay, state]) {
    // a subscription holds a slot on the other side: it goes first
    const subs = await rows(one, 'select subname from pg_subscription').catch(() => []);
    for (const { subname } of subs) {
      await one.owner.query(`alter subscription ${subname} disable`);
      await one.owner.query(`alter subscription ${subname} set (slot_name = none)`);
      await one.owner.query(`drop subscription ${subname}`);
    }
    await one.owner.end();
    await one.server.stop();
  }
  rmSync(folder, { recursive: true, force: true });
});

describe('what leaves a state', () => {
  test('reaches the nation over the relay, without station, number or FIR, and counts in its figures', async () => {
    await fact(state, 412, 'in.up.kanpur_nagar.west.circle_12.kalyanpur');
    await fact(state, 7, 'in.up.lucknow.x.y.z', '2026-02-20');
    await publish(state.to, 'in.up');
    await subscribe(relay.to, 'in.up', urlOf(state, 'itsso_relay'));
    await publish(relay.to, 'in.up');
    await subscribe(nation.to, 'in.up', urlOf(relay, 'itsso_nation'));
    await until('both at the nation', async () => (await shared(nation)) === 2);
    expect(await figures()).toEqual({ registered: 2, sheeted: 1 });
    const all = JSON.stringify(await rows(nation, 'select * from published.shared'));
    expect(all).toContain('in.up.kanpur_nagar');
    for (const secret of ['kalyanpur', '412', 'circle_12']) expect(all).not.toContain(secret);
    const [copied] = await rows(
      nation,
      `select count(*)::int as n from published.case_fact where unit::text not in ('in.up.kanpur_nagar', 'in.up.lucknow')`,
    );
    expect(copied?.n).toBe(0);
  });

  test('of another state stays behind the row filter', async () => {
    await fact(state, 1, 'in.br.patna.x.y.z');
    await fact(state, 8, 'in.up.lucknow.x.y.z');
    await until('the one of Uttar Pradesh', async () => (await shared(nation)) === 3);
    expect(await shared(state)).toBe(4);
    expect(await rows(nation, `select 1 from published.shared where state = 'in.br'`)).toEqual([]);
  });

  test('a nation that is cut off catches up: what was new, what changed, what went', async () => {
    await nation.owner.query('alter subscription itsso_in_up disable');
    for (let n = 100; n < 150; n++) await fact(state, n, 'in.up.lucknow.x.y.z');
    await fact(state, 412, 'in.up.kanpur_nagar.west.circle_12.kalyanpur', '2026-03-01');
    await state.owner.query(`delete from published.case_fact where case_key = 'in.up.lucknow.x.y.z/2026/8'`);
    expect(await figures()).toEqual({ registered: 3, sheeted: 1 });
    await nation.owner.query('alter subscription itsso_in_up enable');
    await until('all of it', async () => (await shared(nation)) === 52 && (await figures())?.sheeted === 2);
    expect(await figures()).toEqual({ registered: 52, sheeted: 2 });
    expect((await standing(nation.to)).arrives[0]?.behind_seconds).toBeLessThan(60);
  });

  test('at the nation is not passed on again', async () => {
    expect(await rows(nation, 'select * from published.shared_key')).toEqual([]);
  });
});

describe('what never leaves', () => {
  const refused = async (text: string) => {
    await state.owner.query('begin');
    const why = await state.owner.query(text).then(
      () => 'allowed',
      (error: { code?: string }) => error.code,
    );
    await state.owner.query('rollback');
    return why;
  };

  test('any other table, any other column and everything at once are refused by the database itself', async () => {
    const tables = await rows(
      state,
      `select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema') and (n.nspname, c.relname) <> ('published', 'shared')`,
    );
    expect(tables.length).toBeGreaterThan(100);
    for (const { t } of tables) expect(await refused(`create publication leak for table ${t}`), t).toBe('IT011');
    for (const text of [
      'create publication leak for all tables',
      'create publication leak for tables in schema published',
      'alter publication itsso_facts add table intake.complaint',
      'create publication leak for table published.shared',
    ])
      expect(await refused(text), text).toBe('IT011');
    expect(
      await refused(
        'alter table published.shared add column name text; alter publication itsso_facts set table published.shared (id, state, name)',
      ),
    ).toBe('IT011');
  });

  test('a word cannot get into the shared table: every text in it is a code by a check of the catalogue', async () => {
    const texts = await rows(
      state,
      `select a.attname as name, exists (select from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c' and a.attnum = any (k.conkey)
           and pg_get_constraintdef(k.oid) ~ '~|ANY') as checked
       from pg_attribute a where a.attrelid = 'published.shared'::regclass and a.attnum > 0 and not a.attisdropped
         and a.atttypid not in ('uuid'::regtype, 'date'::regtype, 'int'::regtype)`,
    );
    expect(texts.map(({ name }) => name).sort()).toEqual(['basis', 'district', 'groups', 'report_code', 'state']);
    for (const { name, checked } of texts) expect(checked, name).toBe(true);
    for (const [column, value] of [
      ['district', `'in.up.Asha Devi'`],
      ['groups', `'{"वह रोज मेरे पीछे आता है"}'`],
      ['report_code', `'Asha'`],
      ['basis', `'9876501234'`],
      ['state', `'asha'`],
    ])
      expect(await refused(`update published.shared set ${column} = ${value}`), column).toBe('23514');
  });

  test('the role of the nation reads the shared table and no other', async () => {
    const seen = await rows(
      state,
      `select n.nspname || '.' || c.relname as t from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
         and has_schema_privilege('itsso_nation', n.oid, 'usage') and has_table_privilege('itsso_nation', c.oid, 'select')`,
    );
    expect(seen).toEqual([{ t: 'published.shared' }]);
  });
});
