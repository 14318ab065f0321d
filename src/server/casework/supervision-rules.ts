// What follows from the steps of supervision: which direction is answered by what, and when a file goes back and forth. Pure.
import type { Stay, Step } from './store.ts';

/** A direction with what answered it. */
export type Directed = {
  id: string;
  at: Temporal.Instant;
  by: Temporal.PlainDate | null;
  answered_by: string | null;
  answered_at: Temporal.Instant | null;
};

/** The directions among the steps of a file, in order of time, each with the answer that names it. */
export function directedIn(steps: readonly Pick<Step, 'id' | 'step' | 'at' | 'form'>[]): Directed[] {
  const answers = new Map(
    steps.filter(({ step }) => step === 'comply').map((answer) => [String(answer.form.direction), answer]),
  );
  return steps
    .filter(({ step }) => step === 'direct')
    .map(({ id, at, form }) => ({
      id,
      at,
      by: typeof form.by === 'string' ? Temporal.PlainDate.from(form.by) : null,
      answered_by: answers.get(id)?.id ?? null,
      answered_at: answers.get(id)?.at ?? null,
    }));
}

// what somebody decided to send; a report on its way up and down is work, not a quarrel
const SENT: ReadonlySet<string> = new Set(['assigned', 'moved']);

/**
 * Whether a file has just gone back and forth between two desks for the second time: A, B, A, B, A.
 * @param stays in order, the last is where it lies
 * @returns the two desks, or undefined
 */
export function isPingPong(stays: readonly Pick<Stay, 'post' | 'reason'>[]): [string, string] | undefined {
  const last = stays.slice(-5);
  const [a, b] = last;
  if (last.length < 5 || !a || !b || a.post === b.post) return undefined;
  const alternate = last.every(({ post }, n) => post === (n % 2 === 0 ? a.post : b.post));
  return alternate && last.slice(1).every(({ reason }) => SENT.has(reason)) ? [a.post, b.post] : undefined;
}
