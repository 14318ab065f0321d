// The SQL of what she sees of her own promise.
import { mine, type Reading } from '#foundation';
import type { Promised } from './store.ts';

/** Her own promise, by her session; the database knows which. */
export async function findMine(r: Pick<Reading, 'db' | 'looked'>): Promise<Promised | undefined> {
  const [promised] = await mine<Promised>(r, 'callback.my_promise', {
    instants: [
      'filed_at',
      'due_at',
      'alarm_at',
      'next_try_at',
      'next_look_at',
      'claimed_until',
      'connected_until',
      'confirmed_at',
    ],
    bytes: ['mask', 'phrase'],
  });
  return promised;
}
