// What the house needs to know before it opens. In production nothing is guessed: every missing setting is named.
import path from 'node:path';
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
  key?: string;
};

const ORIGIN = /^https?:\/\/[^/?#@\s]+$/;
const LOCAL = /^http:\/\/localhost(:\d+)?$/;
const NEEDED: [string, string][] = [
  ['DATABASE_URL', 'the PostgreSQL server, as role itsso_app'],
  ['DATABASE_OWNER_URL', 'the same database as its owner, for migrations'],
  ['DATABASE_QUEUE_URL', 'the same database as role itsso_queue'],
  ['ITSSO_KEY', 'the key-encryption key, 32 bytes in base64'],
  ['ITSSO_SMS_URL', 'the SMS gateway'],
  ['ITSSO_SMS_TOKEN', 'the SMS gateway’s token'],
  ['ITSSO_ORIGIN', 'the public address, https://…'],
  ['ITSSO_FIRST_ADMINISTRATOR', 'name and rank of the first administrator'],
];

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
  const common = {
    mode,
    port,
    host: env.HOST ?? (mode === 'sandbox' ? '127.0.0.1' : '0.0.0.0'),
    data: path.resolve(env.ITSSO_DATA ?? '.itsso'),
    origin: env.ITSSO_ORIGIN ?? `http://localhost:${port}`,
  } as const;
  if (mode === 'sandbox') {
    if (!ORIGIN.test(common.origin))
      throw new Error('ITSSO_ORIGIN must be http:// or https:// and a host, without a path');
    return common;
  }
  const missing = NEEDED.filter(([name]) => !env[name]);
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
    key: env.ITSSO_KEY ?? '',
  };
}
