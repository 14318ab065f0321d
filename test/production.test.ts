// Production opens only when nothing is left to guess, and has no practice door. The command line says what it does, or why not.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readSettings } from '../server/settings.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const NEEDED = [
  'DATABASE_URL',
  'DATABASE_QUEUE_URL',
  'ITSSO_KEY',
  'ITSSO_SMS_URL',
  'ITSSO_SMS_TOKEN',
  'ITSSO_ORIGIN',
  'ITSSO_FIRST_ADMINISTRATOR',
  'S3_ENDPOINT',
  'S3_BUCKET',
  'S3_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
];
const WHOLE = {
  ITSSO_MODE: 'production',
  ...Object.fromEntries(NEEDED.map((name) => [name, 'x'])),
  ITSSO_ORIGIN: 'https://itsso.example',
  S3_ENDPOINT: 'https://store.example',
  ITSSO_FIRST_ADMINISTRATOR: 'A. Kumari, Inspector',
};

function run(file: string, args: string[], env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, file), ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    timeout: 50_000,
  });
  return { status, stdout, stderr };
}

describe('production', () => {
  test('with nothing set does not start, names every missing setting, and shows no stack', () => {
    const { status, stderr } = run('server/main.ts', [], { ITSSO_MODE: 'production' });
    expect(status).toBe(1);
    for (const name of NEEDED) expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each(NEEDED)('does not start without %s, and names only that', (name) => {
    const { [name]: _gone, ...rest } = WHOLE as Record<string, string>;
    expect(() => readSettings(rest)).toThrow(new RegExp(`^production needs these settings:\n {2}${name} [^\n]*$`));
  });

  test('stands at an https address without a path; on localhost also without https, for trying out', () => {
    const at = (origin: string) => () => readSettings({ ...WHOLE, ITSSO_ORIGIN: origin });
    for (const good of [
      'https://itsso.example',
      'https://itsso.example:8443',
      'http://localhost:8080',
      'http://localhost',
    ])
      expect(at(good)().origin).toBe(good);
    for (const bad of [
      'http://itsso.example',
      'https://itsso.example/',
      'itsso.example',
      'http://localhost.evil.example',
      'https://a@b.example',
    ])
      expect(at(bad), bad).toThrow('ITSSO_ORIGIN');
  });

  test('keeps evidence at an object store, unless the disk is meant expressly; practice the other way round', () => {
    expect(readSettings(WHOLE).bucket).toMatchObject({ endpoint: 'https://store.example', bucket: 'x', region: 'x' });
    const { S3_ENDPOINT: _gone, AWS_ACCESS_KEY_ID: _too, ...without } = WHOLE as Record<string, string>;
    expect(readSettings({ ...without, ITSSO_EVIDENCE: 'disk' }).bucket).toBeUndefined();
    expect(readSettings({}).bucket).toBeUndefined();
    expect(() => readSettings({ S3_ENDPOINT: 'http://localhost:9000', S3_BUCKET: 'b' })).toThrow(
      /S3_REGION[\s\S]*SECRET/,
    );
    expect(() => readSettings({ ...WHOLE, S3_ENDPOINT: 'store.example/evidence' })).toThrow('S3_ENDPOINT');
    expect(() => readSettings({ ...WHOLE, ITSSO_EVIDENCE: 'tape' })).toThrow('ITSSO_EVIDENCE');
  });

  test('takes its keys from the environment or a transit engine; a key file only when that is said twice', () => {
    expect(readSettings(WHOLE).keys).toEqual({ key: 'x' });
    const { ITSSO_KEY: _gone, ...without } = WHOLE as Record<string, string>;
    const transit = {
      ITSSO_TRANSIT_URL: 'https://vault.example',
      ITSSO_TRANSIT_KEY: 'itsso',
      ITSSO_TRANSIT_TOKEN: 't',
    };
    expect(readSettings({ ...without, ITSSO_KEYS: 'transit', ...transit }).keys).toEqual({
      transit: { url: 'https://vault.example', key: 'itsso', token: 't', mount: 'transit' },
    });
    const at = (ITSSO_TRANSIT_URL: string) => () =>
      readSettings({ ...without, ITSSO_KEYS: 'transit', ...transit, ITSSO_TRANSIT_URL });
    expect(at('http://127.0.0.1:8200')).not.toThrow();
    for (const open of ['http://vault.example', 'http://localhost.example', 'vault.example'])
      expect(at(open), open).toThrow('only on this machine');
    expect(() => readSettings({ ...without, ITSSO_KEYS: 'transit' })).toThrow(/TRANSIT_URL[\s\S]*_KEY[\s\S]*_TOKEN/);
    expect(() => readSettings({ ...without, ITSSO_KEYS: 'file' })).toThrow('ITSSO_KEY_FILE_ALLOWED');
    expect(readSettings({ ...without, ITSSO_KEYS: 'file', ITSSO_KEY_FILE_ALLOWED: 'yes' }).keys).toBeUndefined();
    expect(() => readSettings({ ...WHOLE, ITSSO_KEYS: 'paper' })).toThrow('ITSSO_KEYS');
    expect(readSettings({}).keys).toBeUndefined();
  });

  test('wants the first administrator as a name and a rank', () => {
    const named = (text: string) => readSettings({ ...WHOLE, ITSSO_FIRST_ADMINISTRATOR: text });
    expect(named('A. Kumari,  Inspector').administrator).toEqual({ name: 'A. Kumari', rank: 'Inspector' });
    for (const bad of ['A. Kumari', 'A. Kumari,', ', Inspector', 'A, B, C', `${'x'.repeat(121)}, Inspector`])
      expect(() => named(bad), bad).toThrow('ITSSO_FIRST_ADMINISTRATOR');
  });
});

describe('the practice doors', () => {
  afterEach(() => {
    delete process.env.ITSSO_MODE;
  });

  test('are not there in production: 404, whatever is asked', async () => {
    const { practice } = await import('../src/routes/api/v1/practice.ts');
    let asked = 0;
    const door = practice(async () => ++asked);
    const event = (mode: 'sandbox' | 'production') =>
      ({
        request: new Request('http://localhost/sandbox/cast'),
        locals: { mode, request_id: 'r' },
      }) as unknown as Parameters<typeof door>[0];
    expect((await door(event('production'))).status).toBe(404);
    expect(asked).toBe(0);
    expect((await door(event('sandbox'))).status).toBe(200);
  });
});

describe('the command line', () => {
  test('helps, and ends with 0', () => {
    const { status, stdout } = run('cli/itsso.ts', ['help'], {});
    expect(status).toBe(0);
    for (const command of ['migrate', 'enrol-administrator', 'clock', 'powers']) expect(stdout).toContain(command);
  });

  test('prints the powers without opening anything', () => {
    const { status, stdout } = run('cli/itsso.ts', ['powers'], { ITSSO_MODE: 'production' });
    expect(status).toBe(0);
    expect(stdout).toMatch(/register-fir {2}\(BNSS 173\(1\)\)/);
  });

  test('ends with 2 when it does not understand, with 1 when it cannot, and says why', () => {
    const unknown = run('cli/itsso.ts', ['delete-everything'], {});
    expect([unknown.status, unknown.stderr.split('\n')[0]]).toEqual([2, 'There is no command "delete-everything".']);
    const unset = run('cli/itsso.ts', ['clock'], { ITSSO_MODE: 'production' });
    expect(unset.status).toBe(1);
    expect(unset.stderr).toContain('ITSSO_KEY');
    expect(unset.stderr).not.toMatch(/\n\s+at /);
  });
});
