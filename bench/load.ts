// A state's day in an hour, as a browser and an officer's program send it: filings, her page, desks, files, diaries, figures, first pages.
// Then five times as much for ten seconds, five thousand first pages at once, clients that send a letter every two seconds, and on request
// the same day over and over while the server's memory is watched. `npm run bench:load -- seconds=60 rate=25 crowd=5000 slow=300 soak=0 files=25`
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { someComplaint } from '../e2e/complaint.ts';
import { type RunningHouse, startHouse } from '../e2e/house.ts';
import { openWire } from '../e2e/wire.ts';
import { ensureBuilt } from '../server/build.ts';
import { type Figure, report, rowOf } from './report.ts';

const asked = Object.fromEntries(process.argv.slice(2).map((one) => one.split('=')));
const SECONDS = Number(asked.seconds ?? 60);
/** Requests a second: a state's day (90,000: see docs/performance.md) in an hour. */
const RATE = Number(asked.rate ?? 25);
const CROWD = Number(asked.crowd ?? 5000);
const SLOW = Number(asked.slow ?? 300);
const SOAK_MINUTES = Number(asked.soak ?? 0);
/** So many cases are read and written in turn: a day's diary entries are not all of one file. */
const FILES = Number(asked.files ?? 25);
const BURST = 5;
const BURST_SECONDS = 10;
const RECOVERS_SECONDS = 10;
/** What is asked for: no request may fail, and a long run may not end with more memory than it had in its middle. */
const NONE = { most: 0 };
const GROWS_TIMES = 1.05;
const SLOW_P99_MS = 1500;

type Done = { kind: string; at: number; ms: number; well: boolean };
type Kind = { share: number; send: () => Promise<number> };

const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
/** One page, every byte read. @returns its status; 0 where the connection broke */
function page(url: string, headers: Record<string, string>, through: http.Agent | false = agent): Promise<number> {
  return new Promise((done) => {
    const request = http.get(url, { headers: { accept: 'text/html', ...headers }, agent: through }, (answer) => {
      answer.resume();
      answer.once('end', () => done(answer.statusCode ?? 0));
      answer.once('error', () => done(0));
    });
    request.once('error', () => done(0));
  });
}

/** The requests of recorded journeys and how many of a hundred each is. */
async function journeys(house: RunningHouse): Promise<Record<string, Kind>> {
  const first = await house.api('POST', '/complaints', someComplaint());
  const wire = openWire(house.url);
  await wire.press('door-receipt');
  await wire.press('open-receipt', [['receipt', first.json.receipt]]);
  if ((await wire.press('show')).status !== 200) throw new Error('no tracking page');
  const hers = { cookie: wire.cookie() };
  const [savita = '', suman = '', verma = '', state = ''] = await Promise.all(
    ['savita', 'suman', 'verma', 'state'].map((who) => house.signIn(who)),
  );
  const api = async (token: string, method: string, at: string, body?: unknown) =>
    house.api(method, at, body, { token }).catch(() => ({ status: 0, json: null }));
  const numbers: string[] = [];
  while (numbers.length < FILES) numbers.push(await onRecord(house, savita, suman));
  let turn = 0;
  const next = () => numbers[turn++ % numbers.length];
  return {
    'first page': { share: 35, send: () => page(house.url, {}) },
    'her page': { share: 20, send: () => page(house.url, hers) },
    desk: { share: 20, send: async () => (await api(suman, 'GET', '/desk')).status },
    'a file': { share: 10, send: async () => (await api(suman, 'GET', `/files/${next()}`)).status },
    figures: { share: 5, send: async () => (await api(state, 'GET', '/watch?unit=in.up')).status },
    'what waits': { share: 4, send: async () => (await api(verma, 'GET', '/attention')).status },
    'a diary entry': {
      share: 4,
      send: async () => (await api(suman, 'POST', `/files/${next()}/steps`, { step: 'diary', text: 'Seen.' })).status,
    },
    'a complaint': {
      share: 2,
      send: async () =>
        (
          await house
            .api('POST', '/complaints', someComplaint(), { key: randomUUID() })
            .catch(() => ({ status: 0, json: null }))
        ).status,
    },
  };
}

/** One case that is confirmed and received, for desks and diaries. @returns its number */
async function onRecord(house: RunningHouse, savita: string, suman: string): Promise<string> {
  const complaint = someComplaint();
  await house.api('POST', '/complaints', complaint);
  const mobile = String(complaint.mobile);
  const queue = (await house.api('GET', '/callbacks', undefined, { token: savita })).json.items;
  const row = queue.find((one: { mobile_masked: string }) => one.mobile_masked.endsWith(mobile.slice(-4)));
  for (const verb of ['claim', 'connected'])
    await house.api('POST', `/callbacks/${row.id}/${verb}`, undefined, { token: savita });
  let code: string | undefined;
  for (let tries = 0; tries < 200 && !code; tries++) {
    await pause(100);
    code = (await house.messagesTo(`+91${mobile}`))
      .concat(await house.messagesTo(mobile))
      .flatMap(({ text }) => text.match(/\d{4} ?\d{4}/g) ?? [])
      .at(-1);
  }
  const called = await house.api(
    'POST',
    `/callbacks/${row.id}/attempts`,
    { outcome: 'confirmed', code: code?.replace(' ', '') },
    { token: savita },
  );
  const number = String(called.json.complaint_number);
  const received = await house.api('POST', `/files/${number}/steps`, { step: 'receive' }, { token: suman });
  if (received.status >= 300) throw new Error(`the case did not come to a desk: ${received.status}`);
  return number;
}

const part = (ms: readonly number[], share: number): number =>
  ms.toSorted((a, b) => a - b)[Math.min(ms.length - 1, Math.floor(ms.length * share))] ?? 0;

/** Sends so many a second, each when it is due whatever has become of the others: who waits for answers measures too few. */
async function send(kinds: Record<string, Kind>, rate: number, seconds: number, into: Done[]): Promise<void> {
  const wheel = Object.entries(kinds).flatMap(([kind, { share }]) => Array<string>(share).fill(kind));
  const began = performance.now();
  const running: Promise<void>[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    const due = began + (n * 1000) / rate;
    const early = due - performance.now();
    if (early > 0) await pause(early);
    // 37 is no divisor of a hundred: the kinds are spread, and the same in every run
    const kind = wheel[(n * 37) % wheel.length] ?? '';
    running.push(
      (kinds[kind]?.send() ?? Promise.resolve(0)).then((status) => {
        const at = performance.now();
        into.push({ kind, at, ms: at - due, well: status >= 200 && status < 400 });
      }),
    );
  }
  await Promise.all(running);
}

/** Seconds from the end of the burst until a whole second is as quick again as twice the quiet time. */
async function recovery(kinds: Record<string, Kind>, quiet_p95: number): Promise<{ seconds: number; faults: number }> {
  const burst: Done[] = [];
  const bursting = send(kinds, RATE * BURST, BURST_SECONDS, burst);
  await pause(BURST_SECONDS * 1000);
  const ended = performance.now();
  const after: Done[] = [];
  const calm = send(kinds, RATE, RECOVERS_SECONDS * 2, after);
  await Promise.all([bursting, calm]);
  for (let second = 0; second < RECOVERS_SECONDS * 2; second++) {
    // by when it was sent, not by when it was answered
    const then = after.filter(
      ({ at, ms }) => at - ms >= ended + second * 1000 && at - ms < ended + (second + 1) * 1000,
    );
    if (
      then.length > 0 &&
      part(
        then.map(({ ms }) => ms),
        0.95,
      ) <= Math.max(250, quiet_p95 * 2)
    )
      return { seconds: second, faults: [...burst, ...after].filter(({ well }) => !well).length };
  }
  return { seconds: Number.POSITIVE_INFINITY, faults: [...burst, ...after].filter(({ well }) => !well).length };
}

async function crowd(url: string): Promise<{ seconds: number; faults: number; p99: number }> {
  const began = performance.now();
  const took = await Promise.all(
    Array.from({ length: CROWD }, async () => {
      const well = (await page(url, { 'accept-encoding': 'br' }, false)) === 200;
      return { ms: performance.now() - began, well };
    }),
  );
  return {
    seconds: (performance.now() - began) / 1000,
    faults: took.filter(({ well }) => !well).length,
    p99: part(
      took.map(({ ms }) => ms),
      0.99,
    ),
  };
}

/** Connections that never finish their sentence, half in the headers and half in a form. @returns ends them, and tells how many the server had ended */
function loris(url: string): () => number {
  const { port } = new URL(url);
  let ended = 0;
  const open = Array.from({ length: SLOW }, (_, n) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    socket.on('error', () => undefined);
    // what is not read would hide that the other side has ended it
    socket.resume();
    socket.once('close', () => (ended += 1));
    socket.write(
      n % 2
        ? 'GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: '
        : 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\n\r\n',
    );
    const timer = setInterval(() => socket.writable && socket.write('a'), 2000);
    socket.once('close', () => clearInterval(timer));
    return socket;
  });
  return () => {
    const by_server = ended;
    for (const socket of open) socket.destroy();
    return by_server;
  };
}

const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function soak(house: RunningHouse, kinds: Record<string, Kind>): Promise<Record<string, Figure>> {
  const memory: number[] = [];
  const timer = setInterval(() => memory.push(memoryOf(house.pid)), 2000);
  const done: Done[] = [];
  await send(kinds, RATE, SOAK_MINUTES * 60, done);
  clearInterval(timer);
  const third = Math.floor(memory.length / 3);
  const [early, late] = [part(memory.slice(third, 2 * third), 0.5), part(memory.slice(-third), 0.5)];
  return {
    'soak: requests': { value: done.length, unit: `in ${SOAK_MINUTES} min` },
    'soak: faults': { value: done.filter(({ well }) => !well).length, unit: 'requests', asked: NONE },
    'soak: memory, last third': {
      value: late,
      unit: 'MB',
      beside: early,
      of: 'MB in the middle third',
      asked: { times: GROWS_TIMES },
    },
  };
}

ensureBuilt();
const house = await startHouse({ env: { ITSSO_LOG: 'warn' } });
try {
  const kinds = await journeys(house);
  await send(kinds, RATE, 10, []);
  const quiet: Done[] = [];
  await send(kinds, RATE, SECONDS, quiet);
  const all = quiet.map(({ ms }) => ms);
  const figures: Record<string, Figure> = {
    'requests a second': { value: RATE, unit: `/s for ${SECONDS} s` },
    'faults among them': { value: quiet.filter(({ well }) => !well).length, unit: `of ${quiet.length}`, asked: NONE },
    'p95 of all': { value: part(all, 0.95), unit: 'ms' },
    'p99 of all': { value: part(all, 0.99), unit: 'ms' },
  };
  for (const kind of Object.keys(kinds)) {
    const ms = quiet.filter((one) => one.kind === kind).map((one) => one.ms);
    figures[`${kind}, p95`] = { value: part(ms, 0.95), unit: `ms (median ${Math.round(part(ms, 0.5))})` };
  }
  const burst = await recovery(kinds, part(all, 0.95));
  figures['five times as much for ten seconds: quick again after'] = {
    value: burst.seconds,
    unit: 's',
    asked: { most: RECOVERS_SECONDS },
  };
  figures['faults of it'] = { value: burst.faults, unit: 'requests', asked: NONE };
  const many = await crowd(house.url);
  figures[`${CROWD} first pages at once: all there after`] = { value: many.seconds, unit: 's' };
  figures['faults of them'] = { value: many.faults, unit: 'pages', asked: NONE };
  const endSlow = loris(house.url);
  const beside: Done[] = [];
  await send(kinds, RATE, 40, beside);
  figures[`p99 beside ${SLOW} slow clients`] = {
    value: part(
      beside.map(({ ms }) => ms),
      0.99,
    ),
    unit: 'ms',
    asked: { most: SLOW_P99_MS },
  };
  figures['faults beside them'] = {
    value: beside.filter(({ well }) => !well).length,
    unit: `of ${beside.length}`,
    asked: NONE,
  };
  figures['slow clients that were ended within 40 s'] = { value: endSlow(), unit: `of ${SLOW}` };
  if (SOAK_MINUTES > 0) Object.assign(figures, await soak(house, kinds));
  const missed = report('load', figures);
  for (const name of missed)
    console.log(`✗ ${name}: ${rowOf(figures[name]!).figure}, asked ${rowOf(figures[name]!).asked}`);
  if (missed.length > 0) process.exitCode = 1;
} finally {
  agent.destroy();
  await house.discard();
}
process.exit();
