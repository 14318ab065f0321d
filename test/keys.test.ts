// Keys are changed while the house is open: every reading goes on, nothing is left under the old key, and the old key opens nothing.
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  act,
  changeIndexKey,
  changeWrappingKey,
  house,
  keyState,
  keys,
  nameOf,
  openKeys,
  openSecrets,
  read,
} from '#foundation';
import { startDraft } from '#intake';
import { findByAccused, findByMobile, indexBooks, narrativeOf, openIdentity } from '#sealed-identity';
import { wrapBooks } from '../server/workshop.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';
import { transitPeer } from './transit-peer.ts';

const QUIET_MS = 50;
let h: TestHouse;
let file: string;
const form = complaint();
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  const story = storyIn(h);
  const number = await story.confirmed(form);
  file = await story.idOf(form);
  await story.step('suman', number, { step: 'receive' });
  await h.jobs();
}, 60_000);
afterAll(() => h.close());

const WRAPPED = `select wrapped from sealed.case_key union all select wrapped from intake.draft
  union all select wrapped from documents.document union all select wrapped_key from evidence.upload where wrapped_key is not null
  union all select wrapped from foundation.house_secret`;
const namesInUse = async () =>
  [...new Set((await h.sql<{ wrapped: Buffer }>(WRAPPED)).map(({ wrapped }) => nameOf(wrapped).name))].sort();
const look = async () => {
  const suman = await h.as('suman');
  const opened = await act(suman, 'test.open', (a) => openIdentity(a, file, 'signing'));
  const told = await read(suman, 'test.read', (r) => narrativeOf(r, file));
  return [opened.identity.contact?.mobile, told.account];
};
/** Reads, and writes drafts, without a pause while a key is changed. */
async function underLoad<T>(work: () => Promise<T>): Promise<{ result: T; done: number; failures: unknown[] }> {
  let going = true;
  let done = 0;
  const failures: unknown[] = [];
  const one = async (work: () => Promise<unknown>) => {
    while (going) {
      await work().catch((error: unknown) => failures.push(error));
      done += 1;
    }
  };
  const all = [
    one(look),
    one(look),
    one(async () => {
      if ((await act(house(), 'test.find', (a) => findByMobile(a, form.mobile))).length === 0)
        throw new Error('a number found nobody');
    }),
    one(() => act(h.nobody, 'test.draft', (a) => startDraft(a, { language: 'hi' }))),
  ];
  try {
    const result = await work();
    return { result, done, failures };
  } finally {
    going = false;
    await Promise.all(all);
  }
}

test('the key that wraps is changed under load: no reading fails, no row is left under the old key, and the change is on record', async () => {
  const before = await look();
  const [old] = await namesInUse();
  const { result, done, failures } = await underLoad(() => changeWrappingKey(wrapBooks, QUIET_MS));
  const { from, to, moved } = result;
  expect(failures).toEqual([]);
  expect(done).toBeGreaterThan(20);
  expect(moved).toBeGreaterThan(3);
  expect([from, await namesInUse()]).toEqual([old, [to]]);
  expect(await look()).toEqual(before);
  const state = await read(await h.as('administrator'), 'test.state', keyState);
  expect(state).toMatchObject({ provider: 'file', current: to, names: [to] });
  expect(state.changes[0]).toMatchObject({ kind: 'wrapping', from_key: from, to_key: to, moved });
  expect((await read(await h.as('verma'), 'test.state', keyState)).changes).toEqual([]);
}, 60_000);

test('what the old key had wrapped opens no more', async () => {
  const wrapped = await keys.wrap(Buffer.alloc(32, 7), 'place');
  expect(await keys.unwrap(wrapped, 'place')).toEqual(Buffer.alloc(32, 7));
  await expect(keys.unwrap(wrapped, 'another place')).rejects.toThrow();
  await changeWrappingKey(wrapBooks, QUIET_MS);
  await expect(keys.unwrap(wrapped, 'place')).rejects.toThrow('not here');
});

test('the key of the indexes is changed under load: a number is found at every moment, then by the new key alone', async () => {
  const found = async () => [
    await act(house(), 'test.find', (a) => findByMobile(a, form.mobile)),
    await read(await h.as('suman'), 'test.find', (r) => findByAccused(r, form.accused[0]?.name ?? '', 10)),
  ];
  const before = await found();
  expect(before[0]).toEqual([file]);
  const hashes = () =>
    h.sql<{ t: string }>(
      `select b.hash::text as t from sealed.blind b union select token::text from sealed.name_token`,
    );
  const old = await hashes();
  const { result, failures } = await underLoad(() => changeIndexKey(indexBooks, 500));
  const { from, to, moved } = result;
  expect(failures).toEqual([]);
  expect([from, to]).toEqual([1, 2]);
  expect(moved).toBe(old.length);
  expect(await found()).toEqual(before);
  const now = await hashes();
  expect(now).toHaveLength(old.length);
  expect(now.filter(({ t }) => old.some((o) => o.t === t))).toEqual([]);
  // what is filed afterwards is found as well
  const later = complaint();
  const story = storyIn(h);
  await story.confirmed(later);
  await h.jobs();
  expect(await act(house(), 'test.find', (a) => findByMobile(a, later.mobile))).toContain(await story.idOf(later));
}, 60_000);

test('what an index key in use has made can be deleted by nobody', async () => {
  await expect(act(house(), 'test.delete', (a) => a.db.deleteFrom('sealed.blind').execute())).rejects.toThrow(
    'never erased',
  );
  await act(house(), 'test.delete', (a) => a.db.deleteFrom('sealed.name_token').execute());
  expect((await h.sql('select from sealed.name_token')).length).toBeGreaterThan(0);
});

describe('providers', () => {
  const database = async () => {
    const [{ current_database: name } = { current_database: '' }] = await h.sql<{ current_database: string }>(
      'select current_database()',
    );
    const owner = new pg.Client({
      host: process.env.ITSSO_TEST_PG ?? '',
      port: 5432,
      user: 'postgres',
      database: name,
    });
    await owner.connect();
    return owner;
  };

  test('a database without its key opens nothing: the house does not open on another one', async () => {
    const owner = await database();
    openKeys({ folder: mkdtempSync(path.join(os.tmpdir(), 'itsso-keys-')) });
    await expect(openSecrets(owner)).rejects.toThrow('not here');
    await owner.end();
  });

  test('a folder keeps its keys to itself, and a retired one stays beside it for old backups', async () => {
    const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'itsso-keys-')), 'keys');
    openKeys({ folder });
    const wrapped = await keys.wrap(Buffer.alloc(32, 1), 'p');
    const { keyProvider } = await import('#foundation');
    await keyProvider().rotate();
    expect(await keys.unwrap(wrapped, 'p')).toEqual(Buffer.alloc(32, 1));
    await keyProvider().retire();
    expect(readdirSync(folder).sort()).toEqual(['kek.1.retired', 'kek.2']);
    expect(readFileSync(path.join(folder, 'kek.2'), 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  });

  test('the environment hands in two keys while one replaces the other', async () => {
    const [one, two] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];
    openKeys({ key: one });
    const wrapped = await keys.wrap(Buffer.alloc(32, 9), 'p');
    openKeys({ key: `${two},${one}` });
    expect(await keys.unwrap(wrapped, 'p')).toEqual(Buffer.alloc(32, 9));
    const anew = await keys.wrap(Buffer.alloc(32, 9), 'p');
    openKeys({ key: two });
    expect(await keys.unwrap(anew, 'p')).toEqual(Buffer.alloc(32, 9));
    await expect(keys.unwrap(wrapped, 'p')).rejects.toThrow('not here');
    expect(() => openKeys({ key: 'short' })).toThrow('32 bytes');
  });

  test('a transit engine wraps, is rotated, refuses what is retired, and while it is sealed nothing opens', async () => {
    const peer = await transitPeer();
    const { keyProvider } = await import('#foundation');
    openKeys({ transit: { url: peer.url, key: 'itsso', token: peer.token } });
    const wrapped = await keys.wrap(Buffer.alloc(32, 5), 'case-key|identity|1');
    expect(nameOf(wrapped).name).toBe('v1');
    expect(await keys.unwrap(wrapped, 'case-key|identity|1')).toEqual(Buffer.alloc(32, 5));
    await expect(keys.unwrap(wrapped, 'case-key|identity|2')).rejects.toThrow('answered 400');
    expect([await keyProvider().rotate(), await keyProvider().names()]).toEqual(['v2', ['v1', 'v2']]);
    const second = await keys.wrap(Buffer.alloc(32, 6), 'p');
    expect(await keys.unwrap(wrapped, 'case-key|identity|1')).toEqual(Buffer.alloc(32, 5));
    await keyProvider().retire();
    await expect(keys.unwrap(wrapped, 'case-key|identity|1')).rejects.toThrow('answered 400');
    peer.seal(true);
    await expect(keys.unwrap(second, 'p')).rejects.toThrow('answered 503');
    peer.seal(false);
    openKeys({ transit: { url: peer.url, key: 'itsso', token: 'another' } });
    await expect(keys.unwrap(second, 'p')).rejects.toThrow('answered 403');
    await peer.close();
  });
});
