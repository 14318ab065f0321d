// Migrations: plain SQL, numbered, forward only, each in one transaction, under a lock; a file that changed after it ran is refused.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { openPool } from './database.ts';
import { migrateQueue } from './workshop.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../db/migrations');
const LOCK = 717_717;

/** Connection settings of the owner (who may create roles and schemas) and of the queue's role. */
export type MigrateTo = {
  owner: pg.ClientConfig;
  queue: { connectionString: string } | { host: string; port: number; database: string };
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Brings the database to the latest migration.
 * @returns the names of the files that ran now
 * @throws Error when a file that ran before has changed since
 */
export async function migrate(to: MigrateTo): Promise<string[]> {
  const owner = new pg.Client(to.owner);
  await owner.connect();
  const ran: string[] = [];
  try {
    await owner.query('select pg_advisory_lock($1)', [LOCK]);
    await owner.query(`create schema if not exists house;
      create table if not exists house.migration (name text primary key, sha256 bytea not null, at timestamptz not null default clock_timestamp());
      alter table house.migration enable row level security; alter table house.migration force row level security;`);
    const done = new Map(
      (await owner.query<{ name: string; sha256: Buffer }>('select name, sha256 from house.migration')).rows.map(
        (row) => [row.name, row.sha256],
      ),
    );
    const files = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.sql'))
      .sort();
    for (const name of files) {
      const text = readFileSync(path.join(FOLDER, name), 'utf8');
      const before = done.get(name);
      if (before) {
        if (!before.equals(sha256(text))) throw new Error(`migration ${name} has changed since it ran here`);
        continue;
      }
      await owner.query('begin');
      await owner.query(text);
      await owner.query('insert into house.migration (name, sha256) values ($1, $2)', [name, sha256(text)]);
      await owner.query('commit');
      await owner.query('reset search_path');
      ran.push(name);
      // the queue's schema belongs to the queue's role and must stand before the house's own functions name it
      if (name.startsWith('0000')) {
        const pool = openPool(to.queue, 'itsso_queue', 2);
        await migrateQueue(pool);
        await pool.end();
      }
    }
    if (!ran.some((name) => name.startsWith('0000'))) {
      const pool = openPool(to.queue, 'itsso_queue', 2);
      await migrateQueue(pool);
      await pool.end();
    }
  } finally {
    await owner.end();
  }
  return ran;
}
