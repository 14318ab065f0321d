// What it costs to try a code is fixed here: house tests are run with less, and would not notice.
import { expect, test } from 'vitest';
import { stretch } from './stretch.ts';

test('Argon2id of 19 MiB and two passes, as OWASP asks at least: the hash is that of this cost and of no smaller one', async () => {
  expect((await stretch('+919812345678', Buffer.alloc(16, 7))).toString('hex')).toBe(
    '3b2864f6db944524cca0d9e17ad5e7faebef67ae169285eadf5ce5e56b4b6844',
  );
});

test('another number or another salt has another hash', async () => {
  const hashes = await Promise.all([
    stretch('+919812345678', Buffer.alloc(16, 7)),
    stretch('+919812345679', Buffer.alloc(16, 7)),
    stretch('+919812345678', Buffer.alloc(16, 8)),
  ]);
  expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(3);
});
