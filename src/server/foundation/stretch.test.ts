// What it costs to try a code is fixed here: house tests are run with less, and would not notice.
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { afterAll, expect, test, vi } from 'vitest';
import { closeStretching, openStretching, stretch, stretchLater } from './stretch.ts';

const HASH = '3b2864f6db944524cca0d9e17ad5e7faebef67ae169285eadf5ce5e56b4b6844';
afterAll(closeStretching);

test('Argon2id of 19 MiB and two passes, as OWASP asks at least: the hash is that of this cost and of no smaller one', async () => {
  expect((await stretch('+919812345678', Buffer.alloc(16, 7))).toString('hex')).toBe(HASH);
});

test('another number or another salt has another hash', async () => {
  const hashes = await Promise.all([
    stretch('+919812345678', Buffer.alloc(16, 7)),
    stretch('+919812345679', Buffer.alloc(16, 7)),
    stretch('+919812345678', Buffer.alloc(16, 8)),
  ]);
  expect(new Set(hashes.map((hash) => hash.toString('hex'))).size).toBe(3);
});

const nicenesses = () =>
  readdirSync('/proc/self/task').map((id) =>
    Number(
      readFileSync(`/proc/self/task/${id}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[16],
    ),
  );

test('what can wait has the same hash, from a thread that gives way; no other thread does', async () => {
  expect((await stretchLater('+919812345678', Buffer.alloc(16, 7))).toString('hex')).toBe(HASH);
  const before = nicenesses();
  openStretching();
  const both = [stretchLater('+919812345678', Buffer.alloc(16, 7)), stretchLater(Buffer.from('x'), Buffer.alloc(16))];
  const [one, other] = await Promise.all(both);
  expect(one?.toString('hex')).toBe(HASH);
  expect(other?.equals(one ?? Buffer.alloc(0))).toBe(false);
  if (process.platform !== 'linux') return;
  const most = Math.max(...before);
  expect(nicenesses().filter((nice) => nice > most)).toHaveLength(1);
});

test('a house that has its hands full puts it off, and does it all the same', async () => {
  openStretching();
  const until = performance.now() + 800;
  const work = (): void => {
    const began = performance.now();
    while (performance.now() - began < 40);
    if (performance.now() < until) setTimeout(work, 2);
  };
  work();
  await new Promise((go) => setTimeout(go, 250));
  await stretchLater('+919812345678', Buffer.alloc(16, 7));
  expect(performance.now()).toBeGreaterThan(until);
});

test('a worker that answers nobody does not ask whether it has time: what has come together is done one after the other', async () => {
  const asked = vi.spyOn(performance, 'eventLoopUtilization');
  openStretching(false);
  expect((await stretchLater('+919812345678', Buffer.alloc(16, 7))).toString('hex')).toBe(HASH);
  expect(asked).not.toHaveBeenCalled();
  openStretching();
  await stretchLater('+919812345678', Buffer.alloc(16, 7));
  expect(asked).toHaveBeenCalled();
  asked.mockRestore();
});

test('a thread that is ended takes nobody with it: what it had not done fails, what comes after is done', async () => {
  openStretching();
  await new Promise((go) => setTimeout(go, 200));
  const many = Promise.allSettled(Array.from({ length: 40 }, () => stretchLater('+919812345678', Buffer.alloc(16, 7))));
  await new Promise((go) => setTimeout(go, 200));
  await closeStretching();
  const lost = (await many).filter((one) => one.status === 'rejected');
  expect(lost.length).toBeGreaterThan(0);
  expect(String(lost[0]?.reason)).toContain('has ended');
  expect((await stretchLater('+919812345678', Buffer.alloc(16, 7))).toString('hex')).toBe(HASH);
});
