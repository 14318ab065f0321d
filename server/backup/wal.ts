// The log between two backups: PostgreSQL lays each finished segment into a folder, and the house seals it into the store. With it a database
// can be brought back as it was at any second.
import { createReadStream, existsSync, type ReadStream, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { faultOf, log, showOwn } from '#foundation';
import { put, type Vault } from './store.ts';

const LOOK_MS = 5000;
const WAL = /^[0-9A-F]{8}(?:[0-9A-F]{16}(?:\.[0-9A-F]{8}\.backup)?|\.history)$/;

let going: { over: boolean; round: Promise<void> } | undefined;

/**
 * Seals what PostgreSQL has laid down. The running house does so every few seconds and a backup at its end: each segment is sealed by
 * whoever comes to it, and by both where both have begun.
 * @returns how many segments
 */
export async function sealWal(vault: Vault, spool: string): Promise<number> {
  if (!existsSync(spool)) return 0;
  let n = 0;
  for (const name of readdirSync(spool)
    .filter((one) => WAL.test(one))
    .sort()) {
    const file = path.join(spool, name);
    const read = createReadStream(file);
    // sealed meanwhile by the other, who took it away
    if (!(await opened(read))) continue;
    await put(vault, `wal/${name}`, read);
    rmSync(file, { force: true });
    n += 1;
  }
  return n;
}

const opened = (file: ReadStream): Promise<boolean> =>
  new Promise((done, failed) => {
    file.once('open', () => done(true));
    file.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? done(false) : failed(error)));
  });

// since when the oldest piece waits; one that is gone meanwhile waits no more
function waits(spool: string): number {
  const at = existsSync(spool)
    ? readdirSync(spool)
        .filter((one) => WAL.test(one))
        .map((one) => statSync(path.join(spool, one), { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY)
    : [];
  const now = Temporal.Now.instant().epochMilliseconds;
  return Math.max(0, (now - Math.min(now, ...at)) / 1000);
}

/** Looks every five seconds, in the process that goes the rounds. */
export function startSealing(vault: Vault, spool: string): void {
  const mine = { over: false, round: Promise.resolve() };
  going = mine;
  showOwn('process_log_unsealed_seconds', 'How long the log waits to be sealed into the store', () => waits(spool));
  const rounds = async () => {
    while (!mine.over) {
      await sealWal(vault, spool).catch((error: unknown) => log.error(faultOf(error), 'the log was not sealed'));
      for (let waited = 0; waited < LOOK_MS && !mine.over; waited += 100) await pause(100);
    }
  };
  mine.round = rounds();
}
/** Ends looking. */
export async function stopSealing(): Promise<void> {
  if (!going) return;
  going.over = true;
  await going.round;
  going = undefined;
}
