// The shelf at an object store that speaks S3. An object holds the same encrypted segments as a file on the disk would: what the store
// keeps, it cannot read. A large file goes up in parts of eighty segments; the part that is not full yet lies, as encrypted, on the own
// disk, so that after any crash it is known to the byte how much is there for good.
import { mkdirSync } from 'node:fs';
import { open, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { log, refuse } from '#foundation';
import { type Bucket, objectStore, type Part } from './object-store.ts';
import {
  AROUND,
  inSegments,
  isHead,
  lengthOf,
  SEGMENT,
  STORED,
  type Stored,
  storedLength,
  unsealed,
} from './segments.ts';
import { roomFor } from './shelf-disk.ts';
import type { Shelf } from './shelf.ts';
import { soundBytes, type Strip, writeOn } from './strip.ts';

// the smallest part a store takes is 5 MiB, and it takes ten thousand: 80 segments are just above the one, 2 GB are 410 parts
const IN_PART = 80;
const PART = IN_PART * SEGMENT;
const TRIES = 3;

/** What is known of an upload: what the store has for good, and how much lies here. */
type Standing = { there: number; done: boolean; upload: string | undefined; parts: Part[] };

const keyOf = (id: string) => `evidence/${id}`;
const lengthOfPart = (of: Stored, part: number) => storedLength(Math.max(0, Math.min(PART, of.size - part * PART)));

// what the store already has is not taken twice; whoever sends more than was said is told so all the same
async function* beyond(
  source: AsyncIterable<Uint8Array>,
  skip: number,
  most: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let seen = 0;
  for await (const chunk of source) {
    const before = seen;
    seen += chunk.byteLength;
    if (seen > most) refuse('longer-than-said');
    if (seen > skip) yield chunk.subarray(Math.max(0, skip - before));
  }
}

/**
 * A shelf at an object store.
 * @param folder for the unfinished parts of what is on its way
 */
export function bucketShelf(folder: string, to: Bucket): Shelf {
  const store = objectStore(to);
  const tailAt = (id: string, part: number) => path.join(folder, id.slice(0, 2), `${id}.${part}`);
  const stripOf = (of: Stored, part: number): Strip => ({ of, at: tailAt(of.id, part), first: part * IN_PART });
  const layTail = async (id: string, part: number) => {
    const at = tailAt(id, part);
    mkdirSync(path.dirname(at), { recursive: true, mode: 0o700 });
    await (await open(at, 'a', 0o600)).close();
  };

  async function standing(of: Stored): Promise<Standing> {
    const key = keyOf(of.id);
    if ((await store.length(key)) === storedLength(of.size))
      return { there: of.size, done: true, upload: undefined, parts: [] };
    const [upload] = await store.begun(key);
    const parts = (upload ? await store.parts(key, upload) : []).filter(
      ({ number, bytes }, n) => number === n + 1 && bytes === lengthOfPart(of, n),
    );
    const up = parts.length;
    await layTail(of.id, up);
    // what was here of a part that is up by now was only waiting for the store's word
    if (up > 0) await rm(tailAt(of.id, up - 1), { force: true });
    const there = Math.min(of.size, up * PART) + (await soundBytes(stripOf(of, up)));
    return { there, done: false, upload, parts };
  }

  /** Takes the tail, full or the last, to the store. Only then is what lay here for it taken away. */
  async function sendPart(of: Stored, at: Standing): Promise<void> {
    const part = at.parts.length;
    at.upload ??= await store.begin(keyOf(of.id));
    at.parts.push(await store.putPart(keyOf(of.id), at.upload, part + 1, await readFile(tailAt(of.id, part))));
    await layTail(of.id, part + 1);
    await rm(tailAt(of.id, part), { force: true });
  }

  async function finish(of: Stored, at: Standing): Promise<void> {
    const part = at.parts.length;
    if (part === 0) {
      // smaller than a part: it goes up in one
      await store.put(keyOf(of.id), await readFile(tailAt(of.id, 0)));
    } else {
      if (part * PART < of.size) await sendPart(of, at);
      await store.end(keyOf(of.id), at.upload ?? '', at.parts);
    }
    // the store's word counts, not what we hope
    if ((await store.length(keyOf(of.id))) !== storedLength(of.size)) refuse('store-out-of-reach');
    await rm(tailAt(of.id, at.parts.length), { force: true });
  }

  async function take(
    of: Stored,
    at: Standing,
    source: AsyncIterable<Uint8Array>,
    onHead: Parameters<Shelf['append']>[3],
  ): Promise<void> {
    if (at.there === (at.parts.length + 1) * PART) await sendPart(of, at);
    let pen = await writeOn(stripOf(of, at.parts.length), at.there);
    const first = Math.floor(at.there / SEGMENT);
    try {
      await inSegments(of, { begun: pen.begun, first }, source, async (n, plain) => {
        if (isHead(of, n, plain)) await onHead(plain);
        await pen.put(n, plain);
        at.there = n * SEGMENT + plain.length;
        if (at.there !== (at.parts.length + 1) * PART) return;
        await pen.close();
        await sendPart(of, at);
        pen = await writeOn(stripOf(of, at.parts.length), at.there);
      });
    } finally {
      await pen.close();
    }
  }

  /** Bytes of an object in order; a connection that breaks is made again where it broke. */
  async function* bytesOf(id: string, from: number, last: number): AsyncGenerator<Buffer> {
    let next = from;
    for (let tries = 0; next <= last; ) {
      const body = await store.get(keyOf(id), next, last);
      try {
        for await (const chunk of body as AsyncIterable<Buffer>) {
          next += chunk.length;
          tries = 0;
          yield chunk;
        }
        return;
      } catch {
        tries += 1;
        log.warn({ tries }, 'object store: a reading broke off');
        if (tries >= TRIES) refuse('store-out-of-reach');
      } finally {
        body.destroy();
      }
    }
  }

  return {
    makeRoom: async ({ id, size }) => {
      await roomFor(folder, Math.min(size, 2 * PART));
      await layTail(id, 0);
    },
    arrived: async (of) => (await standing(of)).there,
    append: async (of, from, source, onHead) => {
      const at = await standing(of);
      if (from > at.there) throw new Error('there is a gap');
      const more = beyond(source, at.there - from, of.size - from);
      if (at.there < of.size) await take(of, at, more, onHead);
      else for await (const _ of more);
      if (at.there === of.size && !at.done) await finish(of, at);
      return at.there;
    },
    segments: async function* (of, from, to) {
      let n = Math.floor(from / SEGMENT);
      const end = Math.ceil(Math.min(to, of.size) / SEGMENT);
      if (n >= end) return;
      const last = (end - 1) * STORED + lengthOf(of, end - 1) + AROUND - 1;
      let waiting: Buffer[] = [];
      let length = 0;
      for await (const chunk of bytesOf(of.id, n * STORED, last)) {
        waiting.push(chunk);
        length += chunk.length;
        let needed = lengthOf(of, n) + AROUND;
        if (length < needed) continue;
        let all = Buffer.concat(waiting, length);
        for (; n < end && all.length >= needed; needed = n < end ? lengthOf(of, n) + AROUND : 0) {
          yield { n, plain: unsealed(of, n, all.subarray(0, needed)) };
          all = all.subarray(needed);
          n += 1;
        }
        waiting = [all];
        length = all.length;
      }
      if (n < end) throw new Error('a segment is not whole');
    },
    remove: async (id) => {
      const at = path.dirname(tailAt(id, 0));
      for (const name of await readdir(at).catch(() => []))
        if (name.startsWith(`${id}.`)) await rm(path.join(at, name), { force: true });
      for (const upload of await store.begun(keyOf(id))) await store.giveUp(keyOf(id), upload);
      await store.remove(keyOf(id));
    },
    trouble: store.trouble,
  };
}
