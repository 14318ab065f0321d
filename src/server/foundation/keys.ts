// The keys of the house: what wraps data keys lies with a provider; the house's own secrets lie in the database, wrapped by it, and
// every key for a purpose is derived from them (HKDF).
import { createHmac, createPrivateKey, createPublicKey, diffieHellman, hkdfSync, randomBytes, sign } from 'node:crypto';
import { sql } from 'kysely';
import type pg from 'pg';
import { type Act, house, type Reading, read } from './act.ts';
import { faultOf, log } from './log.ts';
import { environmentProvider, fileProvider, type LocalProvider } from './key-ring.ts';
import { type TransitAt, transitProvider } from './key-transit.ts';
import type { KeyProvider } from './key-provider.ts';
import { openWith, sealWith } from './seal.ts';

type Kind = 'house' | 'index';
export type SecretRow = { kind: Kind; generation: number; wrapped: Buffer | null };
/** Where the key-encryption keys are: a folder, the keys themselves (base64, the first wraps), or a transit engine. */
export type KeysFrom = { folder: string } | { key: string } | { transit: TransitAt };

const LENGTH = 32;
let provider: KeyProvider | undefined;
/** The oldest key itself, where the keys lie in this process. */
let oldestRoot: LocalProvider['oldestRoot'] | undefined;
const secrets = new Map<string, Buffer>();
const derived = new Map<string, Buffer>();
const nameFor = (kind: Kind, generation: number): string => `${kind} ${generation}`;
export const secretPlace = (kind: Kind, generation: number): string => `house-secret|${kind}|${generation}`;

/** The provider of the key-encryption keys. @throws Error before `openKeys` */
export function keyProvider(): KeyProvider {
  if (!provider) throw new Error('the keys are not open');
  return provider;
}

/**
 * Names the provider of the key-encryption keys. Call once per process, then `openSecrets`.
 * @param from a folder, made with a first key on the first start of a practice system; keys; or a transit engine
 */
export function openKeys(from: KeysFrom): void {
  secrets.clear();
  derived.clear();
  if ('transit' in from) {
    provider = transitProvider(from.transit);
    oldestRoot = undefined;
    return;
  }
  const local = 'key' in from ? environmentProvider(from.key) : fileProvider(from.folder);
  provider = local;
  oldestRoot = local.oldestRoot;
}

/**
 * Unwraps the house's secrets, and draws them on the first start. The owner's connection is needed: nobody acts yet.
 * @throws Error when the provider does not open them: another key, or another database
 */
export async function openSecrets(owner: pg.ClientBase): Promise<void> {
  const wrapping = keyProvider();
  for (const kind of ['house', 'index'] as const) {
    const wrapped = await wrapping.wrap(randomBytes(LENGTH), secretPlace(kind, 1));
    await owner.query(
      `insert into foundation.house_secret (kind, generation, wrapped, made_at, used_from)
       values ($1, 1, $2, foundation.now(), foundation.now()) on conflict do nothing`,
      [kind, wrapped],
    );
  }
  const { rows } = await owner.query<SecretRow>('select kind, generation, wrapped from foundation.house_secret');
  for (const row of rows) {
    if (row.wrapped) {
      await keep(row);
      continue;
    }
    // a house older than its table of secrets: everything was derived from the first key itself
    const secret = oldestRoot?.();
    if (!secret) throw new Error('the first start after this change needs the key itself, once');
    secrets.set(nameFor(row.kind, row.generation), secret);
    await owner.query('update foundation.house_secret set wrapped = $1 where kind = $2 and generation = $3', [
      await wrapping.wrap(secret, secretPlace(row.kind, row.generation)),
      row.kind,
      row.generation,
    ]);
  }
}

/**
 * Unwraps the house's secrets for a process that does not know the owner: it is told them wrapped, as the application.
 * @throws Error when there are none yet (nobody has migrated), or the provider does not open them
 */
export async function readSecrets(app: pg.Pool): Promise<void> {
  const { rows } = await app.query<SecretRow>('select kind, generation, wrapped from house.secrets()');
  if (rows.length === 0 || rows.some(({ wrapped }) => !wrapped))
    throw new Error('this house has no secrets yet: run "npm run itsso -- migrate" as the owner of its database');
  for (const row of rows) await keep(row);
}

async function keep({ kind, generation, wrapped }: SecretRow): Promise<void> {
  if (!wrapped) return;
  secrets.set(nameFor(kind, generation), await keyProvider().unwrap(wrapped, secretPlace(kind, generation)));
}

/** Another process has begun an index key since: its secret is fetched. */
async function secretOf(kind: Kind, generation: number): Promise<void> {
  if (secrets.has(nameFor(kind, generation))) return;
  const rows = await read(house(), 'foundation.fetch-secret', async (r) => {
    const found = await sql<SecretRow>`select kind, generation, wrapped from foundation.house_secret
      where kind = ${kind} and generation <= ${generation}`.execute(r.db);
    return found.rows;
  });
  for (const row of rows) await keep(row);
}

function keyFor(kind: Kind, generation: number, use: string): Buffer {
  const name = `${nameFor(kind, generation)} ${use}`;
  let key = derived.get(name);
  if (!key) {
    const secret = secrets.get(nameFor(kind, generation));
    if (!secret) throw new Error('the keys are not open');
    key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `itsso:${use}`, LENGTH));
    derived.set(name, key);
  }
  return key;
}

// what stands before the 32 bytes of an Ed25519 private key in its DER form (RFC 8410)
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const signingKey = (use: string) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, keyFor('house', 1, `sign:${use}`)]), format: 'der', type: 'pkcs8' });
// the same of an X25519 private key, and before the 32 bytes of its public key
const PKCS8_X25519 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_X25519 = Buffer.from('302a300506032b656e032100', 'hex');
const agreementKey = (use: string) =>
  createPrivateKey({
    key: Buffer.concat([PKCS8_X25519, keyFor('house', 1, `agree:${use}`)]),
    format: 'der',
    type: 'pkcs8',
  });
const rawPublic = (key: ReturnType<typeof createPrivateKey>): Buffer =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);

/** HMAC-SHA-256; the parts are length-prefixed, so ('ab','c') differs from ('a','bc'). */
function hmacOf(key: Buffer, parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', key);
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hmac.update(length).update(bytes);
  }
  return hmac.digest();
}

export const keys = {
  /** Seals a small text with a key derived for its purpose. */
  seal: (purpose: string, aad: string, plain: Uint8Array | string): Buffer =>
    sealWith(keyFor('house', 1, `seal:${purpose}`), aad, plain),
  /** Opens a text sealed for the same purpose and place. */
  open: (purpose: string, aad: string, sealed: Buffer): Buffer =>
    openWith(keyFor('house', 1, `seal:${purpose}`), aad, sealed),
  /**
   * As `open`, for one of many on a list: what was changed behind the house's back keeps none of the others from being shown. It is written
   * in the log of faults; which row it was, the check of the log of the house finds.
   * @returns null where it does not open
   */
  openIfWhole: (purpose: string, aad: string, sealed: Buffer): Buffer | null => {
    try {
      return openWith(keyFor('house', 1, `seal:${purpose}`), aad, sealed);
    } catch (error) {
      log.error({ purpose, ...faultOf(error) }, 'a sealed text does not open');
      return null;
    }
  },
  /** HMAC-SHA-256 with a key derived for its purpose. */
  mac: (purpose: string, ...parts: (string | Uint8Array)[]): Buffer =>
    hmacOf(keyFor('house', 1, `mac:${purpose}`), parts),
  /** An Ed25519 signature with a key derived for its purpose: 64 bytes. The private key stays in here. */
  sign: (purpose: string, bytes: Uint8Array): Buffer => sign(null, bytes, signingKey(purpose)),
  /** The public key that belongs to `sign`: 32 bytes. */
  publicKey: (purpose: string): Buffer => rawPublic(signingKey(purpose)),
  /** X25519 with a key derived for its purpose, and another's public key of 32 bytes: 32 bytes that both can reach. */
  agree: (purpose: string, theirs: Uint8Array): Buffer =>
    diffieHellman({
      privateKey: agreementKey(purpose),
      publicKey: createPublicKey({ key: Buffer.concat([SPKI_X25519, theirs]), format: 'der', type: 'spki' }),
    }),
  /** The public key that belongs to `agree`: 32 bytes. */
  agreesWith: (purpose: string): Buffer => rawPublic(agreementKey(purpose)),
  /** Wraps a data key at the provider; `aad` names the case and class it belongs to. */
  wrap: (key: Buffer, aad: string): Promise<Buffer> => keyProvider().wrap(key, aad),
  /** Unwraps a data key. Throws when it was wrapped for another place, or by a key that is retired. */
  unwrap: (wrapped: Buffer, aad: string): Promise<Buffer> => keyProvider().unwrap(wrapped, aad),
};

const INDEX_BYTES = 16;
/** The salt with which what is looked up is stretched: it stays, whatever becomes of the keys after it. */
export const indexSalt = (kind: string): Buffer =>
  hmacOf(keyFor('index', 1, 'mac:blind-salt'), [kind]).subarray(0, INDEX_BYTES);

/** A hash of one generation carried on to the next. Nothing of what it was made of is needed. */
export const nextHash = (generation: number, hash: Buffer): Buffer =>
  hmacOf(keyFor('index', generation, 'mac:index-next'), [hash]).subarray(0, INDEX_BYTES);

/** The hashes of a generation: what was asked for by the first key, then carried on by each later one. */
export function indexHash(generation: number, purpose: string, ...parts: (string | Uint8Array)[]): Buffer {
  let hash = hmacOf(keyFor('index', 1, `mac:${purpose}`), parts).subarray(0, INDEX_BYTES);
  for (let later = 2; later <= generation; later++) hash = nextHash(later, hash);
  return hash;
}

type Generations = { generation: number; reads: boolean }[];
const generationsOf = async (r: Pick<Reading, 'db'>): Promise<Generations> => {
  const { rows } = await sql<{
    generation: number;
    reads: boolean;
  }>`select * from foundation.index_generations()`.execute(r.db);
  for (const { generation } of rows) await secretOf('index', generation);
  return rows;
};

/** The generation by which the indexes are read now. */
export async function indexRead(r: Pick<Reading, 'db'>): Promise<number> {
  return Math.max(...(await generationsOf(r)).filter(({ reads }) => reads).map(({ generation }) => generation));
}

/** The generations a new row is written in: while the key is being changed there are two. Holds off the change until this act ends. */
export async function indexWrite(h: Pick<Act, 'db'>): Promise<number[]> {
  // the turn is taken first: what is said after it is asked when it has been given
  const [, generations] = await Promise.all([
    sql`select foundation.index_writers(false)`.execute(h.db),
    generationsOf(h),
  ]);
  return generations.map(({ generation }) => generation);
}
