// `npm run bench`: every benchmark at a size that fits a quarter of an hour on two cores, one after the other. Each prints its own table; at the
// end stands one of all figures with their ratios to the bounds of the same run, and what is asked of them. bench-results/ has both, table and
// JSON. The other files here are no benchmarks: `neighbours` is part of `dispatch` (Redis and PostGIS, where they are installed), `cctns-export`
// makes the file that `cctns` and `oversight` read, `fleet-sender`, `processor`, `replay-day` and `report` belong to those that import them.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureBuilt } from '../server/build.ts';
import { type Figure, rowOf } from './report.ts';

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
  { name: 'replay', args: [] },
  { name: 'load', args: ['seconds=20', 'crowd=1000'] },
];
// what a quarter of an hour has no room for, and is measured by its own command
const LEFT_OUT = [
  'filing at a million cases (bench:filing 1000000), deadlines at two million clocks (bench:deadlines), desk at a million files (bench:desk 1000), oversight at five million cases (bench:oversight 5000): filling them takes longer than all of this',
  'load for an hour with its memory watched (bench:load -- seconds=300 soak=60): part of npm run test:long',
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
  .flatMap((line) => (line ? [JSON.parse(line) as { bench: string; figures: Record<string, Figure> }] : []));
writeFileSync(
  path.join(OUT, 'bench.json'),
  JSON.stringify(
    { cores: os.cpus().length, node: process.version, load: { before, after: load() }, figures, runs: all },
    undefined,
    2,
  ),
);
// a figure that was not measured is written as null in JSON
const known = (one: Figure): Figure => ({ ...one, value: one.value ?? Number.NaN });
const rows = figures.flatMap(({ bench, figures: said }) =>
  Object.entries(said).map(([name, one]) => ({ benchmark: `${bench}: ${name}`, ...rowOf(known(one)) })),
);
const table = [
  '| benchmark | figure | beside | ratio | asked | met |',
  '|---|---|---|---|---|---|',
  ...rows.map((one) => `| ${Object.values(one).join(' | ')} |`),
  '',
  ...all.map(({ name, seconds, ok }) => `- ${name}: ${seconds} s${ok ? '' : ', ended with an error'}`),
  ...chosen.flatMap(({ name }) => (figures.some(({ bench }) => bench === name) ? [] : [`- ${name}: no figure`])),
  ...LEFT_OUT.map((one) => `- left out: ${one}`),
  '',
].join('\n');
writeFileSync(path.join(OUT, 'bench.md'), table);
console.log(`\n${table}`);
console.log(
  `${os.cpus().length} cores, load ${before.join(' ')} before, ${load().join(' ')} after; ${path.relative(ROOT, OUT)}/bench.md and bench.json`,
);
process.exit(all.every(({ ok }) => ok) ? 0 : 1);
