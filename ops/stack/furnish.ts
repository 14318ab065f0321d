// Units, posts and officers of practice in a state's empty house, by the door that seeds them: a complaint needs a station to go to.
import { act, closeDatabase, house, openDatabase, openKeys } from '#foundation';
import { seedPractice } from '#posts';
import { joinHouse } from '../../server/open-house.ts';
import { urlOf } from './database.ts';
import type { Ways } from './house.ts';

/**
 * Seeds the practice units once. This program stays in the house: who works there signs in by it.
 * @returns what leaves it
 */
export async function furnishUnits(ways: Ways): Promise<() => Promise<void>> {
  openKeys({ key: ways.key });
  const pool = openDatabase({ connectionString: urlOf('itsso_app', ways.passwords, ways.direct) }, 4);
  await joinHouse(pool);
  await act(house(), 'posts.seed', async (h) => {
    await seedPractice(h);
  });
  return closeDatabase;
}
