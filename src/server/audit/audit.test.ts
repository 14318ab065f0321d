// The log at work: no row passed over while many write at once, proofs of any size, promises that are kept, a log that only grows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, keepBooks, read } from '#foundation';
import {
  coverTables,
  dayCheckpoints,
  fingerprintOf,
  growthOf,
  lastCheckpoint,
  logSigner,
  proofsOf,
  sequence,
  verifyAndKeep,
  verifyLog,
} from '#audit';
import { myRecord } from '#casework';
import { sql } from 'kysely';
import pg from 'pg';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';
import { sequenceIfDue } from './sequencer.ts';
import { growing, hasGrown, leafHash, rootByInclusion } from './merkle.ts';
import { CHECKERS, fingerprint, leafBytes, NOT_TRACED } from './rules.ts';
import { cosignatureLine, cosignedAt, openCheckpoint } from './signed-note.ts';
import * as store from './store.ts';
import { append, hashesOver, rootOf } from './tree.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());
const known = () => [{ name: logSigner().name, public: logSigner().public }];

test('acts that end late and out of order all get a place, each once, whole transactions together', {
  timeout: 60_000,
}, async () => {
  const going = { on: true };
  const sequencers = [0, 1].map(async () => {
    while (going.on) await sequence();
  });
  // some begin early and end late, some are thrown away
  await Promise.all(
    Array.from({ length: 120 }, async (_, n) => {
      await new Promise((go) => setTimeout(go, n % 7));
      await act(house(), 'test.write', async (a) => {
        await new Promise((go) => setTimeout(go, (n * 37) % 90));
        if (n % 10 === 9) throw new Error('thrown away');
        return a;
      }).catch(() => undefined);
    }),
  );
  going.on = false;
  await Promise.all(sequencers);
  await sequence();
  const [counts] = await h.sql(`select (select count(*)::int from foundation.ledger where deed = 'test.write') as acts,
    (select count(*)::int from audit.leaf l join audit.shape s on s.id = l.shape join foundation.ledger g on g.id::text = l.key where s.name = 'foundation.ledger' and g.deed = 'test.write') as leaves,
    (select count(*)::int from audit.fresh) as waiting, (select max(index)::int + 1 - count(*)::int from audit.leaf) as gaps,
    (select count(*)::int from (select xid from audit.leaf group by xid having max(index) - min(index) + 1 <> count(*)) x) as torn`);
  expect(counts).toEqual({ acts: 108, leaves: 108, waiting: 0, gaps: 0, torn: 0 });
  expect((await verifyLog()).faults).toEqual([]);
});

test('a transaction longer than a batch stays in one piece, and a long table is checked stretch by stretch with the same result', {
  timeout: 60_000,
}, async () => {
  // a batch and a stretch are twenty thousand each: more than one of either, and the last not full
  const MANY = 25_000;
  await act(house(), 'test.many', async (a) => {
    await sql`select foundation.note(gen_random_uuid(), 'test.one', null, ${a.now}, '{}') from generate_series(1, ${MANY})`.execute(
      a.db,
    );
  });
  await act(house(), 'test.write', async () => undefined);
  const before = await lastCheckpoint();
  expect(await sequence()).toBeGreaterThan(MANY);
  const [torn] = await h.sql<{ n: number; xids: number }>(
    `select count(*)::int as n, count(distinct xid)::int as xids from audit.leaf where index between ${before.size} and ${before.size + MANY}`,
  );
  expect(torn).toEqual({ n: MANY + 1, xids: 1 });
  expect((await verifyLog()).faults).toEqual([]);
  // every tenth row of a stretch of its own, the first and the last of it too
  const some = await h.sql<{ id: string }>(
    "select id from (select id, row_number() over (order by id) as n from foundation.ledger where deed = 'test.one') x where n in (1, 700, 701, 20000, 25000)",
  );
  const ids = some.map(({ id }) => id).sort();
  await h.sql('set session_replication_role = replica');
  await h.sql("update foundation.ledger set deed = 'test.two' where id = any ($1)", [ids.slice(0, 3)]);
  const [gone] = await h.sql<{ row: string }>(
    'delete from foundation.ledger l where id = $1 returning to_jsonb(l)::text as row',
    [ids[3]],
  );
  const faultsBy = async (stretch?: number) =>
    (await verifyLog(stretch ? { stretch } : {})).faults.map(({ what, key }) => `${key} ${what}`).sort();
  const expected = [...ids.slice(0, 3).map((id) => `${id} changed`), `${ids[3]} deleted`].sort();
  expect(await faultsBy()).toEqual(expected);
  expect(await faultsBy(700)).toEqual(expected);
  await h.sql("update foundation.ledger set deed = 'test.one' where id = any ($1)", [ids.slice(0, 3)]);
  await h.sql('insert into foundation.ledger select * from jsonb_populate_record(null::foundation.ledger, $1)', [
    gone?.row,
  ]);
  await h.sql('set session_replication_role = origin');
});

test('what makes and checks traces is known by its text', async () => {
  const found = await read(house(), 'audit.look', (r) => store.checkersOf(r, Object.keys(CHECKERS)));
  expect(Object.fromEntries(found.map(({ name, hash }) => [name, hash]))).toEqual(CHECKERS);
});

test('her record is proved against a signed checkpoint, and the proofs say nothing', async () => {
  const story = storyIn(h);
  const form = complaint();
  const filed = await story.file(form);
  const her = await story.herself(filed);
  const rows = await read(her, 'casework.track', myRecord);
  const prove = () => read(house(), 'audit.prove', (r) => proofsOf(r, rows));
  const before = await prove();
  // at once: nothing has its place yet, everything is promised
  expect(before.entries.every(({ promise, index }) => promise && index === undefined)).toBe(true);
  const mark = await read(house(), 'audit.prove', (r) => fingerprintOf(r, rows[0]!));
  await sequence();
  const after = await prove();
  expect(after.entries.map((e) => [e.time, e.about, e.fingerprint])).toEqual(
    before.entries.map((e) => [e.time, e.about, e.fingerprint]),
  );
  expect(after.entries[0]?.fingerprint).toBe(mark);
  expect(mark).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  const signed = openCheckpoint(after.checkpoint, known())!;
  for (const { time, about, index, proof } of after.entries) {
    const leaf = leafHash(leafBytes(time, Buffer.from(about, 'base64')));
    expect(
      rootByInclusion(
        index!,
        signed.size,
        leaf,
        proof!.map((p) => Buffer.from(p, 'base64')),
      ),
    ).toEqual(signed.root);
  }
  // her number, words and tables are nowhere in it
  const hers = new RegExp(`casework|intake|deadline|complaint|Kanariya|${form.mobile.slice(-10)}`, 'i');
  expect(JSON.stringify(after)).not.toMatch(hers);
  expect(rows.length).toBeGreaterThanOrEqual(3);
});

test('every checkpoint is signed, and each has grown into the last', async () => {
  const head = await lastCheckpoint();
  const notes = await h.sql<{ note: string }>('select note from audit.checkpoint order by at');
  expect(notes.length).toBeGreaterThan(2);
  const last = openCheckpoint(head.note, known())!;
  for (const { note } of notes) {
    const first = openCheckpoint(note, known())!;
    const proof = await read(house(), 'audit.prove', (r) => growthOf(r, first.size, last.size));
    expect(
      hasGrown(
        first,
        last,
        proof!.map((p) => Buffer.from(p, 'base64')),
      ),
    ).toBe(true);
    expect(openCheckpoint(note.replace('\ntime 1', '\ntime 2'), known())).toBeUndefined();
  }
  expect(await read(house(), 'audit.prove', (r) => growthOf(r, 1, last.size + 1))).toBeUndefined();
  const [today] = await dayCheckpoints();
  expect(today?.note).toBe(head.note);
  // a witness cosigns with its own clock, and the cosignature is no signature of the log
  const witness = { ...logSigner(), name: 'witness.example' };
  const cosigned = head.note + cosignatureLine(head.note, 1_767_600_000, witness);
  expect(cosignedAt(cosigned, witness)).toBe(1_767_600_000);
  expect(openCheckpoint(cosigned, known())?.size).toBe(last.size);
  expect(openCheckpoint(cosigned.replace(/\u2014 [^\n]*\n\u2014/, '\u2014'), known())).toBeUndefined();
});

test('a tree of many tiles has the same hashes as one of single leaves', { timeout: 60_000 }, async () => {
  const leaves = Array.from({ length: 66_000 }, (_, n) => leafHash(Buffer.from(String(n))));
  await h.sql('create table kept_tiles as table audit.tile');
  await h.sql('delete from audit.tile');
  try {
    const tree = growing();
    let size = 0;
    for (const length of [1, 255, 1, 300, 5000, 60_000, 443]) {
      await keepBooks(house(), (a) => append(a, size, leaves.slice(size, size + length)));
      for (const leaf of leaves.slice(size, size + length)) tree.push(leaf);
      size += length;
      expect(await read(house(), 'audit.look', (r) => rootOf(r, size))).toEqual(tree.root());
    }
    expect(await read(house(), 'audit.look', (r) => hashesOver(r, [[65_999, 66_000]]))).toEqual([leaves[65_999]]);
  } finally {
    await h.sql('delete from audit.tile');
    await h.sql('insert into audit.tile select * from kept_tiles');
  }
});

test('a check passes over a table that never had a row, and finds the first one that is put there by hand', async () => {
  const put = "insert into operations.swept (id, at, name, rows) values (gen_random_uuid(), '2026-01-05', 'x', 1)";
  const byHand = async (...deeds: string[]) => {
    await h.sql('set session_replication_role = replica');
    for (const deed of deeds) await h.sql(deed);
    await h.sql('set session_replication_role = origin');
  };
  const faults = async () => (await verifyLog()).faults.map(({ what, name }) => ({ what, name }));
  expect(await read(house(), 'audit.look', store.tablesToCheck)).not.toContain('operations.swept');
  await byHand(put);
  expect(await faults()).toEqual([{ what: 'inserted', name: 'operations.swept' }]);
  await byHand('delete from operations.swept');
  expect(await faults()).toEqual([]);
  // of what had rows the traces stay, and by them it is checked
  await act(house(), 'test.write', (a) => sql.raw(put).execute(a.db));
  await sequence();
  await byHand('create table kept_swept as table operations.swept', 'delete from operations.swept');
  expect(await faults()).toEqual([{ what: 'deleted', name: 'operations.swept' }]);
  await byHand('insert into operations.swept select * from kept_swept');
  expect(await faults()).toEqual([]);
});

test('every table leaves traces or says why not; one that is made tomorrow does so from its first day', async () => {
  const owner = new pg.Client({
    host: process.env.ITSSO_TEST_PG,
    port: 5432,
    user: 'postgres',
    database: (await h.sql<{ d: string }>('select current_database() as d'))[0]?.d,
  });
  await owner.connect();
  try {
    expect(await coverTables(owner)).toBe(0);
    const names = new Set(
      (
        await h.sql<{ name: string }>(
          `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r'`,
        )
      ).map(({ name }) => name),
    );
    for (const name of Object.keys(NOT_TRACED)) expect(names, name).toContain(name);
    await owner.query(`create table posts.new_thing (id uuid primary key, a int); call foundation.guard('posts.new_thing', 'Test.');
      insert into posts.new_thing values (gen_random_uuid(), 1)`);
    expect((await verifyLog()).faults.map(({ what, name }) => ({ what, name }))).toContainEqual({
      what: 'not-traced',
      name: 'posts.new_thing',
    });
    expect(await coverTables(owner)).toBe(1);
    // a column that comes later leaves the older traces right
    await owner.query('alter table posts.new_thing add column b text not null default 7');
    expect(await coverTables(owner)).toBe(1);
    await sequence();
    expect((await verifyLog()).faults).toEqual([]);
    await owner.query('update posts.new_thing set a = 2');
    await sequence();
    expect((await verifyLog()).faults.map(({ what }) => what)).toEqual(['without-an-act']);
    await owner.query('drop table posts.new_thing');
  } finally {
    await owner.end();
  }
});

test('what a check found is kept, and a later check may go on from there', async () => {
  const whole = await verifyAndKeep();
  await act(house(), 'test.write', async () => undefined);
  await sequence();
  const rest = await verifyLog({ from: whole.size });
  expect(rest.whole).toBe(false);
  expect(rest.faults.filter(({ name }) => name !== 'posts.new_thing')).toEqual([]);
  const kept = await read(house(), 'audit.look', store.lastVerification);
  expect(kept?.size).toBe(whole.size);
});

test('a mark is read aloud without letters that sound alike', () => {
  expect(fingerprint(Buffer.from('ffffffffffffffff00', 'hex'))).toBe('ZZZZ-ZZZZ-ZZZZ');
  expect(fingerprint(Buffer.from('0000000000000000ff', 'hex'))).toBe('0000-0000-0000');
});

test('a checkpoint that was signed by a clock far ahead keeps the log from nothing: the next one follows it by its size', async () => {
  await act(house(), 'test.write', async () => undefined);
  await sequence();
  await h.sql(`alter table audit.checkpoint disable trigger user`);
  await h.sql(
    `update audit.checkpoint set at = at + interval '13 hours' where size = (select max(size) from audit.checkpoint)`,
  );
  await h.sql(`alter table audit.checkpoint enable trigger user`);
  await act(house(), 'test.write', async () => undefined);
  const waiting = () => h.sql('select count(*)::int as n from audit.fresh');
  await sequenceIfDue();
  expect(await waiting()).toEqual([{ n: 0 }]);
  await act(house(), 'test.write', async () => undefined);
  await sequence();
  expect(await waiting()).toEqual([{ n: 0 }]);
});
