// The command line of the house: `npm run itsso -- <command>`. Each command opens the house, does one thing, says what it did, closes.
import process from 'node:process';
import type { OpenHouse } from '../server/open-house.ts';
import type { Settings } from '../server/settings.ts';

type Command = {
  name: string;
  says: string;
  /** what the command does with the open house; commands without it need neither settings nor database */
  run: (open: OpenHouse, settings: Settings) => Promise<void>;
};

const OK = 0;
const FAILED = 1;
const NOT_UNDERSTOOD = 2;

const COMMANDS: readonly Command[] = [
  {
    name: 'migrate',
    says: 'brings the database to the latest migration and says which one that is',
    run: async (open) => {
      const { default: pg } = await import('pg');
      const owner = new pg.Client(open.owner);
      await owner.connect();
      const { rows } = await owner.query<{ name: string }>('select name from house.migration order by name');
      await owner.end();
      console.log(`The database is at ${rows.at(-1)?.name ?? 'no migration'} (${rows.length} in all).`);
    },
  },
  {
    name: 'enrol-administrator',
    says: 'seats the first administrator if there is none, and prints an enrolment link: once, 24 hours',
    run: async (_open, settings) => {
      const { enrolAdministrator, lacksAdministrator } = await import('#signin');
      const named = settings.administrator;
      // a practice system brings its own units and officers with its first start; an administrator before them would be in their way
      if (!named && (await lacksAdministrator()))
        throw new Error('This practice system has not been started yet: npm start seats its administrator.');
      const { link, expires_at, seated } = await enrolAdministrator(named ?? { name: '-', rank: '-' });
      console.log(
        seated ? `Seated as administrator: ${named?.name}, ${named?.rank}.` : 'There is an administrator already.',
      );
      console.log(
        `The link works once, until ${india(expires_at)}. When it is used, the administrator’s earlier passkeys end.`,
      );
      console.log(`\n  ${link}\n`);
    },
  },
  {
    name: 'clock',
    says: 'tells the house’s time, and how far a practice system is ahead of real time',
    run: async () => {
      const { house, read } = await import('#foundation');
      const now = await read(house(), 'foundation.ask-time', async (r) => r.now);
      const ahead = Temporal.Now.instant().until(now).round('seconds');
      console.log(india(now));
      console.log(
        ahead.abs().total('seconds') < 2
          ? 'Real time.'
          : `${ahead.sign > 0 ? 'Ahead of' : 'Behind'} real time by ${spoken(ahead.abs())}.`,
      );
    },
  },
];

const HELP = [
  'npm run itsso -- <command>',
  '',
  ...[
    { name: 'help', says: 'this list' },
    ...COMMANDS,
    { name: 'powers', says: 'prints which post may do what to a file, in which state, on what authority' },
  ].map(({ name, says }) => `  ${name.padEnd(22)}${says}`),
  '',
  'Settings are the server’s own (ITSSO_MODE, ITSSO_DATA, DATABASE_URL …). A running server is left running.',
].join('\n');

const india = (at: Temporal.Instant): string =>
  `${at.toZonedDateTimeISO('Asia/Kolkata').toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')} in India`;

function spoken(length: Temporal.Duration): string {
  const { days, hours, minutes } = length.round({ largestUnit: 'days' });
  return `${days} days ${hours} h ${minutes} min`;
}

async function inside({ run }: Command): Promise<void> {
  // a command speaks for itself; the house's log would stand between its lines
  process.env.ITSSO_LOG ??= 'warn';
  const [{ readSettings }, { openHouse }] = await Promise.all([
    import('../server/settings.ts'),
    import('../server/open-house.ts'),
  ]);
  const settings = readSettings(process.env);
  const open = await openHouse(settings, { work: false });
  try {
    await run(open, settings);
  } finally {
    await open.close();
  }
}

async function main([name = 'help', ...more]: string[]): Promise<number> {
  if (more.length === 0 && ['help', '--help', '-h'].includes(name)) {
    console.log(HELP);
    return OK;
  }
  if (more.length === 0 && name === 'powers') {
    const { powersText } = await import('./powers.ts');
    console.log(powersText());
    return OK;
  }
  const command = COMMANDS.find((known) => known.name === name);
  if (!command || more.length > 0) {
    console.error(`${command ? `"${name}" takes nothing more` : `There is no command "${name}"`}.\n\n${HELP}`);
    return NOT_UNDERSTOOD;
  }
  await inside(command);
  return OK;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(FAILED);
  },
);
