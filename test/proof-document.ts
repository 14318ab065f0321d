// A document of proofs made from a random tree, as the house would make it, for the verifiers that share no line with the house.
import { generateKeyPairSync, sign } from 'node:crypto';
import type { Proofs } from '#audit';
import { growing, inclusionRanges, joined, leafHash, nodeHash, wholeParts } from '../src/server/audit/merkle.ts';
import { fingerprint, leafBytes } from '../src/server/audit/rules.ts';
import { checkpointText, keyText, signedNote } from '../src/server/audit/signed-note.ts';

const base64 = (bytes: Buffer) => bytes.toString('base64');

/** @param size how many leaves the tree has, @param chosen which of them are proved; one more is only promised */
export function proofDocument(size: number, chosen: readonly number[]): Proofs {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const signer = {
    name: 'example.org/log',
    public: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    sign: (bytes: Buffer) => sign(null, bytes, privateKey),
  };
  const rows = Array.from({ length: size + 1 }, (_, n) => ({
    time: 1_767_587_400_000_000 + n * 1_000_003,
    about: leafHash(Buffer.from(`row ${n} of ${size}`)),
  }));
  const hashes = rows.map(({ time, about }) => leafHash(leafBytes(time, about)));
  const tree = growing();
  for (const hash of hashes.slice(0, size)) tree.push(hash);
  const over = (lo: number, hi: number): Buffer =>
    hi - lo === 1 ? hashes[lo]! : nodeHash(over(lo, (lo + hi) / 2), over((lo + hi) / 2, hi));
  const entry = (n: number) => ({
    time: rows[n]!.time,
    about: base64(rows[n]!.about),
    fingerprint: fingerprint(hashes[n]!),
  });
  return {
    v: 1,
    key: keyText(signer.name, signer.public),
    checkpoint: signedNote(checkpointText({ origin: signer.name, size, root: tree.root(), at: 1_767_587_500 }), signer),
    entries: [
      ...chosen.map((index) => ({
        ...entry(index),
        index,
        proof: inclusionRanges(index, size).map((range) =>
          base64(joined(wholeParts(range).map(([lo, hi]) => over(lo, hi)))),
        ),
      })),
      {
        ...entry(size),
        promise: signedNote(`${signer.name}/promise\n${base64(hashes[size]!)}\ntime ${rows[size]!.time}\n`, signer),
      },
    ],
  };
}

/** The document with one thing changed, in every way that matters. */
export function spoiltDocuments(said: Proofs): Record<string, Proofs> {
  const [first, ...rest] = said.entries;
  const flip = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`;
  const last = rest.at(-1)!;
  return {
    'another time': { ...said, entries: [{ ...first!, time: first!.time - 86_400_000_000 }, ...rest] },
    'another row': { ...said, entries: [{ ...first!, about: flip(first!.about) }, ...rest] },
    'another place': { ...said, entries: [{ ...first!, index: first!.index! + 1 }, ...rest] },
    'another path': { ...said, entries: [{ ...first!, proof: first!.proof!.map(flip) }, ...rest] },
    'a shorter path': { ...said, entries: [{ ...first!, proof: first!.proof!.slice(1) }, ...rest] },
    'another size': { ...said, checkpoint: said.checkpoint.replace(/\n(\d+)\n/, '\n1$1\n') },
    'another promise': { ...said, entries: [...said.entries.slice(0, -1), { ...last, time: last.time + 1 }] },
  };
}
