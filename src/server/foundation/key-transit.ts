// Key-encryption keys kept by a machine of their own: the transit engine of Vault or OpenBao, over HTTP. The keys never leave it.
import { type KeyProvider, nameOf, withName } from './key-provider.ts';

/** Where the engine stands: `https://vault.example:8200`, under which path, the name of the key there, the token of the house. */
export type TransitAt = { url: string; mount?: string; key: string; token: string };

const PATIENCE_MS = 5000;
const VERSION = /^vault:v(\d{1,9}):/;
type Answer = {
  data?: { ciphertext?: string; plaintext?: string; latest_version?: number; min_decryption_version?: number };
};

/**
 * Wraps and unwraps at a transit engine. The key there must be `aes256-gcm96` with `associated_data`, so that a wrapped key opens only
 * in its place. Each version of the key is a name here: `v3`.
 * @throws Error from each call when the engine does not answer or refuses: nothing opens without it, and nothing is made up
 */
export function transitProvider({ url, mount = 'transit', key, token }: TransitAt): KeyProvider {
  const at = `${url.replace(/\/$/, '')}/v1/${mount}`;
  const ask = async (what: string, body?: Record<string, unknown>): Promise<NonNullable<Answer['data']>> => {
    const answer = await fetch(`${at}/${what}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'x-vault-token': token, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    // what it says may quote what it was sent; only the status is told
    if (!answer.ok) throw new Error(`the key engine answered ${answer.status}`);
    return answer.status === 204 ? {} : (((await answer.json()) as Answer).data ?? {});
  };
  const state = () => ask(`keys/${key}`);
  return {
    kind: 'transit',
    current: async () => `v${(await state()).latest_version ?? 1}`,
    names: async () => {
      const { latest_version: last = 1, min_decryption_version: first = 1 } = await state();
      return Array.from({ length: last - first + 1 }, (_, i) => `v${first + i}`);
    },
    wrap: async (data, aad) => {
      const { ciphertext = '' } = await ask(`encrypt/${key}`, {
        plaintext: data.toString('base64'),
        associated_data: Buffer.from(aad).toString('base64'),
      });
      const version = VERSION.exec(ciphertext)?.[1];
      if (!version) throw new Error('the key engine answered with no ciphertext');
      return withName(`v${version}`, Buffer.from(ciphertext, 'latin1'));
    },
    unwrap: async (wrapped, aad) => {
      const { plaintext = '' } = await ask(`decrypt/${key}`, {
        ciphertext: nameOf(wrapped).blob.toString('latin1'),
        associated_data: Buffer.from(aad).toString('base64'),
      });
      const data = Buffer.from(plaintext, 'base64');
      if (data.length === 0) throw new Error('the key engine answered with no key');
      return data;
    },
    rotate: async () => {
      await ask(`keys/${key}/rotate`, {});
      return `v${(await state()).latest_version ?? 1}`;
    },
    retire: async () => {
      const { latest_version: last = 1 } = await state();
      await ask(`keys/${key}/config`, { min_decryption_version: last, min_encryption_version: last });
    },
  };
}
