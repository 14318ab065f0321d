// `npm run sbom [file]`: the list of parts of this release (CycloneDX, JSON), from the lock alone and without a network.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.resolve(ROOT, process.argv[2] ?? 'release/sbom.cdx.json');

const made = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline'], {
  cwd: ROOT,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
});
if (made.status !== 0) {
  console.error(made.stderr);
  process.exit(1);
}
const list = JSON.parse(made.stdout) as { components: unknown[]; metadata: { component: { name: string } } };
// npm names the package by its folder
list.metadata.component.name = 'itsso';
mkdirSync(path.dirname(OUT), { recursive: true });
writeFileSync(OUT, `${JSON.stringify(list, null, 1)}\n`);
console.log(`${list.components.length} parts in ${path.relative(ROOT, OUT)}`);
