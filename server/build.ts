// Builds the pages when they have changed since the last build: a second start finds them ready.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const STAMP = path.join(ROOT, 'build/.stamp');
// rooms are not bundled: a change in src/server needs no build, but a new room does (its name is left out of the bundle)
const PARTS = ['src', 'static', 'verifier', 'vite.config.ts', 'package-lock.json', 'tsconfig.json'];

function fingerprint(): string {
  const hash = createHash('sha256');
  const add = (file: string) => hash.update(path.relative(ROOT, file)).update(readFileSync(file));
  const walk = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory()) {
        if (path.relative(ROOT, at) === path.join('src', 'server')) hash.update(entry.name);
        else walk(file);
      } else if (!entry.name.endsWith('.test.ts')) add(file);
    }
  };
  for (const part of PARTS) {
    const at = path.join(ROOT, part);
    if (!existsSync(at)) continue;
    if (path.extname(part)) add(at);
    else walk(at);
  }
  return hash.digest('hex');
}

/** Makes sure that `build/` is what the sources say. @throws Error when the build fails */
export function ensureBuilt(): void {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Building the pages …');
  for (const [tool, ...args] of [
    ['@sveltejs/kit/svelte-kit.js', 'sync'],
    ['vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  ] as const) {
    const done = spawnSync(process.execPath, [path.join(ROOT, 'node_modules', tool), ...args], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    });
    if (done.status !== 0) throw new Error(`the build failed:\n${done.stdout}${done.stderr}`);
  }
  writeFileSync(STAMP, wanted);
}
