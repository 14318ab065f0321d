// Both makes of the shelf, so that whatever is asked of one is asked of the other: the disk, and an object store with a folder beside it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openShelf } from '#evidence';
import { openStore } from './s3-peer.ts';

export const MAKES = ['disk', 'object store'] as const;

/** Opens a shelf of a make, empty. */
export async function layShelf(make: (typeof MAKES)[number]) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-'));
  const peer = make === 'disk' ? undefined : await openStore();
  const again = () => openShelf(folder, peer?.to);
  again();
  const at = (id: string) => path.join(folder, id.slice(0, 2), id);
  const tails = (id: string) =>
    existsSync(path.dirname(at(id)))
      ? readdirSync(path.dirname(at(id))).flatMap((name) =>
          name.startsWith(id) ? path.join(path.dirname(at(id)), name) : [],
        )
      : [];
  return {
    folder,
    peer,
    /** as a process that is new opens it */
    again,
    /** the stored bytes of a whole file */
    stored: (id: string): Buffer => (peer ? peer.bytes(id) : readFileSync(at(id))),
    /** whether anything of it lies anywhere */
    lies: (id: string): boolean =>
      tails(id).length > 0 ||
      (peer?.objects().some((name) => name.endsWith(id)) ?? false) ||
      (peer?.parts(id) ?? 0) > 0,
    /** the power fails while the last segment is being written */
    tear: (id: string, bytes: number): void => {
      const last = tails(id).at(-1) ?? '';
      truncateSync(last, statSync(last).size - bytes);
    },
    close: async () => peer?.close(),
  };
}
