// What this is made of: each part with a reason, held by its hash, under a licence that may be passed on, and running nothing when it is installed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';

const text = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
type Part = {
  version?: string;
  resolved?: string;
  integrity?: string;
  license?: string;
  dev?: true;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  hasInstallScript?: true;
};
const lock = JSON.parse(text('package-lock.json')) as { packages: Record<string, Part> };
const own = JSON.parse(text('package.json')) as Record<
  'dependencies' | 'devDependencies' | 'optionalDependencies' | 'scripts',
  Record<string, string>
>;
const parts = Object.entries(lock.packages).filter(([name]) => name !== '');

// Bounds are what was there when they were set, so that one more is a decision and not an accident.
const MOST_DIRECT = 16;
const MOST_RUNNING = 185;
// one program made for many machines is one part: the lock names it for each of them
const onServers = ({ os: systems, cpu, libc }: Part): boolean =>
  (systems ?? ['linux']).includes('linux') && (cpu ?? ['x64']).includes('x64') && (libc ?? ['glibc']).includes('glibc');
const LICENCES = new Set(
  ['Apache-2.0', 'MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0'].concat(
    ['Python-2.0', 'OFL-1.1'],
    // used as they are and linked from outside: the picture library below sharp, the style compiler below Vite
    ['LGPL-3.0-or-later', 'MPL-2.0'],
  ),
);
// its Readme says MIT, its package.json says nothing; only a client in tests has it
const SAYS_NONE = ['node_modules/combine-errors'];

test('every package is held by its SHA-512, and the lock sends nobody to a host of its own', () => {
  expect(parts.length).toBeGreaterThan(100);
  expect(parts.filter(([, part]) => !part.integrity?.startsWith('sha512-')).map(([name]) => name)).toEqual([]);
  const hosts = parts.flatMap(([, part]) => (part.resolved ? [new URL(part.resolved).host] : []));
  expect(hosts.filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
});

test('versions are exact', () => {
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const)
    for (const version of Object.values(own[kind])) expect(version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(text('.npmrc')).toContain('save-exact=true');
});

test('nothing runs when it is installed: scripts are off, and ours are called by name', () => {
  expect(text('scripts/bootstrap.mjs')).toContain("'--ignore-scripts'");
  expect(Object.keys(own.scripts).filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name))).toEqual([]);
});

test('there are not more parts than were decided', () => {
  expect(Object.keys(own.dependencies).length).toBeLessThanOrEqual(MOST_DIRECT);
  expect(parts.filter(([, part]) => !part.dev && onServers(part)).length).toBeLessThanOrEqual(MOST_RUNNING);
});

test('every licence may be passed on with the whole', () => {
  const may = (said: string | undefined): boolean => {
    const said_ = (said ?? '').replaceAll(/[()]/g, '');
    if (said_.includes(' OR ')) return said_.split(' OR ').some((one) => LICENCES.has(one));
    return said_.split(' AND ').every((one) => LICENCES.has(one));
  };
  expect(parts.filter(([, part]) => !may(part.license)).map(([name]) => name)).toEqual(SAYS_NONE);
});

test('each direct dependency has its line of reason, and no line stands for what is gone', () => {
  const reasons = [...text('docs/dependencies.md').matchAll(/^\| (\S+) \| (.+) \|$/gm)].flatMap(([, name = '']) =>
    name === 'Package' ? [] : [name],
  );
  const named = [own.dependencies, own.optionalDependencies, own.devDependencies].flatMap((kind) => Object.keys(kind));
  expect(reasons.toSorted()).toEqual(named.toSorted());
});

test('the list of parts is made without a network and has every package of the lock for any machine', () => {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'itsso-sbom-')), 'sbom.json');
  const made = spawnSync(process.execPath, ['scripts/sbom.ts', file], {
    cwd: path.resolve(import.meta.dirname, '..'),
    encoding: 'utf8',
  });
  expect(made.stderr).toBe('');
  const list = JSON.parse(readFileSync(file, 'utf8')) as {
    bomFormat: string;
    metadata: { component: { name: string } };
    components: { name: string; version: string; hashes?: unknown[] }[];
  };
  expect([list.bomFormat, list.metadata.component.name]).toEqual(['CycloneDX', 'itsso']);
  const listed = new Set(list.components.map((one) => `${one.name}@${one.version}`));
  const held = parts.map(([at, part]) => `${at.slice(at.lastIndexOf('node_modules/') + 13)}@${part.version}`);
  expect(held.filter((one) => !listed.has(one))).toEqual([]);
  expect(list.components.filter((one) => !one.hashes?.length).map((one) => one.name)).toEqual([]);
});
