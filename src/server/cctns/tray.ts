// Where a file waits until it is read: written whole and durably before anybody is told that it has come; gone when it has been read.
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

let folder: string | undefined;

const HOUR_MS = 3_600_000;
/** Says where files wait, and makes the place. What was half written when somebody died goes: what is being written is never an hour old. */
export function openTray(at: string): void {
  mkdirSync(at, { recursive: true, mode: 0o700 });
  folder = at;
  // asked of the disk itself: the house's clock may be months ahead in practice. Several processes open the same tray, and any may be gone in
  // the middle: each asks by a file of its own, and what another has just taken away is no longer old
  const clock = inTray(`clock-${randomUUID()}.part`);
  writeFileSync(clock, '');
  const { mtimeMs: now } = statSync(clock);
  rmSync(clock);
  for (const name of readdirSync(at)) {
    if (!name.endsWith('.part')) continue;
    const its = statSync(inTray(name), { throwIfNoEntry: false });
    if (its && its.mtimeMs < now - HOUR_MS) rmSync(inTray(name), { force: true });
  }
}

const inTray = (name: string): string => {
  if (folder === undefined) throw new Error('the tray is not open');
  return path.join(folder, name);
};

/** The file of a batch. */
export const trayFile = (batch: string): string => inTray(batch);

/**
 * Writes what comes, as UTF-8 with LF at the ends of lines, and makes sure that it lies on the disk.
 * @returns the hash and the length of what came, byte for byte
 */
export async function layDown(batch: string, from: Readable): Promise<{ sha256: Buffer; size: number }> {
  const sum = createHash('sha256');
  let size = 0;
  const counted = new Transform({
    transform(part: Buffer, _encoding, done) {
      sum.update(part);
      size += part.length;
      done(null, part);
    },
  });
  const part = inTray(`${batch}.part`);
  try {
    await pipeline(from, counted, plainText(), createWriteStream(part, { mode: 0o600 }));
    const handle = await open(part, 'r+');
    await handle.sync();
    await handle.close();
    await rename(part, trayFile(batch));
    const place = await open(inTray('.'), 'r');
    await place.sync();
    await place.close();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return { sha256: sum.digest(), size };
}

/** Takes a read file away: the house keeps what it says, not the file. */
export const takeAway = (batch: string): Promise<void> => rm(trayFile(batch), { force: true });

const MARKS = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
] as const;
const CR = 13;
const LF = 10;

// By the first bytes: a byte-order mark, UTF-16 without one (every other byte is nothing), lines that end in CR alone.
function plainText(): Transform {
  let held: Buffer | undefined = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  let mac = false;
  const begin = (first: Buffer): Buffer => {
    const mark = MARKS.find(({ bytes }) => bytes.every((byte, at) => first[at] === byte));
    const zeros = [0, 1].map((odd) => first.subarray(0, 512).filter((byte, at) => at % 2 === odd && byte === 0).length);
    const wide = mark?.encoding ?? ((zeros[1] ?? 0) > 64 ? 'utf-16le' : (zeros[0] ?? 0) > 64 ? 'utf-16be' : 'utf-8');
    if (wide !== 'utf-8') decoder = new TextDecoder(wide);
    mac = wide === 'utf-8' && first.includes(CR) && !first.includes(LF);
    return first.subarray(mark?.encoding === 'utf-8' ? 3 : 0);
  };
  const plain = (part: Buffer, last: boolean): Buffer => {
    if (decoder) return Buffer.from(decoder.decode(part, { stream: !last }).replace(/\ufeff/g, ''), 'utf8');
    if (mac) return Buffer.from(part.map((byte) => (byte === CR ? LF : byte)));
    return part;
  };
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      let now = part;
      if (held) {
        held = Buffer.concat([held, part]);
        if (held.length < 4096) return done();
        now = begin(held);
        held = undefined;
      }
      done(null, plain(now, false));
    },
    flush(done) {
      const rest = held ? begin(held) : Buffer.alloc(0);
      held = undefined;
      done(null, plain(rest, true));
    },
  });
}

/** A file of this machine as a stream. */
export const streamOf = (file: string): Readable => createReadStream(file);
