// Rapid response under load: positions a second, and how long from the press until all its orders are on the disk, through HTTP; next to the
// naive way, the nearest by a plain query. `npm run bench:dispatch -- vehicles=50000 seconds=15 alarms=20`
import { spawn } from 'node:child_process';
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import pg from 'pg';

const asked = Object.fromEntries(process.argv.slice(2).map((one) => one.split('=')));
const VEHICLES = Number(asked.vehicles ?? 50_000);
const SECONDS = Number(asked.seconds ?? 15);
const ALARMS = Number(asked.alarms ?? 20);
const BATCH = 500;
const PORT = Number(asked.port ?? 18_900);
const ROOT = path.resolve(import.meta.dirname, '..');
const data = mkdtempSync('/tmp/itsso-bench-');
chmodSync(data, 0o755);

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
function post(at: string, body: unknown, token?: string): Promise<{ status: number; ms: number; text: string }> {
  const started = performance.now();
  const text = JSON.stringify(body);
  return new Promise((done, failed) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port: PORT,
        path: at,
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
      },
      (answer) => {
        let heard = '';
        answer.on('data', (part) => (heard += part));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, ms: performance.now() - started, text: heard }));
      },
    );
    request.on('error', failed);
    request.end(text);
  });
}
const at = (sorted: number[], part: number) =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) * 10) / 10;
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
let said = '';
child.stdout.on('data', (part) => (said += part));
for (let n = 0; n < 600; n++) {
  const ready = await fetch(`http://127.0.0.1:${PORT}/health/ready`).then(
    (r) => r.status === 200,
    () => false,
  );
  if (ready) break;
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
const token = JSON.parse((await post('/sandbox/sign-in', { id: 'fleet' })).text).token as string;
// the fleet is read again within ten seconds
await new Promise((go) => setTimeout(go, 12_000));

let seed = 11;
const draw = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const place = () => ({ lat: 26 + draw() * 1.2, lon: 79.8 + draw() * 1.2 });
let next = 0;
const batch = () => {
  const now = new Date().toISOString();
  return {
    fixes: Array.from({ length: BATCH }, () => ({
      vehicle: ids[next++ % ids.length],
      ...place(),
      at: now,
      speed_kmh: 20,
    })),
  };
};
// everybody twice, so that everybody is known and on duty before anything is measured
for (const round of [1, 2]) {
  for (let n = 0; n < ids.length; n += BATCH * 8)
    await Promise.all(
      Array.from({ length: Math.min(8, Math.ceil((ids.length - n) / BATCH)) }, () =>
        post('/api/v1/vehicles/fixes', batch(), token),
      ),
    );
  if (round === 1) await new Promise((go) => setTimeout(go, 12_000));
}

let fixes = 0;
const acks: number[] = [];
const presses: number[] = [];
let short = 0;
let faults = 0;
const until = performance.now() + SECONDS * 1000;
const reporters = Array.from({ length: 12 }, async () => {
  while (performance.now() < until) {
    const { status, ms } = await post('/api/v1/vehicles/fixes', batch(), token);
    if (status === 202) fixes += BATCH;
    else faults++;
    acks.push(ms);
  }
});
const alarms = (async () => {
  const running: Promise<void>[] = [];
  while (performance.now() < until) {
    running.push(
      post('/api/v1/sos/alerts', { point: place() }).then(({ status, ms, text }) => {
        presses.push(ms);
        if (status !== 201) faults++;
        else if (JSON.parse(text).units.length < 3) short++;
      }),
    );
    await new Promise((go) => setTimeout(go, 1000 / ALARMS));
  }
  await Promise.all(running);
})();
const began = performance.now();
await Promise.all([...reporters, alarms]);
const took = (performance.now() - began) / 1000;

// the naive way: no grid; the distance to every fresh and free vehicle in SQL, over a plain index
const naive: number[] = [];
for (let n = 0; n < 40; n++) {
  const { lat, lon } = place();
  const started = performance.now();
  await owner.query(
    `select v.id, 2 * 6371000 * asin(sqrt(power(sin(radians(p.lat - $1) / 2), 2) + cos(radians($1)) * cos(radians(p.lat)) * power(sin(radians(p.lon - $2) / 2), 2))) as m
     from sos.vehicle v join sos.position p on p.vehicle = v.id join sos.shift s on s.vehicle = v.id and s.to_at is null
     where p.at > now() - interval '120 seconds' and not exists (select from sos.call_out o where o.vehicle = v.id and o.ended_at is null)
     order by m limit 3`,
    [lat, lon],
  );
  naive.push(performance.now() - started);
}
console.log(
  `\n${VEHICLES} vehicles, ${SECONDS} s, ${ALARMS} alarms a second asked for, one process, batches of ${BATCH} over HTTP\n`,
);
console.log(
  `positions taken and on the disk: ${Math.round(fixes / took)} a second; faults ${faults}; alarms with fewer than three: ${short}`,
);
line('a batch of positions, until acknowledged', acks);
line('press, until all orders are on the disk', presses);
line('naive nearest alone, by plain SQL, idle', naive);
console.log('not compared here: Redis GEOSEARCH, PostGIS (neither is installed)');
await owner.end();
child.kill('SIGTERM');
await new Promise((ended) => child.once('exit', ended));
rmSync(data, { recursive: true, force: true });
process.exit(0);
