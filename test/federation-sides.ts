// Servers of the federation for its tests: on sockets, with the log that logical replication needs, and the command as somebody types it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { vi } from 'vitest';
import { enrolHouse, migrate, type Postgres, startPostgres } from '#foundation';
import { federate } from '../cli/federation.ts';

const LOGICAL = { wal_level: 'logical', max_wal_senders: '8', max_replication_slots: '8' };
export type Side = {
  server: Postgres;
  owner: pg.Client;
  to: { host: string; port: number; user: string; database: string };
};

export async function side(folder: string, name: string): Promise<Side> {
  const server = await startPostgres(path.join(folder, name), { forTests: true, settings: LOGICAL });
  const to = { host: server.host, port: server.port, user: server.superuser, database: 'postgres' };
  const owner = new pg.Client(to);
  await owner.connect();
  return { server, owner, to };
}
/** A server with a migrated house. */
export async function home(folder: string, name: string): Promise<Side> {
  const one = await side(folder, name);
  await migrate({ owner: one.to, queue: { host: one.to.host, port: one.to.port, database: 'postgres' } });
  await enrolHouse(one.owner);
  return one;
}
/** What psql sends of ops/federation/relay.sql. */
export const relaySql = (password = 'of-the-test'): string =>
  readFileSync(path.resolve(import.meta.dirname, '../ops/federation/relay.sql'), 'utf8').replace(
    ":'nation_password'",
    `'${password}'`,
  );
/** A server as ops/federation/relay.sql makes it. */
export async function relayAt(folder: string, name: string): Promise<Side> {
  const one = await side(folder, name);
  await one.owner.query(relaySql());
  return one;
}

export const urlOf = ({ to }: Side, user: string): string =>
  `host=${to.host} port=${to.port} dbname=postgres user=${user}`;
export const rows = async (at: Side, text: string, values: unknown[] = []): Promise<pg.QueryResultRow[]> =>
  (await at.owner.query(text, values)).rows;
export async function until(what: string, is: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++, await pause(50)) if (await is()) return;
  throw new Error(`did not come: ${what}`);
}

/** `npm run itsso -- federation …` at one side. @returns what it said; its error, where it ended with one */
export async function typed({ to }: Side, ...given: string[]): Promise<string> {
  const before = process.env.DATABASE_OWNER_URL;
  process.env.DATABASE_OWNER_URL = `postgres://${to.user}@/${to.database}?host=${encodeURIComponent(to.host)}&port=${to.port}`;
  const said: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  try {
    if (!(await federate(given))) said.push('not understood');
  } catch (error) {
    said.push(`error: ${String(error)}`);
  } finally {
    spy.mockRestore();
    if (before === undefined) delete process.env.DATABASE_OWNER_URL;
    else process.env.DATABASE_OWNER_URL = before;
  }
  return said.join('\n');
}

/** Ends servers; a subscription holds a slot on another, so those that subscribe come first. */
export async function end(...sides: (Side | undefined)[]): Promise<void> {
  for (const one of sides) {
    if (!one) continue;
    for (const { subname } of await rows(one, 'select subname from pg_subscription').catch(() => [])) {
      await one.owner.query(`alter subscription ${subname} disable`);
      await one.owner.query(`alter subscription ${subname} set (slot_name = none)`);
      await one.owner.query(`drop subscription ${subname}`);
    }
    await one.owner.end();
    await one.server.stop();
  }
}
