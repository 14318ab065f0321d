// Exhibits by the verbs of the room: whose they are, their numbers, their chains, looking at them and finding what was tampered with.
import { readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addThing, carryOn, labelOf, lookAt, verifyExhibit } from '#evidence';
import { type Actor, act, read, Refusal } from '#foundation';
import { caseIn, parts, refusal, said, thing, whole } from './evidence-case.ts';
import { film, pdf, photo } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint } from './story.ts';

let h: TestHouse;
let ev: Awaited<ReturnType<typeof caseIn>>;
let suman: Actor;
let number = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  ev = await caseIn(h);
  ({ suman, number } = ev);
});
afterAll(() => h.close());

describe('whose it is', () => {
  test('another station finds neither the case nor the upload nor the exhibit', async () => {
    const id = await ev.begin(suman, 1000, said('video'));
    const exhibit = await ev.add(suman);
    for (const who of ['kiran', 'lko-io', 'aruna']) {
      const other = await h.as(who);
      expect(await refusal(ev.begin(other, 1000, said('video')))).toBe('not-found');
      expect(await refusal(carryOn(other, id, 0, parts(film(1000))))).toBe('not-found');
      expect(await refusal(ev.list(other))).toBe('not-found');
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
    expect((await ev.list(verma)).exhibits.length).toBeGreaterThan(0);
    expect(await refusal(carryOn(verma, id, 0, parts(film(1000))))).toBe('not-found');
    expect(await refusal(ev.list(h.nobody))).not.toBe('done');
  });

  test('the circle above looks and verifies, and does not add', async () => {
    const singh = await h.as('singh');
    const { number: exhibit } = await ev.newest(singh);
    expect((await ev.list(singh)).why_not_add).toBe('not-on-your-desk');
    expect(await refusal(ev.add(singh))).toBe('not-on-your-desk');
    expect(await refusal(ev.begin(singh, 1000, said('video')))).toBe('not-on-your-desk');
    expect((await act(singh, 'evidence.verify', (a) => verifyExhibit(a, number, exhibit))).chain).toBe('unbroken');
  });

  test('she sends to her own case: fifty megabytes, twenty files, no reports, and nothing to anybody else’s', async () => {
    const filed = await ev.story.file(complaint());
    const she = await ev.story.herself(filed);
    expect(await refusal(ev.begin(she, 52_428_801, said('video'), null))).toBe('file-too-large');
    expect(await refusal(ev.begin(she, 1000, said('medical-report'), null))).toBe('hers-only-these');
    expect(await refusal(ev.begin(she, 1000, said('photo'), number))).toBe('not-found');
    expect(await refusal(ev.begin(h.nobody, 1000, said('photo'), null))).toBe('not-found');
    await ev.send(she, await photo(), said('photo', { description: 'Kanariya: उसका मैसेज' }), null);
    const rows = await h.sql(
      `select e.number, e.origin, e.post, c.move from evidence.exhibit e join evidence.custody c on c.exhibit = e.id
      where e.file = $1`,
      [she.kind === 'citizen' ? she.subject : null],
    );
    expect(rows).toEqual([{ number: 1, origin: 'complainant', post: null, move: 'arrived' }]);
    for (let n = 1; n < 20; n++) await ev.begin(she, 1000, said('photo'), null);
    expect(await refusal(ev.begin(she, 1000, said('photo'), null))).toBe('too-many-files');
  });
});

describe('exhibits', () => {
  test('numbers have no gaps, however many are entered at once and however many fail', async () => {
    const before = (await ev.list(suman)).exhibits.length;
    const future = Temporal.Instant.from('2030-01-01T00:00:00Z');
    const tries = Array.from({ length: 12 }, (_, n) =>
      refusal(
        n % 3
          ? ev.add(suman)
          : act(suman, 'evidence.add', async (a) => {
              await addThing(a, number, thing());
              throw new Refusal('test-rolls-back');
            }),
      ),
    );
    const ends = await Promise.all([...tries, refusal(ev.add(suman, thing({ found_at: future })))]);
    expect(ends.filter((end) => end === 'done').length).toBe(8);
    expect((await ev.list(suman)).exhibits.map((e) => e.number)).toEqual(
      Array.from({ length: before + 8 }, (_, n) => n + 1),
    );
  });

  test('a thing goes to the malkhana, the laboratory and back; its report ends the waiting', async () => {
    const n = await ev.add(suman);
    const now = () => ev.story.now();
    await ev.go(suman, n, {
      move: 'to-malkhana',
      at: await now(),
      person: 'Kanariya मोहर्रिर, रजि. 12',
      note: undefined,
    });
    await ev.go(suman, n, { move: 'sent-to-fsl', at: await now(), person: 'Kanariya सिपाही', note: 'सील नमूना साथ' });
    await ev.go(suman, n, { move: 'taken-in-by-fsl', at: await now(), person: undefined, note: undefined });
    const sent = (await ev.list(suman)).awaited.fsl;
    expect(sent.map(({ number: one }) => one)).toContain(n);
    const report = await ev.add(suman, thing({ kind: 'fsl-report', description: 'रिपोर्ट', reports_on: [n] }));
    const { exhibits, awaited } = await ev.list(suman);
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
    expect(await refusal(ev.go(suman, n, { move: 'to-malkhana', at: await now(), person: 'x', note: undefined }))).toBe(
      'not-from-there',
    );
    expect(await refusal(ev.add(suman, thing({ kind: 'fsl-report', reports_on: [9999] })))).toBe('no-such-exhibit');
  });

  test('of two who move one thing at once, one is told that it has gone', async () => {
    const n = await ev.add(suman);
    const at = await ev.story.now();
    const form = { move: 'to-malkhana', at, person: 'x', note: undefined } as const;
    const ends = await Promise.all([refusal(ev.go(suman, n, form)), refusal(ev.go(suman, n, form))]);
    expect(ends.filter((end) => end === 'done').length).toBe(1);
    expect(ends.some((end) => end === 'moved-meanwhile' || end === 'not-from-there')).toBe(true);
  });

  test('a doctor’s report stops the doctor’s clock', async () => {
    const at = (await ev.story.now()).toString();
    await ev.story.step('suman', number, { step: 'medical', examined_at: at });
    expect((await ev.list(suman)).awaited.medical.map(({ received }) => received)).toEqual([false]);
    await ev.send(suman, pdf(), said('medical-report'));
    expect((await ev.list(suman)).awaited.medical.map(({ received }) => received)).toEqual([true]);
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
    const last = (await ev.newest()).number;
    expect(await ev.add(suman)).toBe(last + 1);
  });
});

describe('looking', () => {
  test('the copy has neither place nor device, stands upright, and the original is untouched; each look is in the ledger', async () => {
    const bytes = await photo();
    expect(bytes.includes('KanariyaPhone')).toBe(true);
    await ev.send(suman, bytes, said('photo'));
    const { number: n } = await ev.newest();
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
    const id = await ev.send(suman, film(150_000), said('video'));
    const { number: n } = await ev.newest();
    expect(await verify(n)).toMatchObject({ file: 'unchanged', chain: 'unbroken' });
    const stored = readFileSync(ev.blob(id));
    stored[100_000] = (stored[100_000] ?? 0) ^ 1;
    writeFileSync(ev.blob(id), stored);
    expect((await verify(n)).file).toBe('changed');
    writeFileSync(ev.blob(id), stored.subarray(0, 65_564));
    expect((await verify(n)).file).toBe('changed');
    const physical = await ev.add(suman);
    await ev.go(suman, physical, { move: 'to-malkhana', at: await ev.story.now(), person: 'x', note: undefined });
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
