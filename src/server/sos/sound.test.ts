// Sound with an alarm: nothing without her word beforehand, heard by the control room while it is open, erased with her places, evidence
// where it becomes a complaint.
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectApart, keepApart, openShelf, settleApart, watch as watchOfShelf } from '#evidence';
import { act, type Actor, house, read, Refusal } from '#foundation';
import { openByReceipt } from '#intake';
import { sentMessages } from '#notify';
import { mineOf } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  addSound,
  agreesToSound,
  agreeToSound,
  alertForm,
  board,
  cancel,
  complain,
  complainForm,
  confirm,
  controlForm,
  decide,
  listen,
  raise,
  register,
  soundForm,
  storyOf,
  takeFixes,
  watch,
} from '#sos';
import { SOUND, whyNotSound } from './rules.ts';

const HERE = { lat: 26.5, lon: 80.25 };
const shelf = mkdtempSync(path.join(os.tmpdir(), 'itsso-shelf-'));
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  openShelf(shelf);
  const crews = await Promise.all([1, 2, 3].map((n) => h.as(`prv-${n}`)));
  await takeFixes(await h.as('fleet'), {
    fixes: crews.flatMap((crew, n) =>
      crew.kind === 'officer' ? [{ vehicle: crew.post, lat: HERE.lat + 0.01 * n, lon: HERE.lon, at: START }] : [],
    ),
  });
});
afterAll(() => h.close());

const START = Temporal.Instant.from('2026-03-05T14:00:00+05:30');
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );
/** As a browser begins a recording; `said` makes it another one. */
const webm = (said: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84]),
    Buffer.from(`webm ${said}`.padEnd(300, '.')),
  ]);
const piece = (of: Buffer | string, more: Record<string, unknown> = {}) =>
  soundForm.parse({
    piece: randomUUID(),
    at: START.toString(),
    agreed: true,
    sound: (typeof of === 'string' ? webm(of) : of).toString('base64'),
    ...more,
  });
const alarm = async (actor: Actor | null = null) => {
  const raised = await raise(actor, alertForm.parse({ point: { ...HERE, accuracy_m: 12 } }));
  return { id: raised.alert, her: actor ?? (await h.citizen(raised.token!)) };
};
const close = async (id: string) =>
  act(await h.as('cp'), 'sos.close', (a) =>
    decide(a, id, 'close', controlForm.parse({ outcome: 'not-found', reason: 'over' })),
  );
const pieces = (alert: string) =>
  h.sql<{ id: string; sha: string; keyed: boolean }>(
    "select id, encode(sha256, 'hex') as sha, sealed_key is not null as keyed from sos.sound where alert = $1 order by at, id",
    [alert],
  );
const blob = (id: string) => path.join(shelf, id.slice(0, 2), id);
const shaOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const storyFor = async (who: string, id: string) => read(await h.as(who), 'sos.read-story', (r) => storyOf(r, id));

test('the rule: her word beforehand, while it is open or recorded before its end, and not without end', () => {
  const open = { state: 'open', drill: false, complaint: null, closed_at: null };
  const over = { ...open, state: 'closed', closed_at: START };
  const told = { agreed: true, at: START, pieces: 3, now: START };
  const later = (minutes: number) => START.add({ minutes });
  expect([
    whyNotSound(open, told),
    whyNotSound(open, { ...told, agreed: false }),
    whyNotSound({ ...open, drill: true }, told),
    whyNotSound({ ...open, complaint: randomUUID() }, told),
    whyNotSound({ ...over, state: 'cancelled' }, told),
    whyNotSound(over, { ...told, now: later(11 * 60) }),
    whyNotSound(over, { ...told, now: later(13 * 60) }),
    whyNotSound(over, { ...told, at: later(1), now: later(2) }),
    whyNotSound(open, { ...told, at: later(6) }),
    whyNotSound(open, { ...told, pieces: SOUND.pieces }),
  ]).toEqual([
    undefined,
    'sound-not-agreed',
    'sound-not-agreed',
    'sound-over',
    'sound-over',
    undefined,
    'sound-over',
    'sound-over',
    'not-in-the-future',
    'sound-full',
  ]);
  const long = Buffer.alloc(SOUND.bytes + 1).toString('base64');
  const said = soundForm.safeParse({ piece: randomUUID(), at: START.toString(), sound: long });
  expect(said.error?.issues[0]?.message).toBe('sound-too-large');
});

test('a piece lies encrypted on the shelf with its hash in the ledger; the same again is once; no word, no sound', async () => {
  const { id, her } = await alarm();
  expect(await refusal(addSound(her, id, piece('one', { agreed: false })))).toBe('sound-not-agreed');
  // whoever merely knows the alarm's name sends nothing
  expect(await refusal(addSound(null, id, piece('one')))).toBe('not-found');
  expect(await refusal(addSound(her, id, piece(Buffer.from('no sound at all, but words'))))).toBe('kind-does-not-fit');
  expect(await pieces(id)).toEqual([]);

  const first = piece('one');
  expect(await addSound(her, id, first)).toEqual({ pieces: 1 });
  expect(await addSound(her, id, first)).toEqual({ pieces: 1 });
  const [kept] = await pieces(id);
  expect(kept).toMatchObject({ sha: shaOf(webm('one')), keyed: true });
  expect(existsSync(blob(kept!.id))).toBe(true);
  const stored = await h.sql<{ at: string }>(
    "select 1 from foundation.ledger where deed = 'sos.sound' and subject = $1 and detail ->> 'sha256' = $2",
    [id, kept!.sha],
  );
  expect(stored).toHaveLength(1);
  // twice at the same moment is once, too
  const twice = piece('two', { at: START.add({ seconds: 8 }).toString() });
  await Promise.all([addSound(her, id, twice), addSound(her, id, twice)]);
  expect(await pieces(id)).toHaveLength(2);
  // what has come to be kept is no longer to be taken away
  for (const one of await pieces(id))
    expect(await h.sql('select from evidence.left_behind where id = $1', [one.id])).toEqual([]);
});

test('the control room hears it while the alarm is open, and it is written who did; a crew and everybody else hear nothing', async () => {
  const { id, her } = await alarm();
  await addSound(her, id, piece('quiet please'));
  const [kept] = await pieces(id);
  const control = await h.as('control');
  const seen = (await read(control, 'sos.read-board', (r) => board(r))).alerts.find((a) => a.alert === id);
  expect(seen?.sounds).toBe(1);
  expect((await storyFor('control', id)).sounds.map((one) => one.id)).toEqual([kept!.id]);
  const heard = await listen(control, kept!.id);
  expect([heard.bytes.equals(webm('quiet please')), heard.media]).toEqual([true, 'video/webm']);
  await listen(control, kept!.id);
  const { events } = await storyFor('control', id);
  expect(events.filter(({ kind }) => kind === 'listened')).toHaveLength(1);
  expect(
    await h.sql("select 1 from foundation.ledger where deed = 'sos.listened' and subject = $1", [id]),
  ).toHaveLength(2);

  const counts = async (who: string) => {
    const { rows } = await read(await h.as(who), 'test.look', (r) =>
      sql<{ n: number }>`select count(*)::int as n from sos.sound where alert = ${id}`.execute(r.db),
    );
    return rows[0]?.n;
  };
  for (const who of ['control', 'cp']) expect([who, await counts(who)]).toEqual([who, 1]);
  for (const who of ['prv-1', 'khan', 'suman', 'lko-sho', 'auditor']) {
    expect([who, await counts(who)]).toEqual([who, 0]);
    expect([who, await refusal(listen(await h.as(who), kept!.id))]).toEqual([who, 'not-your-power']);
  }
  await close(id);
  expect(await refusal(listen(control, kept!.id))).toBe('not-found');
  expect(await counts('control')).toBe(0);
  // what waited on her phone for a network comes after the end as well; what she records later does not
  expect(await addSound(her, id, piece('from before'))).toEqual({ pieces: 2 });
  const late = piece('from after', { at: START.add({ minutes: 1 }).toString() });
  expect(await refusal(addSound(her, id, late))).toBe('sound-over');
});

test('a registered woman: off until she switches it on, whatever her phone says', async () => {
  const mobile = '+919812345670';
  await register({ mobile, language: 'hi', name: undefined, home: undefined, emergency_contact: undefined });
  await h.jobs();
  const sent = await read(house(), 'notify.read', (r) => sentMessages(r, mobile));
  const code = /\d{6}/.exec(sent.at(-1)!.text)![0];
  const her = await h.citizen((await confirm({ mobile, code, pin: '1234', duress_pin: '4321' })).device_token);
  expect(await agreesToSound(her)).toBe(false);
  expect(await agreesToSound(null)).toBeUndefined();
  const first = await alarm(her);
  expect(await refusal(addSound(her, first.id, piece('x')))).toBe('sound-not-agreed');
  expect(await agreeToSound(her, true)).toBe(true);
  expect(await agreesToSound(her)).toBe(true);
  expect(await addSound(her, first.id, piece('x', { agreed: false }))).toEqual({ pieces: 1 });
  await cancel(her, first.id, '1234');
  expect(await refusal(addSound(her, first.id, piece('y')))).toBe('sound-over');
  await agreeToSound(her, false);
  expect(await agreesToSound(her)).toBe(false);
  expect(await agreeToSound(null, true)).toBe(false);
});

test('it becomes a complaint: each piece an exhibit with its hash and chain, named in the first entries; what is none is erased', async () => {
  const kept = await alarm();
  const gone = await alarm();
  for (const [n, said] of ['one', 'two'].entries()) {
    const at = START.add({ seconds: 8 * n }).toString();
    await addSound(kept.her, kept.id, piece(said, { at }));
    await addSound(gone.her, gone.id, piece(said, { at }));
  }
  for (const { id } of [kept, gone]) await close(id);
  const form = complainForm.parse({ age: 24, mobile: '9812345671', agreed: true });
  const filed = await complain(kept.her, kept.id, form);
  expect((await complain(kept.her, kept.id, form)).receipt).toBe(filed.receipt);
  expect(await refusal(addSound(kept.her, kept.id, piece('three')))).toBe('sound-over');

  const given = await pieces(kept.id);
  expect(given.map(({ keyed }) => keyed)).toEqual([false, false]);
  const exhibits = await h.sql<{ file: string; number: number; sha: string; sent_as: string; links: number }>(
    `select e.file, e.number, encode(u.sha256, 'hex') as sha, e.sent_as,
       (select count(*)::int from evidence.custody c where c.exhibit = e.id and c.move = 'arrived') as links
     from evidence.exhibit e join evidence.upload u on u.id = e.upload where e.upload = any ($1) order by e.number`,
    [given.map(({ id }) => id)],
  );
  expect(exhibits.map(({ number, sha, sent_as, links }) => [number, sha, sent_as, links])).toEqual([
    [1, shaOf(webm('one')), 'alarm', 1],
    [2, shaOf(webm('two')), 'alarm', 1],
  ]);
  // she reads it in her own file
  const opened = await act(house(), 'intake.open-tracking', (a) => openByReceipt(a, { receipt: filed.receipt }));
  const mine = await h.citizen('token' in opened ? opened.token : '');
  const { account } = (await read(mine, 'test.read', (r) => mineOf(r))).narrative;
  for (const { sha } of given) expect(JSON.stringify(account)).toContain(sha);

  // thirty days later the other one's are gone, row, key and bytes
  const lost = await pieces(gone.id);
  await h.sql('update foundation.clock set ahead_us = ahead_us + 31::bigint * 86400 * 1000000');
  await act(house(), 'test.round', (a) => watch.sweep(a));
  await act(house(), 'test.round', (a) => watchOfShelf.sweep(a));
  expect(await pieces(gone.id)).toEqual([]);
  expect(lost.map(({ id }) => existsSync(blob(id)))).toEqual([false, false]);
  expect(await pieces(kept.id)).toHaveLength(2);
  expect(given.map(({ id }) => existsSync(blob(id)))).toEqual([true, true]);
});

test('a process that dies with sound on the shelf and no row leaves nothing lying; what has a row stays', async () => {
  const { id, her } = await alarm();
  await addSound(her, id, piece('has a row'));
  const [whole] = await pieces(id);
  const lost = await expectApart();
  await keepApart(lost, webm('has none'), 'audio');
  const there = () => [whole!.id, lost].map((one) => existsSync(blob(one)));
  await act(house(), 'test.round', (a) => watchOfShelf.sweep(a));
  expect(there()).toEqual([true, true]);
  await h.sql('update foundation.clock set ahead_us = ahead_us + 3601::bigint * 1000000');
  expect(await read(house(), 'test.look', (r) => watchOfShelf.nextAt(r))).toBeDefined();
  await act(house(), 'test.round', (a) => watchOfShelf.sweep(a));
  expect(there()).toEqual([true, false]);
  // whoever comes back only now is told so, and says nothing is kept
  await expect(act(house(), 'test.settle', (a) => settleApart(a, lost))).rejects.toThrow('before it was settled');
});
