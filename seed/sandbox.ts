// The practice state on its first start: units, posts and officers, and a story of eight cases that ends now.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { act, house, moveClockTo } from '#foundation';
import { seedPractice } from '#posts';
import { type Told, tellStory } from './story.ts';

const STORY_DAYS = 56;
const receiptsFile = (data: string): string => path.join(data, 'sample-receipts.json');

/**
 * Seeds an empty practice house; does nothing to one that has been opened before.
 * @param owner sets the clock back once, before there is anything in the house
 * @param data where the sample receipts are written down for the practice page
 * @param what `units` alone (tests), or the `story` too
 */
export async function seedSandbox(owner: pg.ClientConfig, data: string, what: 'units' | 'story'): Promise<void> {
  const fresh = await act(house(), 'posts.seed', (h) => seedPractice(h));
  const client = new pg.Client(owner);
  await client.connect();
  // without this row no clock can be moved: production never has one
  await client.query('insert into foundation.clock (ahead_us) values (0) on conflict do nothing');
  if (!fresh) await catchUp(client);
  if (!fresh || what === 'units') return client.end();
  console.log('Telling the practice story (once, a few seconds) …');
  await client.query(
    // at a full hour of UTC: whoever in it may be called until a minute before midnight can be called at every step of it
    `update foundation.clock set ahead_us = (extract(epoch from
       date_trunc('hour', clock_timestamp()) - clock_timestamp() + $1 * interval '1 day') * 1e6)::bigint`,
    [-STORY_DAYS],
  );
  const told = await tellStory();
  // the story has caught up with the day; from here on the practice clock runs with the real one
  await client.query('update foundation.clock set ahead_us = 0');
  await client.end();
  writeFileSync(receiptsFile(data), JSON.stringify(told), { mode: 0o600 });
}

// A start that was ended in the middle of the story has left the house in the past: what fell due since is done in its order.
async function catchUp(owner: pg.Client): Promise<void> {
  const { rowCount } = await owner.query('select from foundation.clock where ahead_us < 0');
  if (!rowCount) return;
  console.log(
    'The practice story was cut short; the clock comes to today. For the whole story delete the data folder.',
  );
  await moveClockTo(Temporal.Now.instant());
  await owner.query('update foundation.clock set ahead_us = 0 where ahead_us < 0');
}

/** The receipts of the story's cases, for the practice page; none when the story was not told. */
export function sampleReceipts(data: string): Told[] {
  try {
    return JSON.parse(readFileSync(receiptsFile(data), 'utf8')) as Told[];
  } catch {
    return [];
  }
}
