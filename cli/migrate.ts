// `npm run itsso -- migrate`: a command of its own, with the owner's rights, which no server needs to be given.
import { foresee, openKeys, rehearse } from '#foundation';
import { migrateAndEnrol, openHouse } from '../server/open-house.ts';
import { readOwner, readSettings } from '../server/settings.ts';

/**
 * Migrates a server of one's own, or the embedded one, and says what ran.
 * @param how `--dry-run` only looks, beside a house at work; `--rehearse` tries every step in one transaction that is taken back, on a copy
 */
export async function migrateNow(how?: '--dry-run' | '--rehearse'): Promise<void> {
  process.env.ITSSO_LOG ??= 'warn';
  if (process.env.ITSSO_MODE === 'production') {
    const { owner, queue, keys } = readOwner(process.env);
    if (how === '--dry-run') return lookAhead(owner);
    if (how === '--rehearse') return tryOut(owner);
    openKeys(keys);
    return say(await migrateAndEnrol({ connectionString: owner }, { connectionString: queue }, true));
  }
  // a practice system migrates whenever it opens
  if (how) throw new Error(`${how} is for a database of your own (ITSSO_MODE=production)`);
  const open = await openHouse(readSettings(process.env), { work: false });
  await open.close();
  say([]);
}

const NOTHING = 'Nothing to do: the database is at the latest migration.';

async function lookAhead(owner: string): Promise<void> {
  const { steps, empty, isSuperuser, isBusy, long } = await foresee({ connectionString: owner });
  for (const step of steps) console.log(`  ${step}`);
  if (steps.length === 0) console.log(NOTHING);
  else if (empty)
    console.log(`${steps.length} steps would run. The database is empty: there is nothing to try them on.`);
  else
    console.log(
      `${steps.length} steps would run, each in a transaction of its own. None was tried: nothing was locked. Try them with --rehearse on a restored copy.`,
    );
  if (isBusy) console.log('Somebody is migrating this database now.');
  if (!isSuperuser) console.log('This role is no superuser: a step that makes a role will fail.');
  for (const { role, seconds } of long)
    console.log(
      `A transaction of ${role} has been open for ${seconds} s: a step that needs one of its tables gives way to it and tries again.`,
    );
}

async function tryOut(owner: string): Promise<void> {
  const { steps, tried } = await rehearse({ connectionString: owner });
  if (steps.length === 0) console.log(NOTHING);
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
