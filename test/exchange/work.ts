// The worker's round of the exchange, by hand: sweep until nothing is due, and every job that it put by.
import { watch } from '#exchange';
import { act, house } from '#foundation';
import type { TestHouse } from '../house.ts';

export async function round(h: Pick<TestHouse, 'jobs' | 'sql'>): Promise<void> {
  for (let more: unknown = true; more === true; ) more = await act(house(), 'exchange.sweep', (a) => watch.sweep(a));
  await h.jobs();
  for (let more: unknown = true; more === true; ) more = await act(house(), 'exchange.sweep', (a) => watch.sweep(a));
  await h.jobs();
  const failed = await h.sql<{ last_error: string }>(
    'select last_error from graphile_worker._private_jobs where last_error is not null',
  );
  if (failed.length > 0) throw new Error(failed.map(({ last_error }) => last_error).join('\n'));
}
