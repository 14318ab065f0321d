// What she sends in before it belongs to anything: hers alone, erased with the form, an exhibit once the form or a message takes it.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  beginUpload,
  carryOn,
  drawId,
  dropUpload,
  evidenceOf,
  fileWithUploads,
  holdUpload,
  lookAt,
  myUploads,
  openShelf,
  takeUpload,
} from '#evidence';
import { type Actor, act, read } from '#foundation';
import { discardDraft, draftOf, startDraft } from '#intake';
import { parts, refusal, said, whole } from './evidence-case.ts';
import { eicar, film, pdf, photo, silence, svg } from './evidence-files.ts';
import { type TestHouse, testHouse } from './house.ts';
import { complaint, storyIn } from './story.ts';

let house: TestHouse;
let story: ReturnType<typeof storyIn>;
const shelf = mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-'));
const blob = (id: string) => path.join(shelf, id.slice(0, 2), id);
beforeAll(async () => {
  openShelf(shelf);
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  story = storyIn(house);
});
afterAll(() => house.close());

const writing = async (): Promise<Actor> => {
  const { token } = await act(house.nobody, 'intake.start-draft', (a) => startDraft(a, { language: 'hi' }));
  return house.citizen(token);
};
const formOf = async (her: Actor) => (await read(her, 'test.draft', draftOf))?.form_id ?? '';
const begin = async (her: Actor, size: number, kind?: 'audio', draft?: string) => {
  const id = drawId(undefined);
  await holdUpload(her, { id, size, draft, form: { kind, filename: 'Kanariya ki baat.m4a' } });
  return id;
};
const send = async (her: Actor, bytes: Buffer, kind?: 'audio') => {
  const id = await begin(her, bytes.length, kind);
  await carryOn(her, id, 0, parts(bytes));
  return id;
};
const mine = (her: Actor) => read(her, 'test.mine', myUploads);
const sentBy = async (her: Actor, more: Record<string, unknown>) => {
  const form = complaint({ form_id: await formOf(her), ...more });
  const filed = await act(her, 'casework.file', (a) => fileWithUploads(a, form));
  return { form, filed };
};
const rows = async (id: string) => (await house.sql(`select * from evidence.held where id = $1`, [id])).length;

test('what she sends in before the form is sent is kept for her alone, and told in the words of her pages', async () => {
  const her = await writing();
  const voice = await send(her, silence(), 'audio');
  await send(her, await photo());
  await send(her, pdf());
  expect(await mine(her)).toMatchObject([
    { id: voice, kind: 'audio', bytes: silence().length },
    { kind: 'picture' },
    { kind: 'pdf' },
  ]);
  expect(await mine(await writing())).toEqual([]);
  for (const who of ['verma', 'cp'])
    expect(await refusal(carryOn(await house.as(who), voice, 0, parts(pdf())))).toBe('not-found');
  expect(await refusal(act(await writing(), 'test.take', (a) => takeUpload(a, voice, 'message')))).toBe(
    'upload-unknown',
  );
});

test('her voice is a voice, also in a container of films; a picture is none', async () => {
  const her = await writing();
  const id = await send(her, film(5000), 'audio');
  expect(await mine(her)).toMatchObject([{ id, kind: 'audio' }]);
  const size = (await photo()).length;
  const other = await begin(her, size, 'audio');
  expect(await refusal(carryOn(her, other, 0, parts(await photo())))).toBe('kind-does-not-fit');
  expect(await mine(her)).toHaveLength(1);
});

test('interrupted, it goes on where it broke off, from any phone that has the form', async () => {
  const her = await writing();
  const bytes = film(300_000);
  const id = await begin(her, bytes.length);
  const broken = async function* () {
    yield bytes.subarray(0, 150_000);
    throw new Error('the network is gone');
  };
  await expect(carryOn(her, id, 0, broken())).rejects.toThrow('the network is gone');
  const there = await carryOn(her, id, 131_072, parts(bytes.subarray(131_072)));
  expect(there).toBe(bytes.length);
  expect(await mine(her)).toMatchObject([{ id, kind: 'video', bytes: 300_000 }]);
});

test('what is no picture, sound, film or paper is refused, and so is too much of it', async () => {
  const her = await writing();
  for (const bad of [svg(), eicar()]) {
    const id = await begin(her, bad.length);
    expect(await refusal(carryOn(her, id, 0, parts(bad)))).toMatch(/^(not-this-type|malware-found)$/);
    expect(existsSync(blob(id))).toBe(false);
  }
  expect(await refusal(begin(her, 50 * 1024 * 1024 + 1))).toBe('file-too-large');
  for (let n = 0; n < 20; n++) await begin(her, 1000);
  expect(await refusal(begin(her, 1000))).toBe('too-many-files');
  expect(await refusal(begin(house.nobody, 10))).toBe('session-over');
  expect(await refusal(begin(await house.as('verma'), 10))).toBe('not-your-power');
  expect(await refusal(begin(await writing(), 10, undefined, await formOf(her)))).toBe('not-found');
});

test('sending the form makes exhibits of what it names, byte for byte, and erases the rest', async () => {
  const her = await writing();
  const voice = await send(her, silence(), 'audio');
  const picture = await send(her, await photo());
  const other = await send(her, pdf());
  const { form } = await sentBy(her, { account: { upload: voice }, evidence: [picture, voice] });
  const { complaint_number: number = '' } = await story.call(form);
  await story.step('suman', number, { step: 'receive' });
  const suman = await house.as('suman');
  const { exhibits } = await read(suman, 'test.list', (r) => evidenceOf(r, number));
  expect(exhibits).toMatchObject([
    { number: 1, kind: 'audio', origin: 'complainant', sent_as: 'account', name: 'Kanariya ki baat.m4a' },
    { number: 2, kind: 'photo', origin: 'complainant', sent_as: 'evidence' },
  ]);
  expect(exhibits[0]?.digital?.sha256).toBe(createHash('sha256').update(silence()).digest('hex'));
  const { bytes } = await lookAt(suman, number, 1, 'play');
  expect((await whole(bytes)).equals(silence())).toBe(true);
  // what she did not name went with the form: row and key at once, bytes with the sweep
  expect(await rows(other)).toBe(0);
  await house.at('2026-01-05T10:10+05:30');
  expect(existsSync(blob(other))).toBe(false);
  expect(existsSync(blob(voice))).toBe(true);
  expect(await mine(her)).toEqual([]);
  // and pressed again it is the same complaint, with the same exhibits
  await act(her, 'casework.file', (a) => fileWithUploads(a, form));
  expect((await read(suman, 'test.list', (r) => evidenceOf(r, number))).exhibits).toHaveLength(2);
});

test('a form that names what is not hers is not sent at all', async () => {
  const her = await writing();
  const stranger = await send(await writing(), pdf());
  const form = complaint({ form_id: await formOf(her), evidence: [stranger] });
  expect(await refusal(act(her, 'casework.file', (a) => fileWithUploads(a, form)))).toBe('upload-unknown');
  expect(await refusal(act(house.nobody, 'casework.file', (a) => fileWithUploads(a, form)))).toBe('upload-unknown');
  expect(await story.idOf(form)).toBe('');
  expect(await rows(stranger)).toBe(1);
  await expect(story.file(form)).rejects.toThrow('filed through #evidence');
});

test('with her unsent form everything goes, and a copy of the bytes opens with nothing that is left', async () => {
  const her = await writing();
  const id = await send(her, await photo());
  const copy = readFileSync(blob(id));
  const [held] = await house.sql<{ sealed_key: Buffer }>('select sealed_key from evidence.held where id = $1', [id]);
  await act(her, 'intake.discard-draft', discardDraft);
  expect(await rows(id)).toBe(0);
  await house.at('2026-01-05T10:20+05:30');
  expect(existsSync(blob(id))).toBe(false);
  // the key was sealed under the form's own key: another form cannot open it, and that of this one is gone
  const another = await writing();
  const decoy = await send(another, await photo());
  await house.sql(`alter table evidence.held disable trigger user`);
  await house.sql('update evidence.held set sealed_key = $1 where id = $2', [held?.sealed_key, decoy]);
  await house.sql(`alter table evidence.held enable trigger user`);
  const take = act(another, 'test.take', async (a) => {
    await takeUpload(a, decoy, 'evidence');
  });
  await expect(take).rejects.toThrow();
  expect(copy.includes(Buffer.from('Kanariya'))).toBe(false);
});

test('seven days after she last touched the form, it is erased with all that was sent in with it', async () => {
  const her = await writing();
  const id = await send(her, await photo());
  const half = await begin(her, 1000);
  await house.at('2026-01-12T10:30+05:30');
  expect([await rows(id), await rows(half)]).toEqual([0, 0]);
  expect([existsSync(blob(id)), existsSync(blob(half))]).toEqual([false, false]);
  expect(readdirSync(shelf).flatMap((dir) => readdirSync(path.join(shelf, dir)))).not.toContain(id);
});

test('after the sending it waits at her file until a message takes it, seven days at most; twenty in all', async () => {
  const form = complaint();
  const her = await story.herself(await story.file(form));
  const id = await send(her, silence(), 'audio');
  expect(await mine(her)).toMatchObject([{ id, kind: 'audio' }]);
  const number = await act(her, 'test.take', (a) => takeUpload(a, id, 'message'));
  expect(number).toBe(1);
  expect(await mine(her)).toEqual([]);
  expect(await refusal(act(her, 'test.take', (a) => takeUpload(a, id, 'message')))).toBe('upload-unknown');
  expect(await refusal(act(her, 'test.drop', (a) => dropUpload(a, id)))).toBe('already-done');
  const forgotten = await send(her, randomlyText());
  const taken = await send(her, pdf());
  await act(her, 'test.drop', (a) => dropUpload(a, taken));
  await act(her, 'test.drop', (a) => dropUpload(a, taken));
  expect((await mine(her)).map((one) => one.id)).toEqual([forgotten]);
  for (let n = 0; n < 18; n++) await begin(her, 1000);
  expect(await refusal(begin(her, 1000))).toBe('too-many-files');
  expect(
    await refusal(beginUpload(her, { id: drawId(undefined), number: undefined, size: 10, form: said('photo') })),
  ).toBe('too-many-files');
  await house.at('2026-01-20T10:00+05:30');
  expect([await rows(forgotten), existsSync(blob(forgotten)), existsSync(blob(id))]).toEqual([0, false, true]);
});
const randomlyText = () => Buffer.from(`Kanariya ${randomBytes(20).toString('hex')}`);

test('all unsent forms together cannot fill the disk', async () => {
  await writing();
  const her = await writing();
  await house.sql(
    `insert into evidence.held (id, draft, size, sealed_key, sealed_name, began_at, state)
     select md5(n::text), d.id, 52428800, 'x', 'x', foundation.now(), 'arriving' from generate_series(1, 409) n, (select id from intake.draft order by made_at limit 1) d`,
  );
  expect(await refusal(begin(her, 50 * 1024 * 1024))).toBe('no-room-left');
  expect(await refusal(begin(her, 1000))).toBe('done');
});

test('what she spoke in several pieces is her account, all of it', async () => {
  const her = await writing();
  const spoken = async (bytes: Buffer) => {
    const id = drawId(undefined);
    await holdUpload(her, { id, size: bytes.length, form: { kind: 'audio', meant: 'account', filename: '' } });
    await carryOn(her, id, 0, parts(bytes));
    return id;
  };
  const [first, second] = [await spoken(silence()), await spoken(film(4000))];
  const picture = await send(her, await photo());
  expect((await mine(her)).map(({ spoken: own }) => own)).toEqual([true, true, false]);
  const { form } = await sentBy(her, { account: { upload: first }, evidence: [second, picture] });
  const { complaint_number: number = '' } = await story.call(form);
  await story.step('suman', number, { step: 'receive' });
  const { exhibits } = await read(await house.as('suman'), 'test.evidence', (r) => evidenceOf(r, number));
  expect(exhibits.map(({ kind, sent_as }) => [kind, sent_as])).toEqual([
    ['audio', 'account'],
    ['audio', 'account'],
    ['photo', 'evidence'],
  ]);
});
