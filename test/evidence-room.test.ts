// Evidence by its verbs: sight, limits, numbers, chains, tampering, expiry, restart; on the real database and a real disk.
import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  addThing,
  beginUpload,
  carryOn,
  drawId,
  evidenceOf,
  labelOf,
  lookAt,
  type MoveForm,
  moveExhibit,
  openShelf,
  type ThingForm,
  type UploadForm,
  verifyExhibit,
} from '#evidence';
import { type Actor, act, read, Refusal } from '#foundation';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { eicar, film, pdf, photo, pictureBomb, svg } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
let number = '';
let suman: Actor;
const shelf = mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-'));
beforeAll(async () => {
  openShelf(shelf);
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  number = await story.confirmed();
  await story.step('suman', number, { step: 'receive' });
  suman = await h.as('suman');
});
afterAll(() => h.close());

const said = (kind: UploadForm['kind'], more: Partial<UploadForm> = {}): UploadForm => ({
  kind,
  filename: 'Kanariya.bin',
  reports_on: [],
  description: undefined,
  found_where: undefined,
  found_at: undefined,
  ...more,
});
async function* parts(of: Buffer, size = 10_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
}
const begin = async (actor: Actor, size: number, form: UploadForm, of: string | null = number) => {
  const id = drawId(undefined);
  await beginUpload(actor, { id, number: of ?? undefined, size, form });
  return id;
};
const send = async (actor: Actor, bytes: Buffer, form: UploadForm, of: string | null = number) => {
  const id = await begin(actor, bytes.length, form, of);
  await carryOn(actor, id, 0, parts(bytes));
  return id;
};
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
const list = (actor: Actor, of = number) => read(actor, 'test.list', (r) => evidenceOf(r, of));
const newest = async (actor: Actor = suman) => (await list(actor)).exhibits.at(-1)!;
const whole = async (bytes: AsyncIterable<Buffer> | Buffer): Promise<Buffer> => {
  if (Buffer.isBuffer(bytes)) return bytes;
  const all: Buffer[] = [];
  for await (const one of bytes) all.push(one);
  return Buffer.concat(all);
};
const thing = (more: Partial<ThingForm> = {}): ThingForm => ({
  kind: 'physical',
  description: 'Kanariya: दुपट्टा',
  reports_on: [],
  found_where: undefined,
  found_at: undefined,
  ...more,
});
const add = (actor: Actor, form = thing()) => act(actor, 'evidence.add', (a) => addThing(a, number, form));
const go = (actor: Actor, exhibit: number, form: MoveForm) =>
  act(actor, 'evidence.move', (a) => moveExhibit(a, number, exhibit, form));
const blob = (id: string) => path.join(shelf, id.slice(0, 2), id);

describe('a file that arrives', () => {
  test('becomes an exhibit with its SHA-256, is encrypted on the disk, and comes back byte for byte', async () => {
    const bytes = film(300_001);
    const id = await send(suman, bytes, said('video', { description: 'Kanariya: मोबाइल का वीडियो' }));
    const exhibit = await newest();
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
    const stored = readFileSync(blob(id));
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
      await h.sql(`select u::text || coalesce(convert_from(u.sealed_name, 'LATIN1'), '') as t from evidence.upload u
      union all select e::text from evidence.exhibit e union all select c::text from evidence.custody c
      union all select l::text from foundation.ledger l`);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ t }) => String(t).includes('Kanariya'))).toEqual([]);
    expect(
      readdirSync(shelf, { recursive: true }).every((name) => /^[0-9a-f]{2}(\/[0-9a-f]{32})?$/.test(String(name))),
    ).toBe(true);
  });

  test('what breaks off goes on where it broke off, whatever the pieces; a torn last piece does not count', async () => {
    const bytes = film(400_000);
    const id = await begin(suman, bytes.length, said('video'));
    async function* breaking(from: number, to: number): AsyncGenerator<Buffer> {
      yield* parts(bytes.subarray(from, to), 7001);
      throw new Error('the network is gone');
    }
    await expect(carryOn(suman, id, 0, breaking(0, 100_000))).rejects.toThrow('gone');
    const { progressOf } = await import('../src/server/evidence/uploads.ts');
    expect((await progressOf(suman, id)).offset).toBe(100_000);
    expect(await carryOn(suman, id, 100_000, parts(bytes.subarray(100_000, 250_000), 333))).toBe(250_000);
    // the power fails while a segment is being written
    truncateSync(blob(id), statSync(blob(id)).size - 100);
    const { offset } = await progressOf(suman, id);
    expect(offset).toBe(196_608);
    // a new process opens the same shelf
    openShelf(shelf);
    expect(await carryOn(suman, id, offset, parts(bytes.subarray(offset)))).toBe(400_000);
    expect((await progressOf(suman, id)).offset).toBe(400_000);
    const { number: exhibit } = await newest();
    expect((await whole((await lookAt(suman, number, exhibit, 'original')).bytes)).equals(bytes)).toBe(true);
  });

  test('all bytes there, but the house fell before it looked: the last piece is asked for again, and only once is it an exhibit', async () => {
    const bytes = film(200_000);
    const id = await begin(suman, bytes.length, said('video'));
    const { append } = await import('../src/server/evidence/shelf.ts');
    const uploads = await import('../src/server/evidence/uploads.ts');
    const row = await read(suman, 'test.look', async (r) =>
      (await import('../src/server/evidence/store.ts')).findUpload(r, id),
    );
    await append(uploads.storedOf(row!), 0, parts(bytes), () => undefined);
    const before = (await list(suman)).exhibits.length;
    const { offset } = await uploads.progressOf(suman, id);
    expect(offset).toBe(3 * 65_536);
    await carryOn(suman, id, offset, parts(bytes.subarray(offset)));
    expect(await carryOn(suman, id, 200_000, parts(Buffer.alloc(0)))).toBe(200_000);
    expect((await list(suman)).exhibits.length).toBe(before + 1);
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
    const id = await begin(suman, bytes.length, said(kind));
    const before = (await list(suman)).exhibits.length;
    expect(await refusal(carryOn(suman, id, 0, parts(bytes)))).toBe(code);
    expect((await list(suman)).exhibits.length).toBe(before);
    // refused for good: bytes and key are gone, and asking again says why
    expect(await refusal(carryOn(suman, id, 0, parts(bytes)))).toBe(code);
    expect(await h.sql('select state, refusal, wrapped_key from evidence.upload where id = $1', [id])).toEqual([
      { state: 'refused', refusal: code, wrapped_key: null },
    ]);
    expect(() => statSync(blob(id))).toThrow();
  });

  test('a wrong type is refused with its first piece, not after two gigabytes', async () => {
    const id = await begin(suman, 2_000_000_000, said('video'));
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
    expect(await refusal(begin(suman, 2_147_483_649, said('video')))).toBe('file-too-large');
    expect(await refusal(begin(suman, 0, said('video')))).toBe('file-empty');
    const id = await begin(suman, 1000, said('video'));
    expect(await refusal(carryOn(suman, id, 0, parts(film(5000), 5000)))).toBe('longer-than-said');
  });

  test('with a scanner at its socket its word counts; when it is silent, that is said', async () => {
    const socket = path.join(mkdtempSync(path.join(os.tmpdir(), 'itsso-clam-')), 'clamd');
    const scanner = net.createServer((from) => {
      let heard = Buffer.alloc(0);
      from.on('data', (bytes) => {
        heard = Buffer.concat([heard, bytes]);
        if (heard.subarray(-4).equals(Buffer.alloc(4)))
          from.end(heard.includes('wicked') ? 'stream: Kanari.Test FOUND\0' : 'stream: OK\0');
      });
    });
    await new Promise<void>((open) => scanner.listen(socket, open));
    process.env.ITSSO_CLAMD = socket;
    try {
      await send(suman, Buffer.from('a harmless text'), said('document'));
      expect((await newest()).digital?.scan).toBe('clean');
      expect(await refusal(send(suman, Buffer.from('a wicked text'), said('document')))).toBe('malware-found');
      await new Promise((closed) => scanner.close(closed));
      await send(suman, Buffer.from('a text nobody scans'), said('document'));
      expect((await newest()).digital?.scan).toBe('not-scanned');
    } finally {
      delete process.env.ITSSO_CLAMD;
    }
  });
});

describe('whose it is', () => {
  test('another station finds neither the case nor the upload nor the exhibit', async () => {
    const id = await begin(suman, 1000, said('video'));
    const exhibit = await add(suman);
    for (const who of ['kiran', 'lko-io', 'aruna']) {
      const other = await h.as(who);
      expect(await refusal(begin(other, 1000, said('video')))).toBe('not-found');
      expect(await refusal(carryOn(other, id, 0, parts(film(1000))))).toBe('not-found');
      expect(await refusal(list(other))).toBe('not-found');
      expect(await refusal(lookAt(other, number, exhibit, 'original'))).toBe('not-found');
      expect(await refusal(act(other, 'evidence.verify', (a) => verifyExhibit(a, number, exhibit)))).toBe('not-found');
      for (const t of ['upload', 'exhibit', 'custody', 'answer'])
        expect(
          await read(
            other,
            'test.look',
            async (r) =>
              (
                await r.db
                  .selectFrom(`evidence.${t}` as 'evidence.upload')
                  .selectAll()
                  .execute()
              ).length,
          ),
        ).toBe(0);
    }
    // the SHO of the station sees the case, but the upload belongs to the post that sends it
    const verma = await h.as('verma');
    expect((await list(verma)).exhibits.length).toBeGreaterThan(0);
    expect(await refusal(carryOn(verma, id, 0, parts(film(1000))))).toBe('not-found');
    expect(await refusal(list(h.nobody))).not.toBe('done');
  });

  test('the circle above looks and verifies, and does not add', async () => {
    const singh = await h.as('singh');
    const { number: exhibit } = await newest(singh);
    expect((await list(singh)).why_not_add).toBe('not-on-your-desk');
    expect(await refusal(add(singh))).toBe('not-on-your-desk');
    expect(await refusal(begin(singh, 1000, said('video')))).toBe('not-on-your-desk');
    expect((await act(singh, 'evidence.verify', (a) => verifyExhibit(a, number, exhibit))).chain).toBe('unbroken');
  });

  test('she sends to her own case: fifty megabytes, twenty files, no reports, and nothing to anybody else’s', async () => {
    const filed = await story.file(complaint());
    const she = await story.herself(filed);
    expect(await refusal(begin(she, 52_428_801, said('video'), null))).toBe('file-too-large');
    expect(await refusal(begin(she, 1000, said('medical-report'), null))).toBe('hers-only-these');
    expect(await refusal(begin(she, 1000, said('photo'), number))).toBe('not-found');
    expect(await refusal(begin(h.nobody, 1000, said('photo'), null))).toBe('not-found');
    await send(she, await photo(), said('photo', { description: 'Kanariya: उसका मैसेज' }), null);
    const rows = await h.sql(
      `select e.number, e.origin, e.post, c.move from evidence.exhibit e join evidence.custody c on c.exhibit = e.id
      where e.file = $1`,
      [she.kind === 'citizen' ? she.subject : null],
    );
    expect(rows).toEqual([{ number: 1, origin: 'complainant', post: null, move: 'arrived' }]);
    for (let n = 1; n < 20; n++) await begin(she, 1000, said('photo'), null);
    expect(await refusal(begin(she, 1000, said('photo'), null))).toBe('too-many-files');
  });
});

describe('exhibits', () => {
  test('numbers have no gaps, however many are entered at once and however many fail', async () => {
    const before = (await list(suman)).exhibits.length;
    const future = Temporal.Instant.from('2030-01-01T00:00:00Z');
    const tries = Array.from({ length: 12 }, (_, n) =>
      refusal(
        n % 3
          ? add(suman)
          : act(suman, 'evidence.add', async (a) => {
              await addThing(a, number, thing());
              throw new Refusal('test-rolls-back');
            }),
      ),
    );
    const ends = await Promise.all([...tries, refusal(add(suman, thing({ found_at: future })))]);
    expect(ends.filter((end) => end === 'done').length).toBe(8);
    expect((await list(suman)).exhibits.map((e) => e.number)).toEqual(
      Array.from({ length: before + 8 }, (_, n) => n + 1),
    );
  });

  test('a thing goes to the malkhana, the laboratory and back; its report ends the waiting', async () => {
    const n = await add(suman);
    const now = () => story.now();
    await go(suman, n, { move: 'to-malkhana', at: await now(), person: 'Kanariya मोहर्रिर, रजि. 12', note: undefined });
    await go(suman, n, { move: 'sent-to-fsl', at: await now(), person: 'Kanariya सिपाही', note: 'सील नमूना साथ' });
    await go(suman, n, { move: 'taken-in-by-fsl', at: await now(), person: undefined, note: undefined });
    const sent = (await list(suman)).awaited.fsl;
    expect(sent.map(({ number: one }) => one)).toContain(n);
    const report = await add(suman, thing({ kind: 'fsl-report', description: 'रिपोर्ट', reports_on: [n] }));
    const { exhibits, awaited } = await list(suman);
    expect(awaited.fsl.map(({ number: one }) => one)).not.toContain(n);
    const exhibit = exhibits.find((e) => e.number === n)!;
    expect(exhibit.reported_in).toEqual([report]);
    expect(exhibit.place).toBe('fsl');
    expect(exhibit.chain.map(({ move, person }) => [move, person])).toEqual([
      ['seized', null],
      ['to-malkhana', 'Kanariya मोहर्रिर, रजि. 12'],
      ['sent-to-fsl', 'Kanariya सिपाही'],
      ['taken-in-by-fsl', null],
    ]);
    expect(await refusal(go(suman, n, { move: 'to-malkhana', at: await now(), person: 'x', note: undefined }))).toBe(
      'not-from-there',
    );
    expect(await refusal(add(suman, thing({ kind: 'fsl-report', reports_on: [9999] })))).toBe('no-such-exhibit');
  });

  test('of two who move one thing at once, one is told that it has gone', async () => {
    const n = await add(suman);
    const at = await story.now();
    const form = { move: 'to-malkhana', at, person: 'x', note: undefined } as const;
    const ends = await Promise.all([refusal(go(suman, n, form)), refusal(go(suman, n, form))]);
    expect(ends.filter((end) => end === 'done').length).toBe(1);
    expect(ends.some((end) => end === 'moved-meanwhile' || end === 'not-from-there')).toBe(true);
  });

  test('a doctor’s report stops the doctor’s clock', async () => {
    const at = (await story.now()).toString();
    await story.step('suman', number, { step: 'medical', examined_at: at });
    expect((await list(suman)).awaited.medical.map(({ received }) => received)).toEqual([false]);
    await send(suman, pdf(), said('medical-report'));
    expect((await list(suman)).awaited.medical.map(({ received }) => received)).toEqual([true]);
  });

  test('nothing of it can be changed or taken away, by nobody; a number cannot be chosen', async () => {
    for (const text of [
      'update evidence.custody set move = move',
      'delete from evidence.custody',
      'update evidence.exhibit set kind = kind',
      'delete from evidence.exhibit',
      'delete from evidence.answer',
      'delete from evidence.upload',
      `update evidence.upload set sha256 = sha256 where state = 'kept'`,
    ])
      await expect(h.sql(text), text).rejects.toThrow('evidence is not rewritten');
    for (const actor of [suman, await h.as('cctns')])
      await expect(act(actor, 'test.try', (a) => a.db.deleteFrom('evidence.custody').execute())).rejects.toThrow(
        /permission denied/,
      );
    const last = (await newest()).number;
    expect(await add(suman)).toBe(last + 1);
  });
});

describe('looking', () => {
  test('the copy has neither place nor device, stands upright, and the original is untouched; each look is in the ledger', async () => {
    const bytes = await photo();
    expect(bytes.includes('KanariyaPhone')).toBe(true);
    await send(suman, bytes, said('photo'));
    const { number: n } = await newest();
    const copy = await whole((await lookAt(suman, number, n, 'view')).bytes);
    const about = await sharp(copy).metadata();
    expect([about.exif, about.xmp, about.iptc, about.icc, about.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([about.format, about.width, about.height]).toEqual(['jpeg', 200, 320]);
    expect(copy.includes('KanariyaPhone')).toBe(false);
    expect((await whole((await lookAt(suman, number, n, 'original')).bytes)).equals(bytes)).toBe(true);
    expect(await refusal(lookAt(suman, number, n, 'play'))).toBe('cannot-be-shown');
    const deeds = await h.sql(
      `select deed, detail from foundation.ledger where deed like 'evidence.%' and detail->>'exhibit' = $1 order by at, id`,
      [String(n)],
    );
    expect(deeds.map(({ deed }) => deed)).toEqual(['evidence.exhibit', 'evidence.view', 'evidence.original']);
  });

  test('a flipped bit on the disk, a missing file and a rewritten chain are found', async () => {
    const verify = (n: number) => act(suman, 'evidence.verify', (a) => verifyExhibit(a, number, n));
    const id = await send(suman, film(150_000), said('video'));
    const { number: n } = await newest();
    expect(await verify(n)).toMatchObject({ file: 'unchanged', chain: 'unbroken' });
    const stored = readFileSync(blob(id));
    stored[100_000] = (stored[100_000] ?? 0) ^ 1;
    writeFileSync(blob(id), stored);
    expect((await verify(n)).file).toBe('changed');
    writeFileSync(blob(id), stored.subarray(0, 65_564));
    expect((await verify(n)).file).toBe('changed');
    const physical = await add(suman);
    await go(suman, physical, { move: 'to-malkhana', at: await story.now(), person: 'x', note: undefined });
    expect(await verify(physical)).toEqual({ file: null, chain: 'unbroken', sha256: null });
    await h.sql('set session_replication_role = replica');
    await h.sql(
      `update evidence.custody set at = at - interval '1 day' where n = 2 and exhibit = (select id from evidence.exhibit where number = $1 and file = (select id from casework.file where number = $2))`,
      [physical, number],
    );
    await h.sql('set session_replication_role = origin');
    expect((await verify(physical)).chain).toBe('broken');
  });

  test('a label says nothing of the case, and no one else can make one', async () => {
    const label = await read(suman, 'test.look', (r) => labelOf(r, number, 1));
    expect(label.code).toMatch(/^E[0-9A-F]{32}-[0-9A-F]{8}$/);
    expect(label.code).not.toContain(number);
  });
});

test('what nobody finishes within seven days is forgotten: no bytes, no key, and its sender is told', async () => {
  const id = await begin(suman, 500_000, said('video'));
  await carryOn(suman, id, 0, parts(film(100_000)));
  const { progressOf } = await import('../src/server/evidence/uploads.ts');
  await h.at('2026-01-12T09:00:00+05:30');
  suman = await h.as('suman');
  expect((await progressOf(suman, id)).offset).toBe(100_000);
  await h.at('2026-01-12T12:00:00+05:30');
  suman = await h.as('suman');
  expect(await refusal(progressOf(suman, id))).toBe('upload-expired');
  expect(() => statSync(blob(id))).toThrow();
  expect(await h.sql(`select count(*)::int as n from evidence.upload where state = 'arriving'`)).toEqual([{ n: 0 }]);
  expect(await h.sql('select state, wrapped_key from evidence.upload where id = $1', [id])).toEqual([
    { state: 'expired', wrapped_key: null },
  ]);
});
