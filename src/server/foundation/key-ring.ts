// Key-encryption keys that lie in this process: from a folder (practice), or as the environment hands them in.
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { type KeyProvider, nameOf, unwrapHere, wrapHere } from './key-provider.ts';

const LENGTH = 32;
/** A root of 32 bytes: its name tells nothing of it but that it is the same. */
type Root = { name: string; root: Buffer };

function rootFrom(text: string, where: string): Root {
  const root = Buffer.from(text.trim(), 'base64');
  if (root.length !== LENGTH) throw new Error(`${where} must be 32 bytes in base64`);
  return { name: createHash('sha256').update('itsso:key-name').update(root).digest('hex').slice(0, 8), root };
}
const wrappingKey = (root: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', root, Buffer.alloc(0), 'itsso:wrap', LENGTH));
const ringOf = (roots: readonly Root[]): ReadonlyMap<string, Buffer> =>
  new Map(roots.map(({ name, root }) => [name, wrappingKey(root)]));

/** A provider whose keys are here, and the oldest root, which houses older than the table of secrets derived everything from. */
export type LocalProvider = KeyProvider & { oldestRoot(): Buffer };

/**
 * Keys in files of a folder: `kek` is the first, `kek.2`, `kek.3` … came later; the last one wraps. Read anew when a key is added or
 * asked for that is not known yet, so that a running server goes along with a change made beside it. A retired key's file is renamed and
 * stays: whoever restores a backup of an earlier day needs it.
 * @param folder made, with a first key, when it is not there
 */
export function fileProvider(folder: string): LocalProvider {
  const first = path.join(folder, 'kek');
  const write = (file: string): void => {
    // written aside and renamed: a crash leaves either no key or a whole one
    writeFileSync(`${file}.new`, randomBytes(LENGTH).toString('base64'), { mode: 0o600, flush: true });
    renameSync(`${file}.new`, file);
  };
  const files = (): { n: number; file: string }[] =>
    readdirSync(folder)
      .flatMap((file) => {
        const found = /^kek(?:\.(\d+))?$/.exec(file);
        return found ? [{ n: Number(found[1] ?? 1), file: path.join(folder, file) }] : [];
      })
      .sort((x, y) => x.n - y.n);
  if (!existsSync(folder) || files().length === 0) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    write(first);
  }
  const read = (): Root[] => files().map(({ file }) => rootFrom(readFileSync(file, 'utf8'), 'the key file'));
  // a key that comes or goes changes the folder: that is looked at before every sealing, and costs less than reading its names
  const changed = (): bigint => statSync(folder, { bigint: true }).mtimeNs;
  let as_of = changed();
  let roots = read();
  let ring = ringOf(roots);
  const again = (): void => {
    as_of = changed();
    roots = read();
    ring = ringOf(roots);
  };
  const last = (): Root => {
    if (changed() !== as_of) again();
    return roots.at(-1)!;
  };
  return {
    kind: 'file',
    current: async () => last().name,
    names: async () => {
      last();
      return roots.map(({ name }) => name);
    },
    wrap: async (key, aad) => {
      const { name, root } = last();
      return wrapHere(name, ring.get(name) ?? wrappingKey(root), key, aad);
    },
    unwrap: async (wrapped, aad) => {
      const { name } = nameOf(wrapped);
      if (name !== undefined && !ring.has(name)) again();
      return unwrapHere(ring, wrapped, aad);
    },
    rotate: async () => {
      write(path.join(folder, `kek.${(files().at(-1)?.n ?? 0) + 1}`));
      return last().name;
    },
    retire: async () => {
      for (const { file } of files().slice(0, -1)) renameSync(file, `${file.replace(/kek$/, 'kek.1')}.retired`);
      again();
    },
    oldestRoot: () => roots[0]!.root,
  };
}

/**
 * Keys as the environment hands them in. A new one is begun outside: set as the first while the earlier one follows it, and every
 * process is started once more; then what the earlier one wrapped is wrapped anew, and the earlier one is left out.
 * @param keys base64, 32 bytes each, with commas: the first wraps, all unwrap
 */
export function environmentProvider(keys: string): LocalProvider {
  const roots = keys
    .split(',')
    .map((key) => rootFrom(key, 'ITSSO_KEY'))
    .reverse();
  const ring = ringOf(roots);
  const name = roots.at(-1)!.name;
  return {
    kind: 'environment',
    current: async () => name,
    names: async () => roots.map((one) => one.name),
    wrap: async (key, aad) => wrapHere(name, ring.get(name)!, key, aad),
    unwrap: async (wrapped, aad) => unwrapHere(ring, wrapped, aad),
    // begun outside; a second key in the environment is the beginning
    rotate: async () => {
      if (roots.length < 2)
        throw new Error(
          'Put the new key before the old one in ITSSO_KEY, with a comma, start every server once more, then say this again.',
        );
      return name;
    },
    retire: async () => undefined,
    oldestRoot: () => roots[0]!.root,
  };
}
