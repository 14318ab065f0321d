// A connection as PostgreSQL itself writes it (`host=… port=… user=…`), for this program to go the same way as the server will.
import { readFileSync } from 'node:fs';
import type pg from 'pg';

const WORD = /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s'\\]|\\.)*))\s*/gy;

function wordsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let read = 0;
  for (const [whole, name = '', quoted, bare = ''] of text.matchAll(WORD)) {
    found.set(name, (quoted ?? bare).replaceAll(/\\(.)/g, '$1'));
    read += whole.length;
  }
  if (read < text.length || !found.has('host')) throw new Error("A connection reads: 'host=… dbname=… user=…'.");
  return found;
}

// as libpq understands sslmode; what prefers a cipher does without where there is none
function ciphers(given: Map<string, string>, host: string): NonNullable<pg.ClientConfig['ssl']>[] {
  const mode = given.get('sslmode') ?? 'prefer';
  if (mode === 'disable' || host.startsWith('/')) return [false];
  const file = (name: string) => {
    const at = given.get(name);
    return at === undefined || at === 'system' ? undefined : readFileSync(at, 'utf8');
  };
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')];
  const own = { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
  if (mode === 'verify-full') return [own];
  if (mode === 'verify-ca' || (mode === 'require' && ca)) return [{ ...own, checkServerIdentity: () => undefined }];
  const unproved = { ...own, rejectUnauthorized: false };
  return mode === 'require' ? [unproved] : [unproved, false];
}

/** Every address that a connection names, in its order: several hosts stand with commas. @throws Error when it is none */
export function addressesOf(text: string): pg.ClientConfig[] {
  const given = wordsOf(text);
  const ports = (given.get('port') ?? '').split(',');
  const [user, password, database] = [given.get('user'), given.get('password'), given.get('dbname')];
  return (given.get('host') ?? '').split(',').flatMap((host, n) =>
    ciphers(given, host).map((ssl) => ({
      host,
      port: Number(ports[n] || ports[0] || 5432),
      ...(user ? { user } : {}),
      ...(password ? { password } : {}),
      ...(database ? { database } : {}),
      ssl,
      connectionTimeoutMillis: 10_000,
    })),
  );
}
