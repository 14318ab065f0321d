// A state tells the nation facts without identities, over a relay that holds nothing else. Three servers, cut off and together again; and what
// the database refuses to publish, whoever asks.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, closeDatabase, house, openDatabase } from '#foundation';
import { loadGroups, rollUp } from '#oversight';
import { publish, standing, subscribe } from '../cli/federation.ts';
import { end, home, relayAt, rows, type Side, until, urlOf } from './federation-sides.ts';

let folder: string;
let state: Side;
let relay: Side;
let nation: Side;
const fact = (at: Side, n: number, unit: string, forwarded: string | null = null) =>
  at.owner.query(
    `insert into published.case_fact (case_key, source, unit, groups, basis, recorded_on, due_on, first_on, forwarded_on, report_code, reopened)
     values ($1, 'here', $2::text::ext.ltree, '{rape}', 'law', '2026-01-10', '2026-03-10', $3::date, $3::date, case when $3::date is not null then 'CHARGE_SHEET' end, 0)
     on conflict (case_key) do update set forwarded_on = excluded.forwarded_on, first_on = excluded.first_on, report_code = excluded.report_code`,
    [`${unit}/2026/${n}`, unit, forwarded],
  );
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
  [state, nation, relay] = await Promise.all([home(folder, 'state'), home(folder, 'nation'), relayAt(folder, 'relay')]);
  // trusted on its socket, a role that reads the shared table alone
  await state.owner.query('create role itsso_relay login replication in role itsso_nation inherit');
  openDatabase({ host: nation.to.host, port: nation.to.port, database: 'postgres' }, 3);
  await act(house(), 'oversight.load-groups', loadGroups);
}, 180_000);
afterAll(async () => {
  await closeDatabase();
  await end(nation, relay, state);
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
    // every column but the drawn id, whose digits are nobody's number: neither station nor circle nor number came
    const came = await rows(nation, `select to_jsonb(s) - 'id' as told from published.shared s order by district`);
    const told = { state: 'in.up', groups: ['rape'], basis: 'law', recorded_on: '2026-01-10', reopened: 0 };
    const sent = { first_on: '2026-02-20', forwarded_on: '2026-02-20', report_code: 'CHARGE_SHEET' };
    expect(came).toEqual([
      { told: { ...told, district: 'in.up.kanpur_nagar', first_on: null, forwarded_on: null, report_code: null } },
      { told: { ...told, district: 'in.up.lucknow', ...sent } },
    ]);
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

  test('a nation whose place was lost takes it up again: only what changed is counted anew', async () => {
    await nation.owner.query('alter subscription itsso_in_up disable');
    await until('the slot is free', async () => {
      await relay.owner.query('select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active');
      return (await rows(relay, 'select 1 from pg_replication_slots')).length === 0;
    });
    await fact(state, 900, 'in.up.lucknow.x.y.z');
    await fact(state, 101, 'in.up.lucknow.x.y.z', '2026-03-01');
    await state.owner.query(`delete from published.case_fact where case_key = 'in.up.lucknow.x.y.z/2026/102'`);
    await until('it is at the relay', async () => {
      const [one] = await rows(
        relay,
        'select count(forwarded_on)::int as n, count(*)::int as all from published.shared',
      );
      return one?.n === 3 && one?.all === 52;
    });
    expect(await subscribe(nation.to, 'in.up', urlOf(relay, 'itsso_nation'))).toEqual({ came: 1, changed: 1, went: 1 });
    expect(await rows(nation, 'select * from published.arrived')).toHaveLength(3);
    expect(await figures()).toEqual({ registered: 52, sheeted: 3 });
    await fact(state, 901, 'in.up.lucknow.x.y.z');
    await until('and goes on', async () => (await shared(nation)) === 53);
    expect(await figures()).toEqual({ registered: 53, sheeted: 3 });
    await expect(subscribe(state.to, 'in.up', urlOf(relay, 'itsso_nation'))).rejects.toThrow('own');
  });

  test('at the nation is not passed on again', async () => {
    expect(await rows(nation, 'select * from published.shared_key')).toEqual([]);
  });
});

describe('what never leaves', () => {
  const refused = async (text: string, at = state) => {
    await at.owner.query('begin');
    const why = await at.owner.query(text).then(
      () => 'allowed',
      (error: { code?: string }) => error.code,
    );
    await at.owner.query('rollback');
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

  test('the published table itself cannot be widened: no other type, no check taken away, no state beside the one, whoever asks as what', async () => {
    const columns = 'id, state, district, groups, basis, recorded_on, first_on, forwarded_on, report_code, reopened';
    for (const at of [state, relay]) {
      const refusedThere = (text: string) => refused(text, at);
      for (const text of [
        `create publication leak for table published.shared (${columns})`,
        `create publication leak for table published.shared (${columns}) where (state <> 'in.br')`,
        `create publication leak for table published.shared (${columns}) where (state in ('in.up', 'in.br'))`,
        'alter table published.shared drop constraint groups_are_codes',
        `alter table published.shared drop constraint report_is_a_code, add constraint report_is_a_code check (report_code ~ '.')`,
        'alter table published.shared drop constraint district_is_a_code, add constraint district_is_a_code check (true) not valid',
        'alter table published.shared rename column report_code to account',
        // a text under the name of a day
        `drop publication itsso_facts; alter table published.shared rename recorded_on to day; alter table published.shared add recorded_on text;
         create publication leak for table published.shared (${columns}) where (state = 'in.up')`,
        `set local session_replication_role = replica; create publication leak for all tables`,
      ])
        expect(await refusedThere(text), text).toBe('IT011');
      // what is not published may change
      expect(
        await refusedThere('create table published.other (a int); alter table published.other add column b text'),
      ).toBe('allowed');
    }
  });

  test('the relay holds to the same list as the house, word for word', async () => {
    const held = (at: Side) =>
      rows(
        at,
        `select proname, prosrc from pg_proc where pronamespace = 'house'::regnamespace and proname in ('keep_in', 'published_too_much')
         union all select evtname, array_to_string(evttags, ' ') || evtenabled::text from pg_event_trigger
         union all select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = 'published.shared'::regclass and contype in ('c', 'p')
         order by 1`,
      );
    const there = await held(relay);
    expect(there.length).toBe(11);
    expect(there).toEqual(await held(state));
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
