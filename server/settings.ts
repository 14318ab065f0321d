// What the house needs to know before it opens. In production nothing is guessed: every missing setting is named.
import path from 'node:path';
import type { Bucket } from '#evidence';
import type { KeysFrom } from '#foundation';
import { nameAndRank } from '#signin';

export type Settings = {
  mode: 'sandbox' | 'production';
  port: number;
  host: string;
  data: string;
  /** the public address: scheme and host, with the port where it is not the usual one. Passkeys are bound to it */
  origin: string;
  /** production: name and rank of the first administrator */
  administrator?: { name: string; rank: string };
  /** production: connection strings of the application, the owner (migrations) and the queue; absent: the embedded PostgreSQL */
  database?: { app: string; owner: string; queue: string };
  /** where the key-encryption keys are; absent: a file in the data folder */
  keys?: KeysFrom;
  /** the object store that keeps the evidence; absent: the disk */
  bucket?: Bucket;
  /** a folder that is looked into for files of CCTNS */
  inbox?: string;
};

const ORIGIN = /^https?:\/\/[^/?#@\s]+$/;
const LOCAL = /^http:\/\/localhost(:\d+)?$/;
const NEEDED: [string, string][] = [
  ['DATABASE_URL', 'the PostgreSQL server, as role itsso_app'],
  ['DATABASE_OWNER_URL', 'the same database as its owner, for migrations'],
  ['DATABASE_QUEUE_URL', 'the same database as role itsso_queue'],
  ['ITSSO_SMS_URL', 'the SMS gateway'],
  ['ITSSO_SMS_TOKEN', 'the SMS gateway’s token'],
  ['ITSSO_ORIGIN', 'the public address, https://…'],
  ['ITSSO_FIRST_ADMINISTRATOR', 'name and rank of the first administrator'],
];
// where the key-encryption keys are: each way has settings of its own
const KEYS: Record<string, [string, string][]> = {
  environment: [['ITSSO_KEY', 'the key-encryption key, 32 bytes in base64 (or ITSSO_KEYS=transit)']],
  transit: [
    ['ITSSO_TRANSIT_URL', 'the transit engine of Vault or OpenBao, https://…'],
    ['ITSSO_TRANSIT_KEY', 'the name of the key there'],
    ['ITSSO_TRANSIT_TOKEN', 'the token of the house there'],
  ],
  file: [['ITSSO_KEY_FILE_ALLOWED', '“yes”, if a key file beside the data is really meant in production']],
};

/** Where the key-encryption keys are. A file is for practice; production takes it only when that is said twice. */
function keysOf(env: NodeJS.ProcessEnv): { how: string; keys?: KeysFrom } {
  const usual = env.ITSSO_MODE === 'production' || env.ITSSO_KEY ? 'environment' : 'file';
  const how = env.ITSSO_KEYS ?? usual;
  if (!KEYS[how]) throw new Error(`ITSSO_KEYS is "${how}"; it can be environment, transit or file`);
  const needed = env.ITSSO_MODE === 'production' || how !== 'file' ? (KEYS[how] ?? []) : [];
  const missing = needed.filter(([name]) => !env[name]);
  // production names them with all the others that it lacks
  if (missing.length && env.ITSSO_MODE === 'production') return { how };
  if (missing.length)
    throw new Error(`the keys need these settings:\n${missing.map(([name, what]) => `  ${name}  ${what}`).join('\n')}`);
  if (how === 'environment') return { how, keys: { key: env.ITSSO_KEY ?? '' } };
  if (how === 'file') {
    if (needed.length && env.ITSSO_KEY_FILE_ALLOWED !== 'yes')
      throw new Error('ITSSO_KEY_FILE_ALLOWED can only be “yes”');
    return { how };
  }
  const { ITSSO_TRANSIT_URL: url = '', ITSSO_TRANSIT_KEY: key = '', ITSSO_TRANSIT_TOKEN: token = '' } = env;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error('ITSSO_TRANSIT_URL must be https:// and a host');
  if (!/^[A-Za-z0-9_.-]{1,80}$/.test(key)) throw new Error('ITSSO_TRANSIT_KEY must be a name');
  return { how, keys: { transit: { url, key, token, mount: env.ITSSO_TRANSIT_MOUNT ?? 'transit' } } };
}

// said together or not at all; in production, unless ITSSO_EVIDENCE=disk says that the disk is meant
const STORE: [string, string][] = [
  ['S3_ENDPOINT', 'the object store for evidence, https://… (or ITSSO_EVIDENCE=disk)'],
  ['S3_BUCKET', 'its bucket'],
  ['S3_REGION', 'its region; what a store of one’s own was given, or us-east-1'],
  ['AWS_ACCESS_KEY_ID', 'the key of the house at the object store'],
  ['AWS_SECRET_ACCESS_KEY', 'its secret'],
];

function storeOf(env: NodeJS.ProcessEnv): { bucket?: Bucket } {
  const how = env.ITSSO_EVIDENCE ?? (env.S3_ENDPOINT ? 's3' : 'disk');
  if (how !== 'disk' && how !== 's3') throw new Error(`ITSSO_EVIDENCE is "${how}"; it can be disk or s3`);
  if (how === 'disk') return {};
  const missing = STORE.filter(([name]) => !env[name]);
  // production names them with all the others that it lacks
  if (missing.length && env.ITSSO_MODE === 'production') return {};
  if (missing.length)
    throw new Error(
      `the object store needs these settings:\n${missing.map(([name, what]) => `  ${name}  ${what}`).join('\n')}`,
    );
  const { S3_ENDPOINT: endpoint = '', S3_BUCKET: bucket = '', S3_REGION: region = '' } = env;
  if (!ORIGIN.test(endpoint)) throw new Error('S3_ENDPOINT must be http:// or https:// and a host, without a path');
  const { AWS_ACCESS_KEY_ID: key = '', AWS_SECRET_ACCESS_KEY: secret = '', AWS_SESSION_TOKEN: session } = env;
  return { bucket: { endpoint, bucket, region, key, secret, session } };
}

/**
 * Reads the settings from the environment.
 * @throws Error naming each setting that production lacks, or a value that cannot be
 */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const mode = env.ITSSO_MODE ?? 'sandbox';
  if (mode !== 'sandbox' && mode !== 'production')
    throw new Error(`ITSSO_MODE is "${mode}"; it can be sandbox or production`);
  const port = Number(env.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is "${env.PORT}"; it must be a number from 1 to 65535`);
  const { how, keys } = keysOf(env);
  const common = {
    mode,
    port,
    host: env.HOST ?? (mode === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    data: path.resolve(env.ITSSO_DATA ?? '.itsso'),
    origin: env.ITSSO_ORIGIN ?? `http://localhost:${port}`,
    ...(keys ? { keys } : {}),
    ...storeOf(env),
    ...(env.ITSSO_CCTNS_INBOX ? { inbox: path.resolve(env.ITSSO_CCTNS_INBOX) } : {}),
  } as const;
  if (mode === 'sandbox') {
    if (!ORIGIN.test(common.origin))
      throw new Error('ITSSO_ORIGIN must be http:// or https:// and a host, without a path');
    return common;
  }
  const needed = [...NEEDED, ...(KEYS[how] ?? []), ...(env.ITSSO_EVIDENCE === 'disk' ? [] : STORE)];
  const missing = needed.filter(([name]) => !env[name]);
  if (missing.length)
    throw new Error(
      `production needs these settings:\n${missing.map(([name, what]) => `  ${name}  ${what}`).join('\n')}`,
    );
  // browsers make passkeys on localhost without https, for trying out; anywhere else they refuse, and so does the house
  if (!ORIGIN.test(common.origin) || !(common.origin.startsWith('https:') || LOCAL.test(common.origin)))
    throw new Error('ITSSO_ORIGIN must be https:// and a host, without a path');
  const administrator = nameAndRank(env.ITSSO_FIRST_ADMINISTRATOR ?? '');
  if (!administrator)
    throw new Error(
      'ITSSO_FIRST_ADMINISTRATOR must be a name and a rank with one comma between them: "A. Kumari, Inspector"',
    );
  return {
    ...common,
    administrator,
    database: { app: env.DATABASE_URL ?? '', owner: env.DATABASE_OWNER_URL ?? '', queue: env.DATABASE_QUEUE_URL ?? '' },
  };
}
