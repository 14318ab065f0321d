// What an act costs here, beside a bare transaction of the same run: `npm run bench:acts`. Machines differ and are noisy; ratios less so.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import pg from 'pg';
import { act, finishDueJobs, house, nobody, read } from '#foundation';
import { fileComplaint, onDesk } from '#casework';
import { complaintForm } from '#intake';
import { actorOf, sandboxSignIn } from '#signin';
import { seedPractice } from '#posts';
import { someComplaint } from '../e2e/complaint.ts';
import { openHouse } from '../server/open-house.ts';
import { report } from './report.ts';

const ACTS = 400;
const FILINGS = 60;

async function each(times: number, work: (i: number) => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await work(i);
    took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}

const folder = mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: folder, origin: 'http://localhost' },
  { work: false },
);
try {
  await act(house(), 'posts.seed', (h) => seedPractice(h));
  const bare = new pg.Client({ ...open.owner, user: 'itsso_app' });
  bare.on('error', () => undefined);
  await bare.connect();
  const officer = await actorOf((await sandboxSignIn('verma')).token);
  if (!officer) throw new Error('no officer');
  const rows: Record<string, { median: number; p95: number }> = {};
  const warm = async () => read(officer, 'bench.look', async (r) => r.now);
  await each(50, warm);
  rows['bare transaction (begin, select, commit)'] = await each(ACTS, async () => {
    await bare.query('begin');
    await bare.query('select 1');
    await bare.query('commit');
  });
  rows['read by an officer, empty'] = await each(ACTS, warm);
  rows['act by an officer, empty (ledger row, fsync)'] = await each(ACTS, () =>
    act(officer, 'bench.do', async () => undefined),
  );
  rows['filing, one after the other'] = await each(FILINGS, () =>
    act(nobody, 'bench.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint()))),
  );
  rows['desk of an officer in charge'] = await each(100, () => read(officer, 'bench.desk', (r) => onDesk(r)));
  const started = performance.now();
  await Promise.all(
    Array.from({ length: 200 }, () =>
      act(nobody, 'bench.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint()))),
    ),
  );
  const crowd = performance.now() - started;
  await finishDueJobs();
  await bare.end();
  const bound = rows['bare transaction (begin, select, commit)']?.median ?? 1;
  report(
    'acts',
    Object.fromEntries(
      Object.entries(rows).flatMap(([name, { median, p95 }]) => [
        [`${name}, median`, { value: median, unit: 'ms', beside: bound, of: 'ms bare' }],
        [`${name}, p95`, { value: p95, unit: 'ms' }],
      ]),
    ),
  );
  console.log(`200 filings at once: ${(crowd / 1000).toFixed(1)} s in all`);
} finally {
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
