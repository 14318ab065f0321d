// The script that brings a state's backup back says how it went however it ends, and leaves nothing behind: played with programs that break,
// are ended or are well at each of its steps. The real ones were played under systemd (docs/running.md).
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const SCRIPT = path.resolve(import.meta.dirname, '../ops/restore-drill.sh');
let place: string;
beforeEach(() => {
  place = mkdtempSync('/tmp/itsso-restore-drill-');
  mkdirSync(path.join(place, 'bin'));
  mkdirSync(path.join(place, 'disk'));
  writeFileSync(path.join(place, 'conf'), '[global]\nrepo1-path=/srv/repo\n\n[itsso]\npg1-host=db1.internal\n');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const program = (name: string, does: string) => {
  const file = path.join(place, 'bin', name);
  writeFileSync(file, `#!/bin/sh\n${does}\n`);
  chmodSync(file, 0o755);
};
/** @param does what each program does when its turn comes */
const programs = (does: { pgbackrest?: string; pg_ctl?: string; drill?: string }) => {
  // what is restored has a folder
  program('pgbackrest', does.pgbackrest ?? 'mkdir main');
  program('pg_ctl', does.pg_ctl ?? 'exit 0');
  program('itsso', `case $1 in\n  drill) ${does.drill ?? 'exit 0'} ;;\n  *) echo "$@" >>"${place}/noted" ;;\nesac`);
};
const env = () => ({
  PATH: `${place}/bin:/usr/bin:/bin`,
  ITSSO: `${place}/bin/itsso`,
  DRILL_CONF: `${place}/conf`,
  DRILL_PLACE: `${place}/disk`,
});
const noted = (): string[] =>
  existsSync(`${place}/noted`) ? readFileSync(`${place}/noted`, 'utf8').trim().split('\n') : [];
const left = () => readdirSync(path.join(place, 'disk'));
const drill = () => spawnSync('/bin/sh', [SCRIPT], { env: env(), encoding: 'utf8' });

test.each([
  ['cannot be brought back', { pgbackrest: 'exit 26' }, 26, ['operations note drill failed restore']],
  ['does not start', { pg_ctl: 'case "$*" in *start) exit 1 ;; esac' }, 1, ['operations note drill failed start']],
  // the comparison has written down itself what it found
  ['is not as the running house', { drill: 'exit 1' }, 1, []],
  ['is well', {}, 0, []],
  ['is compared by a program that is killed', { drill: 'kill -9 $$' }, 137, ['operations note drill failed compare']],
] as const)('a backup that %s is told once, and nothing stays on the disk', (_, does, status, told) => {
  programs(does);
  expect(drill().status).toBe(status);
  expect(noted()).toEqual(told);
  expect(left()).toEqual([]);
});

test.each([
  ['while it is brought back', { pgbackrest: 'touch "$ITSSO_DATA/../../../now"; exec sleep 60' }],
  ['while it is compared', { drill: `touch "$ITSSO_DATA/../../../now"; exec sleep 60` }],
] as const)('a drill that is ended %s has failed, and nothing stays on the disk', async (_, does) => {
  programs(does);
  // as systemd ends a unit: everything that belongs to it
  const child = spawn('/bin/sh', [SCRIPT], { env: env(), detached: true, stdio: 'ignore' });
  const ended = new Promise((done) => child.once('close', done));
  await expect.poll(() => existsSync(`${place}/now`), { timeout: 10_000 }).toBe(true);
  process.kill(-child.pid!, 'SIGTERM');
  expect(await ended).toBe(143);
  expect(noted()).toEqual(['operations note drill failed stopped']);
  expect(left()).toEqual([]);
});

test('it asks nothing of the machines of the running database', () => {
  programs({ pgbackrest: `cp conf "${place}/used"; exit 1` });
  drill();
  expect(readFileSync(`${place}/used`, 'utf8')).not.toContain('db1.internal');
});
