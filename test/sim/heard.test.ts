// The simulator hears what is said: a row shown to a stranger, a word in a log, on a disk, in an SMS; a log that forgets; an SMS too many.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { act, house, log, tell } from '#foundation';
import { CANARY, type Case } from '../../sim/case.ts';
import { diceOf } from '../../sim/dice.ts';
import { type Foreign, openForeign } from '../../sim/foreign.ts';
import { openGateway } from '../../sim/gateway.ts';
import { type Ears, openEars, watchTheDisk } from '../../sim/leaks.ts';
import { growing } from '../../sim/log.ts';
import type { Outgoing } from '../../src/server/notify/gateway.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, KALYANPUR, storyIn } from '../story.ts';

let h: TestHouse;
let ears: Ears;
let foreign: Foreign;
const here: Case[] = [];
const said = (found: readonly { invariant: string }[]) => found.map(({ invariant }) => invariant);

beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  ears = await openEars(h);
  foreign = await openForeign({ house: h, as: h.as }, here);
  const form = complaint();
  here.push({ n: 1, form, number: await storyIn(h).confirmed(form), acknowledged: true, lost_sms: 0, answers: 9 });
});
beforeEach(() => void ears.found());
afterAll(async () => {
  await ears.close();
  await h.close();
});

test('a stranger is shown nothing; a file without row security, and one that is laid before him, are found', async () => {
  // each of the strangers once, and everybody here
  for (let n = 0; n < 10; n++) expect([...(await foreign.seen()), ...(await foreign.shown())]).toEqual([]);
  await h.sql('alter table casework.file disable row level security');
  expect(said(await foreign.seen())).toContain('I6 a row of another district');
  await h.sql('alter table casework.file enable row level security');

  // each from the other's district is laid before the head of a station
  const lay = (station: string, which: string) =>
    h.sql(`set session_replication_role = replica; update casework.file f set desk_post = p.id, desk_path = p.path from posts.post p
      where p.kind = 'sho' and p.path::text = '${station}' and f.number is ${which}; reset session_replication_role`);
  const shown = async (): Promise<Set<string>> => {
    const found = [];
    for (let n = 0; n < 20; n++) found.push(...(await foreign.shown()));
    return new Set(said(found));
  };
  await lay('in.up.lucknow.sample_zone.sample_circle.sample_station', 'not null');
  expect(await shown()).toEqual(new Set(['I6 shown otherwise than before', 'I6 a word of another district']));
  await lay(KALYANPUR, 'not null');
  await lay(KALYANPUR, 'null');
  expect(await shown()).toEqual(new Set(['I6 a row of another district']));
  // her call is on the list of another desk
  await h.sql(`set session_replication_role = replica; update callback.promise set desk = (
      select id from posts.post where kind = 'callback-desk' and path::text = 'in.up.kanpur_nagar');
    reset session_replication_role`);
  expect(await shown()).toEqual(new Set(['I6 a row of another district', 'I6 a word of another district']));
});

test('a word of hers in a line of the log, at whatever level, and on the live stream', async () => {
  log.debug({ note: CANARY }, 'a fault');
  expect(said(ears.found())).toEqual(['I10 in a line of the log']);
  const before = ears.heard();
  await act(house(), 'test.tell', (a) => tell(a, 'attention', CANARY));
  for (let tries = 0; ears.heard() === before && tries < 500; tries++) await new Promise((go) => setTimeout(go, 10));
  expect(said(ears.found())).toEqual(['I10 on the live stream']);
  await act(house(), 'test.tell', (a) => tell(a, 'attention', 'who?waits'));
  for (let tries = 0; ears.heard() < before + 2 && tries < 500; tries++) await new Promise((go) => setTimeout(go, 10));
  expect(said(ears.found())).toEqual(['I10 more than an id on the live stream']);
});

test('a word of hers on the output; and digits that are hers alone, also in groups, and no others', () => {
  process.stdout.write(`${CANARY}\n`);
  expect(said(ears.found())).toEqual(['I10 said on the output']);
  for (const [line, is_hers] of [
    ['12345678', true],
    ['1234 5678', true],
    ['so 9300001001 said', true],
    ['1111 2222-3333 4444', true],
    ['12345679', false],
    ['2026-01-05T10:00:00.123456Z', false],
  ] as const) {
    log.warn({ note: line }, 'said');
    const found = said(ears.found(new Set(['12345678', '9300001001', '1111222233334444'])));
    expect(found, line).toEqual(is_hers ? ['I10 a code or a number in a line of the log'] : []);
  }
});

test('a word of hers that PostgreSQL wrote to its own log', async () => {
  const asks = await watchTheDisk(h, 'Likhitvyakt');
  await h.sql(`create table posts.written (what text)`);
  expect(await asks(true)).toEqual([]);
  await h.sql(`insert into posts.written values ('Likhitvyakt')`);
  expect(said(await asks(true))).toContain('I10 in the log of PostgreSQL');
  await h.sql('drop table posts.written');
});

test('an SMS handed over twice, one that says too much, and too many numbers of one block', async () => {
  const gateway = openGateway(diceOf('taken'), h);
  const sms = (n: number, more: Partial<Outgoing> = {}): Outgoing => ({
    id: `m${n}`,
    channel: 'sms',
    to: `+91930000000${n}`,
    template: 'call-code',
    language: 'hi',
    text: '1234 5678',
    ...more,
  });
  // until each of them was taken: the network may say “not now”
  const give = async (one: Outgoing) => {
    while ((await gateway.sms.give(one)).kind === 'not-now');
  };
  await give(sms(1));
  await give(sms(2, { text: CANARY }));
  expect(said(gateway.amiss())).toEqual(['I10 in an SMS']);
  await give(sms(1));
  expect(said(gateway.amiss())).toEqual(['I12 handed over twice']);
  for (const n of [3, 4, 5]) await give(sms(n));
  expect(gateway.amiss()).toEqual([]);
  await give(sms(6));
  expect(said(gateway.amiss())).toEqual(['I12 too many numbers of one block']);
});

test('a log that no longer holds what it held, and a row that gets no place in it', async () => {
  const asks = growing(h, (work) => work());
  expect(await asks()).toEqual([]);
  expect(await asks()).toEqual([]);
  // whoever should carry it on waits for somebody who never lets go
  await h.sql('select pg_advisory_lock(717718)');
  await act(house(), 'test.look', async () => undefined);
  expect(said(await asks())).toContain('I8 a promise of a place that is not kept');
  await h.sql('select pg_advisory_unlock(717718)');
  expect(await asks()).toEqual([]);
  await h.sql('set session_replication_role = replica');
  await h.sql(`delete from audit.checkpoint`);
  expect(said(await asks())).toContain('I8 the log does not hold what it held');
});
