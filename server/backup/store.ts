// Where backups lie: a folder, on another disk or mounted from another machine. base/<id>/{files,manifest}, wal/<segment>, evidence/<file>.
import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Packed } from './pack.ts';
import { type Bytes, type Keys, seal, unseal } from './vault.ts';

export type Manifest = {
  id: string;
  /** when the copying began and ended, by the database's real clock */
  began_at: string;
  ended_at: string;
  version: string;
  /** the first segment of the log that is needed, and the last; those of the copying itself */
  first_wal: string;
  last_wal: string;
  files: Packed[];
};
export type Vault = { folder: string; keys: Keys };

/**
 * Writes one sealed file, under its name only when all of it is there and on the disk. Two that write the same at once write beside each
 * other; the later one stays.
 */
export async function put({ folder, keys }: Vault, name: string, source: Bytes): Promise<void> {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${randomUUID()}.part`;
  const zip = createGzip({ level: 1 });
  // an error of the source ends the zip, and with it everything behind
  Readable.from(source)
    .on('error', (error) => zip.destroy(error))
    .pipe(zip);
  try {
    await pipeline(Readable.from(seal(keys, name, zip)), createWriteStream(part, { mode: 0o600, flush: true }));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Reads one sealed file. */
export function get({ folder, keys }: Vault, name: string): Bytes {
  const unzip = createGunzip();
  Readable.from(unseal(keys, name, createReadStream(path.join(folder, name))))
    .on('error', (error) => unzip.destroy(error))
    .pipe(unzip);
  return unzip;
}

export const isThere = ({ folder }: Vault, name: string): boolean => existsSync(path.join(folder, name));
/** The names in a part of the store, in order. */
export const names = ({ folder }: Vault, part: string): string[] =>
  existsSync(path.join(folder, part))
    ? readdirSync(path.join(folder, part))
        .filter((name) => !name.endsWith('.part'))
        .sort()
    : [];
export const putManifest = (vault: Vault, manifest: Manifest): Promise<void> =>
  put(vault, `base/${manifest.id}/manifest`, Readable.from([Buffer.from(JSON.stringify(manifest))]));

/** Whether something can be read with the keys at hand: its first part is opened. */
export async function opens(vault: Vault, name: string): Promise<boolean> {
  const source = createReadStream(path.join(vault.folder, name));
  try {
    for await (const _part of unseal(vault.keys, name, source)) return true;
    return false;
  } catch {
    return false;
  } finally {
    source.destroy();
  }
}

/** A backup's manifest. @throws Error when it was changed, or sealed with a key that is not at hand */
export async function manifestOf(vault: Vault, id: string): Promise<Manifest> {
  const bytes = Buffer.concat(await Array.fromAsync(get(vault, `base/${id}/manifest`)));
  return JSON.parse(bytes.toString('utf8')) as Manifest;
}
/** Whole backups, the oldest first: one that broke off has no manifest. */
export const backups = (vault: Vault): string[] =>
  names(vault, 'base').filter((id) => isThere(vault, `base/${id}/manifest`));

const A_DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Keeps the newest backups, and of the log what they need. Which part of the log a backup needs that no key at hand opens is not known:
 * then none goes, for its key may be found.
 * @returns how many backups went, and which of those kept do not open
 */
export async function prune(vault: Vault, keep: number): Promise<{ gone: number; shut: string[] }> {
  const old = backups(vault).slice(0, -keep);
  for (const id of old) rmSync(path.join(vault.folder, 'base', id), { recursive: true, force: true });
  const kept = backups(vault);
  const shut: string[] = [];
  for (const id of kept) if (!(await opens(vault, `base/${id}/manifest`))) shut.push(id);
  const [first] = kept;
  if (first && !shut.includes(first)) {
    const { first_wal } = await manifestOf(vault, first);
    // names of segments count up; the first eight letters are the line of time, which only grows
    for (const name of names(vault, 'wal'))
      if (/^[0-9A-F]{24}/.test(name) && name < first_wal) rmSync(path.join(vault.folder, 'wal', name), { force: true });
  }
  // what broke off in the middle of being written, and is not being written now
  const wal = path.join(vault.folder, 'wal');
  const yesterday = Temporal.Now.instant().epochMilliseconds - A_DAY_MS;
  const isOld = (part: string) => (statSync(part, { throwIfNoEntry: false })?.mtimeMs ?? yesterday) < yesterday;
  for (const name of existsSync(wal) ? readdirSync(wal) : [])
    if (name.endsWith('.part') && isOld(path.join(wal, name))) rmSync(path.join(wal, name), { force: true });
  return { gone: old.length, shut };
}
