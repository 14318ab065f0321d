// What an administrator copies out of ops/: the units wall their processes in alike, name only what is there, and the settings of the
// proxies are those that the state's test and the faults ran with.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const lines = (file: string): string[] =>
  text(file)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#;]/.test(line));

const UNITS = readdirSync(path.join(ROOT, 'ops/systemd'));
const SERVICES = UNITS.filter((name) => name.endsWith('.service'));
const unit = (name: string): string[] => lines(`ops/systemd/${name}`);
const LASTS = ['itsso-web@.service', 'itsso-worker@.service', 'itsso-practice.service'];
const ELSEWHERE = [
  'itsso-practice.service',
  'itsso-backup.service',
  'itsso-drill.service',
  'itsso-restore-drill.service',
  'itsso-state-backup.service',
];

// what pgBackRest needs beside them: it says of each file whose it is, also where it is already, and without a capability gives none away
const OPENED: Partial<Record<string, string>> = { 'itsso-restore-drill.service': 'SystemCallFilter=@chown' };
const wallsOf = (name: string): string[] => {
  const all = unit(name);
  return all.slice(all.indexOf('UMask=0077'), all.indexOf('LimitCORE=0') + 1);
};

test('every unit has the same walls; where a backup is written or restored to another disk, that may be written to', () => {
  const walls = wallsOf('itsso-web@.service');
  expect(walls.length).toBeGreaterThan(20);
  for (const wall of ['ProtectSystem=strict', 'NoNewPrivileges=true', 'CapabilityBoundingSet=', 'PrivateUsers=true'])
    expect(walls).toContain(wall);
  // the engine compiles while it runs, and ends at once where it may not
  expect(walls.join()).not.toContain('MemoryDenyWriteExecute');
  for (const name of SERVICES)
    expect(
      wallsOf(name).filter((wall) => wall !== OPENED[name]),
      name,
    ).toEqual(walls.map((wall) => (ELSEWHERE.includes(name) ? wall.replace('System=strict', 'System=full') : wall)));
});

test('what a unit starts is in the tree, and every timer has its service', () => {
  for (const name of SERVICES) {
    const [command = ''] = unit(name).filter((line) => line.startsWith('ExecStart='));
    const [, node, script = ''] = /^ExecStart=(\S+) (\S+)/.exec(command) ?? [];
    expect(['/opt/itsso/node_modules/.bin/node', '/bin/sh'], name).toContain(node);
    expect(existsSync(path.join(ROOT, script)), `${name}: ${script}`).toBe(true);
    expect(unit(name), name).toContain('WorkingDirectory=/opt/itsso');
  }
  for (const timer of UNITS.filter((name) => name.endsWith('.timer'))) {
    expect(SERVICES).toContain(timer.replace('.timer', '.service'));
    expect(unit(timer).join(), timer).toContain(' Asia/Kolkata');
  }
});

test('a drill of a state may say whose a restored file is, or pgBackRest ends at the first', () => {
  // the last word counts: after what is taken away
  const filters = unit('itsso-restore-drill.service').filter((line) => line.startsWith('SystemCallFilter='));
  expect(filters.at(-1)).toBe('SystemCallFilter=@chown');
});

const ANALYZE = '/usr/bin/systemd-analyze';
test.skipIf(!existsSync(ANALYZE))('systemd finds nothing to say of any unit (needs systemd-analyze)', () => {
  const folder = mkdtempSync('/tmp/itsso-units-');
  try {
    // where the tree lies here, so that what is started is there
    for (const name of UNITS)
      writeFileSync(path.join(folder, name), text(`ops/systemd/${name}`).replaceAll('/opt/itsso', ROOT));
    const files = UNITS.map((name) => path.join(folder, name));
    const said = spawnSync(ANALYZE, ['verify', '--man=no', ...files], { encoding: 'utf8' });
    expect(said.stdout + said.stderr).toBe('');
    expect(said.status).toBe(0);
    for (const name of SERVICES) {
      // 0 is a process that can do nothing, 100 one that can do everything
      const most = name in OPENED ? 14 : 13;
      const judged = ['security', '--no-pager', '--offline=true', `--threshold=${most}`, path.join(folder, name)];
      const { status, stdout } = spawnSync(ANALYZE, judged, { encoding: 'utf8' });
      expect(status, stdout.split('\n').at(-2)).toBe(0);
    }
    for (const timer of UNITS.filter((name) => name.endsWith('.timer'))) {
      const [when = ''] = unit(timer).filter((line) => line.startsWith('OnCalendar='));
      const next = spawnSync(ANALYZE, ['calendar', when.replace('OnCalendar=', '')], { encoding: 'utf8' });
      expect(next.stdout, timer).toContain('Next elapse:');
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a process that lasts is started again however long the database is away, and has its time to end', () => {
  for (const name of LASTS) {
    for (const line of ['Restart=always', 'StartLimitIntervalSec=0', 'TimeoutStopSec=45'])
      expect(unit(name), name).toContain(line);
  }
  // its database ends after it, not with it
  expect(unit('itsso-practice.service')).toContain('KillMode=mixed');
});

test('what backs up an embedded database does nothing where there is none', () => {
  for (const name of ['itsso-backup.service', 'itsso-drill.service'])
    expect(unit(name), name).toContain('ConditionPathIsDirectory=/var/lib/itsso/db');
});

test('the proxies that are copied have the settings that were measured', () => {
  const measured = text('ops/stack/front.ts');
  const part = (from: RegExp, to: RegExp): string[] =>
    (measured.split(from)[1] ?? '')
      .split(to)[0]!
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.includes('${') && !line.startsWith('#'));
  const pool = part(/\[pgbouncer\]\n/, /`,/);
  expect(pool).toContain('pool_mode = transaction');
  for (const setting of pool) expect(lines('ops/pgbouncer.ini')).toContain(setting);
  const web = part(/^backend web$/m, /`;/).filter((line) => !/^(server|bind) /.test(line));
  expect(web).toContain('retry-on conn-failure');
  for (const setting of web) expect(lines('ops/haproxy.cfg')).toContain(setting);
  // somebody is told of an alert
  expect(text('ops/prometheus/prometheus.yml')).toContain('alertmanagers:');
  // no request is written down
  expect(lines('ops/haproxy.cfg').join()).not.toMatch(/httplog|tcplog/);
});

test('the files for three machines of the database have the settings that the faults ran with', () => {
  const node = (text('ops/stack/patroni.ts').split('bootstrap:')[1] ?? '').split('initdb:')[0] ?? '';
  // the log is kept on small disks there, and each process has no pool of its own
  const measured = node
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) => line !== '' && !/\$\{|max_connections|wal_keep_size|max_slot_wal|max_wal_size|unix_socket/.test(line),
    );
  expect(measured.length).toBeGreaterThan(15);
  const copied = lines('ops/patroni.yml').map((line) => line.replaceAll('"', "'"));
  for (const setting of measured) expect(copied).toContain(setting);
  // larger there, and never missing: a leader that was killed would not come back
  for (const name of ['wal_keep_size', 'max_slot_wal_keep_size'])
    expect(copied.some((line) => line.startsWith(`${name}: `))).toBe(true);
  expect(copied.join()).toContain('ttl: 6,loop_wait: 1,retry_timeout: 2');
  expect(text('ops/stack/patroni.ts')).toContain('{ ttl: 6, loop_wait: 1, retry_timeout: 2 }');
  const front = lines('ops/haproxy-database.cfg');
  const leads = text('ops/stack/front.ts').split('listen leader')[1]?.split('/** HAProxy before')[0] ?? '';
  for (const line of leads.split('\n').map((one) => one.trim().replaceAll('\\\\', '\\')))
    if (/^(?:option|http-check|timeout|default-server) /.test(line)) expect(front).toContain(line);
});

test('the nodes under Patroni write down no more than a server alone', () => {
  const node = text('ops/stack/patroni.ts')
    .split('\n')
    .map((line) => line.trim());
  const quiet = lines('ops/postgresql.conf').filter((line) => line.startsWith('log_'));
  expect(quiet.length).toBeGreaterThan(2);
  for (const setting of quiet) expect(node).toContain(setting.replace(' = ', ': '));
});

test('the command for root can be run', () => {
  expect(statSync(path.join(ROOT, 'ops/itsso')).mode & 0o111).toBe(0o111);
});
