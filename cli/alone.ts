// Commands that open no house: they need less than it does, or stand before it.
import path from 'node:path';
import process from 'node:process';

/** Each says false when it is not understood. */
export const ALONE: {
  name: string;
  takes?: string;
  says: string;
  run: (given: readonly string[]) => Promise<boolean>;
}[] = [
  {
    name: 'migrate',
    takes: '[--dry-run|--rehearse]',
    says: 'brings the database to the latest migration; --dry-run says what would run and locks nothing; --rehearse, on a restored copy, tries it and takes it back',
    run: async ([how, ...more]) => {
      if (more.length > 0 || (how !== undefined && how !== '--dry-run' && how !== '--rehearse')) return false;
      const { migrateNow } = await import('./migrate.ts');
      await migrateNow(how);
      return true;
    },
  },
  {
    name: 'restore',
    takes: 'FOLDER [INSTANT]',
    says: 'puts a backup into an empty FOLDER, as it was at INSTANT (2026-11-29T14:05:09+05:30); else the latest',
    run: async ([folder, at, ...more]) => {
      if (folder === undefined || more.length > 0) return false;
      const { restoreNow } = await import('./backup.ts');
      await restoreNow(folder, at);
      return true;
    },
  },
  {
    name: 'drill',
    takes: '--of URL',
    says: 'holds a cluster restored at URL (a state’s own pgBackRest) against the running one, and writes down how it went',
    run: async ([of, url, ...more]) => {
      if (of !== '--of' || url === undefined || more.length > 0) return false;
      const { drillOf } = await import('./backup.ts');
      await drillOf(url);
      return true;
    },
  },
  {
    name: 'federation',
    takes: 'publish|subscribe|check',
    says: 'publish STATE · subscribe STATE CONNECTION (again: mends) · check: what leaves this house by replication, and what arrives',
    run: async (given) => (await import('./federation.ts')).federate(given),
  },
  {
    name: 'witness',
    takes: 'URL',
    says: 'looks at the log of a house elsewhere and cosigns it, if it has only grown; keeps what it saw in ITSSO_DATA/witness',
    run: async ([url, ...more]) => {
      if (url === undefined || more.length > 0) return false;
      const { witness } = await import('./witness.ts');
      const folder = path.join(process.env.ITSSO_DATA ?? '.itsso', 'witness');
      process.stdout.write(await witness(url, folder, Temporal.Now.instant().epochMilliseconds));
      return true;
    },
  },
  {
    name: 'powers',
    says: 'prints which post may do what to a file, in which state, on what authority',
    run: async (given) => {
      if (given.length > 0) return false;
      const { powersText } = await import('./powers.ts');
      console.log(powersText());
      return true;
    },
  },
];
