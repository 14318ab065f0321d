// What the log costs: traces within an act, carrying on, a proof, and checking everything again. `npm run bench:audit`, or with a number of
// entries. Ten millions do not fit into ten minutes: `npm run bench:audit 10000000 in=/var/tmp/log minutes=9` keeps what it has made in that
// folder, goes on from there the next time, and checks when there are enough.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import pg from 'pg';
import { sequence, verifyLog } from '#audit';
import { act, house, nobody } from '#foundation';
import { fileComplaint } from '#casework';
import { complaintForm } from '#intake';
import { seedPractice } from '#posts';
import { actorOf, sandboxSignIn } from '#signin';
import { someComplaint } from '../e2e/complaint.ts';
import { openHouse } from '../server/open-house.ts';
import { type Figure, keep } from './report.ts';

const ENTRIES = Number(process.argv[2] ?? 200_000);
const said = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
const KEPT_IN = said('in');
const FILL_MS = Number(said('minutes') ?? 60) * 60_000;
const ROUNDS = 6;
const EACH = 60;
const MINUTES_FOR = 10_000_000;
/** So many are written as acts write them; the rest as a set. */
const BY_TRACE = 200_000;
const BATCH = 20_000;
const SET = 250_000;

if (KEPT_IN) mkdirSync(KEPT_IN, { recursive: true, mode: 0o755 });
const folder = KEPT_IN ?? mkdtempSync('/tmp/itsso-bench-');
chmodSync(folder, 0o755);
const open = await openHouse(
  { mode: 'sandbox', port: 1, host: '127.0.0.1', data: folder, origin: 'http://localhost' },
  { work: false },
);
const owner = new pg.Client(open.owner);
owner.on('error', () => undefined);
await owner.connect();
const median = (of: number[]): number => of.sort((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0;
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** Every table with its traces on or off. */
async function traces(on: boolean): Promise<void> {
  await owner.query(`do $$ declare t record; begin
    for t in select tgrelid::regclass as what, tgname from pg_trigger where tgfoid = 'audit.trace()'::regprocedure loop
      execute format('alter table %s ${on ? 'enable' : 'disable'} trigger %I', t.what, t.tgname);
    end loop; end $$`);
}

const per = (ms: number, n: number): string => `${((ms / n) * 1000).toFixed(1)} µs each`;
const entries = async (): Promise<number> =>
  (await owner.query<{ n: number }>('select coalesce(max(index) + 1, 0)::int as n from audit.leaf')).rows[0]!.n;

/**
 * Many entries with the traces that the trigger would have left: the same commitments, made by the set, so that a log of ten millions is
 * written in minutes. What is measured, the placing and the checking, is the house's own. The indexes by which auditors read the ledger have
 * no part in either and are left out.
 */
async function fill(until: number): Promise<void> {
  await owner.query("set timezone = 'UTC'");
  await owner.query(
    'drop index if exists foundation.ledger_by_time, foundation.ledger_by_deed, foundation.ledger_post_at_idx, foundation.ledger_subject_at_idx',
  );
  await owner.query('alter table foundation.ledger disable trigger a_trace');
  const started = performance.now();
  let [written, placing, placed] = [0, 0, 0];
  for (let there = await entries(); there < until && performance.now() - started < FILL_MS; there = await entries()) {
    written += await timed(() =>
      owner.query(
        `with written as (
          insert into foundation.ledger (id, at, deed, actor_kind, subject)
          select uuidv7(), clock_timestamp(), 'bench.entry', 'machine', gen_random_uuid() from generate_series(1, $1)
          returning id::text as key, to_jsonb(foundation.ledger.*) as j
        ), salted as (select key, j, gen_random_uuid() as salt from written offset 0)
        insert into audit.fresh (shape, op, key, salt, commitment)
        select (select max(id) from audit.shape where name = 'foundation.ledger'), 'i', key, salt, audit.commitment(salt, 'foundation.ledger', j) from salted`,
        [Math.min(SET, until - there)],
      ),
    );
    placing += await timed(async () => {
      placed += await sequence();
    });
  }
  await owner.query('alter table foundation.ledger enable trigger a_trace');
  if (placed > 0)
    console.log(
      `${placed} rows written as a set, ${per(written, placed)}; placed in the log, hashed and signed, ${per(placing, placed)}`,
    );
}

const figures: Record<string, Figure> = {};

async function whatAnActPays(): Promise<void> {
  await act(house(), 'posts.seed', (h) => seedPractice(h));
  const officer = await actorOf((await sandboxSignIn('verma')).token);
  if (!officer) throw new Error('no officer');
  const empty = () => act(officer, 'bench.do', async () => undefined);
  const filing = () => act(nobody, 'bench.file', (a) => fileComplaint(a, complaintForm.parse(someComplaint())));
  for (let n = 0; n < 40; n++) await empty();
  for (let n = 0; n < 10; n++) await filing();
  const took = {
    empty: { on: [] as number[], off: [] as number[] },
    filing: { on: [] as number[], off: [] as number[] },
  };
  // turn about, so that what else the machine does falls on both
  for (let round = 0; round < ROUNDS; round++)
    for (const way of ['on', 'off'] as const) {
      await traces(way === 'on');
      for (let n = 0; n < EACH; n++) took.empty[way].push(await timed(empty));
      for (let n = 0; n < EACH / 3; n++) took.filing[way].push(await timed(filing));
    }
  await traces(true);
  const [{ rows: leaves }] = [await owner.query<{ n: number }>('select count(*)::int as n from audit.fresh')];
  console.table(
    Object.fromEntries(
      Object.entries(took).map(([name, { on, off }]) => [
        name === 'empty' ? 'an act that does nothing (1 trace)' : 'a filing (all its traces)',
        {
          'without traces, ms': median(off).toFixed(2),
          'with, ms': median(on).toFixed(2),
          'dearer by, ms': (median(on) - median(off)).toFixed(2),
        },
      ]),
    ),
  );
  for (const [name, { on, off }] of Object.entries(took))
    figures[name === 'empty' ? 'an act that does nothing, with its trace' : 'a filing, with all its traces'] = {
      value: median(on),
      unit: 'ms',
      beside: median(off),
      of: 'ms without',
    };
  console.log(`${leaves[0]?.n} traces wait after that.`);
  await sequence();
  const one_by_one = Math.min(ENTRIES, BY_TRACE);
  const insert = await timed(async () => {
    for (let done = 0; done < one_by_one; done += BATCH)
      await owner.query(
        `insert into foundation.ledger (id, at, deed, actor_kind, subject) select uuidv7(), clock_timestamp(), 'bench.entry', 'machine', gen_random_uuid() from generate_series(1, $1)`,
        [Math.min(BATCH, one_by_one - done)],
      );
  });
  console.log(`${one_by_one} rows written with their traces: ${per(insert, one_by_one)}`);
  let added = 0;
  const carried = await timed(async () => {
    added = await sequence();
  });
  figures['leaves placed, hashed and signed'] = { value: (added / carried) * 1000, unit: '/s' };
  console.log(`${added} leaves placed, hashed and signed: ${per(carried, added)}`);
}

async function check(): Promise<void> {
  await owner.query('vacuum analyze');
  const { size, faults, took_ms } = await verifyLog();
  // rows whose traces were switched off above are found: that is as it should be
  const kinds = new Map<string, number>();
  for (const { what } of faults) kinds.set(what, (kinds.get(what) ?? 0) + 1);
  figures['entries checked'] = { value: (size / took_ms) * 1000, unit: '/s' };
  const { rss } = process.memoryUsage();
  console.log(
    `${size} entries checked in ${(took_ms / 1000).toFixed(1)} s, ${per(took_ms, size)}; ${MINUTES_FOR} at this speed: ${(((MINUTES_FOR / size) * took_ms) / 60_000).toFixed(1)} min; ${(rss / 2 ** 20).toFixed(0)} MB in the program`,
    Object.fromEntries(kinds),
  );
}

try {
  if (!KEPT_IN) await whatAnActPays();
  if (ENTRIES > BY_TRACE || KEPT_IN) await fill(ENTRIES);
  if ((!KEPT_IN || (await entries()) >= ENTRIES) && said('check') !== 'no') await check();
  else console.log(`${await entries()} of ${ENTRIES} are there; the same again goes on.`);
  keep('audit', figures);
} finally {
  await owner.end();
  await open.close();
  if (!KEPT_IN) rmSync(folder, { recursive: true, force: true });
}
