// What is short enough to be tried out is made slow to try.
import { argon2 } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

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

type Waits = { done: (hash: Buffer) => void; failed: (error: unknown) => void };
let thread: Worker | undefined;
const waiting = new Map<number, Waits>();
let last = 0;

let besidePeople = true;

/**
 * @internal Opens the thread that gives way. Without it what could wait is stretched like everything else.
 * @param people whether this process answers people too; where it answers nobody, nothing waits until it has time
 */
export function openStretching(people = true): void {
  besidePeople = people;
  if (thread) return;
  const opened = new Worker(new URL('./stretch-thread.ts', import.meta.url));
  opened.unref();
  opened.on('message', ({ n, hash }: { n: number; hash: Uint8Array }) => {
    waiting.get(n)?.done(Buffer.from(hash));
    waiting.delete(n);
  });
  const gone = (error: unknown) => {
    if (thread === opened) thread = undefined;
    for (const { failed } of waiting.values()) failed(error);
    waiting.clear();
  };
  opened.on('error', gone);
  opened.on('exit', () => gone(new Error('the thread that stretches has ended')));
  thread = opened;
}

/** @internal Ends it; what it had not done fails, and its job comes round again. */
export async function closeStretching(): Promise<void> {
  await thread?.terminate();
}

const LOOK_MS = 100;
const MOST_LOOKS = 10;
/** Above this share of its time a process has its hands full with people. */
const BUSY = 0.4;

let looked = performance.eventLoopUtilization();
let hands_full = false;
const lasted = ({ idle, active }: { idle: number; active: number }): number => idle + active;
async function isBusy(): Promise<boolean> {
  // what was long ago says nothing of now
  if (lasted(performance.eventLoopUtilization(looked)) > 2 * LOOK_MS) {
    looked = performance.eventLoopUtilization();
    await pause(LOOK_MS / 2);
  }
  const since = performance.eventLoopUtilization(looked);
  if (lasted(since) >= LOOK_MS / 2) {
    looked = performance.eventLoopUtilization();
    hands_full = since.utilization > BUSY;
  }
  return hands_full;
}

/**
 * Waits until this process has time: for a second at most, so that a house that is busy all day does what it put off, one by one.
 * A priority alone is not enough: it divides one processor, and what is stretched brings statements, seals and messages with it.
 */
async function calm(): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS && (await isBusy()); looks++) await pause(LOOK_MS);
}

/**
 * As {@link stretch}, for jobs: one at a time, behind everything for which somebody waits. Never inside an act: it may take seconds while
 * the house is busy.
 */
export const stretchLater = async (message: string | Uint8Array, nonce: Uint8Array): Promise<Buffer> => {
  if (thread && besidePeople) await calm();
  const asked = thread;
  if (!asked) return stretch(message, nonce);
  return new Promise((done, failed) => {
    last += 1;
    waiting.set(last, { done, failed });
    asked.postMessage({ n: last, asked: { message, nonce, ...COST } });
  });
};
