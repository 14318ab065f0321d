// An outside witness against a log that grows, that is cut short, that was made anew, and that changes its key.
import { mkdtempSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cosignedAt } from '../src/server/audit/signed-note.ts';
import { consistencyRanges, growing, joined, leafHash, nodeHash, wholeParts } from '../src/server/audit/merkle.ts';
import { checkpointText, keyText, signedNote } from '../src/server/audit/signed-note.ts';
import { witness } from '../cli/witness.ts';

const signerOf = (name: string) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    name,
    public: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32),
    sign: (bytes: Buffer) => sign(null, bytes, privateKey),
  };
};
const log = { leaves: [] as Buffer[], signer: signerOf('example.org/log') };
const grow = (n: number, word = 'leaf') => {
  for (let at = 0; at < n; at++) log.leaves.push(leafHash(Buffer.from(`${word} ${log.leaves.length}`)));
};
const over = (lo: number, hi: number): Buffer =>
  hi - lo === 1 ? log.leaves[lo]! : nodeHash(over(lo, (lo + hi) / 2), over((lo + hi) / 2, hi));
const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'itsso-witness-')), 'kept');
let server: http.Server;
let at = '';
beforeAll(async () => {
  server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', at);
    const tree = growing();
    for (const leaf of log.leaves) tree.push(leaf);
    const { signer } = log;
    const answer = url.pathname.endsWith('/checkpoint')
      ? {
          key: keyText(signer.name, signer.public),
          checkpoint: {
            note: signedNote(
              checkpointText({ origin: signer.name, size: tree.size, root: tree.root(), at: 1 }),
              signer,
            ),
          },
        }
      : {
          hashes: consistencyRanges(Number(url.searchParams.get('first')), Number(url.searchParams.get('size'))).map(
            (range) => joined(wholeParts(range).map(([lo, hi]) => over(lo, hi))).toString('base64'),
          ),
        };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
const NOW = 1_767_600_000_000;
const look = () => witness(at, folder, NOW);
const kept = () => readFileSync(path.join(folder, 'seen.json'), 'utf8');

test('what has only grown is cosigned, with the witness’s own clock', async () => {
  grow(7);
  const first = await look();
  const pem = readFileSync(path.join(folder, 'key.pem'), 'utf8');
  const key = createPublicKey(pem).export({ format: 'der', type: 'spki' }).subarray(-32);
  expect(cosignedAt(first, { name: 'witness', public: key })).toBe(NOW / 1000);
  for (const n of [0, 1, 20, 100]) {
    grow(n);
    expect(await look()).toContain(`\n${log.leaves.length}\n`);
  }
  // the key stays the same
  expect(readFileSync(path.join(folder, 'key.pem'), 'utf8')).toBe(pem);
});

test('a log that is shorter, changed before its end, forked or signed by another is refused, and what was seen stays', async () => {
  const [whole, seen, signer] = [[...log.leaves], kept(), log.signer];
  log.leaves = whole.slice(0, -3);
  await expect(look()).rejects.toThrow('it has had 128');
  log.leaves = [...whole.slice(0, 5), leafHash(Buffer.from('other')), ...whole.slice(6)];
  await expect(look()).rejects.toThrow('not the one');
  // an old copy put back, then grown past the old size with other entries
  log.leaves = whole.slice(0, 100);
  grow(60, 'forked');
  await expect(look()).rejects.toThrow('something before that was changed');
  log.leaves = whole;
  log.signer = signerOf('example.org/log');
  await expect(look()).rejects.toThrow('another key');
  log.signer = { ...signer, sign: () => Buffer.alloc(64) };
  await expect(look()).rejects.toThrow('not signed');
  expect(kept()).toBe(seen);
  log.signer = signer;
  await look();
});
