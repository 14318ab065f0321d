// The log's key and short forms of its hashes, as pages and API say them.
import { fingerprint, keyText, logSigner } from '#audit';

/** The key that checkpoints are signed with, in the form that verifiers take. */
export function publicKey(): string {
  const { name, public: key } = logSigner();
  return keyText(name, key);
}
/** The first 60 bits of a hash in 12 characters. */
export const shortOf = (hash: Buffer): string => fingerprint(hash);
