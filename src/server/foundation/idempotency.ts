// A repeated request is the same request: its key, the hash of its body, and what it made. Never the answer.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Act, asHouse } from './act.ts';
import { refuse } from './refusal.ts';

/** A request that may come twice. `scope` says whose key it is: post, method and path. */
export type Repeatable = { scope: string; key: string; body_hash: Buffer };

/**
 * Takes a key inside the act that it stands for. A second request with the same key waits here until the first has ended: if that
 * one was done, this one is a repetition; if it was refused or failed, its key is free again and this one is the first.
 * @param request whose key, which key, the hash of the body
 * @param subject what the request is about (uuid), kept with the key
 * @returns true for the first, false for a repetition, which must change nothing
 * @throws Refusal `key-used-differently` when the key came with another body
 */
export async function firstTime(a: Act, request: Repeatable, subject: string | null = null): Promise<boolean> {
  return asHouse(a, async (h) => {
    // the unique index makes the second insert wait for the first transaction's end
    const { numAffectedRows } = await sql`insert into foundation.idempotency (scope, key, body_hash, subject, at)
      values (${request.scope}, ${request.key}, ${request.body_hash}, ${subject}, ${h.now}) on conflict do nothing`.execute(
      h.db,
    );
    if (numAffectedRows === 1n) return true;
    const { rows } = await sql<{
      same: boolean;
    }>`select body_hash = ${request.body_hash} as same from foundation.idempotency
      where scope = ${request.scope} and key = ${request.key}`.execute(h.db);
    return rows[0]?.same ? false : refuse('key-used-differently');
  });
}

/** SHA-256 of a body as it was meant: the order of its keys does not matter. */
export const bodyHash = (body: unknown): Buffer =>
  createHash('sha256')
    .update(JSON.stringify(sorted(body)) ?? '')
    .digest();

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const pairs = Object.entries(value)
    // what was left empty is what was not sent
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
  // a list of pairs is not an object
  return { '': pairs };
}
