// An outside witness: keeps what it has seen of a log in one flat file, and cosigns a checkpoint only when the log has done nothing but
// grow since the last one. It needs no database, and runs best on somebody else's machine.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cosignatureLine, hasGrown, keyFrom, openCheckpoint } from '#audit';

type Kept = { key: string; note: string };
const MS = 1000;

function signerIn(folder: string) {
  const file = path.join(folder, 'key.pem');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flush: true });
  }
  const key = createPrivateKey(readFileSync(file));
  return {
    name: process.env.ITSSO_WITNESS ?? 'witness',
    public: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32),
    sign: (bytes: Buffer) => sign(null, bytes, key),
  };
}

const answerOf = async <T>(url: URL): Promise<T> => {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url.pathname} answered ${answer.status}`);
  return (await answer.json()) as T;
};

/**
 * Looks at a log once and cosigns what it has become.
 * @param at the address of the house
 * @param folder where the witness keeps its key and what it has seen
 * @param now ms since 1970, by the witness's own clock
 * @returns the cosigned checkpoint
 * @throws Error when the log is smaller than it was, differs from what was seen, is signed by another key, or not at all
 */
export async function witness(at: string, folder: string, now: number): Promise<string> {
  const signer = signerIn(folder);
  const file = path.join(folder, 'seen.json');
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined;
  const { key, checkpoint } = await answerOf<{ key: string; checkpoint: { note: string } }>(
    new URL('/api/v1/log/checkpoint', at),
  );
  if (before && before.key !== key) throw new Error('The log shows another key than before. Nothing is cosigned.');
  const known = keyFrom(key);
  const second = known && openCheckpoint(checkpoint.note, [known]);
  if (!known || !second) throw new Error('The checkpoint is not signed by the key of the log. Nothing is cosigned.');
  const first = before && openCheckpoint(before.note, [known]);
  if (first) {
    if (second.size < first.size)
      throw new Error(`The log has ${second.size} entries; it has had ${first.size}. Nothing is cosigned.`);
    const proof = await answerOf<{ hashes: string[] }>(
      new URL(`/api/v1/log/proof?first=${first.size}&size=${second.size}`, at),
    );
    if (
      !hasGrown(
        first,
        second,
        proof.hashes.map((hash) => Buffer.from(hash, 'base64')),
      )
    )
      throw new Error(
        `The log is not the one that had ${first.size} entries: something before that was changed. Nothing is cosigned.`,
      );
  }
  const note = checkpoint.note + cosignatureLine(checkpoint.note, Math.floor(now / MS), signer);
  // written aside and renamed: a crash leaves what was seen before, or what is seen now
  writeFileSync(`${file}.new`, JSON.stringify({ key, note } satisfies Kept), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  return note;
}
