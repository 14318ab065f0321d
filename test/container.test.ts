// The container file names only what is there: an engine is nowhere beside the tests, so what can be read is read.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as build from '../server/build.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const said = text('Containerfile')
  .replace(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));
const after = (word: string): string[] =>
  said.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

test('what it runs and starts is in the tree, and not in what it leaves out', () => {
  const ignored = text('.containerignore').split('\n').filter(Boolean);
  const named = [...after('RUN'), ...after('CMD')].flatMap((line) => line.match(/(?:scripts|server)\/[\w.-]+/g) ?? []);
  expect(new Set(named)).toEqual(new Set(['scripts/bootstrap.mjs', 'server/build.ts', 'server/main.ts']));
  for (const file of named) {
    expect(existsSync(path.join(ROOT, file)), file).toBe(true);
    expect(
      ignored.some((one) => file === one || file.startsWith(`${one}/`)),
      file,
    ).toBe(false);
  }
  expect(after('RUN').join()).toContain('m.ensureBuilt()');
  expect(build.ensureBuilt).toBeTypeOf('function');
  // nothing of this machine goes in: no history, no data, no packages of another system
  for (const own of ['.git', '.itsso', 'node_modules', 'build', '*.env']) expect(ignored).toContain(own);
  // another engine reads another name, and would take data and keys of a practice house in
  expect(text('.dockerignore')).toBe(text('.containerignore'));
});

test('each stage has what the Node of the lock is linked to and a slim Debian lacks', () => {
  const installs = after('RUN').filter((line) => line.includes('apt-get install'));
  expect(installs).toHaveLength(2);
  for (const line of installs) expect(line).toContain(' libatomic1 ');
});

test('it runs as nobody in particular, in production, and hears the signal to end', () => {
  const last = said.slice(said.findLastIndex((line) => line.startsWith('FROM ')));
  expect(last).toContain('USER itsso');
  expect(last).toContain('STOPSIGNAL SIGTERM');
  expect(last.indexOf('USER itsso')).toBeLessThan(last.findIndex((line) => line.startsWith('CMD ')));
  const env = Object.fromEntries(
    after('ENV')
      .join(' ')
      .split(/\s+/)
      .map((pair) => pair.split('=') as [string, string]),
  );
  expect(env).toMatchObject({ NODE_ENV: 'production', ITSSO_MODE: 'production', ITSSO_DATA: '/var/lib/itsso' });
  expect(after('VOLUME')).toEqual([env['ITSSO_DATA']]);
  // an exec form: a shell between would not pass the signal on
  expect(after('CMD')).toEqual(['["node_modules/.bin/node", "server/main.ts"]']);
});
