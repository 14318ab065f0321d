// Where the databases of tests lie: in memory where there is room.
import { chmodSync, mkdtempSync, statfsSync } from 'node:fs';
import path from 'node:path';

const SHELF = '/dev/shm';
const ROOM_NEEDED = 4 * 1024 ** 3;

/**
 * A new folder that the database's own user can reach, in memory where there is room. Every file of tests clones some eighteen hundred
 * small files and throws them away, and a disk spends a twelfth of the whole run on finding places for them. Otherwise not the
 * machine's temporary folder: its user must be able to walk there, and sockets have short names.
 */
export function groundFor(prefix: string): string {
  const folder = mkdtempSync(path.join(roomInMemory() ? SHELF : '/tmp', prefix));
  chmodSync(folder, 0o755);
  return folder;
}

function roomInMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(SHELF);
    return bavail * bsize >= ROOM_NEEDED;
  } catch {
    return false;
  }
}
