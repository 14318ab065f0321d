// Once per test run: a PostgreSQL cluster without durability, and in it a migrated, seeded template that every test file clones.
import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { coverTables } from '#audit';
import { act, closeDatabase, enrolHouse, house, migrate, openDatabase, startPostgres } from '#foundation';
import { seedPractice } from '#posts';
import { diceOf, loadDice } from '../sim/dice.ts';
import { groundFor } from './ground.ts';
import { ownLitter } from './litter.ts';
import { TEMPLATE } from './template.ts';

export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.ITSSO_TEST_PG) return async () => undefined;
  const tidy = ownLitter();
  const folder = groundFor('itsso-test-');
  const server = await startPostgres(path.join(folder, 'db'), { forTests: true });
  // the same posts and officers have the same ids each time: what goes by their order must not be otherwise in every cluster
  const giveBack = loadDice(diceOf('ground'));
  const admin = new pg.Client({ host: server.host, port: server.port, user: server.superuser, database: 'postgres' });
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  const owner = { host: server.host, port: server.port, user: server.superuser, database: TEMPLATE };
  const to = { host: server.host, port: server.port, database: TEMPLATE };
  await migrate({ owner, queue: to });
  const client = new pg.Client(owner);
  await client.connect();
  await coverTables(client);
  await enrolHouse(client);
  openDatabase(to, 2);
  await act(house(), 'posts.seed', async (h) => {
    await seedPractice(h);
  });
  await closeDatabase();
  // the template's house is not the house of the tests: each enrols its own
  await client.query("delete from posts.session where name = 'house'");
  // without statistics every join of a clone is planned in the dark; an empty table that was analysed is planned as one that stays empty
  await client.query('analyze posts.unit, posts.post, posts.officer, posts.tenure');
  await client.end();
  await admin.query(`alter database ${TEMPLATE} allow_connections false`);
  await admin.end();
  giveBack();
  process.env.ITSSO_TEST_PG = server.host;
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    tidy();
  };
}
