// What the world sends to rapid response, as a process of its own, so that its work is not taken for the server's: positions in batches and
// alarms, each when it is due and not when the last answer has come. Started by bench/dispatch.ts and told what to send.
import http from 'node:http';

/** What is asked for. `rate`: positions a second; undefined: as many as twelve senders bring; 0: none. */
export type Asked = { seconds: number; rate: number | undefined; alarms: number };
export type Sent = {
  fixes: number;
  acks: number[];
  presses: number[];
  short: number;
  /** asked to come again, and everything else that was not taken */
  later: number;
  faults: number;
  seconds: number;
  /** of this process, in milliseconds */
  processor: number;
};
type Start = { port: number; token: string; ids: string[]; batch: number; most: number };

let told: Start = { port: 0, token: '', ids: [], batch: 0, most: 0 };
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
function post(at: string, text: string, token?: string): Promise<{ status: number; ms: number; text: string }> {
  const started = performance.now();
  return new Promise((done) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port: told.port,
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
    // a connection that broke is a fault like any other
    request.on('error', () => done({ status: 0, ms: performance.now() - started, text: '{}' }));
    request.end(text);
  });
}
const pause = (ms: number) => new Promise((go) => setTimeout(go, ms));

let seed = 11;
const draw = () => {
  seed = (seed * 48_271) % 2_147_483_647;
  return seed / 2_147_483_647;
};
const spot = () => ({ lat: 26 + draw() * 1.2, lon: 79.8 + draw() * 1.2 });
let places: { lat: number; lon: number }[] = [];
let next = 0;
/** Each vehicle stands somewhere and moves on a little every time. */
function batch(): string {
  const at = Temporal.Now.instant().toString({ smallestUnit: 'millisecond' });
  const fixes: string[] = [];
  for (let n = 0; n < told.batch; n++) {
    const which = next++ % told.ids.length;
    places[which] ??= spot();
    const place = places[which];
    place.lat += (draw() - 0.5) * 4e-4;
    place.lon += (draw() - 0.5) * 4e-4;
    fixes.push(
      `{"vehicle":"${told.ids[which]}","lat":${place.lat.toFixed(6)},"lon":${place.lon.toFixed(6)},"at":"${at}","speed_kmh":20}`,
    );
  }
  return `{"fixes":[${fixes.join(',')}]}`;
}

async function load({ seconds, rate, alarms }: Asked): Promise<Sent> {
  const seen: Sent = { fixes: 0, acks: [], presses: [], short: 0, later: 0, faults: 0, seconds: 0, processor: 0 };
  const spent = process.cpuUsage();
  const began = performance.now();
  const until = began + seconds * 1000;
  const report = async () => {
    const { status, ms } = await post('/api/v1/vehicles/fixes', batch(), told.token);
    if (status === 202) seen.fixes += told.batch;
    else if (status === 429) seen.later++;
    else seen.faults++;
    seen.acks.push(ms);
  };
  const press = async () => {
    const { status, ms, text } = await post('/api/v1/sos/alerts', JSON.stringify({ point: spot() }));
    seen.presses.push(ms);
    if (status !== 201) seen.faults++;
    else if (JSON.parse(text).units.length < told.most) seen.short++;
  };
  // at the hour when each is due, whatever has become of the others: who waits for answers measures too few
  const steadily = async (a_second: number, work: () => Promise<void>) => {
    const running: Promise<void>[] = [];
    for (let n = 0; performance.now() < until; n++) {
      const due = began + (n * 1000) / a_second;
      if (due > performance.now()) await pause(due - performance.now());
      running.push(work());
    }
    await Promise.all(running);
  };
  const flood = async () => {
    while (performance.now() < until) await report();
  };
  await Promise.all([
    rate === undefined
      ? Promise.all(Array.from({ length: 12 }, flood))
      : rate > 0
        ? steadily(rate / told.batch, report)
        : undefined,
    alarms > 0 ? steadily(alarms, press) : undefined,
  ]);
  const { user, system } = process.cpuUsage(spent);
  return { ...seen, seconds: (performance.now() - began) / 1000, processor: (user + system) / 1000 };
}
/** Everybody reports once. @returns whether all were known */
async function all(): Promise<boolean> {
  let known = true;
  for (let n = 0; n < told.ids.length; n += told.batch * 8)
    await Promise.all(
      Array.from({ length: Math.min(8, Math.ceil((told.ids.length - n) / told.batch)) }, async () => {
        const { text } = await post('/api/v1/vehicles/fixes', batch(), told.token);
        if (JSON.parse(text).taken !== told.batch) known = false;
      }),
    );
  return known;
}
/** So many alarms in the same moment, all in one city. */
async function storm(alarms: number): Promise<Sent> {
  const seen: Sent = { fixes: 0, acks: [], presses: [], short: 0, later: 0, faults: 0, seconds: 0, processor: 0 };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: alarms }, async () => {
      const point = { lat: 26.4 + draw() * 0.2, lon: 80.2 + draw() * 0.2 };
      const { status, ms, text } = await post('/api/v1/sos/alerts', JSON.stringify({ point }));
      seen.presses.push(ms);
      if (status !== 201) seen.faults++;
      else if (JSON.parse(text).units.length < told.most) seen.short++;
    }),
  );
  return { ...seen, seconds: (performance.now() - began) / 1000 };
}

export type Word = { start: Start } | { all: true } | { load: Asked } | { storm: number };
process.on('message', async (word: Word) => {
  if ('start' in word) {
    told = word.start;
    places = [];
    process.send?.(true);
  } else if ('all' in word) process.send?.(await all());
  else process.send?.('load' in word ? await load(word.load) : await storm(word.storm));
});
