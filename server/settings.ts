// What the house needs to know before it opens. In production nothing is guessed: every missing setting is named.
import path from 'node:path';
import type { Bucket } from '#evidence';
import type { KeysFrom } from '#foundation';
import { nameAndRank, type StateProvider } from '#signin';
import { stateOf } from './state-settings.ts';

export type Settings = {
  mode: 'sandbox' | 'production';
  /** what this process is for: answering, or what the house does later and by the clock, or both (also where nothing is said) */
  role?: 'all' | 'web' | 'worker';
  /** how long a process that is told to end says “not ready” before it stops taking requests: time for the balancer to look, in milliseconds */
  drain_ms?: number;
  port: number;
  host: string;
  data: string;
  /** the public address: scheme and host, with the port where it is not the usual one. Passkeys are bound to it */
  origin: string;
  /** the host at which files are shown and nothing else; absent: at the public address, under /shown/ */
  files?: string;
  /** production: name and rank of the first administrator */
  administrator?: { name: string; rank: string };
  /**
   * production: connection strings; absent: the embedded PostgreSQL. `direct` goes past a pooler, for what needs a session (listening, the
   * lock of the fleet); `owner` is for the command that migrates, and a server that is given it migrates at its start
   */
  database?: { app: string; direct: string; queue?: string; owner?: string };
  /** where the key-encryption keys are; absent: a file in the data folder */
  keys?: KeysFrom;
  /** the object store that keeps the evidence; absent: the disk */
  bucket?: Bucket;
  /** the store of backups of the embedded database; given, its log is laid by too, so that it can be brought back to any second */
  backup?: string;
  backup_key?: string;
  /** where Prometheus asks: a door of its own, for the machine itself or a network of administrators */
  metrics?: { host: string; port: number };
  /** the state's own identity provider */
  state?: StateProvider;
  /** a folder that is looked into for files of CCTNS */
  inbox?: string;
};

const ORIGIN = /^https?:\/\/[^/?#@\s]+$/;
const HERE = ['localhost', '127.0.0.1', '[::1]'];
const LOCAL = /^http:\/\/localhost(:\d+)?$/;
const NEEDED: [string, string][] = [
  ['DATABASE_URL', 'the PostgreSQL server, as role itsso_app (a worker: itsso_worker)'],
  ['DATABASE_QUEUE_URL', 'the same database as role itsso_queue, past any pooler'],
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
  insist(needed, env, 'keeping the keys');
  if (how === 'environment') return { how, keys: { key: env.ITSSO_KEY ?? '' } };
  if (how === 'file') {
    if (needed.length && env.ITSSO_KEY_FILE_ALLOWED !== 'yes')
      throw new Error('ITSSO_KEY_FILE_ALLOWED can only be “yes”');
    return { how };
  }
  const { ITSSO_TRANSIT_URL: url = '', ITSSO_TRANSIT_KEY: key = '', ITSSO_TRANSIT_TOKEN: token = '' } = env;
  // what unlocks every identity goes over this line, and the token of the house
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (protocol !== 'https:' && !(protocol === 'http:' && HERE.includes(hostname)))
    throw new Error('ITSSO_TRANSIT_URL must be https:// and a host; http:// only on this machine');
  if (!/^[A-Za-z0-9_.-]{1,80}$/.test(key)) throw new Error('ITSSO_TRANSIT_KEY must be a name');
  return { how, keys: { transit: { url, key, token, mount: env.ITSSO_TRANSIT_MOUNT ?? 'transit' } } };
}

const MIGRATES: [string, string][] = [
  ['DATABASE_OWNER_URL', 'the PostgreSQL server as the database’s owner, past any pooler'],
  ['DATABASE_QUEUE_URL', 'the same database as role itsso_queue, past any pooler'],
];
const ROLES = ['all', 'web', 'worker'] as const;
const isRole = (text: string): text is (typeof ROLES)[number] => (ROLES as readonly string[]).includes(text);
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
  // production names them with all the others that it lacks
  if (env.ITSSO_MODE === 'production' && STORE.some(([name]) => !env[name])) return {};
  insist(STORE, env, 'the object store');
  const { S3_ENDPOINT: endpoint = '', S3_BUCKET: bucket = '', S3_REGION: region = '' } = env;
  if (!ORIGIN.test(endpoint)) throw new Error('S3_ENDPOINT must be http:// or https:// and a host, without a path');
  const { AWS_ACCESS_KEY_ID: key = '', AWS_SECRET_ACCESS_KEY: secret = '', AWS_SESSION_TOKEN: session } = env;
  return { bucket: { endpoint, bucket, region, key, secret, session } };
}

function insist(needed: readonly [string, string][], env: NodeJS.ProcessEnv, what: string): void {
  const missing = needed.filter(([name]) => !env[name]);
  if (missing.length)
    throw new Error(`${what} needs these settings:\n${missing.map(([name, says]) => `  ${name}  ${says}`).join('\n')}`);
}

function filesOf({ ITSSO_FILES_ORIGIN: files, ITSSO_ORIGIN: origin }: NodeJS.ProcessEnv): { files?: string } {
  if (!files) return {};
  if (!ORIGIN.test(files) || files === origin)
    throw new Error(
      'ITSSO_FILES_ORIGIN must be http:// or https:// and a host, without a path, and another than ITSSO_ORIGIN',
    );
  return { files };
}

function metricsOf({ ITSSO_METRICS_PORT: port, ITSSO_METRICS_HOST: host = '127.0.0.1' }: NodeJS.ProcessEnv): {
  metrics?: { host: string; port: number };
} {
  if (port === undefined) return {};
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error('ITSSO_METRICS_PORT must be a number up to 65535');
  return { metrics: { host, port: Number(port) } };
}

/**
 * What the command that migrates a server of one's own needs, and nothing more: it runs where no house runs.
 * @throws Error naming each setting that is missing
 */
export function readOwner(env: NodeJS.ProcessEnv): { owner: string; queue: string; keys: KeysFrom } {
  const { how, keys } = keysOf(env);
  insist([...MIGRATES, ...(KEYS[how] ?? [])], env, 'migrating');
  return {
    owner: env.DATABASE_OWNER_URL ?? '',
    queue: env.DATABASE_QUEUE_URL ?? '',
    keys: keys ?? { folder: path.resolve(env.ITSSO_DATA ?? '.itsso', 'keys') },
  };
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
  const role = env.ITSSO_ROLE ?? 'all';
  if (!isRole(role)) throw new Error(`ITSSO_ROLE is "${role}"; it can be ${ROLES.join(', ')}`);
  if (role !== 'all' && mode === 'sandbox') throw new Error('ITSSO_ROLE is for production: practice is one process');
  const drain_ms = Number(env.ITSSO_DRAIN_MS ?? (role === 'all' ? 0 : 6000));
  if (!Number.isInteger(drain_ms) || drain_ms < 0 || drain_ms > 60_000)
    throw new Error('ITSSO_DRAIN_MS must be milliseconds from 0 to 60000');
  const common = {
    mode,
    role,
    drain_ms,
    port,
    host: env.HOST ?? (mode === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    data: path.resolve(env.ITSSO_DATA ?? '.itsso'),
    origin: env.ITSSO_ORIGIN ?? `http://localhost:${port}`,
    ...(keys ? { keys } : {}),
    ...filesOf(env),
    ...storeOf(env),
    ...metricsOf(env),
    ...stateOf(env, mode === 'production'),
    ...(env.ITSSO_BACKUP ? { backup: path.resolve(env.ITSSO_BACKUP) } : {}),
    ...(env.ITSSO_BACKUP_KEY ? { backup_key: env.ITSSO_BACKUP_KEY } : {}),
    ...(env.ITSSO_CCTNS_INBOX ? { inbox: path.resolve(env.ITSSO_CCTNS_INBOX) } : {}),
  } as const;
  if (mode === 'sandbox') {
    if (!ORIGIN.test(common.origin))
      throw new Error('ITSSO_ORIGIN must be http:// or https:// and a host, without a path');
    return common;
  }
  const needed = [...NEEDED, ...(KEYS[how] ?? []), ...(env.ITSSO_EVIDENCE === 'disk' ? [] : STORE)];
  insist(role === 'web' ? needed.filter(([name]) => name !== 'DATABASE_QUEUE_URL') : needed, env, 'production');
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
    database: {
      app: env.DATABASE_URL ?? '',
      direct: env.DATABASE_DIRECT_URL ?? env.DATABASE_URL ?? '',
      ...(role !== 'web' && env.DATABASE_QUEUE_URL ? { queue: env.DATABASE_QUEUE_URL } : {}),
      ...(env.DATABASE_OWNER_URL ? { owner: env.DATABASE_OWNER_URL } : {}),
    },
  };
}
