// What the sweep costs: with nothing due, and when a hundred thousand fall due at once. `npm run bench:deadlines [thousands of clocks]`.
// Next to each figure stands what plain SQL needs for the same in the same run: machines differ and are noisy, ratios less so.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import pg from 'pg';
import { attentionOf, sweep } from '#deadlines';
import { act, house, read } from '#foundation';
import { seedPractice } from '#posts';
import { actorOf, sandboxSignIn } from '#signin';
import { openHouse } from '../server/open-house.ts';
import { takeRound } from '../src/server/foundation/act.ts';
import { type Figure, keep } from './report.ts';

const MOST = Number(process.argv[2] ?? 2000) * 1000;
const SIZES = [10_000, 100_000, 1_000_000, 2_000_000].filter((size) => size <= MOST);
const AT_ONCE = 100_000;
const LOOKS = 25;

type Took = { median: number; most: number };
const summed = (took: number[]): Took => {
  took.sort((a, b) => a - b);
  return { median: took[Math.floor(took.length / 2)] ?? 0, most: took.at(-1) ?? 0 };
};
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
async function each(times: number, work: () => Promise<unknown>): Promise<Took> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) took.push(await timed(work));
  return summed(took);
}
const ms = (n: number) => Number(n.toFixed(2));
const round = () => takeRound(house(), 'bench.sweep', (h) => sweep(h));

const folder = mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: folder, origin: 'http://localhost' },
  { work: false },
);
const sql = new pg.Client(open.owner);
sql.on('error', () => undefined);

let files = 1_700_000_000_000;
/** An id of version 7, as the application makes them: by time, then by chance. */
const ordered = (milliseconds: string) =>
  `overlay(gen_random_uuid()::text placing overlay(lpad(to_hex((${milliseconds})::bigint), 12, '0') placing '-' from 9 for 0) || '-7' from 1 for 15)::uuid`;

/** So many clocks more: three a file, on the desks of all who investigate, each with its next rung `days` or more ahead. */
async function fill(many: number, of: { n: string; days: string }): Promise<void> {
  files += many;
  await sql.query(
    `with desk as (select array_agg(id order by id) as ids from posts.post where kind in ('io', 'sho') and closed_on is null),
      file as materialized (select ${ordered('$2::bigint + f')} as id, f from generate_series(1, $1::int / 3 + 1) f),
      placed as (insert into deadlines.desk (file, post) select id, ids[1 + f % array_length(ids, 1)] from file, desk),
      clock as materialized (
        select ${ordered('$2::bigint + f')} as id, file.id as file, c.rule, started_at, (foundation.now() at time zone 'Asia/Kolkata')::date + due as due_on, n
        from file cross join (values ('investigation_two_months', 0), ('progress_90d', 1), ('scst_60d', 2)) c (rule, k)
        cross join lateral (select ${of.n} as n, ${of.days} as days) r
        cross join lateral (select days - g.step as due from deadlines.rung g where g.ladder = 'months' and g.n = r.n) d
        cross join lateral (select foundation.now() - interval '60 days' as started_at) s
        limit $1),
      written as (
        insert into deadlines.deadline (id, file, rule, kind, basis, authority, responsible, hers, ladder, started_at, due_at, due_on, stops_on, steps)
        select id, file, rule, 'law', 'express', 'BNSS 193(2)', 'police', true, 'months', started_at,
          ((due_on + 1)::timestamp at time zone 'Asia/Kolkata') - interval '1 millisecond', due_on, 'report-forwarded', '[]' from clock)
    insert into deadlines.wake (deadline, file, ladder, started_at, due_on, n, at)
    select c.id, file, 'months', started_at, due_on, c.n, deadlines.rung_at('days', g.step, started_at, due_on)
    from clock c join deadlines.rung g on g.ladder = 'months' and g.n = c.n`,
    [many, files],
  );
}

async function nothingDue(): Promise<void> {
  const table: Record<string, object> = {};
  let filled = 0;
  for (const size of SIZES) {
    await fill(size - filled, { n: '(f + k) % 7', days: '2 + (f * 7 + k) % 300' });
    filled = size;
    for (const name of ['deadline', 'wake', 'desk']) await sql.query(`vacuum analyze deadlines.${name}`);
    await each(5, round);
    const swept = await each(LOOKS, round);
    const bare = await each(LOOKS, () =>
      sql.query('select at from deadlines.wake where at <= (select foundation.now()) order by at limit 1'),
    );
    table[size.toLocaleString('en')] = {
      'sweep, median ms': ms(swept.median),
      'most ms': ms(swept.most),
      'plain query, median ms': ms(bare.median),
      times: ms(swept.median / bare.median),
    };
    measured[`a round with nothing due among ${size.toLocaleString('en')}`] = {
      value: swept.median,
      unit: 'ms',
      beside: bare.median,
      of: 'ms one query',
      asked: { most: 20 },
    };
    if (size === SIZES.at(-1)) said.push([`nothing due among ${size.toLocaleString('en')}`, swept.median, 20, 'ms']);
  }
  console.log('\nNothing due: one round of the sweep (transaction, rights and all) beside one indexed query');
  console.table(table);
}

const measured: Record<string, Figure> = {};
const said: [what: string, found: number, target: number, unit: string][] = [];
const count = async (table: string): Promise<number> =>
  Number((await sql.query<{ n: string }>(`select count(*) as n from deadlines.${table}`)).rows[0]?.n);

async function allAtOnce(): Promise<void> {
  // in the night half of them come to a week before (the desk hears), half to three days before (the post above too)
  await fill(AT_ONCE, { n: '2 + f % 2', days: '1' });
  for (const name of ['deadline', 'wake', 'desk']) await sql.query(`vacuum analyze deadlines.${name}`);
  const officer = await actorOf((await sandboxSignIn('verma')).token);
  if (!officer) throw new Error('no officer');
  const look = () => read(officer, 'bench.look', attentionOf);
  const calm = await each(LOOKS, look);
  // sandbox only: tomorrow at once, without the rounds on the way
  await sql.query(`insert into foundation.clock (ahead_us) values (86400e6) on conflict do nothing`);
  await sql.query('update foundation.clock set ahead_us = 86400e6');
  const looks: number[] = [];
  const going = { on: true };
  const looking = (async () => {
    while (going.on) {
      looks.push(await timed(look));
      await new Promise((go) => setTimeout(go, 50));
    }
  })();
  const stages_before = await count('stage');
  const took = await timed(async () => {
    while (await round());
  });
  going.on = false;
  await looking;
  const [stages, attentions] = [(await count('stage')) - stages_before, await count('attention')];
  // the least that can be asked of a database: the same rows into tables without an index
  await sql.query('create temp table s (like deadlines.stage); create temp table t (like deadlines.attention)');
  const bare = await timed(async () => {
    await sql.query('insert into s select * from deadlines.stage');
    await sql.query('insert into t select * from deadlines.attention');
  });
  const indexed = await timed(async () => {
    await sql.query('create table deadlines.bench_s (like deadlines.stage including indexes)');
    await sql.query('create table deadlines.bench_t (like deadlines.attention including indexes)');
    await sql.query('insert into deadlines.bench_s select * from deadlines.stage');
    await sql.query('insert into deadlines.bench_t select * from deadlines.attention');
  });
  await sql.query('drop table deadlines.bench_s, deadlines.bench_t');
  const during = summed(looks);
  const idle = await each(LOOKS, round);
  console.log(
    `\n${stages.toLocaleString('en')} rungs due at once, ${attentions.toLocaleString('en')} lines of attention`,
  );
  console.table({
    'raised, s': ms(took / 1000),
    'rungs a second': Math.round(stages / (took / 1000)),
    'the same rows into bare tables, s': ms(bare / 1000),
    'times that': ms(took / bare),
    'the same rows into indexed tables, s': ms(indexed / 1000),
    'times the indexed': ms(took / indexed),
    'an officer’s attention before, median ms': ms(calm.median),
    'while it runs, median ms': ms(during.median),
    'while it runs, most ms': ms(during.most),
    'looks while it ran': looks.length,
    'a round afterwards with nothing due, median ms': ms(idle.median),
    'a round afterwards, most ms': ms(idle.most),
  });
  measured[`${stages.toLocaleString('en')} raised at once`] = {
    value: took / 1000,
    unit: 's',
    beside: bare / 1000,
    of: 's bare inserts',
    asked: { most: 10 },
  };
  said.push([`${stages.toLocaleString('en')} raised`, took / 1000, 10, 's']);
  said.push(['nothing due afterwards, nothing vacuumed', idle.median, 20, 'ms']);
}

try {
  const [one = 0, five = 0] = os.loadavg();
  console.log(`${os.cpus().length} cores, load ${one.toFixed(1)} now, ${five.toFixed(1)} over five minutes`);
  await sql.connect();
  await act(house(), 'posts.seed', (h) => seedPractice(h));
  await nothingDue();
  await allAtOnce();
  console.log(`load ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end`);
  for (const [what, found, target, unit] of said)
    console.log(`${found < target ? '✓' : '✗'} ${what}: ${ms(found)} ${unit} (target < ${target} ${unit})`);
  keep('deadlines', measured);
} finally {
  await sql.end();
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
