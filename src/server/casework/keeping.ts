// What is kept of a case: holds that stop its destruction, and asking for its seals to be destroyed when its time is over.
import { type Act, type Reading, refuse } from '#foundation';
import { askToShred, HOLD_REASONS, keepingOf, liftHold, setHold } from '#sealed-identity';
import { z } from 'zod';
import { findFile } from './store.ts';

/** The form that holds a case. */
export const holdForm = z.object({ reason: z.enum(HOLD_REASONS, { error: 'value-missing' }) });
/** The form that lifts a hold. */
export const liftForm = z.object({ id: z.uuid('not-found') });

const fileIn = async (r: Reading, number: string) => (await findFile(r, number)) ?? refuse('not-found');

/** Holds of a file, when its time is over, and whether this post decides. @throws Refusal `not-found` */
export async function readKeeping(r: Reading, number: string) {
  const { id, closed_at } = await fileIn(r, number);
  return { closed_at, ...(await keepingOf(r, id, closed_at)) };
}

/** Holds a file. @throws Refusal `not-found`, `not-your-power`, `already-done` about `reason` */
export async function holdFile(a: Act, number: string, { reason }: z.output<typeof holdForm>): Promise<void> {
  await setHold(a, (await fileIn(a, number)).id, reason);
}

/** Lifts a hold of this file. @throws Refusal `not-found`, `not-your-power`, `confirm-yourself` */
export async function liftHoldOf(a: Act, number: string, { id }: z.output<typeof liftForm>): Promise<void> {
  const file = await fileIn(a, number);
  const { holds } = await keepingOf(a, file.id, file.closed_at);
  if (!holds.some((hold) => hold.id === id)) refuse('not-found');
  await liftHold(a, id);
}

/** Asks a second post to agree that the seals of this file are destroyed. @throws Refusal `not-found`, `not-your-power`, `not-yet-over`, `file-held`, `confirm-yourself` */
export async function askToShredFile(a: Act, number: string): Promise<void> {
  const { id, closed_at } = await fileIn(a, number);
  await askToShred(a, id, closed_at);
}
