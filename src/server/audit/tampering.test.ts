// Two hundred deeds of a superuser, at random: each is found and named, and when it is undone nothing is found any more.
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cosignatureLine, lastCheckpoint, logSigner, openLog, sequence, verifyLog } from '#audit';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { storyIn } from '../../../test/story.ts';
import { chances, KINDS, takeBackup, tamper, tracedTables } from '../../../test/tampering.ts';

const DEEDS = 200;
const SEED = 20_260_105;
const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-log-'));
let h: TestHouse;

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  openLog('http://localhost', folder);
  await sequence();
  const story = storyIn(h);
  const first = await story.confirmed();
  await sequence();
  await takeBackup(h, await tracedTables(h));
  // what happens after the backup is what its rows, put back, would undo
  const second = await story.confirmed();
  for (const number of [first, second])
    await story.step('suman', number, { form_id: crypto.randomUUID(), step: 'receive' });
  await story.sweep();
  await sequence();
});
afterAll(() => h.close());

test('a house to which nothing was done has no fault', async () => {
  const { faults, size } = await verifyLog();
  expect(faults).toEqual([]);
  expect(size).toBeGreaterThan(1500);
});

test(`${DEEDS} random deeds behind the house’s back: all found, each by its name`, { timeout: 240_000 }, async () => {
  const chance = chances(SEED);
  const tables = await tracedTables(h);
  const kinds = new Set<string>();
  for (let n = 0; n < DEEDS; ) {
    // several to tables that have nothing to do with each other before one check, or one to the log itself
    const round = chance() < 0.5 ? { which: 'rows' as const, most: 6 } : { which: 'log' as const, most: 1 };
    const done: NonNullable<Awaited<ReturnType<typeof tamper>>>[] = [];
    while (done.length < round.most && n < DEEDS) {
      const free = tables.filter(({ name }) => done.every(({ deed }) => deed.table !== name));
      const one = await tamper(h, free, round.which, chance);
      if (!one) continue;
      done.push(one);
      n++;
    }
    const { faults } = await verifyLog();
    for (const { deed } of done) {
      kinds.add(deed.kind);
      const said = JSON.stringify({ ...deed, faults: faults.slice(0, 20) });
      expect(
        faults.some(({ what }) => deed.names.includes(what)),
        said,
      ).toBe(true);
      // every row that was touched is named by its table and key, every leaf by its place
      for (const key of deed.keys)
        expect(
          faults.some((f) => (f.name === deed.table && f.key === key) || f.key === key || String(f.index) === key),
          said,
        ).toBe(true);
    }
    for (const { undo } of done.reverse()) await undo();
  }
  expect((await verifyLog()).faults).toEqual([]);
  expect([...kinds].sort()).toEqual([...KINDS].sort());
});

test('an old copy of the whole database put back is shorter than what is kept outside', async () => {
  const before = { leaf: 'audit.leaf', tile: 'audit.tile', checkpoint: 'audit.checkpoint' };
  const [{ size } = { size: 0 }] = await h.sql<{ size: number }>(
    'select size::int from audit.checkpoint order by at desc offset 1 limit 1',
  );
  await h.sql('begin');
  await h.sql('commit');
  for (const table of Object.values(before))
    await h.sql(`create table kept_${table.replace('.', '_')} as table ${table}`);
  await h.sql(`delete from audit.checkpoint where size > ${size}`);
  await h.sql(`delete from audit.leaf where index >= ${size}`);
  const { faults } = await verifyLog();
  expect(faults.map(({ what }) => what)).toContain('tail-cut');
  for (const table of Object.values(before)) {
    await h.sql(`delete from ${table}`);
    await h.sql(`insert into ${table} select * from kept_${table.replace('.', '_')}`);
  }
  expect((await verifyLog()).faults).toEqual([]);
});

test('a checkpoint that was taken out of the database, or whose copy was changed, is named', async () => {
  const [row] = await h.sql<{ note: string; at: string }>(
    'delete from audit.checkpoint where size = (select min(size) from audit.checkpoint) returning size, root, note, at::text',
  );
  expect((await verifyLog()).faults.map(({ what }) => what)).toContain('checkpoint-deleted');
  await h
    .sql(
      'insert into audit.checkpoint select size, root, note, at::timestamptz from jsonb_to_record($1) x (size bigint, root bytea, note text, at text)',
      [JSON.stringify(row)],
    )
    .catch(() => undefined);
  const copy = path.join(folder, 'elsewhere');
  // one checkpoint, as the command line prints it or a witness keeps it
  const head = await lastCheckpoint();
  writeFileSync(copy, head.note + cosignatureLine(head.note, 1, { ...logSigner(), name: 'witness' }));
  const clean = (await verifyLog()).faults;
  expect((await verifyLog({ copies: [copy] })).faults).toEqual(clean);
  writeFileSync(copy, `${head.note.replace('\ntime 1', '\ntime 2')}${head.note}`.trimEnd());
  expect((await verifyLog({ copies: [copy] })).faults.map(({ what }) => what)).toContain('copy-not-signed');
  copyFileSync(path.join(folder, 'checkpoints'), copy);
  writeFileSync(copy, readFileSync(copy, 'utf8').replace('\ntime 1', '\ntime 2'));
  expect((await verifyLog({ copies: [copy] })).faults.map(({ what }) => what)).toContain('copy-not-signed');
});

test('a row that is written by hand leaves a trace, and the trace says that there was no act', async () => {
  const [officer] = await h.sql<{ id: string }>('select id from posts.officer limit 1');
  await h.sql("update posts.officer set rank_en = 'Inspector of Nothing' where id = $1", [officer?.id]);
  await sequence();
  const found = (await verifyLog()).faults.filter(({ key }) => key === officer?.id);
  expect(found.map(({ what, name }) => ({ what, name }))).toEqual([{ what: 'without-an-act', name: 'posts.officer' }]);
});
