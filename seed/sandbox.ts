// The practice state: units, posts and officers on the first start.
import type pg from 'pg';
import { act, house } from '#foundation';
import { seedPractice } from '#posts';

/** Seeds an empty practice house; does nothing to one that has been opened before. */
export async function seedSandbox(_owner: pg.ClientConfig): Promise<void> {
  await act(house(), 'posts.seed', (h) => seedPractice(h));
}
