// The built server in production mode, on localhost, with an embedded PostgreSQL standing in for the state's own server.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '#foundation';
import { freePorts } from '../ops/stack/programs.ts';
import { dataFolder } from './house.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const DATABASE = 'itsso';

export type Production = {
  url: string;
  /** everything the server has written to its outputs so far */
  log: () => string;
  sql: <T extends pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<T[]>;
  /** the command line beside the running server */
  command: (...args: string[]) => Promise<{ code: number | null; said: string }>;
  discard: () => Promise<void>;
};

/** Starts an empty production house and waits until it is ready. */
export async function startProduction(administrator: string): Promise<Production> {
  const data = dataFolder();
  const postgres = await startPostgres(path.join(data, 'db'), { forTests: true });
  const at = { host: postgres.host, port: postgres.port, user: postgres.superuser };
  const admin = new pg.Client({ ...at, database: 'postgres' });
  await admin.connect();
  await admin.query(`create database ${DATABASE}`);
  await admin.end();
  const as = (user: string) =>
    `postgres://${user}@localhost:${at.port}/${DATABASE}?host=${encodeURIComponent(at.host)}`;
  const [port = 0] = await freePorts(1);
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    ITSSO_DATA: data,
    ITSSO_LOG: 'info',
    ITSSO_MODE: 'production',
    DATABASE_URL: as('itsso_app'),
    DATABASE_OWNER_URL: as(at.user),
    DATABASE_QUEUE_URL: as('itsso_queue'),
    ITSSO_KEY: randomBytes(32).toString('base64'),
    ITSSO_SMS_URL: 'http://localhost:9/',
    ITSSO_SMS_TOKEN: 'none',
    ITSSO_EVIDENCE: 'disk',
    ITSSO_ORIGIN: url,
    ITSSO_FIRST_ADMINISTRATOR: administrator,
  };
  let heard = '';
  const hear = (child: ChildProcess, to: (text: string) => void) => {
    child.stdout?.on('data', (text) => to(String(text)));
    child.stderr?.on('data', (text) => to(String(text)));
    return child;
  };
  const run = (file: string, args: string[]) =>
    spawn(process.execPath, [file, ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const server = hear(run('server/main.ts', []), (text) => {
    heard += text;
  });
  for (let tries = 0; ; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}:\n${heard}`);
    if (tries > 1200) throw new Error(`the server did not get ready:\n${heard}`);
    // the first administrator's link comes after the pages are served
    if ((await fetch(`${url}/health/ready`).catch(() => undefined))?.ok && heard.includes('/enrol/')) break;
    await new Promise((go) => setTimeout(go, 50));
  }
  const owner = new pg.Client({ ...at, database: DATABASE });
  await owner.connect();
  return {
    url,
    log: () => heard,
    sql: async <T extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await owner.query<T>(text, values)).rows,
    command: (...args) =>
      new Promise((done) => {
        let said = '';
        const child = hear(run('cli/itsso.ts', args), (text) => {
          said += text;
        });
        child.once('close', (code) => done({ code, said }));
      }),
    discard: async () => {
      await owner.end();
      const end = new Promise((done) => server.once('exit', done));
      if (server.exitCode === null && server.kill('SIGTERM')) await end;
      await postgres.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}
