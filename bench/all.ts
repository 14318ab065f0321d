// `npm run bench`: every benchmark at a size that fits a quarter of an hour on two cores, one after the other. Each prints its own table;
// all of it is written to bench-results/ as JSON and as one table, with the ratios to the bounds measured in the same run.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../server/build.ts';

type Bench = { name: string; args: string[] };
const BENCHES: readonly Bench[] = [
  { name: 'acts', args: [] },
  { name: 'filing', args: [] },
  { name: 'deadlines', args: ['100'] },
  { name: 'desk', args: ['20'] },
  { name: 'documents', args: [] },
  { name: 'uploads', args: ['60'] },
  { name: 'cctns', args: ['50'] },
  { name: 'oversight', args: ['50'] },
  { name: 'dispatch', args: [] },
  { name: 'audit', args: ['100000'] },
  { name: 'load', args: ['seconds=20', 'crowd=1000'] },
];
const MOST_MINUTES = 4;
const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.join(ROOT, 'bench-results');

type Done = { name: string; seconds: number; ok: boolean; said: string };

function run({ name, args }: Bench, json: string): Promise<Done> {
  const started = performance.now();
  return new Promise((done) => {
    const child = spawn(process.execPath, [path.join('bench', `${name}.ts`), ...args], {
      cwd: ROOT,
      env: { ...process.env, ITSSO_BENCH_JSON: json },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const hear = (text: Buffer) => {
      said += text;
      process.stdout.write(text);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const patience = setTimeout(() => child.kill('SIGTERM'), MOST_MINUTES * 60_000);
    child.on('close', (code) => {
      clearTimeout(patience);
      done({ name, seconds: Math.round((performance.now() - started) / 1000), ok: code === 0, said });
    });
  });
}

const load = () => os.loadavg().map((n) => Number(n.toFixed(1)));
const only = process.argv.slice(2);
const chosen = BENCHES.filter(({ name }) => only.length === 0 || only.includes(name));
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const json = path.join(OUT, 'figures.ndjson');
writeFileSync(json, '');
ensureBuilt();
const before = load();
const all: Done[] = [];
for (const bench of chosen) {
  console.log(`\n— ${bench.name} ${bench.args.join(' ')}`);
  all.push(await run(bench, json));
}
const figures = readFileSync(json, 'utf8')
  .split('\n')
  .flatMap((line) => (line ? [JSON.parse(line) as { bench: string; figures: unknown }] : []));
writeFileSync(
  path.join(OUT, 'bench.json'),
  JSON.stringify(
    { cores: os.cpus().length, node: process.version, load: { before, after: load() }, figures, runs: all },
    undefined,
    2,
  ),
);
console.table(
  Object.fromEntries(all.map(({ name, seconds, ok }) => [name, { seconds, ended: ok ? 'well' : 'with an error' }])),
);
console.log(
  `${os.cpus().length} cores, load ${before.join(' ')} before, ${load().join(' ')} after; ${path.relative(ROOT, OUT)}/bench.json`,
);
process.exit(all.every(({ ok }) => ok) ? 0 : 1);
