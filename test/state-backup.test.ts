// What docs/running.md says of a state's backups, done with Debian's pgBackRest by two machines that speak TLS (ops/pgbackrest-drill.sh).
import { spawnSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ground, missing, PROGRAMS, postgresUser } from '../ops/stack/programs.ts';

const absent = missing(['pgbackrest', 'postgres', 'initdb']);

test.skipIf(absent.length > 0 || !process.env.ITSSO_LONG)(
  'the log arrives, backups are taken and written down, and one instant comes back, with the passphrase on one machine alone (needs pgbackrest)',
  () => {
    const folder = ground();
    try {
      // where the database's user can read it
      cpSync(path.resolve(import.meta.dirname, '../ops'), path.join(folder, 'ops'), { recursive: true });
      const { status, stdout, stderr } = spawnSync('/bin/sh', [path.join(folder, 'ops/pgbackrest-drill.sh')], {
        ...postgresUser(),
        cwd: folder,
        encoding: 'utf8',
        env: { PATH: `${path.dirname(PROGRAMS.postgres)}:/usr/bin:/bin`, TMPDIR: '/tmp' },
      });
      expect(status, stdout + stderr).toBe(0);
      expect(stdout).toContain('with what was there then, verified');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  180_000,
);
