// What a page of figures costs while the nation's cases grow: `npm run bench:oversight [thousands of cases ...]`, by default 100 and 500.
// Cases come in through the import, as a state's export brings them, up to each size; then every page over HTTP as its officer sees it in
// Hindi, compressed as for a browser, also as the first one after a change, a plain group-by and DuckDB on the very same facts in the same run,
// what one event costs until it shows, and a recount against the cells. Millions take their time: with `in=FOLDER` the house stays there, a later
// run goes on from what it holds, and `load=THOUSANDS` brings so many more in and measures nothing else; `quick=yes` leaves out the second
// count and the comparison.
import { chmodSync, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import pg from 'pg';
import { mappingForm, readBatch, receive, streamOf } from '#cctns';
import { act, house, read } from '#foundation';
import { rebuild, rollUp, verify } from '#oversight';
import { seedPractice } from '#posts';
import { sandboxSignIn } from '#signin';
import mappings from '../src/server/cctns/mappings.json' with { type: 'json' };
import { ensureBuilt } from '../server/build.ts';
import { compress } from '../server/compress.ts';
import { openHouse } from '../server/open-house.ts';
import { exportLines } from './cctns-export.ts';
import { keep } from './report.ts';

const given = process.argv.slice(2);
const option = (name: string) => given.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
const asked = given.filter((word) => !word.includes('=')).map((word) => Number(word) * 1000);
const SIZES = asked.length > 0 ? asked : [100_000, 500_000];
const stays = option('in');
const quick = option('quick') !== undefined;
const load = Number(option('load') ?? 0) * 1000;
const LOOKS = 60;
const WARM = 5;
const TARGET_MS = 50;
const TIMES_SQL = 100;
const TIMES_DUCK = 15;

const folder = stays ?? mkdtempSync('/tmp/itsso-bench-');
mkdirSync(folder, { recursive: true });
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: path.join(folder, 'house'), origin: 'http://localhost' },
  { work: false },
);
const sql = new pg.Client(open.owner);
sql.on('error', () => undefined);
const say = (text: string) => process.stdout.write(`${text}\n`);
const print = (...row: (string | number)[]) => say(`| ${row.join(' | ')} |`);
const ms = (n: number) => Number(n.toFixed(1));
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}
async function each(times: number, work: () => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const took: number[] = [];
  for (let n = 0; n < times + WARM; n++) {
    const from = performance.now();
    await work();
    // the first ones warm the plans
    if (n >= WARM) took.push(performance.now() - from);
  }
  took.sort((a, b) => a - b);
  return { median: ms(took[Math.floor(took.length / 2)] ?? 0), p95: ms(took[Math.floor(took.length * 0.95)] ?? 0) };
}
// the pages as they are built, in this process: what is measured is the server's work and its way out and in
if (load === 0) ensureBuilt();
process.env.PROTOCOL_HEADER = 'x-itsso-proto';
const { handler } = (load > 0 ? {} : await import(new URL('../build/handler.js', import.meta.url).href)) as {
  handler: (req: http.IncomingMessage, res: http.ServerResponse, next: () => void) => void;
};
const server = http.createServer((request, response) => {
  request.headers['x-itsso-proto'] = 'http';
  compress(request, response);
  handler(request, response, () => response.end());
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const agent = new http.Agent({ keepAlive: true });
/** Asks for a page as a browser does, and waits for its last byte; taking it apart is the browser's work. @returns how many bytes came */
const page = (token: string, at: string): Promise<number> =>
  new Promise((done, failed) => {
    const headers = { cookie: `__Host-p=${token}; __Host-l=hi`, 'accept-encoding': 'br' };
    http
      .get(`${address}${at}`, { agent, headers }, (answer) => {
        let bytes = 0;
        answer.on('data', (part: Buffer) => (bytes += part.length));
        answer.on('end', () =>
          answer.statusCode === 200 ? done(bytes) : failed(new Error(`${at} answers ${answer.statusCode}`)),
        );
      })
      .on('error', failed);
  });

/** An export laid down, and read. @returns seconds */
async function bring(from: number, rows: number, last: Temporal.PlainDate): Promise<number> {
  const file = path.join(folder, 'export.csv');
  const to = createWriteStream(file);
  for (const part of exportLines(rows, { from, last })) if (!to.write(part)) await once(to, 'drain');
  to.end();
  await once(to, 'close');
  const mapping = mappingForm.parse(mappings.default);
  const took = await seconds(async () => {
    await readBatch(await receive(house(), streamOf(file), mapping, { source: 'cli', name: 'export.csv' }));
  });
  rmSync(file);
  return took;
}

// the question of the nation's first table, asked of the facts themselves: by state and limit, how many, in time, pending beyond, median days
const QUESTION = (state: string, median: string, today: string) =>
  `select ${state} as state, basis, count(*) as n, count(*) filter (where first_on <= due_on) as in_time,
     count(*) filter (where forwarded_on is null and due_on < date '${today}') as beyond, ${median} from published.case_fact group by 1, 2`;

try {
  await sql.connect();
  await sql.query('set search_path = ext, public');
  const { rows: made } = await sql.query('select from posts.unit limit 1');
  if (made.length === 0) await act(house(), 'posts.seed', (a) => seedPractice(a));
  const today = (await read(house(), 'bench.now', async (r) => r.now)).toZonedDateTimeISO('Asia/Kolkata').toPlainDate();
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run('create schema published');
  const national = (await sandboxSignIn('national')).token;
  const yearAgo = today.subtract({ years: 1 }).toString().slice(0, 7);
  const views: [string, string, Record<string, string>][] = [
    ['nation, all time', 'in', {}],
    ['nation, one year', 'in', { from: yearAgo }],
    ['nation, POCSO', 'in', { group: 'pocso' }],
    ['state', 'in.up', {}],
    ['state, one year', 'in.up', { from: yearAgo }],
    ['district or commissionerate', 'in.up.lucknow', {}],
    ['station', 'in.up.lucknow.civil_lines', {}],
  ];
  // of the lines of an export one in a thousand cannot go in, so they are counted by the batches
  const { rows: read_before } = await sql.query<{ n: number }>(
    'select coalesce(sum(read), 0)::int as n from cctns.batch',
  );
  let told = read_before[0]?.n ?? 0;
  if (load > 0) {
    const took = await bring(told, load, today);
    say(
      `${load.toLocaleString('en')} rows more, read and told in ${took.toFixed(1)} s; now ${(told + load).toLocaleString('en')}`,
    );
    SIZES.length = 0;
  }
  let [worst, worst_first] = [0, 0];
  const least = { sql: Number.POSITIVE_INFINITY, duck: Number.POSITIVE_INFINITY };
  for (const size of SIZES) {
    const rows = Math.max(0, size - told);
    const brought = rows > 0 ? await bring(told, rows, today) : 0;
    told += rows;
    const counted = await seconds(rollUp);
    const anew = quick ? counted : await seconds(rebuild);
    await sql.query('vacuum analyze published.cell');
    await sql.query('vacuum analyze published.lasted');
    await sql.query('vacuum analyze published.roster');
    await sql.query('vacuum analyze published.case_fact');
    const { rows: stations } = await sql.query<{ n: number; unit: string }>(
      `select count(*) over ()::int as n, path::text as unit from published.place join published.roster on place = id
       where path <@ 'in.up.lucknow' order by cardinality(recorded) desc limit 1`,
    );
    const { rows: all } = await sql.query<{ n: number; counted: number }>(
      'select count(*)::int as n, (select count(*)::int from published.case_fact) as counted from published.roster',
    );
    views.at(-1)![1] = stations[0]?.unit ?? 'in.up.lucknow';
    say(
      `\n${all[0]?.counted.toLocaleString('en')} cases of ${all[0]?.n} stations, load ${os
        .loadavg()
        .map((n) => n.toFixed(1))
        .join(' ')}`,
    );
    say(
      `${rows.toLocaleString('en')} rows read and told in ${brought.toFixed(1)} s; what waited counted in ${counted.toFixed(1)} s; ` +
        `all of them anew in ${anew.toFixed(1)} s (${Math.round(told / anew).toLocaleString('en')} a second)\n`,
    );
    const plain = await each(3, () =>
      sql.query(
        QUESTION(
          'subpath(unit, 0, 2)',
          'percentile_disc(0.5) within group (order by forwarded_on - recorded_on)',
          today.toString(),
        ),
      ),
    );
    await duck.run('drop table if exists published.case_fact');
    await duck.run(
      'create table published.case_fact (unit varchar, basis varchar, recorded_on date, due_on date, first_on date, forwarded_on date)',
    );
    const copy = path.join(os.tmpdir(), `${path.basename(folder)}.facts`);
    await sql.query(
      `copy (select unit, basis, recorded_on, due_on, first_on, forwarded_on from published.case_fact) to '${copy}' csv`,
    );
    await duck.run(`copy published.case_fact from '${copy}' (format csv, header false)`);
    rmSync(copy, { force: true });
    const column = await each(5, () =>
      duck.runAndReadAll(
        QUESTION("split_part(unit, '.', 2)", 'quantile_disc(forwarded_on - recorded_on, 0.5)', today.toString()),
      ),
    );
    print(
      'page',
      'KB',
      'median ms',
      'p95 ms',
      'first after a change, median ms',
      'p95 ms',
      'times plain SQL',
      'times DuckDB',
    );
    for (const [name, unit, more] of views) {
      const at = `/watch/${unit.replaceAll('.', '/')}?${new URLSearchParams(more)}`;
      const bytes = await page(national, at);
      const first = await each(LOOKS / 4, async () => {
        await sql.query(`select published.turned(array(select path from published.place where nlevel(path) <= 2))`);
        await page(national, at);
      });
      const one = await each(LOOKS, () => page(national, at));
      worst = Math.max(worst, one.p95);
      worst_first = Math.max(worst_first, first.p95);
      least.sql = Math.min(least.sql, plain.median / one.median);
      least.duck = Math.min(least.duck, column.median / one.median);
      print(
        name,
        Math.round(bytes / 1024),
        one.median,
        one.p95,
        first.median,
        first.p95,
        ms(plain.median / one.median),
        ms(column.median / one.median),
      );
    }
    print('one of the nine questions of the first page, plain SQL', plain.median, plain.p95, 1, '');
    print('the same question, DuckDB', column.median, column.p95, '', 1);
  }
  if (load === 0) {
    const station = views.at(-1)![1];
    let n = Math.floor(Math.random() * 1e6) * 100;
    const fresh = await each(20, async () => {
      await sql.query(
        `select published.write_cases('cctns', array[row($1 || '/2026/B' || $2::text, $1::ltree, '{rape}', 'law', $3::date, null, null, null, 0)::published.told])`,
        [station, n++, today.toString()],
      );
      await rollUp();
    });
    say('');
    print('one event rolled up (and at most 2 s until the round comes)', `${fresh.median} ms`, `p95 ${fresh.p95} ms`);
    const from = performance.now();
    const differ = quick ? [] : await verify();
    if (!quick)
      print(
        'a recount from all facts, compared',
        `${Math.round(performance.now() - from)} ms`,
        `${differ.length} differences`,
      );
    say(
      `\nworst p95 ${worst} ms, of first looks after a change ${worst_first} ms, target ${TARGET_MS} ms; least times plain SQL ${ms(least.sql)}, target ${TIMES_SQL}; least times DuckDB ${ms(least.duck)}, target ${TIMES_DUCK}`,
    );
    keep('oversight', {
      'worst page, p95': { value: worst, unit: 'ms', asked: { most: TARGET_MS } },
      'worst first look after a change, p95': { value: worst_first, unit: 'ms', asked: { most: TARGET_MS } },
      'least times quicker than plain SQL': { value: least.sql, unit: 'times', asked: { least: TIMES_SQL } },
      'least times quicker than DuckDB': { value: least.duck, unit: 'times', asked: { least: TIMES_DUCK } },
      'differences of a recount': { value: differ.length, unit: 'cells', asked: { most: 0 } },
    });
    process.exitCode = worst < TARGET_MS && differ.length === 0 ? 0 : 1;
  }
} finally {
  agent.destroy();
  server.close();
  server.closeAllConnections();
  await sql.end();
  await open.close();
  if (!stays) rmSync(folder, { recursive: true, force: true });
}
