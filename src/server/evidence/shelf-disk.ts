// The shelf on a disk: one file of encrypted segments for each upload, appended as they arrive, read back in any part.
import { constants, mkdirSync } from 'node:fs';
import { access, open, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { refuse } from '#foundation';
import { inSegments, isHead, SEGMENT } from './segments.ts';
import type { Shelf } from './shelf.ts';
import { readOn, soundBytes, writeOn } from './strip.ts';

const ROOM_LEFT = 512 * 1024 * 1024;

/** Refuses what would fill a disk. @throws Refusal `no-room-left` */
export async function roomFor(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + ROOM_LEFT) refuse('no-room-left');
}

/** A shelf in a folder of a disk. */
export function diskShelf(folder: string): Shelf {
  const placeOf = (id: string) => path.join(folder, id.slice(0, 2), id);
  return {
    makeRoom: async ({ id, size }) => {
      await roomFor(folder, size);
      const at = placeOf(id);
      mkdirSync(path.dirname(at), { recursive: true, mode: 0o700 });
      await (await open(at, 'a', 0o600)).close();
    },
    arrived: (of) => soundBytes({ of, at: placeOf(of.id), first: 0 }),
    append: async (of, from, source, onHead) => {
      const pen = await writeOn({ of, at: placeOf(of.id), first: 0 }, from);
      let there = from;
      try {
        await inSegments(of, { begun: pen.begun, first: Math.floor(from / SEGMENT) }, source, async (n, plain) => {
          if (isHead(of, n, plain)) await onHead(plain);
          await pen.put(n, plain);
          there = n * SEGMENT + plain.length;
        });
      } finally {
        await pen.close();
      }
      return there;
    },
    segments: (of, from, to) => readOn({ of, at: placeOf(of.id), first: 0 }, from, to),
    remove: (id) => rm(placeOf(id), { force: true }),
    trouble: () =>
      access(folder, constants.W_OK).then(
        () => undefined,
        () => 'not-writable',
      ),
  };
}
