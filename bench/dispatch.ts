// Rapid response under load, through HTTP: positions a second at a steady rate while alarms arrive, how long from the press until all its
// orders are on the disk; then as many positions as go. Beside it the same search by the grid alone, by plain SQL, by Redis and by PostGIS.
// `npm run bench:dispatch -- vehicles=50000 seconds=12 alarms=100 rate=20000`
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { emptyGrid } from '../src/server/sos/grid.ts';
import type { Asked, Sent, Word } from './fleet-sender.ts';
import { byPostgis, byRedis, type Measured } from './neighbours.ts';
import { processorOf } from './processor.ts';
import { type Figure, keep } from './report.ts';

const asked = Object.fromEntries(process.argv.slice(2).map((one) => one.split('=')));
const VEHICLES = Number(asked.vehicles ?? 50_000);
const SECONDS = Number(asked.seconds ?? 12);
const ALARMS = Number(asked.alarms ?? 100);
const RATE = Number(asked.rate ?? 20_000);
const STORM = 500;
const SEARCHES = 400;
const MOST = 3;
const BATCH = 500;
const PORT = Number(asked.port ?? 18_900 + (process.pid % 1000));
const ROOT = path.resolve(import.meta.dirname, '..');
const data = mkdtempSync('/tmp/itsso-bench-');
chmodSync(data, 0o755);

const at = (sorted: number[], part: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
const at99 = (ms: readonly number[]): number =>
  ms.toSorted((a, b) => a - b)[Math.floor(ms.length * 0.99)] ?? Number.NaN;
const line = (name: string, ms: number[]) => {
  const sorted = ms.toSorted((a, b) => a - b);
  console.log(
    `${name.padEnd(44)} n ${String(ms.length).padStart(6)}  median ${at(sorted, 0.5)} ms  p99 ${at(sorted, 0.99)} ms  max ${at(sorted, 1)} ms`,
  );
};

const child = spawn(process.execPath, ['server/main.ts'], {
  cwd: ROOT,
  env: {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(PORT),
    ITSSO_DATA: data,
    ITSSO_SEED: 'units',
    ITSSO_LOG: 'silent',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
// whatever ends this program ends the server too
process.on('exit', () => child.kill('SIGTERM'));
let said = '';
child.stdout.on('data', (part) => (said += part));
for (let n = 0; n < 600; n++) {
  if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${said}`);
  const ready = await fetch(`http://127.0.0.1:${PORT}/health/ready`).then(
    (r) => r.status === 200,
    () => false,
  );
  // it says where its database lies a moment after it is ready
  if (ready && said.includes('/api/v1/openapi.json')) break;
  await new Promise((go) => setTimeout(go, 500));
}
const folder = /database lies in ([^,]+),/.exec(said)?.[1] ?? path.join(data, 'db');
const { readFileSync, readdirSync } = await import('node:fs');
const socket = readdirSync(folder).includes('postmaster.pid')
  ? readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n')
  : [];
const owner = new pg.Client({
  host: socket[4] || '127.0.0.1',
  port: Number(socket[3] ?? 5432),
  user: 'postgres',
  database: 'itsso',
});
await owner.connect();
const { rows } = await owner.query<{ id: string }>(
  `with s as (select id, path, row_number() over (order by path) n, count(*) over () as of from posts.unit where level = 'station'),
   made as (insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
     select gen_random_uuid(), s.id, s.path, 'vehicle', 'g ' || g, 'Vehicle ' || g, '2020-01-01' from generate_series(1, $1::int) g join s on s.n = g % s.of + 1 returning id)
   select id from made`,
  [VEHICLES],
);
const ids = rows.map(({ id }) => id);
await owner.query(
  `insert into posts.tenure (id, post, officer, from_at) select gen_random_uuid(), p, (select id from posts.officer limit 1), '2020-01-01' from unnest($1::uuid[]) p`,
  [ids],
);
const { token } = (await (
  await fetch(`http://127.0.0.1:${PORT}/sandbox/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"id":"fleet"}',
  })
).json()) as { token: string };

const sender = fork(path.join(import.meta.dirname, 'fleet-sender.ts'), { serialization: 'advanced' });
process.on('exit', () => sender.kill());
async function tell<T>(word: Word): Promise<T> {
  sender.send(word);
  const [answer] = await once(sender, 'message');
  return answer as T;
}
await tell({ start: { port: PORT, token, ids, batch: BATCH, most: MOST } });
const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));
// the fleet is read again within ten seconds: until then the new vehicles are strangers. Everybody once, so that everybody is on duty
// before anything is measured.
for (let n = 0; n < 60 && !(await tell<boolean>({ all: true })); n++) await pause(1000);
// the log of all those shifts is placed before anything is measured
for (let n = 0; n < 120; n++) {
  const { rows } = await owner.query<{ n: number }>(
    'select count(*)::int as n from (select from audit.fresh limit 1000) x',
  );
  if ((rows[0]?.n ?? 0) < 1000) break;
  await pause(1000);
}

let seed = 5;
const draw = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const place = () => ({ lat: 26 + draw() * 1.2, lon: 79.8 + draw() * 1.2 });
const processor = processorOf(folder, child.pid);

/** Memory of the server now, in megabytes. */
const memory = (): number =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);

type Load = Sent & { spent: number; rss: number };
async function load(asked: Asked): Promise<Load> {
  const spent = processor();
  const sent = await tell<Sent>({ load: asked });
  return { ...sent, spent: processor() - spent, rss: memory() };
}
// every order ends, and the house is told as it would be by whoever ends one
const over = () =>
  owner.query(`begin; update sos.alert set state = 'closed', closed_at = foundation.now(), outcome = 'not-found' where state = 'open';
    with freed as (update sos.call_out set state = 'released', lead = false, ended_at = foundation.now() where ended_at is null returning vehicle)
      select count(pg_notify('itsso', 'fleet-vehicle ' || vehicle)) from freed;
    commit`);
// crews that say yes within a second or two, as the published ones do: alarms that nobody answers would ask for three more each, and soon
// most of the work would be that
const answering = setInterval(() => {
  owner
    .query(
      `update sos.call_out set state = 'accepted', accepted_at = foundation.now() where state = 'ordered' and ended_at is null
         and ordered_at < foundation.now() - interval '1 second'`,
    )
    .catch(() => undefined);
}, 1000);
// A house that has been at work for a while: what is planned and compiled once has been, and its database writes over old pieces of its log
// instead of making new ones.
await load({ seconds: 3, rate: RATE, alarms: ALARMS });
await owner.query('checkpoint');
const calm = memory();
const steady = await load({ seconds: SECONDS, rate: RATE, alarms: ALARMS });
const alarmed = await load({ seconds: Math.ceil(SECONDS / 2), rate: 0, alarms: ALARMS });
const flooded = await load({ seconds: Math.ceil(SECONDS / 2), rate: undefined, alarms: 0 });
clearInterval(answering);

// 500 alarms in one moment in one city, with the whole fleet free: what became of them is asked of the database
await over();
await tell({ all: true });
await pause(11_000);
const { rows: before } = await owner.query<{ at: string }>('select foundation.now()::text as at');
const stormed = await tell<Sent>({ storm: STORM });
// whoever was told to call 112 after two seconds has an alarm all the same
for (let n = 0; n < 100; n++) {
  const { rows: written } = await owner.query<{ n: number }>(
    'select count(*)::int as n from sos.alert where received_at >= $1',
    [before[0]?.at],
  );
  if (written[0]?.n === STORM) break;
  await pause(100);
}
const { rows: ordered } = await owner.query<{ n: number; short: number; twice: number; ms: number }>(
  `select count(*)::int as n, (count(*) filter (where k.n < k.wanted))::int as short,
     (select count(*)::int from (select from sos.call_out where ended_at is null and not drill group by vehicle having count(*) > 1) x) as twice,
     (extract(epoch from max(k.last) - min(k.first)) * 1000)::float8 as ms
   from (select a.wanted, a.received_at as first, count(o.id) as n, max(o.ordered_at) as last from sos.alert a
     left join sos.call_out o on o.alert = a.id and o.ended_at is null where a.received_at >= $1 and not a.drill group by a.id) k`,
  [before[0]?.at],
);
const storm = ordered[0];
await over();

const { rows: spots } = await owner.query<{ id: string; lat: number; lon: number }>(
  'select vehicle as id, lat, lon from sos.position',
);
const places = Array.from({ length: SEARCHES }, place);
const grid = emptyGrid();
for (const spot of spots)
  grid.put({
    ...spot,
    path: '',
    call_sign: '',
    at: 1,
    on_duty: true,
    rests: false,
    held: true,
    alert: null,
    taken_until: 0,
  });
const alone = places.map((from) => {
  const started = performance.now();
  grid.nearest(from, MOST, 15_000, () => true);
  return performance.now() - started;
});
// the naive way: no grid; the distance to every fresh and free vehicle in SQL, over a plain index
const naive: number[] = [];
for (const { lat, lon } of places.slice(0, 20)) {
  const started = performance.now();
  await owner.query(
    `select v.id, 2 * 6371000 * asin(sqrt(power(sin(radians(p.lat - $1) / 2), 2) + cos(radians($1)) * cos(radians(p.lat)) * power(sin(radians(p.lon - $2) / 2), 2))) as m
     from sos.vehicle v join sos.position p on p.vehicle = v.id join sos.shift s on s.vehicle = v.id and s.to_at is null
     where not exists (select from sos.call_out o where o.vehicle = v.id and o.ended_at is null) order by m limit 3`,
    [lat, lon],
  );
  naive.push(performance.now() - started);
}
await owner.end();
sender.kill();
child.kill('SIGTERM');
await new Promise((ended) => child.once('exit', ended));
rmSync(data, { recursive: true, force: true });

console.log(
  `\n${VEHICLES} vehicles, one process, batches of ${BATCH} over HTTP, ${ALARMS} alarms a second, ${RATE} positions a second asked for\n`,
);
console.log(
  `positions taken and on the disk: ${Math.round(steady.fixes / steady.seconds)} a second; asked to come again ${steady.later}; faults ${steady.faults}; alarms with fewer than three: ${steady.short}`,
);
line('a batch of positions, until acknowledged', steady.acks);
line('press, until all orders are on the disk', steady.presses);
console.log(
  `as many positions as go, no alarms: ${Math.round(flooded.fixes / flooded.seconds)} a second; faults ${flooded.faults}`,
);
line('press, no positions coming in', alarmed.presses);
const cores = ({ spent, seconds }: Load) => Math.round(spent / seconds / 10) / 100;
const sending = ({ processor: ms, seconds }: Load) => Math.round(ms / seconds / 10) / 100;
console.log(
  `processor: server and database ${cores(steady)} cores with both, ${cores(alarmed)} with alarms alone, ${cores(flooded)} with positions alone; the sender ${sending(steady)}, ${sending(alarmed)}, ${sending(flooded)}`,
);
console.log(
  `that is ${Math.round((flooded.spent / flooded.fixes) * 1e4) / 10} ms for a thousand positions, ${
    Math.round((alarmed.spent / alarmed.presses.length) * 10) / 10
  } ms for an alarm with its orders`,
);
console.log(
  `memory of the server: ${calm} MB before, ${steady.rss} MB after both, ${alarmed.rss} MB after alarms, ${flooded.rss} MB after the flood`,
);
console.log(
  `${STORM} alarms at once: all answered after ${Math.round(stormed.seconds * 1000)} ms; faults ${stormed.faults}; ordered within ${Math.round(storm?.ms ?? 0)} ms of the first; ${storm?.n} open, with fewer than wanted ${storm?.short}, vehicles with two ${storm?.twice}`,
);
line('press in the storm, until answered', stormed.presses);
console.log('\nthe nearest three alone, nothing else running:');
line('the grid in memory', alone);
line('plain SQL over every free vehicle', naive);
const figures: Record<string, Figure> = {
  'positions a second, taken and on the disk': {
    value: steady.fixes / steady.seconds,
    unit: '/s',
    asked: { least: RATE * 0.99 },
  },
  'press until all orders are on the disk, p99': { value: at99(steady.presses), unit: 'ms', asked: { most: 25 } },
  faults: { value: steady.faults + flooded.faults + stormed.faults, unit: 'requests', asked: { most: 0 } },
  'alarms of the storm with fewer vehicles than wanted': {
    value: storm?.short ?? Number.NaN,
    unit: `of ${STORM}`,
    asked: { most: 0 },
  },
  'vehicles with two orders': { value: storm?.twice ?? Number.NaN, unit: 'vehicles', asked: { most: 0 } },
  'nearest three in memory, p99': { value: at99(alone), unit: 'ms', beside: at99(naive), of: 'ms plain SQL' },
};
const beside = (name: string, measured: Measured) => {
  figures[`${name}, nearest three, p99`] = measured
    ? { value: at99(measured.searches), unit: 'ms', beside: at99(alone), of: 'ms ours' }
    : { value: Number.NaN, unit: 'not installed' };
  if (measured) line(`${name}, ${measured.updates} positions a second`, measured.searches);
  else console.log(`${name.padEnd(44)} not installed`);
};
beside('Redis GEOSEARCH', await byRedis(spots, places, MOST));
beside('PostGIS KNN', await byPostgis(spots, places, MOST));
keep('dispatch', figures);
process.exit(0);
