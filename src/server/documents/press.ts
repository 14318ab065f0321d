// The press: hands sheets to the typesetter's thread, which is started when the first paper is printed and never before.
import { Worker } from 'node:worker_threads';
import type { Sheet } from './paper.ts';
import type { Order, Print } from './press-worker.ts';

// the longest paper there may be takes seconds; what takes longer hangs, and must not hold its number for ever
const LONGEST_MS = 60_000;

let thread: Worker | undefined;
let last = 0;
const waiting = new Map<number, { done: (pdf: Buffer) => void; failed: (why: Error) => void }>();

function started(): Worker {
  if (thread) return thread;
  const worker = new Worker(new URL('./press-worker.ts', import.meta.url));
  // a process that has nothing else to do may end
  worker.unref();
  worker.on('message', (print: Print) => {
    const order = waiting.get(print.n);
    waiting.delete(print.n);
    if ('pdf' in print) order?.done(Buffer.from(print.pdf));
    else order?.failed(new Error(`a paper could not be set: ${print.failed}`));
    if (waiting.size === 0) worker.unref();
  });
  const over = () => {
    if (thread === worker) thread = undefined;
    for (const order of waiting.values()) order.failed(new Error('the typesetter ended'));
    waiting.clear();
  };
  worker.on('error', over);
  worker.on('exit', over);
  thread = worker;
  return worker;
}

/**
 * Sets a sheet as PDF/A-2a.
 * @param qr what the square of dots says
 * @param at the instant written into the file
 * @throws Error when it cannot be set; nothing of the sheet is in the message
 */
export function print(sheet: Omit<Sheet, 'missing'>, qr: string, at: Temporal.Instant): Promise<Buffer> {
  const worker = started();
  const n = ++last;
  return new Promise((done, failed) => {
    // ending the thread ends everything it was given; the next paper starts another
    const alarm = setTimeout(() => void worker.terminate(), LONGEST_MS).unref();
    waiting.set(n, {
      done: (pdf) => {
        clearTimeout(alarm);
        done(pdf);
      },
      failed: (why) => {
        clearTimeout(alarm);
        failed(why);
      },
    });
    worker.ref();
    const order: Order = { n, sheet, qr, seconds: Math.floor(at.epochMilliseconds / 1000) };
    worker.postMessage(order);
  });
}
