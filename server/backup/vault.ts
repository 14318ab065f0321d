// How a backup is closed: AES-256-GCM in segments, so that a stream of any length is checked as it is read, and nothing is taken from it that
// was changed, cut short or put in another's place. The key is another than the house's, and in neither the database nor the backup.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const MAGIC = Buffer.from('ITSSOB1\n');
const SALT = 16;
const TAG = 16;
const SEGMENT = 1 << 20;

export type Bytes = AsyncIterable<Buffer>;

/** The first key seals, all open: while one replaces another, what the earlier one sealed can still be read. */
export type Keys = readonly [Buffer, ...Buffer[]];

/**
 * The keys of the backups: from `ITSSO_BACKUP_KEY` (32 bytes in base64; several with commas, the newest first), or from a file beside the
 * house's own, made when it is first needed.
 * @param folder where the file lies
 */
export function backupKeys(folder: string, given: string | undefined): Keys {
  const file = path.join(folder, 'backup');
  if (given === undefined && !existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flush: true, flag: 'wx' });
  }
  const [first, ...others] = (given ?? readFileSync(file, 'utf8')).split(',').map((text) => {
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length !== 32)
      throw new Error('the backup key must be 32 bytes in base64; several have commas between them');
    return key;
  });
  return [first as Buffer, ...others];
}

// each file has a key of its own, made from what it is called and a salt: a segment's number may then serve as its nonce
const keyOf = (key: Buffer, salt: Buffer, name: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `itsso-backup:${name}`, 32));
const nonce = (n: number): Buffer => {
  const iv = Buffer.alloc(12);
  iv.writeBigUInt64BE(BigInt(n), 4);
  return iv;
};
const place = (last: boolean): Buffer => Buffer.from(last ? 'last' : 'more');

/** Parts of one length; the last may be shorter or empty, and is known to be the last. The first is `head` bytes long, where that is asked. */
async function* parts(source: Bytes, size: number, head = 0): AsyncGenerator<{ part: Buffer; last: boolean }> {
  let held: Buffer[] = [];
  let length = 0;
  let wanted = head || size;
  for await (const bytes of source) {
    held.push(bytes);
    length += bytes.length;
    // one byte more than a part: only then is it known that this one is not the last
    while (length > wanted) {
      const all = Buffer.concat(held);
      yield { part: all.subarray(0, wanted), last: false };
      held = [all.subarray(wanted)];
      length = all.length - wanted;
      wanted = size;
    }
  }
  yield { part: Buffer.concat(held), last: true };
}

/** Seals a stream under a name. */
export async function* seal([key]: Keys, name: string, source: Bytes): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT);
  const own = keyOf(key, salt, name);
  yield Buffer.concat([MAGIC, salt]);
  let n = 0;
  for await (const { part, last } of parts(source, SEGMENT)) {
    const cipher = createCipheriv('aes-256-gcm', own, nonce(n++));
    cipher.setAAD(place(last));
    yield Buffer.concat([cipher.update(part), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * Opens what {@link seal} sealed under the same name.
 * @throws Error at the first byte that was changed, is missing or belongs elsewhere: what came before it is right, and not all
 */
export async function* unseal(keys: Keys, name: string, source: Bytes): AsyncGenerator<Buffer> {
  let own: Buffer[] | undefined;
  let n = 0;
  for await (const { part, last } of parts(source, SEGMENT + TAG, MAGIC.length + SALT)) {
    if (!own) {
      if (last || !part.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error(`${name} is no part of a backup`);
      own = keys.map((key) => keyOf(key, part.subarray(MAGIC.length), name));
      continue;
    }
    if (part.length < TAG) throw new Error(`${name} is cut short`);
    // which key it was is known from the first part; the others are then no longer tried
    const opened = own.map((key) => ({ key, plain: openPart(key, part, n, last) })).find(({ plain }) => plain);
    if (!opened?.plain) throw new Error(`${name} was changed, cut short, or sealed with another key`);
    own = [opened.key];
    n += 1;
    yield opened.plain;
  }
}

function openPart(own: Buffer, part: Buffer, n: number, last: boolean): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', own, nonce(n));
  decipher.setAAD(place(last));
  decipher.setAuthTag(part.subarray(part.length - TAG));
  try {
    return Buffer.concat([decipher.update(part.subarray(0, part.length - TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}
