// What an import costs: `npm run bench:cctns [thousands of FIRs]`. Beside it, in the same run, PostgreSQL's own COPY of the very same rows
// into a table with the same indexes: nothing can be faster. Then the same file again, which must change nothing; and the memory of it all.
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { mappingForm, readBatch, receive, streamOf } from '#cctns';
import { house } from '#foundation';
import { openHouse } from '../server/open-house.ts';
import { exportLines } from './cctns-export.ts';
import { processorOf } from './processor.ts';
import { keep } from './report.ts';

const MANY = Number(process.argv[2] ?? 200) * 1000;
const MB = 1024 * 1024;
const folder = mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const file = path.join(folder, 'export.csv');

async function writeExport(): Promise<void> {
  const to = createWriteStream(file);
  for (const part of exportLines(MANY)) if (!to.write(part)) await once(to, 'drain');
  to.end();
  await once(to, 'close');
}
const rss = (): number => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

await writeExport();
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: path.join(folder, 'house'), origin: 'http://localhost' },
  { work: false },
);
const sql = new pg.Client(open.owner);
try {
  await sql.connect();
  const mapping = mappingForm.parse(
    JSON.parse(readFileSync(path.join(import.meta.dirname, '../src/server/cctns/mappings.json'), 'utf8')).default,
  );
  const before = rss();
  let most = 0;
  const looking = setInterval(() => {
    most = Math.max(most, rss());
  }, 100);
  const cluster = (
    await sql.query<{ at: string }>(`select setting as at from pg_settings where name = 'data_directory'`)
  ).rows[0]!.at;
  const [database, program] = [processorOf(cluster), processorOf(undefined, process.pid)];
  const spent = () => ({ database: database() / 1000, program: program() / 1000 });
  type Spent = ReturnType<typeof spent>;
  const since = (before: Spent): Spent => {
    const now = spent();
    return { database: now.database - before.database, program: now.program - before.program };
  };
  // read when the first rows are told: from then on the figures are at work
  const bring = async (): Promise<{ id: string; took: number; reading: Spent; telling: Spent }> => {
    let id = '';
    const from = spent();
    let reading: Spent | undefined;
    const telling = new Promise<void>((done) => {
      const look = setInterval(async () => {
        const { rows } = await sql.query(
          'select from cctns.batch where id = $1 and (told > 0 or ended_at is not null)',
          [id || null],
        );
        if (rows.length === 0) return;
        clearInterval(look);
        reading = since(from);
        done();
      }, 500);
    });
    const took = await timed(async () => {
      id = await receive(house(), streamOf(file), mapping, { source: 'cli', name: 'export.csv' });
      await readBatch(id);
    });
    await telling;
    const whole = since(from);
    return {
      id,
      took,
      reading: reading!,
      telling: { database: whole.database - reading!.database, program: whole.program - reading!.program },
    };
  };
  const first = await bring();
  const again = await bring();
  clearInterval(looking);
  const counts = async (id: string) =>
    (await sql.query('select read, added, changed, unchanged, rejected, repaired from cctns.batch where id = $1', [id]))
      .rows[0];
  // the ledger knows when each piece was in and when the figures had heard of it
  const seconds = async (id: string) =>
    (
      await sql.query<{ reading: number; telling: number }>(
        `select extract(epoch from max(recorded_at) filter (where deed = 'cctns.take-piece') - min(recorded_at))::float as reading,
           extract(epoch from max(recorded_at) - max(recorded_at) filter (where deed = 'cctns.take-piece'))::float as telling
         from foundation.ledger where subject = $1`,
        [id],
      )
    ).rows[0]!;
  const [reading, second] = [await seconds(first.id), await seconds(again.id)];
  const rows = path.join(os.tmpdir(), `${path.basename(folder)}.copy`);
  await sql.query(`copy cctns.fir to '${rows}'`);
  await sql.query('create table bare (like cctns.fir including all)');
  const copying = spent();
  const bare = await timed(() => sql.query(`copy bare from '${rows}'`));
  const copied = since(copying);

  const [one, two] = [await counts(first.id), await counts(again.id)];
  const said = ({ database: d, program: p }: Spent) =>
    `${d.toFixed(1)} s of the database, ${p.toFixed(1)} s of the program`;
  const speed = (seconds: number) =>
    `${seconds.toFixed(1)} s, ${Math.round(MANY / seconds).toLocaleString('en')} rows a second`;
  console.table({
    file: { found: `${MANY.toLocaleString('en')} rows, ${(statSync(file).size / MB).toFixed(0)} MB` },
    'read, judged and in': { found: speed(reading.reading) },
    'figures told of them': { found: speed(reading.telling) },
    'all of it, the file laid down too': { found: speed(first.took) },
    'bare COPY of the same rows, same indexes': { found: speed(bare) },
    'reading beside bare COPY, by the clock': { found: (bare / reading.reading).toFixed(2) },
    'processor: reading': {
      found: `${said(first.reading)}, the busier of both beside COPY ${(copied.database / Math.max(first.reading.database, first.reading.program)).toFixed(2)}`,
    },
    'processor: telling the figures': { found: said(first.telling) },
    'processor: bare COPY': { found: said(copied) },
    'the same file again': { found: speed(second.reading) },
    'first time': { found: JSON.stringify(one) },
    'second time': { found: JSON.stringify(two) },
    'memory before, most': { found: `${before.toFixed(0)} MB, ${most.toFixed(0)} MB` },
    load: {
      found: os
        .loadavg()
        .map((n) => n.toFixed(1))
        .join(' '),
    },
  });
  keep('cctns', {
    'rows a second, read, judged and in': {
      value: MANY / reading.reading,
      unit: '/s',
      beside: MANY / bare,
      of: '/s bare COPY',
    },
    'processor of reading, the busier of both': {
      value: Math.max(first.reading.database, first.reading.program),
      unit: 's',
      beside: copied.database,
      of: 's COPY',
    },
    'rows a second, the same file again': { value: MANY / second.reading, unit: '/s' },
    'changed by the same file again': { value: two.added + two.changed, unit: 'rows', asked: { most: 0 } },
    'memory, most': { value: most, unit: 'MB', beside: before, of: 'MB before' },
  });
  rmSync(rows, { force: true });
  if (two.added !== 0 || two.changed !== 0) process.exitCode = 1;
} finally {
  await sql.end();
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
