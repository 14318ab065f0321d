// What a page of figures costs while the nation's cases grow, next to counting them plainly: `npm run bench:oversight [thousands of cases]`.
// Units of a country down to the stations, six years of cases told set-based as an import tells them, rolled up; then every view a hundred
// times, a plain group-by, what one told case costs its writer, how soon an event shows, and a recount against the cells.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import pg from 'pg';
import { type Actor, act, house, type Reading, read } from '#foundation';
import { rollUp, verify, watchForm, watchPage } from '#oversight';
import { seedPractice } from '#posts';
import { actorOf, sandboxSignIn } from '#signin';
import { openHouse } from '../server/open-house.ts';
import { buildCountry, tellMany } from '../test/many-cases.ts';

const MOST = Number(process.argv[2] ?? 200) * 1000;
const SIZES = [50_000, 200_000, 1_000_000, 5_000_000].filter((size) => size <= MOST);
const CHUNK = 50_000;
const LOOKS = 60;
const TARGET_MS = 50;

const folder = mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: folder, origin: 'http://localhost' },
  { work: false },
);
const sql = new pg.Client(open.owner);
sql.on('error', () => undefined);
const print = (...row: (string | number)[]) => process.stdout.write(`| ${row.join(' | ')} |\n`);
const ms = (n: number) => Number(n.toFixed(1));
const officer = async (who: string): Promise<Actor> => {
  const actor = await actorOf((await sandboxSignIn(who)).token);
  if (!actor) throw new Error(`no officer ${who}`);
  return actor;
};
async function each(times: number, work: () => Promise<unknown>): Promise<{ median: number; p95: number }> {
  const took: number[] = [];
  for (let n = 0; n < times + 3; n++) {
    const started = performance.now();
    await work();
    // the first ones warm the plans
    if (n >= 3) took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  return { median: ms(took[Math.floor(took.length / 2)] ?? 0), p95: ms(took[Math.floor(took.length * 0.95)] ?? 0) };
}

try {
  await sql.connect();
  await act(house(), 'posts.seed', (a) => seedPractice(a));
  await sql.query(`set search_path = ext, public; set synchronous_commit = off`);
  await sql.query(`insert into foundation.clock (ahead_us) values (0) on conflict do nothing`);
  const stations = await buildCountry(sql, 20, 5, 5);
  const today = (await read(house(), 'bench.now', async (r) => r.now)).toZonedDateTimeISO('Asia/Kolkata').toPlainDate();
  const national = await officer('national');
  const views: [string, string, Record<string, string>][] = [
    ['nation, all time', 'in', {}],
    ['nation, one year', 'in', { from: today.subtract({ years: 1 }).with({ day: 1 }).toString() }],
    ['nation, POCSO', 'in', { group: 'pocso' }],
    ['state', 'in.up', {}],
    ['commissionerate', 'in.up.kanpur_nagar', {}],
    ['station', 'in.up.kanpur_nagar.west.circle_12.kalyanpur', {}],
  ];
  process.stdout.write(`${stations} stations\n`);
  let told = 0;
  let worst = 0;
  for (const size of SIZES) {
    const started = performance.now();
    for (; told < size; told += CHUNK) {
      await tellMany(sql, told + 1, CHUNK, today.toString());
      await rollUp();
    }
    process.stdout.write(
      `\n${size} cases told and rolled up in ${Math.round((performance.now() - started) / 1000)} s\n`,
    );
    await sql.query('vacuum analyze published.cell');
    await sql.query('vacuum analyze published.case_fact');
    print('view', 'median ms', 'p95 ms');
    for (const [name, unit, more] of views) {
      const look = (r: Reading) => watchPage(r, watchForm.parse({ unit, ...more }));
      const took = await each(LOOKS, () => read(national, 'oversight.watch', look, { as: 'watch' }));
      worst = Math.max(worst, took.p95);
      print(name, took.median, took.p95);
    }
    const plain = await each(3, () =>
      sql.query(
        `select subpath(unit, 0, 2), basis, count(*), count(*) filter (where first_on <= due_on), count(*) filter (where forwarded_on is null and due_on < $1),
           percentile_disc(0.5) within group (order by forwarded_on - recorded_on) from published.case_fact group by 1, 2`,
        [today.toString()],
      ),
    );
    print('plain group-by of the nation by state (one of the nine questions of that page)', plain.median, plain.p95);
  }
  // what telling costs whoever writes: the same rows into the same table with its triggers and without
  const write = async (off: boolean, from: number) => {
    await sql.query(`alter table published.case_fact ${off ? 'disable' : 'enable'} trigger user`);
    let at = from;
    return each(40, () => {
      at += 50;
      return tellMany(sql, at, 50, today.toString());
    });
  };
  const bare = await write(true, 900_000_000);
  const kept = await write(false, 910_000_000);
  print(
    '50 cases written without, with the delta row',
    `${bare.median}, ${kept.median}`,
    `× ${(kept.median / bare.median).toFixed(2)}`,
  );
  await rollUp();
  await sql.query(
    `delete from published.case_fact where case_key like '%/N9%' and split_part(case_key, '/N', 2)::bigint >= 900000000`,
  );
  await rollUp();
  const fresh = await each(20, async () => {
    await tellMany(sql, 920_000_000 + Math.trunc(performance.now() * 100), 1, today.toString());
    await rollUp();
  });
  print('one event rolled up (and at most 2 s until the round comes)', fresh.median, fresh.p95);
  const from = performance.now();
  const differ = (await verify()).filter(({ detail }) => !detail.includes('900000000'));
  print(
    'a recount from all facts, compared',
    `${Math.round(performance.now() - from)} ms`,
    `${differ.length} differences`,
  );
  process.stdout.write(`\nworst p95 ${worst} ms, target ${TARGET_MS} ms\n`);
  process.exitCode = worst < TARGET_MS ? 0 : 1;
} finally {
  await sql.end();
  await open.close();
  rmSync(folder, { recursive: true, force: true });
}
