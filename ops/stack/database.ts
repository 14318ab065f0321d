// Debian's PostgreSQL 15 as a state's server: one cluster on loopback, with the roles of the house behind passwords.
import { randomBytes } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { fileFor, folderFor, PROGRAMS, type Running, run, start, until } from './programs.ts';

export const ROLES = ['itsso_app', 'itsso_worker', 'itsso_queue'] as const;
export type Role = (typeof ROLES)[number];
export const DATABASE = 'itsso';
/** As Hindi needs it: with another C type trigram search finds nothing. */
export const INITDB = ['-E', 'UTF8', '--locale=C', '--lc-ctype=C.UTF-8', '--data-checksums'] as const;
/** What an administrator copies: what the server writes down, and what it must not. */
const COPIED = path.resolve(import.meta.dirname, '../postgresql.conf');

export type Passwords = Record<Role | 'postgres', string>;
/** New passwords for every role. */
export const drawPasswords = (): Passwords => {
  const draw = () => randomBytes(18).toString('base64url');
  return { postgres: draw(), itsso_app: draw(), itsso_worker: draw(), itsso_queue: draw() };
};

/** A connection string over TCP. */
export const urlOf = (role: keyof Passwords, passwords: Passwords, port: number, database = DATABASE): string =>
  `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/${database}`;

/** Starts a cluster of its own in a folder. @returns the server, as it answers */
export async function startServer(at: string, port: number, passwords: Passwords): Promise<Running> {
  const data = path.join(folderFor(at), 'data');
  const secret = fileFor(path.join(at, 'password'), passwords.postgres);
  run(
    PROGRAMS.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${secret}`, '--no-sync', ...INITDB],
    {
      own: true,
    },
  );
  appendFileSync(path.join(data, 'postgresql.conf'), readFileSync(COPIED));
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    timezone: 'UTC',
  };
  const server = start(
    'postgres',
    PROGRAMS.postgres,
    ['-D', data, ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])],
    { own: true },
  );
  await until('PostgreSQL answers', () => answers(urlOf('postgres', passwords, port, 'postgres')));
  return server;
}

/** Whether a server takes a connection and a statement. */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the database and the roles that sign in with a password, as the administrator of a state's server does before the first migration. */
export async function prepare(port: number, passwords: Passwords): Promise<void> {
  const admin = new pg.Client({ connectionString: urlOf('postgres', passwords, port, 'postgres') });
  await admin.connect();
  try {
    for (const role of ROLES) {
      await admin.query(
        `create role ${role} login ${role === 'itsso_queue' ? '' : 'noinherit'} nobypassrls password ${admin.escapeLiteral(passwords[role])}`,
      );
    }
    await admin.query(`create database ${DATABASE}`);
  } finally {
    await admin.end();
  }
}
