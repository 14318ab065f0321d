// How many complaints a second the house takes over HTTP, everything durable, beside the bare transaction of the same rows in the same
// run; and how many of her tracking pages it shows, beside a bare page of Node and PostgreSQL. `node bench/filing.ts [cases there before]`.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { someComplaint } from '../e2e/complaint.ts';
import { type RunningHouse, startHouse } from '../e2e/house.ts';
import { openWire } from '../e2e/wire.ts';
import { ensureBuilt } from '../server/build.ts';
import { stretchOnce } from '../src/server/callback/code.ts';
import { writeMany } from '../test/many-files.ts';
import { mainThreadOf, processorOf, spending } from './processor.ts';
import { type Figure, report } from './report.ts';
import { openSender } from './sender.ts';
import { inTurns, loadOf, mean } from './turns.ts';

const SECONDS = 3;
const AT_ONCE = 12;
const BEFORE = Number(process.argv[2] ?? 0);

const load = loadOf(AT_ONCE, SECONDS);

const socketOf = (data: string): string => {
  const found = readFileSync(path.join(data, 'db/postmaster.pid'), 'utf8').split('\n')[4]?.trim();
  if (!found) throw new Error('the database does not say where it listens');
  return found;
};

/** Every table that one filing writes to, with how many rows; queue and counters apart, which are not hers. */
async function rowsOf(sql: pg.Client, form_id: string): Promise<{ table: string; n: number }[]> {
  const { rows: made } = await sql.query<{ xmin: string }>(
    'select xmin::text from intake.complaint where form_id = $1',
    [form_id],
  );
  const { rows: tables } = await sql.query<{ name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema', 'bare', 'graphile_worker')`,
  );
  const found: { table: string; n: number }[] = [];
  for (const { name } of tables) {
    const { rows } = await sql.query<{ n: number }>(`select count(*)::int as n from ${name} where xmin::text = $1`, [
      made[0]?.xmin,
    ]);
    const n = rows[0]?.n ?? 0;
    if (n > 0) found.push({ table: name, n });
  }
  return found;
}

/**
 * The same rows into tables of the same columns and indexes, without triggers, policies and checks. Ids are drawn anew; where a key has
 * none, its index is not unique.
 * @returns the script for pgbench
 */
async function bareScript(sql: pg.Client, tables: { table: string; n: number }[], form_id: string): Promise<string> {
  const { rows: made } = await sql.query<{ xmin: string }>(
    'select xmin::text from intake.complaint where form_id = $1',
    [form_id],
  );
  await sql.query('drop schema if exists bare cascade; create schema bare');
  const lines = ['begin;'];
  for (const { table } of tables) {
    const name = table.replace('.', '_').replaceAll('"', '');
    await sql.query(`create table bare.${name}_one as select * from ${table} where xmin::text = '${made[0]?.xmin}'`);
    await sql.query(`create table bare.${name} (like ${table})`);
    const { rows: indexes } = await sql.query<{ def: string }>(
      `select pg_get_indexdef(indexrelid) as def from pg_index where indrelid = $1::regclass`,
      [table],
    );
    for (const [n, { def }] of indexes.entries()) {
      const columns = def.slice(def.indexOf(' USING '));
      await sql.query(`create index ${name}_${n} on bare.${name}${columns.replace('NULLS NOT DISTINCT', '')}`);
    }
    const { rows: columns } = await sql.query<{ name: string; type: string }>(
      `select quote_ident(attname) as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
      [table],
    );
    const names = columns.map((c) => c.name).join(', ');
    const values = columns.map((c) =>
      c.type === 'uuid' ? `case when ${c.name} is null then null else gen_random_uuid() end` : c.name,
    );
    lines.push(`insert into bare.${name} (${names}) select ${values.join(', ')} from bare.${name}_one;`);
  }
  return [...lines, 'commit;'].join('\n');
}

async function pgbench(socket: string, script: string): Promise<number> {
  const args = ['-n', '-M', 'prepared', '-c', String(AT_ONCE), '-j', '2', '-T', String(SECONDS), '-f', script, 'itsso'];
  // not waited for in one piece: connections to the house that end meanwhile must be noticed
  const child = spawn('pgbench', ['-h', socket, '-U', 'postgres', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (text) => (said += text));
  await new Promise<void>((done, failed) => child.once('error', failed).once('close', () => done()));
  const found = /tps = ([\d.]+)/.exec(said)?.[1];
  if (!found) throw new Error('pgbench is not here or failed (Debian: postgresql-contrib)');
  return Number(found);
}

/**
 * A page of the very text of hers, with one row by its key: what Node and PostgreSQL do with no house in between. It is packed as hers is, where
 * the reader takes it packed.
 */
async function startBarePage(
  socket: string,
  data: string,
  text: string,
): Promise<{ url: string; child: ChildProcess }> {
  const program = path.join(data, 'bare-page.mjs');
  writeFileSync(path.join(data, 'bare-page.html'), text);
  writeFileSync(
    program,
    `import fs from 'node:fs'; import http from 'node:http'; import zlib from 'node:zlib'; import pg from ${JSON.stringify(import.meta.resolve('pg'))};
     const pool = new pg.Pool({ host: ${JSON.stringify(socket)}, user: 'postgres', database: 'itsso', max: 10 });
     const page = fs.readFileSync(${JSON.stringify(path.join(data, 'bare-page.html'))}, 'utf8');
     const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_LGWIN } = zlib.constants;
     const how = { params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_LGWIN]: 16 } };
     http.createServer(async (request, response) => {
       const { rows } = await pool.query('select id, number, state from casework.file order by id limit 1');
       const text = page + rows[0]?.state;
       response.setHeader('content-type', 'text/html; charset=utf-8');
       if (request.headers['accept-encoding'] !== 'br') return response.end(text);
       response.setHeader('content-encoding', 'br'); response.end(zlib.brotliCompressSync(text, how));
     }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });`,
  );
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((found) => child.stdout?.once('data', (text) => found(String(text).trim())));
  return { url: `http://127.0.0.1:${port}/`, child };
}

/** Who spends on a page: all of them run on the same cores. */
const WHO = ['server', 'database', 'reader'] as const;
const all = ({ each_ms }: { each_ms: Record<(typeof WHO)[number], number> }): number =>
  WHO.reduce((sum, who) => sum + each_ms[who], 0);

type Read = { per_second: number; p95_ms: number; each_ms: Record<(typeof WHO)[number], number> };
const together = (turns: readonly Read[]): Read => {
  const each = WHO.map((who) => [who, mean(turns.map(({ each_ms }) => each_ms[who]))]);
  return {
    per_second: mean(turns.map(({ per_second }) => per_second)),
    p95_ms: mean(turns.map(({ p95_ms }) => p95_ms)),
    each_ms: Object.fromEntries(each) as Read['each_ms'],
  };
};

/** How an answer travels: as it is, or packed as a phone gets it. */
const WAYS = { plain: 'identity', packed: 'br' } as const;
type Way = keyof typeof WAYS;
/** A reader of one page. @param cookie hers; nothing for a page that is nobody's */
const reader =
  (url: string, way: Way, cookie = '') =>
  async (): Promise<void> => {
    const ask = () => fetch(url, { headers: { cookie, accept: 'text/html', 'accept-encoding': WAYS[way] } });
    const answer = await ask().catch(ask);
    const text = await answer.text();
    if (answer.status !== 200 || text.length < 6000) throw new Error(`a page answered ${answer.status}`);
  };

/** Her page of her file, as she reaches it: the receipt, “yes, show it now”, and then the page again and again. */
async function tracking(house: RunningHouse, receipt: string): Promise<{ text: string; cookie: string }> {
  const wire = openWire(house.url);
  await wire.press('door-receipt');
  await wire.press('open-receipt', [['receipt', receipt]]);
  const page = await wire.press('show');
  if (page.status !== 200 || page.text.length < 6000) throw new Error(`no tracking page: ${page.status}`);
  return { text: page.text, cookie: wire.cookie() };
}

ensureBuilt();
const house = await startHouse({ env: { ITSSO_LOG: 'warn' } });
const socket = socketOf(house.data);
const sql = new pg.Client({ host: socket, user: 'postgres', database: 'itsso' });
await sql.connect();
let child: ChildProcess | undefined;
if (BEFORE > 0) {
  const { rows } = await sql.query<{ id: string; now: string }>(
    `select id::text, foundation.now()::text as now from posts.post where kind = 'io'`,
  );
  // closed books of other desks: triggers off, as a state's years would lie there
  await sql.query('set session_replication_role = replica');
  for (let from = 1_000_000; from < 1_000_000 + BEFORE; from += 50_000) {
    const many = Math.min(50_000, 1_000_000 + BEFORE - from);
    await writeMany(sql, { from, many, desks: rows.map(({ id }) => id), now: rows[0]?.now ?? '', bare: true });
  }
  await sql.query('reset session_replication_role');
  await sql.query('analyze');
}
try {
  const one = someComplaint();
  const filed = await house.api('POST', '/complaints', one);
  if (filed.status !== 201) throw new Error(`filing answered ${filed.status}: ${JSON.stringify(filed.json)}`);
  const tables = await rowsOf(sql, String(one.form_id));
  const script = path.join(house.data, 'bare.sql');
  writeFileSync(script, await bareScript(sql, tables, String(one.form_id)));
  const send = openSender(`${house.url}/api/v1/complaints`, AT_ONCE);
  const file = async () => {
    const complaint = someComplaint();
    // a connection that had been idle may be closed under the request: whoever gets no answer sends the same form again
    const status = await send(complaint).catch(() => send(complaint));
    if (status !== 201 && status !== 200) throw new Error(`filing answered ${status}`);
  };
  // a server runs for weeks: what it does often is compiled by then
  await load(file, 6);
  // codes are stretched by jobs, in a thread that gives way: what the main one and the database spend is the rest of a filing, with those of
  // its jobs that had their turn
  const rest = { database: processorOf(path.join(house.data, 'db')), main: mainThreadOf(house.pid) };
  const [filings, bares] = await inTurns(
    () => spending(rest, () => load(file)),
    () => pgbench(socket, script),
  );
  const rest_ms = mean(filings.map(({ each_ms }) => each_ms.database + each_ms.main));
  const [filed_per_second, bare] = [mean(filings.map(({ per_second }) => per_second)), mean(bares)];
  const stretched = await load(async () => void (await stretchOnce()), 4);
  const apart = (os.availableParallelism() * 1000) / rest_ms;
  const rows = tables.reduce((sum, { n }) => sum + n, 0);
  const hers = await tracking(house, filed.json.receipt);
  const plain = await startBarePage(socket, house.data, hers.text);
  child = plain.child;
  // the clock counts the neighbours' work and the reader's; processor time tells each one's share
  const shares = (pid: number | undefined) => ({
    server: processorOf(undefined, pid),
    database: processorOf(path.join(house.data, 'db')),
    reader: () => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
  });
  const read = async (way: Way) => {
    const [show, bareShow] = [reader(house.url, way, hers.cookie), reader(plain.url, way)];
    await load(show, 6);
    await load(bareShow, 2);
    const [pages, bares] = await inTurns(
      () => spending(shares(house.pid), () => load(show)),
      () => spending(shares(plain.child.pid), () => load(bareShow)),
    );
    return { pages: together(pages), bare: together(bares) };
  };
  const [asItIs, packed] = [await read('plain'), await read('packed')];
  const pagesASecond = (pages: Read, beside: Read, of: string): Figure => ({
    value: pages.per_second,
    unit: '/s',
    beside: beside.per_second,
    of,
    asked: { share: 0.2 },
  });
  report('filing', {
    'complaints a second over HTTP': {
      value: filed_per_second,
      unit: '/s',
      beside: bare,
      of: 'bare transactions',
      asked: { share: 0.15 },
    },
    'codes stretched a second, alone': { value: stretched.per_second, unit: '/s' },
    'processor of one without its stretching, with its jobs': { value: rest_ms, unit: 'ms' },
    'complaints a second, reckoned from that': {
      value: apart,
      unit: '/s',
      beside: bare,
      of: 'bare transactions',
      asked: { share: 0.15 },
    },
    'complaints a second for ever: with both stretchings, reckoned': {
      value: 1 / (2 / stretched.per_second + 1 / apart),
      unit: '/s',
    },
    'p95 of one filing': { value: mean(filings.map(({ p95_ms }) => p95_ms)), unit: 'ms' },
    'rows of one filing': { value: rows, unit: `rows in ${tables.length} tables` },
    'tracking pages a second, both plain': pagesASecond(asItIs.pages, asItIs.bare, 'bare pages'),
    'both packed, as a phone gets hers': pagesASecond(packed.pages, packed.bare, 'bare pages, packed'),
    'hers packed, the bare one plain': pagesASecond(packed.pages, asItIs.bare, 'bare pages'),
    ...Object.fromEntries(
      Object.entries({ plain: asItIs, packed }).flatMap(([way, { pages, bare: other }]) => [
        ...WHO.map((who) => [
          `processor of one tracking page, ${way}: ${who}`,
          { value: pages.each_ms[who], unit: 'ms', beside: other.each_ms[who], of: 'ms of a bare page' },
        ]),
        [
          `pages from a second of processor time, ${way}`,
          { value: 1000 / all(pages), unit: '', beside: 1000 / all(other), of: 'bare pages', asked: { share: 0.2 } },
        ],
      ]),
    ),
    'p95 of one tracking page': { value: packed.pages.p95_ms, unit: 'ms' },
    'complaints there before': { value: BEFORE, unit: 'cases' },
  });
} finally {
  child?.kill();
  await sql.end();
  await house.discard();
}
