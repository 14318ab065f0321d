// What an officer's list costs while the state's files grow: the desk, the page of a file and the search, at ten thousand, a hundred thousand and
// a million files, ten thousand of them at one post, in two clocks of each of which something has come up to the officer in charge.
// `npm run bench:desk [thousands of files]`. Next to each figure stands what one look at one
// row by its key needs in the same run; every plan is looked at: no list may read the whole table.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import { sql as q } from 'kysely';
import pg from 'pg';
import { deskCounts, deskForm, deskOf, lookUp, placeOnDesk, readFile, search, searchForm } from '#casework';
import { attentionCount, attentionOf } from '#deadlines';
import { type Actor, act, house, type Reading, read } from '#foundation';
import { seedPractice } from '#posts';
import { actorOf, sandboxSignIn } from '#signin';
import { openHouse } from '../server/open-house.ts';
import { writeMany } from '../test/many-files.ts';
import { type Figure, keep } from './report.ts';

const MOST = Number(process.argv[2] ?? 1000) * 1000;
const SIZES = [10_000, 100_000, 1_000_000].filter((size) => size <= MOST);
const AT_ONE_POST = 10_000;
const LOOKS = 15;
const TARGET_MS = 250;
const AT_ONCE = 50_000;

type Took = { median: number; most: number };
async function each(work: () => Promise<unknown>): Promise<Took> {
  const took: number[] = [];
  for (let n = 0; n < LOOKS + 3; n++) {
    const started = performance.now();
    await work();
    // the first ones warm the plans
    if (n >= 3) took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  return { median: took[Math.floor(took.length / 2)] ?? 0, most: took.at(-1) ?? 0 };
}
const ms = (n: number) => Number(n.toFixed(1));

const folder = mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: folder, origin: 'http://localhost' },
  { work: false },
);
const sql = new pg.Client(open.owner);
sql.on('error', () => undefined);

const officer = async (who: string): Promise<Actor> => {
  const actor = await actorOf((await sandboxSignIn(who)).token);
  if (actor?.kind !== 'officer') throw new Error(`no officer ${who}`);
  return actor;
};

const SLOW_TO_KEEP = [
  'casework.line_facets',
  'casework.line_path',
  'casework.line_signed_path',
  'casework.file_desk_path',
];

/**
 * So many files more, on these desks, without triggers: files and lines, and one hashed name each; clocks and stays are not read by a list.
 * Indexes that are slow to keep are built again at the end.
 */
async function fill(from: number, many: number, desks: readonly string[], now: string): Promise<void> {
  await sql.query(
    'set session_replication_role = replica; set synchronous_commit = off; set search_path = ext, public',
  );
  const { rows: indexes } = await sql.query<{ name: string; made: string }>(
    `select format('%I.%I', schemaname, indexname) as name, indexdef as made from pg_indexes where format('%s.%s', schemaname, indexname) = any ($1)`,
    [SLOW_TO_KEEP],
  );
  for (const { name } of indexes) await sql.query(`drop index ${name}`);
  for (let at = 0; at < many; at += AT_ONCE) {
    const part = { from: from + at, many: Math.min(AT_ONCE, many - at), desks, now };
    await writeMany(sql, { ...part, bare: true });
    const numbers = [part.from, part.many];
    await sql.query(
      `insert into casework.line select f.id, f.number, f.desk_post, f.desk_path, f.state, f.submitted_at, f.desk_since, f.child, d.at,
         (d.at at time zone 'Asia/Kolkata')::date, d.rule, case when d.at is not null then 'law' end,
         case when i % 20 = 0 and f.state = 'investigating' then 'fsl-awaited' end, f.fir_number, f.fir_year, f.register_serial, f.register_year,
         array['category:' || f.categories[1], 'place:' || (f.happened ->> 'place_type'), 'state:' || f.state, 'unit:' || f.station_path::text,
           'unit:' || subpath(f.station_path, 0, 3)::text] || case when f.fir_number is null then '{}' else array['act:BNS', 'section:BNS ' || (f.sections -> 0 ->> 'section')] end
       from generate_series($1::bigint, $1::bigint + $2::bigint - 1) i join casework.file f on f.id = ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,
         lateral (select casework.shown_clock(f.state, r.rule) as n, r.rule, f.submitted_at + r.days * interval '1 day' as at
           from (values ('efir_sign', 3), ('investigation_two_months', 61), (null, null)) r (rule, days)
           where r.rule is null or casework.shown_clock(f.state, r.rule) is not null order by n limit 1) d`,
      numbers,
    );
    await sql.query(
      `insert into sealed.name_token select substring(sha256(convert_to('name ' || (hashint8(n * 11) & 511), 'UTF8')) for 16),
         ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 0 from generate_series($1::bigint, $1::bigint + $2::bigint - 1) n`,
      numbers,
    );
  }
  for (const { made } of indexes) await sql.query(made);
  await sql.query('set session_replication_role = origin; reset search_path');
}

/** Two clocks of each file that lies now have raised something to this post, three times each, and nobody has answered. */
const raise = (to: string) =>
  sql.query(
    `insert into deadlines.attention (id, file, deadline, rule, stage, at, due_at, to_post, to_path, reason, raised_at)
     select gen_random_uuid(), f.id, c.id, c.rule, 'T+' || (7 * n), f.submitted_at + 7 * n * interval '1 day', f.submitted_at, p.id, p.path, 'breach', f.submitted_at
     from casework.file f join posts.post p on p.id = $1 cross join lateral (select gen_random_uuid() as id, rule from (values ('efir_sign'), ('investigation_two_months')) r (rule)
       where f.id is not null offset 0) c cross join generate_series(1, 3) n`,
    [to],
  );
/** Files that lie with a vacant post, as the sweep asks for them every minute. */
const stranded = (r: Reading) => q`select * from casework.stranded(${r.now})`.execute(r.db);

const desk = (asked: Record<string, unknown>) => (r: Reading) => deskOf(r, deskForm.parse(asked));
const find = (asked: Record<string, unknown>) => (r: Reading) => search(r, searchForm.parse(asked));

type Row = { who: string; what: string; work: (r: Reading) => Promise<unknown> };
/** Everything that is measured; `number`: a file of the big desk, `after`: a mark in the middle of it. */
const rows = (number: string, after: string): Row[] => [
  { who: 'khan', what: 'desk, first page', work: desk({}) },
  { who: 'khan', what: 'desk, a page in the middle', work: desk({ after }) },
  { who: 'khan', what: 'desk, by limit, one category', work: desk({ sort: 'due', category: 'stalking' }) },
  { who: 'khan', what: 'what the frame counts', work: deskCounts },
  { who: 'khan', what: 'place of a file on the desk', work: (r) => placeOnDesk(r, number) },
  { who: 'khan', what: 'the page of a file', work: (r) => readFile(r, number) },
  { who: 'verma', what: 'desk of the officer in charge', work: desk({}) },
  { who: 'verma', what: 'what has come up: the number beside the menu', work: (r) => attentionCount(r) },
  { who: 'verma', what: 'what has come up: the first fifty', work: (r) => attentionOf(r, { after: 0, most: 50 }) },
  { who: 'house', what: 'the sweep’s look for files at vacant desks', work: stranded },
  { who: 'khan', what: 'search: complaint number', work: find({ q: number }) },
  { who: 'khan', what: 'search: FIR number', work: find({ fir: '77/2026' }) },
  { who: 'khan', what: 'search: a word', work: find({ q: 'peecha' }) },
  {
    who: 'verma',
    what: 'search at the station: section and place',
    work: find({ section: 'BNS 74', place: 'school' }),
  },
  { who: 'state', what: 'search in the state: a word', work: find({ q: 'peecha' }) },
  { who: 'state', what: 'search in the state: FIR number', work: find({ fir: '77/2026' }) },
  { who: 'state', what: 'search in the state: what is nowhere', work: find({ q: 'तेजाब बरी' }) },
];

const tables: Record<string, Record<string, string>> = {};
const measured: Record<string, Figure> = {};
const slow: string[] = [];

async function measure(size: number): Promise<void> {
  for (const name of ['casework.file', 'casework.line', 'sealed.name_token', 'deadlines.attention'])
    await sql.query(`vacuum analyze ${name}`);
  const actors = new Map<string, Actor>([['house', house()]]);
  for (const who of ['khan', 'verma', 'state']) actors.set(who, await officer(who));
  const khan = actors.get('khan') as Actor;
  let after = '';
  for (let n = 0; n < 40; n++) {
    const part = await read(khan, 'bench.desk', desk({ limit: 200, ...(after ? { after } : {}) }));
    if (!part.older) break;
    after = part.older;
  }
  const first = await read(khan, 'bench.desk', desk({}));
  const number = first.rows[5]?.number ?? '';
  const column = size.toLocaleString('en');
  const note = (what: string, took: Took) => {
    tables[what] = { ...tables[what], [column]: `${ms(took.median)} (${ms(took.most)})` };
    measured[`${what}, ${column}`] = { value: took.median, unit: 'ms', asked: { most: TARGET_MS } };
    if (took.median >= TARGET_MS) slow.push(`${what} at ${column}: ${ms(took.median)} ms`);
  };
  for (const { who, what, work } of rows(number, after))
    note(what, await each(() => read(actors.get(who) as Actor, 'bench.look', work)));
  // each look-up is written down; thirty an hour is the limit, so the marks are taken away again
  note(
    'look-up by a name',
    await each(async () => {
      await sql.query('delete from casework.look_up');
      await act(khan, 'casework.look-up', (a) =>
        lookUp(a, { by: 'accused-name', value: 'Ramesh Yadav', reason: 'order' }),
      );
    }),
  );
  note(
    'one row by its key, for comparison',
    await each(() => sql.query('select * from casework.line where number = $1', [number])),
  );
}

// the nodes of a plan that read a whole table of files
type Node = { 'Node Type': string; 'Relation Name'?: string; Plans?: Node[] };
const whole = (node: Node): string[] => [
  ...(node['Node Type'] === 'Seq Scan' && ['line', 'file', 'deadline'].includes(node['Relation Name'] ?? '')
    ? [node['Relation Name'] ?? '']
    : []),
  ...(node.Plans ?? []).flatMap(whole),
];

/** The plans of the statements as the server runs them, by the database's own log of plans. */
async function plans(): Promise<string[]> {
  const found: string[] = [];
  const heard = (notice: { message: string | undefined }) => {
    const json = /plan:\s*(\{[\s\S]*\})\s*$/.exec(notice.message ?? '')?.[1];
    if (json) found.push(...whole((JSON.parse(json) as { Plan: Node }).Plan));
  };
  const { rows: session } = await sql.query<{ id: string }>('select id from posts.post limit 1');
  if (session.length === 0) throw new Error('no posts');
  sql.on('notice', heard);
  await sql.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_format = 'json';
    set auto_explain.log_nested_statements = on; set client_min_messages = log`);
  const khan = await officer('khan');
  for (const text of [
    `select * from casework.line where post = any (array(select casework.my_desks())) and state = any ('{investigating,signed}')`,
    `select * from casework.line where post = any (array(select casework.my_desks())) order by due_at, number limit 50`,
    `select * from casework.find_lines(null, '77', 2026, null, null, null, null, null, '[]', null, null, 51)`,
    `select * from casework.find_lines(null, null, null, null, null, null, null, null, '[["category:stalking"]]', null, null, 51)`,
    `select * from sealed.name_token where token = '\\x00000000000000000000000000000000'`,
  ]) {
    await sql.query('begin');
    await sql.query('select foundation.enter($1, $2, $3)', [khan.secret, 'itsso_officer', 'bench']);
    await sql.query(text);
    await sql.query('rollback');
  }
  await sql.query('set client_min_messages = notice');
  return found;
}

try {
  const [one = 0] = os.loadavg();
  console.log(`${os.cpus().length} cores, load ${one.toFixed(1)}`);
  await sql.connect();
  await act(house(), 'posts.seed', (h) => seedPractice(h));
  const now = (await sql.query<{ now: string }>('select foundation.now()::text as now')).rows[0]?.now ?? '';
  const { rows: all } = await sql.query<{ id: string }>(
    `select id from posts.post where kind in ('io', 'sho', 'help-desk') and closed_on is null order by id`,
  );
  const khan = await officer('khan');
  if (khan.kind !== 'officer') throw new Error('no officer');
  const others = all.map(({ id }) => id).filter((id) => id !== khan.post);
  await fill(1, AT_ONE_POST, [khan.post], now);
  const verma = await officer('verma');
  if (verma.kind !== 'officer') throw new Error('no officer');
  await raise(verma.post);
  let filled = AT_ONE_POST;
  for (const size of SIZES) {
    const started = performance.now();
    if (size > filled) await fill(filled + 1, size - filled, others, now);
    filled = Math.max(filled, size);
    console.log(`${size.toLocaleString('en')} files, filled in ${ms((performance.now() - started) / 1000)} s`);
    await measure(size);
  }
  console.log(`\nMilliseconds, median (most) of ${LOOKS}; ${AT_ONE_POST.toLocaleString('en')} files at one post`);
  console.table(tables);
  const scans = filled > AT_ONE_POST * 2 ? await plans() : [];
  console.log(scans.length === 0 ? '✓ no plan reads a whole table' : `✗ read whole: ${scans.join(', ')}`);
  console.log(slow.length === 0 ? `✓ all under ${TARGET_MS} ms` : `✗ ${slow.join('; ')}`);
  keep('desk', {
    ...measured,
    'plans that read a whole table': { value: scans.length, unit: 'plans', asked: { most: 0 } },
  });
  if (scans.length + slow.length > 0) process.exitCode = 1;
  console.log(`load ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end`);
} finally {
  await sql.end();
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
