// What is short enough to be tried out is made slow to try.
import { argon2 } from 'node:crypto';

/** OWASP's least for Argon2id: some 30 ms and 19 MiB a try. */
const COST = { parallelism: 1, tagLength: 32, memory: 19 * 1024, passes: 2 } as const;

/**
 * Argon2id, for codes and for numbers that are looked up: whoever has stolen the rows pays for each guess.
 * @param message what is hashed, best an HMAC already
 * @param nonce its salt: at least 8 bytes
 * @returns 32 bytes
 */
export const stretch = (message: string | Uint8Array, nonce: Uint8Array): Promise<Buffer> =>
  new Promise((done, failed) =>
    argon2('argon2id', { message, nonce, ...COST }, (error, hash) => (error ? failed(error) : done(hash))),
  );
