// A folder that is looked into: a file that lies in it and no longer grows is taken in; when it has been read it lies in done/ or failed/,
// with the list of what was refused beside it.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { batchNow, receive, streamOf } from '#cctns';
import { act, faultOf, house, log, Refusal } from '#foundation';
import { rejectionLines } from '../src/routes/api/v1/csv.ts';

const FILES = /\.(?:csv|tsv|txt|ndjson|jsonl)$/i;
const LOOK_EVERY_MS = 5000;
const ID_LENGTH = 36;
let timer: NodeJS.Timeout | undefined;
let looking: Promise<void> | undefined;
/** how long each file was at the last look: one that has not grown since is whole; whoever writes slowly renames at the end */
const lengths = new Map<string, number>();

/** Looks into the folder now and every few seconds. */
export async function openInbox(folder: string): Promise<void> {
  for (const name of ['done', 'failed', 'reading'])
    await mkdir(path.join(folder, name), { recursive: true, mode: 0o700 });
  const round = () => {
    looking = look(folder)
      .catch((error: unknown) => log.warn(faultOf(error), 'the folder could not be looked into'))
      .finally(() => {
        if (timer) timer = setTimeout(round, LOOK_EVERY_MS).unref();
      });
  };
  timer = setTimeout(round, 0).unref();
}

/** Looks no more, when a look that has begun is over. */
export async function closeInbox(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  await looking;
}

async function look(folder: string): Promise<void> {
  await putAway(folder);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !FILES.test(entry.name)) continue;
    const file = path.join(folder, entry.name);
    const { size } = await stat(file);
    if (lengths.get(file) !== size) {
      lengths.set(file, size);
      continue;
    }
    lengths.delete(file);
    try {
      // karnataka--march.csv is read by the mapping of that name
      const mapping = /^([a-z0-9-]{1,40}?)--/.exec(entry.name)?.[1] ?? 'default';
      const batch = await receive(house(), streamOf(file), mapping, { source: 'inbox', name: entry.name });
      await rename(file, path.join(folder, 'reading', `${batch} ${entry.name}`));
    } catch (error) {
      log.warn(faultOf(error), 'a file in the folder could not be taken in');
      await rename(file, path.join(folder, 'failed', entry.name));
    }
  }
}

async function putAway(folder: string): Promise<void> {
  for (const name of await readdir(path.join(folder, 'reading'))) {
    const batch = name.slice(0, ID_LENGTH);
    // a batch that nobody knows was lost with its database: the file is kept, for whoever puts it in once more
    const { state, rejected } = await act(house(), 'cctns.look-at-batch', (a) => batchNow(a, batch)).catch(
      (error: unknown) => {
        if (error instanceof Refusal) return { state: 'lost' as const, rejected: 0 };
        throw error;
      },
    );
    if (state === 'lost') {
      await rename(path.join(folder, 'reading', name), path.join(folder, 'failed', name.slice(ID_LENGTH + 1)));
      continue;
    }
    if (state !== 'done' && state !== 'failed') continue;
    const to = path.join(folder, state, name.slice(ID_LENGTH + 1));
    if (rejected > 0 || state === 'failed') {
      const list = createWriteStream(`${to}.rejections.csv`, { mode: 0o600 });
      for await (const part of rejectionLines(house(), batch, 'hi')) if (!list.write(part)) await once(list, 'drain');
      list.end();
      await once(list, 'close');
    }
    await rename(path.join(folder, 'reading', name), to);
  }
}
