// `npm run itsso -- migrate`: a command of its own, with the owner's rights, which no server needs to be given.
import { openKeys, rehearse } from '#foundation';
import { migrateAndEnrol, openHouse } from '../server/open-house.ts';
import { readOwner, readSettings } from '../server/settings.ts';

/**
 * Migrates a server of one's own, or the embedded one, and says what ran.
 * @param dry only tries it, in one transaction that is taken back
 */
export async function migrateNow(dry: boolean): Promise<void> {
  process.env.ITSSO_LOG ??= 'warn';
  if (process.env.ITSSO_MODE === 'production') {
    const { owner, queue, keys } = readOwner(process.env);
    if (dry) return tryOut(owner);
    openKeys(keys);
    return say(await migrateAndEnrol({ connectionString: owner }, { connectionString: queue }, true));
  }
  // a practice system migrates whenever it opens
  if (dry) throw new Error('--dry-run is for a database of your own (ITSSO_MODE=production)');
  const open = await openHouse(readSettings(process.env), { work: false });
  await open.close();
  say([]);
}

async function tryOut(owner: string): Promise<void> {
  const { steps, tried } = await rehearse({ connectionString: owner });
  if (steps.length === 0) console.log('Nothing to do: the database is at the latest migration.');
  else {
    for (const step of steps) console.log(`  ${step}`);
    console.log(
      tried
        ? `${steps.length} steps would run. Each was tried on the database and taken back.`
        : `${steps.length} steps would run. The database is empty: there is nothing to try them on.`,
    );
  }
}

function say(ran: readonly string[]): void {
  for (const step of ran) console.log(`  ${step}`);
  console.log(`The database is at the latest migration${ran.length ? `; ${ran.length} ran now` : ''}.`);
}
