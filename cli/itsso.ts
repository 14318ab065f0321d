// The command line of the house: `npm run itsso -- <command>`. Each command opens the house, does one thing, says what it did, closes.
import process from 'node:process';
import { ALONE } from './alone.ts';
import { auditCommands } from './audit.ts';
import { type Command, waysOf } from './command.ts';

const OK = 0;
const FAILED = 1;
const NOT_UNDERSTOOD = 2;

const COMMANDS: Command[] = [
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
    takes: '[right]',
    says: 'tells the house’s time, how far practice is ahead of it, whether the database’s clock is in doubt; "right": it is right as it is',
    run: async (_open, _settings, [said]) => {
      const { clockDoubted, house, read, sayClockIsRight } = await import('#foundation');
      if (said === 'right') {
        await sayClockIsRight();
        console.log('Every process believes the database’s clock as it is now.');
      }
      const now = await read(house(), 'foundation.ask-time', async (r) => r.now);
      const ahead = Temporal.Now.instant().until(now).round('seconds');
      console.log(india(now));
      console.log(
        ahead.abs().total('seconds') < 2
          ? 'Real time.'
          : `${ahead.sign > 0 ? 'Ahead of' : 'Behind'} real time by ${spoken(ahead.abs())}.`,
      );
      const doubt = await read(house(), 'foundation.ask-time', clockDoubted);
      if (doubt)
        console.log(
          `In doubt: the database’s clock jumped by ${(doubt.ahead_ms / 1000).toFixed(1)} s, noticed ${india(doubt.since)}. What goes by the clock waits until it is set back, or until "itsso clock right".`,
        );
    },
  },
];

const FEWEST_MS = 2000;
COMMANDS.push(
  {
    name: 'cctns',
    takes: 'import FILE MAPPING',
    says: 'brings in a file of FIRs or final reports; MAPPING: a name (default) or a file.json',
    run: async (_open, _settings, [_import, file = '', mapping = 'default']) => {
      const { readFileSync } = await import('node:fs');
      const { basename } = await import('node:path');
      const { batchNow, mappingForm, readBatch, receive, streamOf } = await import('#cctns');
      const { act, house } = await import('#foundation');
      const says = mapping.endsWith('.json') ? mappingForm.parse(JSON.parse(readFileSync(mapping, 'utf8'))) : mapping;
      const id = await receive(house(), streamOf(file), says, { source: 'cli', name: basename(file) });
      const now = () => act(house(), 'cctns.look-at-batch', (a) => batchNow(a, id));
      const counting = setInterval(() => {
        void now().then(
          ({ read }) => process.stderr.write(`\r${read} rows read `),
          () => undefined,
        );
      }, FEWEST_MS);
      try {
        await readBatch(id);
      } finally {
        clearInterval(counting);
        process.stderr.write('\r');
      }
      const { state, read, added, changed, unchanged, rejected, repaired, fault } = await now();
      console.log(`Batch ${id}: ${state}${fault ? `, ${fault}` : ''}.`);
      console.log(
        `${read} rows read: ${added} new, ${changed} changed, ${unchanged} unchanged, ${rejected} rejected, ${repaired} with text put right.`,
      );
      if (rejected > 0 || state === 'failed') {
        const { rejectionLines } = await import('../src/routes/api/v1/csv.ts');
        const { createWriteStream } = await import('node:fs');
        const { once } = await import('node:events');
        const list = createWriteStream(`${file}.rejections.csv`, { mode: 0o600 });
        for await (const part of rejectionLines(house(), id, 'en')) if (!list.write(part)) await once(list, 'drain');
        list.end();
        await once(list, 'close');
        console.log(`What was rejected, with line, column and reason: ${file}.rejections.csv`);
      }
      if (state === 'failed') throw new Error('The file could not be read.');
    },
  },
  {
    name: 'keys',
    takes: 'state|rotate|rotate-index',
    says: 'tells the keys in use; changes the key that wraps all others, or the key of the look-up indexes, while the house is open',
    run: async (_open, _settings, [what = 'state']) => {
      const { changeIndexKey, changeWrappingKey, house, keyState, read } = await import('#foundation');
      if (what === 'rotate') {
        const { wrapBooks } = await import('../server/workshop.ts');
        const { from, to, moved } = await changeWrappingKey(wrapBooks);
        console.log(
          `${moved} keys are wrapped anew. ${to} wraps now; ${from} and what was before it open nothing any more.`,
        );
        console.log('Keep the retired key as long as backups from before this day are kept.');
        return;
      }
      if (what === 'rotate-index') {
        const { indexBooks } = await import('#sealed-identity');
        const { from, to, moved } = await changeIndexKey(indexBooks);
        console.log(`${moved} entries are carried over. Key ${to} of the indexes is in use, ${from} has ended.`);
        return;
      }
      const { provider, current, names, changes } = await read(house(), 'foundation.key-state', keyState);
      console.log(`Keys are kept by: ${provider}. ${current} wraps; these open: ${names.join(', ')}.`);
      for (const { kind, from_key, to_key, began_at, ended_at, moved } of changes)
        console.log(
          `${india(began_at)}  ${kind}  ${from_key} → ${to_key}  ${ended_at ? `done, ${moved} moved` : 'not finished: say it again'}`,
        );
    },
  },
  {
    name: 'oversight',
    takes: 'verify|rebuild',
    says: 'counts all figures again and compares them with those kept; rebuild: takes the new count for them',
    run: async (_open, _settings, [what = 'verify']) => {
      const { rebuild, verify } = await import('#oversight');
      if (what === 'rebuild') {
        console.log(`${await rebuild()} cells are counted anew.`);
        return;
      }
      const found = await verify();
      for (const { what: part, place, detail } of found) console.log(`${part} ${place} ${detail}`);
      if (found.length > 0) throw new Error(`${found.length} figures differ from the recount.`);
      console.log('Every figure is as a recount of all cases gives it.');
    },
  },
  {
    name: 'figures',
    takes: 'load FILE',
    says: 'loads published figures: tables of NCRB, of ITSSO in the press, or series,place,year,as_of,group,measure,value,source',
    run: async (_open, _settings, [_load, file = '']) => {
      const { loadFigures, streamOf } = await import('#cctns');
      const { figures, left_out } = await loadFigures(streamOf(file));
      console.log(
        `${figures} figures stand as published; ${left_out} left out, because their place or number is none.`,
      );
    },
  },
);

COMMANDS.push(...auditCommands, {
  name: 'roll',
  takes: 'load FILE',
  says: 'units, posts and officers from a table with commas (docs/running.md); again: adds what is new',
  run: async (_open, _settings, [_load, file = '']) => (await import('./roll.ts')).loadRollNow(file),
});

COMMANDS.push(
  {
    name: 'backup',
    says: 'backs up database, log and evidence, encrypted, into ITSSO_BACKUP (or ITSSO_DATA/backups); the house may go on',
    run: async (open, settings) => (await import('./backup.ts')).backUpNow(open, settings),
  },
  {
    name: 'operations',
    takes: 'note backup|drill ok|failed [restore|start|compare|stopped]',
    says: 'writes down how a run of pgBackRest went, and at what it failed, for the page of operations and the alerts',
    run: async (_open, _settings, [, kind = '', how = '', at]) =>
      (await import('./backup.ts')).noteFromOutside(kind, how, at),
  },
  {
    name: 'drill',
    says: 'brings the newest backup back into an empty place, holds it against the running house, and writes down how it went',
    run: async (open, settings) => (await import('./backup.ts')).drillNow(open, settings),
  },
);

const HELP = [
  'npm run itsso -- <command>',
  '',
  ...[
    { name: 'help', says: 'this list' },
    ...[...COMMANDS, ...ALONE].flatMap((command) =>
      waysOf(command).map((way, n) => ({ name: `${command.name} ${way}`.trim(), says: n === 0 ? command.says : '' })),
    ),
  ].map(({ name, says }) => `  ${name.padEnd(39)}${says}`.trimEnd()),
  '',
  'Settings are the server’s own (ITSSO_MODE, ITSSO_DATA, DATABASE_URL …). A running server is left running.',
].join('\n');

const india = (at: Temporal.Instant): string =>
  `${at.toZonedDateTimeISO('Asia/Kolkata').toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')} in India`;

function spoken(length: Temporal.Duration): string {
  const { days, hours, minutes } = length.round({ largestUnit: 'days' });
  return `${days} days ${hours} h ${minutes} min`;
}

// words in capitals stand for anything; MAPPING, and what stands in brackets, may be left out; the other words are what they are
const fits = (command: Command, given: readonly string[]): boolean =>
  waysOf(command).some((way) => {
    const words = way.split(' ').filter(Boolean);
    const wanted = words.map((word) => word.replace(/^\[|\]$/g, ''));
    const least = words.length - (/^(?:MAPPING|\[.*)$/.test(words.at(-1) ?? '') ? 1 : 0);
    return (
      given.length >= least &&
      given.length <= wanted.length &&
      given.every((word, at) => /^[A-Z]+$/.test(wanted[at] ?? '') || wanted[at]?.split('|').includes(word))
    );
  });

async function inside({ run }: Command, given: readonly string[]): Promise<void> {
  // a command speaks for itself; the house's log would stand between its lines
  process.env.ITSSO_LOG ??= 'warn';
  const [{ readSettings }, { openHouse }] = await Promise.all([
    import('../server/settings.ts'),
    import('../server/open-house.ts'),
  ]);
  const settings = readSettings(process.env);
  const open = await openHouse(settings, { work: false });
  try {
    await run(open, settings, given);
  } finally {
    await open.close();
  }
}

async function main([name = 'help', ...more]: string[]): Promise<number> {
  if (more.length === 0 && ['help', '--help', '-h'].includes(name)) {
    console.log(HELP);
    return OK;
  }
  const alone = ALONE.find((known) => known.name === name);
  if (alone && (await alone.run(more))) return OK;
  const command = COMMANDS.find((known) => known.name === name);
  if (!command || !fits(command, more)) {
    const known = command ?? alone;
    const why = known
      ? `"${name}" takes ${waysOf(known).join(', or ') || 'nothing more'}`
      : `There is no command "${name}"`;
    console.error(`${why}.\n\n${HELP}`);
    return NOT_UNDERSTOOD;
  }
  await inside(command, more);
  return OK;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(FAILED);
  },
);
