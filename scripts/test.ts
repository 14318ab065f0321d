// `npm test`: everything that must hold, in the order in which it fails fastest. Ends with one line: N passed, N failed.
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from '../server/build.ts';
import { failedLines, type Skips, skippedLine } from './skipped.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const OUT = path.join(ROOT, 'test-results');
const bin = (file: string) => path.join(ROOT, 'node_modules', file);
// the same browser without windows, tabs and menus of its own needs half the time; what a phone keeps of a page one has left, only the whole one knows
const SHELL = '/usr/bin/chromium-headless-shell';
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

type Part = { name: string; passed: number; failed: number; seconds: number };
const parts: Part[] = [];

/** Runs a Node program; its output is held back and shown only when it fails, so that parallel parts do not mix. */
function node(args: string[], options: SpawnOptions = {}): Promise<{ ok: boolean; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    child.stdout?.on('data', (text) => (output += text));
    child.stderr?.on('data', (text) => (output += text));
    child.on('close', (code) => done({ ok: code === 0, output }));
  });
}

async function check(name: string, args: string[]): Promise<boolean> {
  const started = performance.now();
  const { ok, output } = await node(args);
  const seconds = (performance.now() - started) / 1000;
  parts.push({ name, passed: ok ? 1 : 0, failed: ok ? 0 : 1, seconds });
  console.log(`${ok ? '✓' : '✗'} ${name}  ${seconds.toFixed(1)} s`);
  if (!ok) console.log(output.split('\n').slice(-120).join('\n'));
  return ok;
}

type Report = Skips & { numPassedTests: number; numFailedTests: number };
const reports: Report[] = [];

async function vitest(name: string, config: string): Promise<void> {
  const started = performance.now();
  const file = path.join(OUT, `${name.replaceAll(' ', '-')}.json`);
  const args = [
    bin('vitest/vitest.mjs'),
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { ok, output } = await node(args);
  const seconds = (performance.now() - started) / 1000;
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined;
  if (report) reports.push(report);
  const passed = report?.numPassedTests ?? 0;
  const failed = report?.numFailedTests ?? 0;
  // a file that does not even load has no failed test, and a run without a test has shown nothing
  parts.push({ name, passed, failed: ok && passed > 0 ? 0 : Math.max(1, failed), seconds });
  console.log(`${ok ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed  ${seconds.toFixed(1)} s`);
  if (!ok) console.log(output.split('\n').slice(-200).join('\n'));
}

// without a font for Hindi a browser draws boxes of another width, and every measure of a page is wrong
const readsHindi = () => spawnSync('fc-list', [':lang=hi'], { encoding: 'utf8' }).stdout?.trim() !== '';

/** Finds Chromium, and a font that it can draw Hindi with; as root on Debian what is missing is installed. */
function findChromium(): string | undefined {
  const found = () => CHROMIUM.find((file) => existsSync(file));
  const wanted = [
    ...(found() ? [] : ['chromium']),
    ...(existsSync(SHELL) ? [] : ['chromium-headless-shell']),
    ...(readsHindi() ? [] : ['fonts-noto-core']),
  ];
  if (wanted.length > 0 && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium and a font for Hindi from Debian …');
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore' });
    // one by one: a machine that has no source for one still gets the others
    for (const part of wanted)
      spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', part], {
        stdio: 'ignore',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
  }
  return found() ?? (existsSync(SHELL) ? SHELL : undefined);
}

/** The relay through which the journey of a hearing goes; as root it is installed, and where it is missing that journey fails and says so. */
function findCoturn(): void {
  if (existsSync('/usr/bin/turnserver') || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log('Installing coturn from Debian …');
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'coturn'], {
    stdio: 'ignore',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

async function besides(): Promise<void> {
  await check('format and fast lint', [bin('@biomejs/biome/bin/biome'), 'check', '--max-diagnostics=50', '.']);
  await check('lint of rooms, by types', [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']);
  await check('lint of pages', [bin('eslint/bin/eslint.js'), '--max-warnings', '0', '.']);
  await check('unused code', [bin('knip/bin/knip.js'), '--no-progress']);
  await check('docs/law.md is what the rules say', ['scripts/law-doc.ts', '--check']);
  await check('docs/powers.md is what the rules say', ['scripts/powers-doc.ts', '--check']);
  await check('db/schema.txt is what the migrations make', ['scripts/schema-doc.ts', '--check']);
}

async function main(): Promise<number> {
  // some forty houses are started in a run: what was compiled once need not be compiled by each
  process.env.NODE_COMPILE_CACHE ??= path.join(ROOT, 'node_modules/.cache/code');
  const only = process.argv[2] === '--only' ? process.argv[3] : undefined;
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  await node([bin('@sveltejs/kit/svelte-kit.js'), 'sync']);

  if (!only || only === 'check') {
    // the types of the pages keep one core busy for as long as all the rest keeps the other
    await Promise.all([
      check('types', [
        bin('svelte-check/bin/svelte-check'),
        '--tsconfig',
        './tsconfig.json',
        '--fail-on-warnings',
        '--output',
        'human',
      ]),
      besides(),
    ]);
  }
  if (!only || only === 'rooms') await vitest('rules and rooms', 'vitest.config.ts');
  if (!only || only === 'journeys') {
    const chromium = findChromium();
    if (!chromium) {
      console.log(
        '✗ journeys: no Chromium here. Install Debian’s "chromium" package (as root: apt-get install chromium) and run npm test again.',
      );
      parts.push({ name: 'journeys', passed: 0, failed: 1, seconds: 0 });
    } else {
      process.env.ITSSO_CHROMIUM_WHOLE = chromium;
      process.env.ITSSO_CHROMIUM = existsSync(SHELL) ? SHELL : chromium;
      findCoturn();
      ensureBuilt();
      await vitest('journeys', 'vitest.e2e.config.ts');
    }
  }

  const passed = parts.reduce((sum, part) => sum + part.passed, 0);
  const failed = parts.reduce((sum, part) => sum + part.failed, 0);
  console.log(`\n${parts.map((p) => `${p.seconds.toFixed(1).padStart(7)} s  ${p.name}`).join('\n')}`);
  const skipped = skippedLine(ROOT, reports);
  if (skipped) console.log(`\n${skipped}`);
  const broken = parts.filter((part) => part.failed > 0 && part.passed === 0).map(({ name }) => `✗ ${name}`);
  for (const line of [...broken, ...failedLines(ROOT, reports)]) console.log(line);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exit(await main());
