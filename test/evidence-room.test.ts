// Files that come in, by the verbs of the room: interrupted, torn, refused, forgotten; on the real database and a real disk.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { carryOn, lookAt } from '#evidence';
import { type Actor, read } from '#foundation';
import { append } from '../src/server/evidence/shelf.ts';
import { findUpload } from '../src/server/evidence/store.ts';
import { progressOf } from '../src/server/evidence/uploads.ts';
import { storedOf } from '../src/server/evidence/wrapped.ts';
import { caseIn, parts, refusal, said, whole } from './evidence-case.ts';
import { eicar, film, pdf, photo, pictureBomb, svg } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import { layShelf, MAKES } from './shelves.ts';

let h: TestHouse;
let ev: Awaited<ReturnType<typeof caseIn>>;
let suman: Actor;
let number = '';
let shelf: Awaited<ReturnType<typeof layShelf>>;

describe.each(MAKES)('on the shelf: %s', (make) => {
  beforeAll(async () => {
    h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
    ev = await caseIn(h);
    ({ suman, number } = ev);
    shelf = await layShelf(make);
  });
  afterAll(async () => {
    await shelf.close();
    await h.close();
  });

  describe('a file that arrives', () => {
    test('becomes an exhibit with its SHA-256, is encrypted on the disk, and comes back byte for byte', async () => {
      const bytes = film(300_001);
      const id = await ev.send(suman, bytes, said('video', { description: 'Kanariya: मोबाइल का वीडियो' }));
      const exhibit = await ev.newest();
      expect(exhibit).toMatchObject({
        kind: 'video',
        origin: 'police',
        name: 'Kanariya.bin',
        place: 'kept-here',
        description: 'Kanariya: मोबाइल का वीडियो',
      });
      expect(exhibit.digital).toEqual({
        media: 'video/mp4',
        size: 300_001,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        scan: 'not-scanned',
      });
      const stored = shelf.stored(id);
      expect(stored.length).toBe(300_001 + 5 * 28);
      expect(stored.includes(bytes.subarray(1000, 1032))).toBe(false);
      const back = await lookAt(suman, number, exhibit.number, 'original');
      expect((await whole(back.bytes)).equals(bytes)).toBe(true);
      expect(back.name).toBe(`exhibit-${exhibit.number}.mp4`);
      const part = await lookAt(suman, number, exhibit.number, 'play', { from: 65_000, to: 140_000 });
      expect((await whole(part.bytes)).equals(bytes.subarray(65_000, 140_000))).toBe(true);
      expect(
        (await whole((await lookAt(suman, number, exhibit.number, 'play', { from: undefined, to: 10 })).bytes)).equals(
          bytes.subarray(-10),
        ),
      ).toBe(true);
      expect(await refusal(lookAt(suman, number, exhibit.number, 'play', { from: 300_001, to: undefined }))).toBe(
        'no-such-part',
      );
    });

    test('no name, no word of it stands in the database in the clear, in an address, or in the ledger', async () => {
      const rows =
        await h.sql(`select u::text || coalesce(encode(u.sealed_name, 'escape'), '') as t from evidence.upload u
      union all select e::text from evidence.exhibit e union all select c::text from evidence.custody c
      union all select l::text from foundation.ledger l`);
      expect(rows.length).toBeGreaterThan(5);
      expect(rows.filter(({ t }) => String(t).includes('Kanariya'))).toEqual([]);
      expect(
        readdirSync(shelf.folder, { recursive: true }).every((name) =>
          /^[0-9a-f]{2}(\/[0-9a-f]{32}(\.\d+)?)?$/.test(String(name)),
        ),
      ).toBe(true);
    });

    test('what breaks off goes on where it broke off, whatever the pieces; a torn last piece does not count', async () => {
      const bytes = film(400_000);
      const id = await ev.begin(suman, bytes.length, said('video'));
      async function* breaking(from: number, to: number): AsyncGenerator<Buffer> {
        yield* parts(bytes.subarray(from, to), 7001);
        throw new Error('the network is gone');
      }
      await expect(carryOn(suman, id, 0, breaking(0, 100_000))).rejects.toThrow('gone');
      expect((await progressOf(suman, id)).offset).toBe(100_000);
      expect(await carryOn(suman, id, 100_000, parts(bytes.subarray(100_000, 250_000), 333))).toBe(250_000);
      // the power fails while a segment is being written
      shelf.tear(id, 100);
      const { offset } = await progressOf(suman, id);
      expect(offset).toBe(196_608);
      // a new process opens the same shelf
      shelf.again();
      expect(await carryOn(suman, id, offset, parts(bytes.subarray(offset)))).toBe(400_000);
      expect((await progressOf(suman, id)).offset).toBe(400_000);
      const { number: exhibit } = await ev.newest();
      expect((await whole((await lookAt(suman, number, exhibit, 'original')).bytes)).equals(bytes)).toBe(true);
    });

    test('all bytes there, but the house fell before it looked: the last piece is asked for again, and only once is it an exhibit', async () => {
      const bytes = film(200_000);
      const id = await ev.begin(suman, bytes.length, said('video'));
      const row = await read(suman, 'test.look', (r) => findUpload(r, id));
      await append(await storedOf(row!), 0, parts(bytes), () => undefined);
      const before = (await ev.list(suman)).exhibits.length;
      const { offset } = await progressOf(suman, id);
      expect(offset).toBe(3 * 65_536);
      await carryOn(suman, id, offset, parts(bytes.subarray(offset)));
      expect(await carryOn(suman, id, 200_000, parts(Buffer.alloc(0)))).toBe(200_000);
      expect((await ev.list(suman)).exhibits.length).toBe(before + 1);
    });
  });

  describe('what is refused', () => {
    test.each([
      [
        'a zip archive',
        () => Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(5000)]),
        'document',
        'not-this-type',
      ],
      ['SVG with a script', svg, 'photo', 'not-this-type'],
      ['HTML', () => Buffer.from('<html><script>alert(1)</script></html>'), 'document', 'not-this-type'],
      ['the test signature of scanners', eicar, 'document', 'malware-found'],
      [
        'the same deep inside a text',
        () => Buffer.concat([Buffer.alloc(65_500, 'a '), eicar()]),
        'document',
        'malware-found',
      ],
      ['a picture that says it is a film', photo, 'video', 'kind-does-not-fit'],
      ['a picture that unfolds without end', pictureBomb, 'photo', 'picture-too-large'],
      [
        'a picture that is none',
        () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500)]),
        'photo',
        'file-damaged',
      ],
      ['a PDF that was cut off', () => pdf().subarray(0, -10), 'document', 'file-cut-off'],
      [
        'text that ends in bytes',
        () => Buffer.concat([Buffer.alloc(70_000, 'abc '), Buffer.from([0xc3, 0x28])]),
        'document',
        'not-this-type',
      ],
      [
        'a picture with an archive behind it',
        async () => Buffer.concat([await photo(), Buffer.from(`PK\x05\x06${'\0'.repeat(18)}`, 'latin1')]),
        'photo',
        'two-things-in-one',
      ],
    ] as const)('%s', async (_what, make, kind, code) => {
      const bytes = await make();
      const id = await ev.begin(suman, bytes.length, said(kind));
      const before = (await ev.list(suman)).exhibits.length;
      expect(await refusal(carryOn(suman, id, 0, parts(bytes)))).toBe(code);
      expect((await ev.list(suman)).exhibits.length).toBe(before);
      // refused for good: bytes and key are gone, and asking again says why
      expect(await refusal(carryOn(suman, id, 0, parts(bytes)))).toBe(code);
      expect(await h.sql('select state, refusal, wrapped_key from evidence.upload where id = $1', [id])).toEqual([
        { state: 'refused', refusal: code, wrapped_key: null },
      ]);
      expect(shelf.lies(id)).toBe(false);
    });

    test('a wrong type is refused with its first piece, not after two gigabytes', async () => {
      const id = await ev.begin(suman, 2_000_000_000, said('video'));
      let taken = 0;
      async function* endless(): AsyncGenerator<Buffer> {
        for (;;) {
          taken += 16_384;
          yield Buffer.alloc(16_384, 'MZ');
        }
      }
      expect(await refusal(carryOn(suman, id, 0, endless()))).toBe('not-this-type');
      expect(taken).toBeLessThan(200_000);
    });

    test('too large, empty, more than was said', async () => {
      expect(await refusal(ev.begin(suman, 2_147_483_649, said('video')))).toBe('file-too-large');
      expect(await refusal(ev.begin(suman, 0, said('video')))).toBe('file-empty');
      const id = await ev.begin(suman, 1000, said('video'));
      expect(await refusal(carryOn(suman, id, 0, parts(film(5000), 5000)))).toBe('longer-than-said');
    });

    test('with a scanner at its socket its word counts; when it is silent, that is said', async () => {
      const socket = path.join(mkdtempSync(path.join(os.tmpdir(), 'itsso-clam-')), 'clamd');
      const scanner = net.createServer((from) => {
        let heard: Buffer = Buffer.alloc(0);
        from.on('data', (bytes: Buffer) => {
          heard = Buffer.concat([heard, bytes]);
          if (heard.subarray(-4).equals(Buffer.alloc(4)))
            from.end(heard.includes('wicked') ? 'stream: Kanari.Test FOUND\0' : 'stream: OK\0');
        });
      });
      await new Promise<void>((open) => scanner.listen(socket, open));
      process.env.ITSSO_CLAMD = socket;
      try {
        await ev.send(suman, Buffer.from('a harmless text'), said('document'));
        expect((await ev.newest()).digital?.scan).toBe('clean');
        expect(await refusal(ev.send(suman, Buffer.from('a wicked text'), said('document')))).toBe('malware-found');
        await new Promise((closed) => scanner.close(closed));
        await ev.send(suman, Buffer.from('a text nobody scans'), said('document'));
        expect((await ev.newest()).digital?.scan).toBe('not-scanned');
      } finally {
        delete process.env.ITSSO_CLAMD;
      }
    });
  });

  test('what nobody finishes within seven days is forgotten: no bytes, no key, and its sender is told', async () => {
    const id = await ev.begin(suman, 500_000, said('video'));
    await carryOn(suman, id, 0, parts(film(100_000)));
    await h.at('2026-01-12T09:00:00+05:30');
    suman = await h.as('suman');
    expect((await progressOf(suman, id)).offset).toBe(100_000);
    await h.at('2026-01-12T12:00:00+05:30');
    suman = await h.as('suman');
    expect(await refusal(progressOf(suman, id))).toBe('upload-expired');
    expect(shelf.lies(id)).toBe(false);
    expect(await h.sql(`select count(*)::int as n from evidence.upload where state = 'arriving'`)).toEqual([{ n: 0 }]);
    expect(await h.sql('select state, wrapped_key from evidence.upload where id = $1', [id])).toEqual([
      { state: 'expired', wrapped_key: null },
    ]);
  });
});
