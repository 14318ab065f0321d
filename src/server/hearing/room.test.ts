// The room: who sits in it, what is left of it, and the recording that she agreed to: through the door, on a real database.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evidenceOf, openShelf } from '#evidence';
import { type Actor, nobody, read } from '#foundation';
import {
  addPiece,
  beginRecording,
  bringSomebody,
  callOff,
  consentTo,
  endRecording,
  enterByCode,
  iceOf,
  keepRecording,
  myHearings,
} from '#hearing';
import { codeOf as code, hearingIn } from '../../../test/hearing-story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
type Told = ReturnType<typeof hearingIn>;
let story: Told['story'];
let deed: Told['deed'];
let withDesk: Told['withDesk'];
let offer: Told['offer'];
let choose: Told['choose'];
let say: Told['say'];
let sit: Told['sit'];
let untilRoom: Told['untilRoom'];
let inRoom: Told['inRoom'];
beforeAll(async () => {
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  ({ story, deed, withDesk, offer, choose, say, sit, untilRoom, inRoom } = hearingIn(h));
});
afterAll(() => h.close());
const passBy = async (said: string): Promise<string> => {
  const entered = await deed(nobody, (a) => enterByCode(a, said));
  return 'pass' in entered ? entered.pass : expect.fail(entered.refused);
};

test('the room: in its hours, one seat of a role, words to nobody of another room, and nothing of it stays', async () => {
  const { id, her } = await inRoom();
  const me = await her();
  const suman = await h.as('suman');
  const hers = await sit(me, { hearing: id });
  const desk = await sit(suman, { hearing: id });
  expect([hers.role, desk.role]).toEqual(['her', 'officer']);
  const secret = 'a=candidate:1 1 UDP 1 203.0.113.9 5000 typ host';
  await say(me, { seat: hers.seat, way: 'audio', said: [{ to: desk.seat, text: secret }] });
  expect(JSON.stringify(await h.sql('select encode(sealed, $1) as s from hearing.signal', ['escape']))).not.toContain(
    '203.0.113.9',
  );
  const heard = await say(suman, { seat: desk.seat });
  expect(heard).toMatchObject({
    signals: [{ from: hers.seat, text: secret }],
    consent: false,
    recording: false,
    asks_call: false,
  });
  expect(heard.seats).toEqual([{ id: hers.seat, role: 'her', way: 'audio' }]);
  // handed out again until it was taken over, then gone
  expect((await say(suman, { seat: desk.seat })).signals.length).toBe(1);
  expect((await say(suman, { seat: desk.seat, got: heard.signals.map((one) => one.id) })).signals).toEqual([]);
  expect(await h.sql('select 1 from hearing.signal')).toEqual([]);
  // another file's officer, another complainant, nobody: no such seat
  const other = await inRoom();
  const strangers: Actor[] = [await h.as('lko-io'), await h.as('verma'), await other.her(), nobody];
  for (const stranger of strangers) {
    expect(await code(say(stranger, { seat: desk.seat }))).toBe('seat-gone');
    expect(await code(say(stranger, { seat: hers.seat }))).toBe('seat-gone');
  }
  expect(await code(sit(await h.as('lko-io'), { hearing: id }))).toBe('not-found');
  expect(await code(sit(await other.her(), { hearing: id }))).toBe('not-found');
  expect(await code(sit(nobody, { hearing: id }))).toBe('session-over');
  expect(await code(read(await h.as('lko-io'), 'test.ice', (r) => iceOf(r, { hearing: id })))).toBe('not-found');
  // a seat of another room is no address
  const there = await sit(await other.her(), { hearing: other.id });
  const here = await sit(suman, { hearing: other.id });
  await say(await other.her(), {
    seat: there.seat,
    said: [
      { to: desk.seat, text: 'x' },
      { to: here.seat, text: 'y' },
    ],
  });
  expect((await h.sql('select to_seat from hearing.signal')).map((one) => one.to_seat)).toEqual([here.seat]);
  // two minutes, and it is gone even if nobody took it; the sweep may run twice
  await h.at((await story.now()).add({ minutes: 3 }).toString());
  await h.at((await story.now()).add({ minutes: 1 }).toString());
  expect(await h.sql('select 1 from hearing.signal')).toEqual([]);
  const before = await code(sit(await other.her(), { hearing: other.id }));
  expect(before).toBe('done');
});

test('somebody may sit with her: the code works once, in the hours of the room, and opens nothing else', async () => {
  const { number, her } = await withDesk();
  const id = await offer(number);
  let me = await her();
  expect(await code(deed(me, (a) => bringSomebody(a, id, 'support')))).toBe('not-chosen-yet');
  await choose(me, id);
  const { code: given } = await deed(me, (a) => bringSomebody(a, id, 'support'));
  expect(given).toMatch(/^\d{12}$/);
  const enter = (said: string) => deed(nobody, (a) => enterByCode(a, said));
  const no = { refused: 'join-code-unknown' };
  expect(await enter(given), 'before its hours').toEqual(no);
  await untilRoom();
  me = await her();
  const { code: second } = await deed(me, (a) => bringSomebody(a, id, 'support'));
  expect(await enter(given), 'a new code ends the one before').toEqual(no);
  const pass = await passBy(second);
  expect(await enter(second), 'once').toEqual(no);
  expect(JSON.stringify(await h.sql('select * from hearing.guest'))).not.toMatch(new RegExp(`${second}|${pass}`));
  const guest = await sit(nobody, { pass });
  const hers = await sit(me, { hearing: id });
  expect(guest.role).toBe('support');
  await say(nobody, { seat: guest.seat, way: 'audio', said: [{ to: hers.seat, text: 'offer' }] }, pass);
  expect(await code(say(nobody, { seat: hers.seat }, pass))).toBe('seat-gone');
  const round = await say(me, { seat: hers.seat });
  expect([round.signals.length, round.seats]).toMatchObject([1, [{ role: 'support' }]]);
  expect((await read(nobody, 'test.ice', (r) => iceOf(r, { pass }))).expires_in).toBe(600);
  expect((await read(me, 'test.mine', myHearings))[0]?.guests).toEqual([{ role: 'support', used: true, shut: false }]);
  await deed(me, (a) => callOff(a, id, {}));
  expect(await code(sit(nobody, { pass }))).toBe('join-code-unknown');
  expect(await code(say(nobody, { seat: guest.seat }, pass))).toBe('seat-gone');
  expect(await h.sql('select 1 from hearing.seat where hearing = $1', [id])).toEqual([]);
});

test('after ten wrong tries at a code it lets nobody in, and she is told; a new one does; a wrong code of nobody counts for nobody', async () => {
  const { id, her } = await inRoom();
  const me = await her();
  const { code: given } = await deed(me, (a) => bringSomebody(a, id, 'support'));
  const enter = (said: string) => deed(nobody, (a) => enterByCode(a, said));
  const no = { refused: 'join-code-unknown' };
  // the other half is one that it is not
  const wrong = (n: number) => given.slice(0, 6) + String((Number(given.slice(6)) + n) % 1e6).padStart(6, '0');
  const count = async () => (await h.sql('select wrong from hearing.guest where hearing = $1', [id])).at(-1)?.wrong;
  const strange = String((Number(given.slice(0, 6)) + 1) % 1e6).padStart(6, '0') + given.slice(6);
  expect(await enter(strange)).toEqual(no);
  expect(await count()).toBe(0);
  for (let n = 1; n <= 9; n++) expect(await enter(wrong(n))).toEqual(no);
  expect(await count(), 'a refusal is kept').toBe(9);
  // guesses at the same moment count each
  await Promise.all([enter(wrong(10)), enter(wrong(11)), enter(wrong(12))]);
  expect(await count()).toBe(10);
  expect(await enter(given), 'shut, though it is the right one').toEqual(no);
  expect((await read(me, 'test.mine', myHearings))[0]?.guests).toEqual([{ role: 'support', used: false, shut: true }]);
  const noted = await h.sql(
    "select detail->>'why' as why from foundation.ledger where deed = 'hearing.code-refused' and subject = $1",
    [id],
  );
  expect(noted.map(({ why }) => why).toSorted()).toEqual([...Array(3).fill('shut'), ...Array(10).fill('wrong')]);
  const { code: next } = await deed(me, (a) => bringSomebody(a, id, 'support'));
  expect(await passBy(next)).toMatch(/^[\w-]{43}$/);
});

test('nothing is recorded without her consent; pieces come in order, once each, and become one exhibit with its hash, also after a crash', async () => {
  const { id, number, her } = await inRoom();
  const me = await her();
  const suman = await h.as('suman');
  const begin = () => deed(suman, (a) => beginRecording(a, id));
  expect(await code(begin())).toBe('needs-consent');
  await deed(me, (a) => consentTo(a, id, true));
  expect(await code(deed('verma', (a) => beginRecording(a, id)))).toBe('not-your-hearing');
  const recording = await begin();
  expect(await code(begin())).toBe('already-recording');
  const film = Buffer.concat([Buffer.from('\x1a\x45\xdf\xa3\x93\x42\x82\x84webm', 'latin1'), randomBytes(40_000)]);
  const cut = Array.from({ length: Math.ceil(film.length / 9000) }, (_, n) => film.subarray(n * 9000, (n + 1) * 9000));
  const piece = (n: number, bytes = cut[n - 1] ?? Buffer.from('x')) =>
    deed(suman, (a) => addPiece(a, id, { recording, n, bytes }));
  expect(await code(piece(2))).toBe('piece-out-of-order');
  for (let n = 1; n <= cut.length; n++) expect(await piece(n)).toBe(n);
  expect(await piece(2), 'the same again').toBe(cut.length);
  expect(await code(piece(2, Buffer.from('other')))).toBe('piece-out-of-order');
  expect(JSON.stringify(await h.sql('select encode(sealed, $1) as s from hearing.piece', ['escape']))).not.toContain(
    'webm',
  );
  const keep = () => keepRecording(suman, { number, hearing: id, recording });
  expect(await code(keep())).toBe('needs-end');
  // she takes it back: at once nothing more is taken, by the program or by the database
  await deed(me, (a) => consentTo(a, id, false));
  expect(await code(piece(cut.length + 1))).toBe('needs-consent');
  await expect(h.sql("insert into hearing.piece values ($1, 99, now(), 1, 'x', 'x')", [recording])).rejects.toThrow(
    /without her consent/,
  );
  expect(await code(keepRecording(await h.as('lko-sho'), { number, hearing: id, recording }))).toBe('not-found');
  const exhibit = await keep();
  expect(await keep()).toBe(exhibit);
  expect(await h.sql('select 1 from hearing.piece where recording = $1', [recording])).toEqual([]);
  const { exhibits } = await read(suman, 'test.evidence', (r) => evidenceOf(r, number));
  const found = exhibits.find((one) => one.number === exhibit);
  expect(found?.digital).toMatchObject({ media: 'video/webm', size: film.length });
  expect(String(found?.digital?.sha256)).toBe(createHash('sha256').update(film).digest('hex'));
  // a second one of which nothing arrived
  await deed(me, (a) => consentTo(a, id, true));
  const empty = await begin();
  await deed(suman, (a) => endRecording(a, id, empty));
  expect(await code(keepRecording(suman, { number, hearing: id, recording: empty }))).toBe('nothing-recorded');
});
