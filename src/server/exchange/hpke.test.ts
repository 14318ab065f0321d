// The sealing against the RFC's own vectors (RFC 9180, A.1.1, which is printed for AES-128), and what must not open.
import { createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { expect, test } from 'vitest';
import { openFrom, sealTo } from './hpke.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const PKCS8 = hex('302e020100300506032b656e04220420');
const SPKI = hex('302a300506032b656e032100');
const privateKey = (raw: string) =>
  createPrivateKey({ key: Buffer.concat([PKCS8, hex(raw)]), format: 'der', type: 'pkcs8' });
const receiver = (raw: string) => {
  const key = privateKey(raw);
  return {
    public: createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32),
    agree: (theirs: Buffer) =>
      diffieHellman({
        privateKey: key,
        publicKey: createPublicKey({ key: Buffer.concat([SPKI, theirs]), format: 'der', type: 'spki' }),
      }),
  };
};
const RECEIVER = '4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8';
const SENDER = '52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736';
const INFO = Buffer.from('Ode on a Grecian Urn');
const PLAIN = Buffer.from('Beauty is truth, truth beauty');

test('RFC 9180 A.1.1: the same bytes, to and fro', () => {
  const { enc, context } = sealTo(receiver(RECEIVER).public, INFO, privateKey(SENDER), 'aes-128-gcm');
  expect(enc.toString('hex')).toBe('37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431');
  const sealed = context.seal(Buffer.from('Count-0'), PLAIN);
  expect(sealed.toString('hex')).toBe(
    'f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a',
  );
  expect(openFrom(receiver(RECEIVER), enc, INFO, 'aes-128-gcm').open(Buffer.from('Count-0'), sealed)).toEqual(PLAIN);
});

test('pieces open in their order, to their key, for their purpose, and whole; nothing else does', () => {
  const to = receiver(RECEIVER);
  const { enc, context } = sealTo(to.public, INFO);
  const aad = Buffer.from('part 1');
  const pieces = Array.from({ length: 300 }, (_, n) => context.seal(aad, Buffer.from(`piece ${n}`)));
  const open = openFrom(to, enc, INFO);
  for (const [n, piece] of pieces.entries()) expect(open.open(aad, piece).toString()).toBe(`piece ${n}`);
  const [first, second] = pieces as [Buffer, Buffer];
  expect(() => openFrom(to, enc, INFO).open(aad, second)).toThrow();
  expect(() => openFrom(to, enc, INFO).open(Buffer.from('part 2'), first)).toThrow();
  expect(() => openFrom(to, enc, Buffer.from('another')).open(aad, first)).toThrow();
  expect(() => openFrom(receiver(SENDER), enc, INFO).open(aad, first)).toThrow();
  const changed = Buffer.from(first);
  changed[3]! ^= 1;
  expect(() => openFrom(to, enc, INFO).open(aad, changed)).toThrow();
  expect(() => openFrom(to, enc, INFO).open(aad, first.subarray(0, 8))).toThrow();
  expect(() => openFrom(to, Buffer.alloc(32), INFO)).toThrow();
});
