// A machine that is busy with other things: answers that take their time, a process that stands still for some milliseconds, other databases of the
// same server with transactions of their own, a vacuum that comes when it likes. None of that is the seed's, and none of it may decide anything.
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

const SHARE_LATE = 0.1;
const SHARE_STILL = 0.02;
const MOST_MS = 6;
const VACUUM_MS = 60;

const some = (share: number): boolean => Math.random() < share;
const standStill = (ms: number): void => {
  const until = process.hrtime.bigint() + BigInt(Math.round(ms * 1e6));
  while (process.hrtime.bigint() < until);
};

type Query = (...args: unknown[]) => unknown;

/** Answers of the database come late, now and then, and the process stands still. @param beside is called at moments that the machine decides */
function slowAnswers(beside: () => void): () => void {
  const proto = pg.Client.prototype as unknown as { query: Query };
  const { query } = proto;
  proto.query = function (this: pg.Client, ...args: unknown[]) {
    const work = query.apply(this, args);
    if (this.user !== 'itsso_app' || !(work instanceof Promise)) return work;
    if (some(SHARE_STILL)) standStill(MOST_MS * Math.random());
    if (!some(SHARE_LATE)) return work;
    return work.finally(async () => {
      await pause(MOST_MS * Math.random());
      beside();
    });
  };
  return () => {
    proto.query = query;
  };
}

/** In another database of the same server transactions come and go; the house of this process is vacuumed and analysed as they go. */
async function busyServer(): Promise<() => Promise<void>> {
  const to = { host: process.env.ITSSO_TEST_PG ?? '', port: 5432, user: 'postgres' };
  const other = new pg.Client({ ...to, database: 'postgres' });
  await other.connect();
  let over = false;
  const vacuum = async (): Promise<void> => {
    const { rows } = await other.query<{ datname: string }>(
      `select datname from pg_database where datname like 't\\_${process.pid}\\_%'`,
    );
    for (const { datname } of rows) {
      const inside = new pg.Client({ ...to, database: datname });
      inside.on('error', () => undefined);
      // it may be gone by now
      await inside
        .connect()
        .then(() => inside.query('vacuum (analyze)'))
        .then(() => inside.end())
        .catch(() => undefined);
    }
  };
  const goesOn = (async () => {
    while (!over) {
      await other.query('begin');
      await other.query('select pg_current_xact_id()');
      await pause(VACUUM_MS * Math.random());
      await other.query('commit');
      await vacuum();
    }
  })();
  return async () => {
    over = true;
    await goesOn;
    await other.end();
  };
}

/** Does some work on a machine that is busy with other things. */
export async function disturbed<T>(work: () => Promise<T>, beside: () => void = () => undefined): Promise<T> {
  const calm = await busyServer();
  const quick = slowAnswers(beside);
  try {
    return await work();
  } finally {
    quick();
    await calm();
  }
}
