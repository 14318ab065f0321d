// A real house for a test file: a database of its own, cloned from a migrated and seeded template, its own clock, its own worker.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openLog } from '#audit';
import { loadLadders } from '#deadlines';
import {
  type Actor,
  act,
  closeDatabase,
  enrolHouse,
  finishDueJobs,
  furnish,
  house,
  moveClockTo,
  nobody,
  openDatabase,
  openKeys,
  openPool,
  openSecrets,
} from '#foundation';
import { loadGroups } from '#oversight';
import { actorOf, sandboxSignIn } from '#signin';
import { forgetFleet } from '#sos';
import { jobs, slowJobs, watches } from '../server/workshop.ts';

import { TEMPLATE } from './template.ts';

export type TestHouse = {
  nobody: Actor;
  /** an officer of the cast, signed in; the same session each time until `signOut` */
  as: (id: string) => Promise<Actor>;
  /** a complainant by the token of her session */
  citizen: (token: string) => Promise<Actor>;
  /** moves the clock forward; sweeps and jobs on the way run in order */
  at: (instant: string) => Promise<void>;
  /** runs every job that is due */
  jobs: () => Promise<void>;
  /** what another process needs to open the same house */
  elsewhere: { host: string; port: number; database: string; keys: string };
  /** the superuser's eyes, for assertions only */
  sql: <T extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]) => Promise<T[]>;
  close: () => Promise<void>;
};

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the tests with "npm test"`);
  return value;
};

/**
 * Opens a house.
 * @param options.at where its clock starts: an instant with offset, or a day (10:00 in India)
 * @param options.connections how many acts at once, at most
 * @param options.still nothing in it goes by true time: no connection is given up because nobody needs it, whoever has signed in is
 *   there, and the queue does one thing after the other
 */
export async function testHouse(
  options: { at?: string; connections?: number; still?: boolean } = {},
): Promise<TestHouse> {
  const host = env('ITSSO_TEST_PG');
  const port = 5432;
  const database = `t_${process.pid}_${Math.trunc(performance.now() * 1000)}`;
  const admin = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  await admin.connect();
  await admin.query(`create database ${database} template ${TEMPLATE} strategy file_copy`);
  await admin.end();
  const owner = new pg.Client({ host, port, user: 'postgres', database });
  await owner.connect();
  // whoever asks at once waits for his turn
  let turn: Promise<unknown> = Promise.resolve();
  const ask = <T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]> => {
    const mine = turn.then(async () => (await owner.query<T>(text, values)).rows);
    turn = mine.catch(() => undefined);
    return mine;
  };
  await enrolHouse(owner);
  // a practice house: its clock can be moved
  const start =
    options.at && Temporal.Instant.from(options.at.includes('T') ? options.at : `${options.at}T10:00:00+05:30`);
  await owner.query(
    'insert into foundation.clock (ahead_us) values (coalesce((extract(epoch from $1::timestamptz - clock_timestamp()) * 1e6)::bigint, 0))',
    [start ? start.toString() : null],
  );
  const keys = mkdtempSync(path.join(os.tmpdir(), 'itsso-keys-'));
  openKeys({ folder: keys });
  await openSecrets(owner);
  // a log of its own: one that another file of tests left open tells of another house
  openLog('http://localhost', path.join(keys, 'log'));
  const pool = openDatabase({ host, port, database }, options.connections ?? 30);
  forgetFleet();
  // the queue looks for the next job while the one before is written off: on one connection it does so afterwards
  const queue = openPool({ host, port, database }, 'itsso_queue', options.still ? 1 : 4);
  if (options.still) for (const one of [pool, queue]) one.options.idleTimeoutMillis = 0;
  furnish(queue, jobs, watches, slowJobs);
  await act(house(), 'deadlines.load-ladders', loadLadders);
  await act(house(), 'oversight.load-groups', loadGroups);
  const signedIn = new Map<string, Actor>();
  const known = async (token: string): Promise<Actor> => {
    const actor = await actorOf(token);
    if (!actor) throw new Error('no such session');
    return actor;
  };
  return {
    nobody,
    async as(id) {
      const open = signedIn.get(id);
      // whoever is asked for sits there: also where a file of tests takes longer than five minutes
      if (!options.still)
        await ask(
          `update posts.session set confirmed_at = clock_timestamp(), seen_at = clock_timestamp()
         where secret_hash = sha256(convert_to($1, 'UTF8')) and not coalesce(least(confirmed_at, seen_at) > clock_timestamp() - interval '1 minute' and seen_at is not null, false)`,
          [open?.secret ?? ''],
        );
      if (open?.secret && (await actorOf(open.secret))) return open;
      const actor = await known((await sandboxSignIn(id)).token);
      signedIn.set(id, actor);
      return actor;
    },
    citizen: known,
    at: async (instant) => {
      await moveClockTo(Temporal.Instant.from(instant.includes('T') ? instant : `${instant}T10:00:00+05:30`));
    },
    jobs: finishDueJobs,
    elsewhere: { host, port, database, keys },
    sql: ask,
    close: async () => {
      await closeDatabase();
      await queue.end();
      await owner.end();
      const again = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
      await again.connect();
      await again.query(`drop database if exists ${database} with (force)`);
      await again.end();
      rmSync(keys, { recursive: true, force: true });
    },
  };
}
