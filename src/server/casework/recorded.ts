// What the steps of a file have put on record, in codes and dates: for the papers that are made of it.
import { type Reading, refuse } from '#foundation';
import { openNarrative } from '#sealed-identity';
import * as store from './store.ts';

/** One step: its form in codes, dates and numbers, and where it asked her to come, the place in words. */
export type Recorded = {
  step: string;
  at: Temporal.Instant;
  form: Readonly<Record<string, unknown>>;
  place: string | null;
};

/**
 * The steps of a file in sight, oldest first.
 * @param number the complaint number, 12 digits
 * @throws Refusal `not-found` outside this post's circle
 */
export async function recordedOf(r: Reading, number: string): Promise<Recorded[]> {
  const file = (await store.findFile(r, number)) ?? refuse('not-found');
  const recorded: Recorded[] = [];
  for (const { id, step, at, form, sealed_note } of await store.stepsOf(r, file.id)) {
    const place = step === 'summon' && sealed_note ? await openNarrative(r, file.id, `step:${id}`, sealed_note) : null;
    recorded.push({ step, at, form, place });
  }
  return recorded;
}
