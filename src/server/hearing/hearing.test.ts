// She is offered times inside her hours, chooses, is heard; who sits in the room, and what is left of it: through the door, on a real database.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attentionOf } from '#deadlines';
import { evidenceOf, openShelf } from '#evidence';
import { type Actor, act, house, newId, nobody, read, Refusal } from '#foundation';
import {
  addPiece,
  askForOthers,
  beginRecording,
  bringSomebody,
  callHer,
  callOff,
  cancelForm,
  cancelHearing,
  chooseForm,
  chooseTime,
  consentTo,
  endRecording,
  enterByCode,
  hearingsHere,
  hearingsOf,
  iceOf,
  join,
  keepRecording,
  myHearings,
  offerForm,
  offerHearing,
  offerOtherTimes,
  openHearings,
  othersForm,
  outcomeForm,
  talk,
  talkForm,
  timesForm,
  writeOutcome,
} from '#hearing';
import { sentMessages } from '#notify';
import { contactOf, sealFields } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  openShelf(mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-')));
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const HOURS = [{ from: '08:00', to: '23:30' }];
const deed = async <T>(who: string | Actor, work: Parameters<typeof act<T>>[2]): Promise<T> =>
  act(typeof who === 'string' ? await h.as(who) : who, 'test.deed', work);

/** A file with its woman help desk, and herself. */
async function withDesk(over: Record<string, unknown> = {}) {
  const form = complaint({
    safe_contact: { modes: ['call', 'sms'], windows: HOURS, voicemail: false },
    ...over,
  });
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  await story.step('suman', number, { step: 'receive' });
  return { form, number, her: () => story.herself(filed), file: await story.idOf(form) };
}
/** Times from half an hour ahead on. */
const times = async (n = 2): Promise<string[]> => {
  const now = (await story.now()).round('minute');
  return Array.from({ length: n }, (_, i) => now.add({ minutes: 30 * (i + 1) }).toString());
};
const offer = async (number: string, over: Record<string, unknown> = {}, who = 'suman') =>
  deed(who, async (a) =>
    offerHearing(a, number, offerForm.parse({ kind: 'video', about: 'statement', times: await times(), ...over })),
  );
const choose = (her: Actor, id: string, time = 1, over: object = {}) =>
  deed(her, (a) => chooseTime(a, id, chooseForm.parse({ time, ...over })));
const say = (actor: Actor, form: object, pass?: string) =>
  talk(actor, pass === undefined ? {} : { pass }, talkForm.parse(form), newId());
const sit = (who: Actor, asking: { hearing: string } | { pass: string }) => deed(who, (a) => join(a, asking));
/** To within ten minutes of a time half an hour ahead: its room is open. */
const untilRoom = async () => h.at((await story.now()).add({ minutes: 20 }).toString());
/** An appointment whose room is open. */
async function inRoom(over: Record<string, unknown> = {}) {
  const it = await withDesk(over);
  const id = await offer(it.number);
  await choose(await it.her(), id);
  await untilRoom();
  return { ...it, id };
}

test('times are offered inside her hours and no other; she is told discreetly, chooses once, moves it, and the officers see it', async () => {
  const { number, her, form } = await withDesk();
  const page = await deed('suman', (a) => openHearings(a, number));
  expect([page.offers, page.hours, page.posts.length > 2]).toEqual([true, HOURS, true]);
  const early = ['2026-01-06T05:00+05:30', '2026-01-06T23:15+05:30'];
  const refused = await deed('suman', (a) =>
    offerHearing(a, number, offerForm.parse({ kind: 'video', about: 'statement', times: early })),
  ).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'outside-her-hours', about: 'times', detail: { hours: '08:00–23:30' } });
  expect(await code(offer(number, {}, 'verma'))).toBe('not-on-your-desk');
  expect(await code(offer(number, {}, 'lko-sho'))).toBe('not-found');
  expect(
    offerForm.safeParse({ kind: 'video', about: 'other', times: await times(1) }).error?.issues.map((i) => i.message),
  ).toEqual(['offer-two-to-five', 'write-something']);
  const sms = async () => (await read(house(), 'test.sms', (r) => sentMessages(r, form.mobile))).length;
  await h.jobs();
  const before = await sms();
  const id = await offer(number, { about: 'other', text: 'Kanariya: what the shop saw' });
  await h.jobs();
  expect((await sms()) - before).toBe(1);
  const me = await her();
  const [mine] = await read(me, 'test.mine', myHearings);
  expect(mine).toMatchObject({
    state: 'offered',
    text: 'Kanariya: what the shop saw',
    times: [{ n: 1 }, { n: 2 }],
    woman: true,
  });
  expect(await code(choose(me, id, 3))).toBe('choose-one');
  expect(await code(choose(me, newId()))).toBe('not-found');
  expect(await code(choose(h.nobody, id))).toBe('session-over');
  const twice = await Promise.all([code(choose(me, id, 1)), code(choose(me, id, 2))]);
  expect(twice).toEqual(['done', 'done']);
  await choose(me, id, 2);
  expect((await read(await h.as('suman'), 'test.here', hearingsHere)).map((one) => [one.id, one.hears])).toContainEqual(
    [id, true],
  );
  expect(await read(await h.as('verma'), 'test.look', (r) => hearingsOf(r, number))).toMatchObject([
    { state: 'chosen' },
  ]);
  expect(await code(read(await h.as('lko-sho'), 'test.look', (r) => hearingsOf(r, number)))).toBe('not-found');
  // another of her kind sees nothing of it
  const other = await withDesk();
  expect(await read(await other.her(), 'test.mine', myHearings)).toEqual([]);
  expect(await code(choose(await other.her(), id))).toBe('not-found');
  await deed('suman', (a) => cancelHearing(a, number, id, cancelForm.parse({ reason: 'officer-away' })));
  expect(await code(choose(me, id))).toBe('hearing-over');
  await expect(h.sql("update hearing.hearing set state = 'chosen' where id = $1", [id])).rejects.toThrow(
    /not rewritten/,
  );
  await expect(h.sql('delete from hearing.event')).rejects.toThrow(/not rewritten/);
});

test('where a woman officer is asked for, no man hears her; a post that hears sees the appointment and not the file', async () => {
  const { number, her } = await withDesk();
  expect(await code(offer(number, { post: await story.post('khan') }))).toBe('women-only');
  expect(await code(offer(number, { post: await story.post('lko-io') }))).toBe('choose-a-post');
  // about the progress no section asks for a woman, until she does
  const id = await offer(number, { about: 'progress', post: await story.post('khan') });
  const me = await her();
  await deed(me, (a) => askForOthers(a, id, othersForm.parse({ text: 'Kanariya: later please', woman: 'yes' })));
  const again = async (post: string) =>
    deed('suman', async (a) => offerOtherTimes(a, number, id, timesForm.parse({ times: await times(3), post })));
  expect(await code(again(await story.post('khan')))).toBe('women-only');
  const rekha = await h.as('rekha');
  await again(await story.post('rekha'));
  expect((await read(me, 'test.mine', myHearings))[0]).toMatchObject({
    state: 'offered',
    woman: true,
    times: [{ n: 3 }, { n: 4 }, { n: 5 }],
  });
  await choose(me, id, 3);
  expect((await read(rekha, 'test.here', hearingsHere)).map((one) => one.id)).toEqual([id]);
  expect(await code(read(rekha, 'test.look', (r) => hearingsOf(r, number)))).toBe('not-found');
  expect(
    (await read(await h.as('suman'), 'test.look', (r) => hearingsOf(r, number)))[0]?.events.map(({ what, words }) => [
      what,
      words,
    ]),
  ).toEqual([
    ['offered', null],
    ['asked-others', 'Kanariya: later please'],
    ['offered', null],
    ['chosen', null],
  ]);
  await h.at((await story.now()).add({ minutes: 76 }).toString());
  expect((await sit('rekha', { hearing: id })).role).toBe('officer');
  expect(await code(sit(await h.as('suman'), { hearing: id }))).toBe('not-your-hearing');
});

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
  expect(await code(enter(given)), 'before its hours').toBe('join-code-unknown');
  await untilRoom();
  me = await her();
  const { code: second } = await deed(me, (a) => bringSomebody(a, id, 'support'));
  expect(await code(enter(given)), 'a new code ends the one before').toBe('join-code-unknown');
  const { pass } = await enter(second);
  expect(await code(enter(second)), 'once').toBe('join-code-unknown');
  expect(JSON.stringify(await h.sql('select * from hearing.guest'))).not.toMatch(new RegExp(`${second}|${pass}`));
  const guest = await sit(nobody, { pass });
  const hers = await sit(me, { hearing: id });
  expect(guest.role).toBe('support');
  await say(nobody, { seat: guest.seat, way: 'audio', said: [{ to: hers.seat, text: 'offer' }] }, pass);
  expect(await code(say(nobody, { seat: hers.seat }, pass))).toBe('seat-gone');
  const round = await say(me, { seat: hers.seat });
  expect([round.signals.length, round.seats]).toMatchObject([1, [{ role: 'support' }]]);
  expect((await read(nobody, 'test.ice', (r) => iceOf(r, { pass }))).expires_in).toBe(600);
  expect((await read(me, 'test.mine', myHearings))[0]?.guests).toEqual([{ role: 'support', used: true }]);
  await deed(me, (a) => callOff(a, id, {}));
  expect(await code(sit(nobody, { pass }))).toBe('join-code-unknown');
  expect(await code(say(nobody, { seat: guest.seat }, pass))).toBe('seat-gone');
  expect(await h.sql('select 1 from hearing.seat where hearing = $1', [id])).toEqual([]);
});

test('nobody of the police comes within 15 minutes: the post above hears of it once, and she may choose again', async () => {
  const { number, her, file } = await withDesk();
  const id = await offer(number, { times: await times(3) });
  const me = await her();
  await choose(me, id, 1);
  const raised = async () =>
    (await read(await h.as('verma'), 'test.attention', attentionOf)).filter(
      (m) => m.file === file && m.rule === 'hearing',
    );
  const start = Temporal.Instant.from((await times(1))[0] ?? '');
  await h.at(start.add({ minutes: 14 }).toString());
  expect(await raised()).toEqual([]);
  await h.at(start.add({ minutes: 16 }).toString());
  await h.at(start.add({ minutes: 18 }).toString());
  expect((await raised()).map(({ stage, reason }) => [stage, reason])).toEqual([['nobody-came', 'nobody-came']]);
  const again = await her();
  expect((await read(again, 'test.mine', myHearings))[0]).toMatchObject({
    state: 'lapsed',
    times: [{ n: 2 }, { n: 3 }],
  });
  await choose(again, id, 2);
  await h.at(start.add({ minutes: 50 }).toString());
  await sit(await h.as('suman'), { hearing: id });
  await h.at(start.add({ minutes: 80 }).toString());
  expect(await raised(), 'the officer came').toHaveLength(1);
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

test('who wants no contact is never offered a phone call, and chooses none', async () => {
  const { number, her, file } = await withDesk();
  const video = await offer(number);
  const me = await her();
  const phone = await offer(number, { kind: 'phone' });
  await choose(me, phone);
  expect(await code(sit(me, { hearing: phone }))).toBe('heard-by-phone');
  await act(house(), 'test.contact', async (a) => {
    const contact = await contactOf(a, file);
    if (contact) await sealFields(a, file, { contact: { ...contact, modes: ['no_contact'] } });
  });
  expect(await code(offer(number, { kind: 'phone' }))).toBe('no-contact');
  expect(await code(choose(me, video, 1, { by_phone: 'yes' }))).toBe('no-contact');
  await choose(me, video);
  await untilRoom();
  expect(await code(deed('suman', (a) => callHer(a, number, video)))).toBe('no-contact');
});

test('the net does not hold: she is called in her hours, it counts as held, and her statement has it as its proof', async () => {
  const { id, number, her } = await inRoom();
  await sit(await h.as('suman'), { hearing: id });
  expect(await code(deed('lko-sho', (a) => callHer(a, number, id)))).toBe('not-found');
  const { dial } = await deed('suman', (a) => callHer(a, number, id));
  expect(dial).toMatch(/^tel:\+91\d{10}$/);
  const form = outcomeForm.parse({ outcome: 'held', how: 'phone', minutes: '20', statement: 'yes' });
  await deed('suman', (a) => writeOutcome(a, number, id, form));
  const [mine] = await read(await her(), 'test.mine', myHearings);
  expect(mine).toMatchObject({ state: 'held' });
  const held = mine?.events.at(-1);
  expect(held).toMatchObject({ what: 'held', form: { how: 'phone', minutes: 20, statement: expect.any(String) } });
  const view = await story.view('suman', number);
  expect(view.history.find(({ step }) => step === 'statement')?.id).toBe(held?.form.statement);
  expect(await h.sql('select 1 from hearing.seat where hearing = $1', [id])).toEqual([]);
  expect(await code(deed('suman', (a) => writeOutcome(a, number, id, form)))).toBe('hearing-over');
  // outside her hours nobody calls
  const other = await inRoom();
  await h.at('2026-01-05T23:40+05:30');
  expect(await code(deed('suman', (a) => callHer(a, other.number, other.id)))).toBe('not-callable-now');
  const missed = outcomeForm.parse({ outcome: 'not-held', reason: 'not-reached' });
  await deed('suman', (a) => writeOutcome(a, other.number, other.id, missed));
  expect((await read(await other.her(), 'test.mine', myHearings))[0]?.state).toBe('not-held');
});
