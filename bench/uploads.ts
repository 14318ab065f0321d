// What an upload costs: `node bench/uploads.ts [megabytes]`. The real server in a process of its own; a client that loses its network
// three times; the server's memory looked at all the while; beside it what writing, encrypting and hashing the same bytes costs bare.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsyncSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { someComplaint } from '../e2e/complaint.ts';
import { type Json, type RunningHouse, startHouse } from '../e2e/house.ts';
import { ensureBuilt } from '../server/build.ts';
import { keep } from './report.ts';

const MB = 1024 * 1024;
const MEGABYTES = Number(process.argv[2] ?? 500);
const PIECE = 64 * 1024;
const folder = mkdtempSync('/tmp/itsso-bench-');
const film = path.join(folder, 'film.mp4');

function makeFilm(): string {
  const sum = createHash('sha256');
  const to = openSync(film, 'w');
  for (let n = 0; n < MEGABYTES; n++) {
    const part = randomBytes(MB);
    if (n === 0) part.write('\0\0\0\x18ftypisom\0\0\x02\0isommp41', 0, 'latin1');
    sum.update(part);
    writeSync(to, part);
  }
  closeSync(to);
  return sum.digest('hex');
}

async function timed(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The same bytes, read, encrypted segment by segment, hashed and written durably: what no upload can do without. */
async function bare(): Promise<void> {
  const key = randomBytes(32);
  const sum = createHash('sha256');
  const to = openSync(path.join(folder, 'bare'), 'w');
  for await (const part of createReadStream(film, { highWaterMark: PIECE })) {
    const cipher = createCipheriv('aes-256-gcm', key, randomBytes(12));
    writeSync(to, Buffer.concat([cipher.update(part as Buffer), cipher.final(), cipher.getAuthTag()]));
    sum.update(part as Buffer);
  }
  fsyncSync(to);
  closeSync(to);
  rmSync(path.join(folder, 'bare'));
}

async function caseToSendTo(house: RunningHouse): Promise<string> {
  const complaint = someComplaint({});
  await house.api('POST', '/complaints', complaint);
  const token = await house.signIn('savita');
  const ask = async (method: string, at: string, body?: unknown): Promise<Json> =>
    (await house.api(method, at, body, { token })).json;
  const [call] = (await ask('GET', '/callbacks')).items;
  await ask('POST', `/callbacks/${call.id}/claim`);
  await ask('POST', `/callbacks/${call.id}/connected`);
  for (;;) {
    const text = (await house.messagesTo(String(complaint.mobile))).map((message) => message.text).join(' ');
    const code = /\d{4} ?\d{4}/.exec(text)?.[0].replace(' ', '');
    if (code)
      return (await ask('POST', `/callbacks/${call.id}/attempts`, { outcome: 'confirmed', code })).complaint_number;
    await wait(100);
  }
}

/** Sends from a place on; at `tear` bytes the connection is destroyed. */
function patch(url: string, token: string, from: number, tear: number): Promise<number | undefined> {
  return new Promise((ended) => {
    const request = http.request(url, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        authorization: `Bearer ${token}`,
        'upload-offset': String(from),
        'content-type': 'application/offset+octet-stream',
        'content-length': String(MEGABYTES * MB - from),
      },
    });
    let sent = 0;
    const source = createReadStream(film, { start: from, highWaterMark: PIECE });
    source.on('data', (part) => {
      sent += part.length;
      if (sent > tear) request.destroy();
    });
    request.on('response', (answer) => ended(answer.resume().statusCode));
    request.on('error', () => {
      source.destroy();
      ended(undefined);
    });
    source.pipe(request);
  });
}

const rss = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

ensureBuilt();
const sha256 = makeFilm();
const house = await startHouse();
try {
  const number = await caseToSendTo(house);
  const token = await house.signIn('suman');
  const headers = { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}` };
  const meta = { number, kind: 'video', filename: 'film.mp4' };
  const metadata = Object.entries(meta).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
  const made = await fetch(`${house.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { ...headers, 'upload-length': String(MEGABYTES * MB), 'upload-metadata': metadata.join(',') },
  });
  const url = house.url + made.headers.get('location');
  await wait(2000);
  const before = rss(house.pid);
  const seen: number[] = [];
  const looking = setInterval(() => seen.push(rss(house.pid)), 100);
  const offsets: number[] = [];
  const took = await timed(async () => {
    for (const share of [0.2, 0.3, 0.3, 2]) {
      const head = await fetch(url, { method: 'HEAD', headers });
      const from = Number(head.headers.get('upload-offset'));
      offsets.push(from);
      const status = await patch(url, token, from, share * MEGABYTES * MB);
      if (share > 1 && status !== 204) throw new Error(`the last part was answered with ${status}`);
    }
  });
  clearInterval(looking);
  const listed = (await house.api('GET', `/files/${number}/evidence`, undefined, { token })).json;
  const verified = await timed(() => house.api('POST', `/files/${number}/evidence/1/verify`, undefined, { token }));
  const same = listed.exhibits[0]?.digital?.sha256 === sha256;
  const plain = await timed(bare);
  const perSecond = (ms: number) => `${(MEGABYTES / (ms / 1000)).toFixed(0)} MB a second`;
  console.table({
    'arrived byte for byte': { found: same },
    'went on from (MB)': { found: offsets.map((at) => Math.round(at / MB)).join(', ') },
    'upload with all that belongs to it': { found: `${(took / 1000).toFixed(1)} s, ${perSecond(took)}` },
    'bare: read, encrypt, hash, write': { found: `${(plain / 1000).toFixed(1)} s, ${perSecond(plain)}` },
    'check that it is unchanged': { found: `${(verified / 1000).toFixed(1)} s, ${perSecond(verified)}` },
    'memory of the server before': { found: `${before.toFixed(0)} MB` },
    'most while it ran': { found: `${Math.max(...seen).toFixed(0)} MB` },
    'at its end': { found: `${rss(house.pid).toFixed(0)} MB` },
  });
  keep('uploads', {
    'an upload with all that belongs to it': {
      value: MEGABYTES / (took / 1000),
      unit: 'MB/s',
      beside: MEGABYTES / (plain / 1000),
      of: 'MB/s bare',
    },
    'arrived byte for byte': { value: same ? 1 : 0, unit: 'of 1', asked: { least: 1 } },
    'memory of the server, most more than before': {
      value: Math.max(...seen) - before,
      unit: 'MB',
      asked: { most: 150 },
    },
  });
  if (!same) process.exitCode = 1;
} finally {
  await house.discard();
  rmSync(folder, { recursive: true, force: true });
}
