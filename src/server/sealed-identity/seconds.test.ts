// Two posts where one is not enough; one alone in danger, loudly; and nothing destroyed before its time, under a hold, or by one.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, type Actor, read, type Refusal } from '#foundation';
import { openDangerOf } from '#casework';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';
import {
  askedHere,
  askToOpen,
  askToShred,
  decideAsked,
  holdsOf,
  liftHold,
  myOpenings,
  openIdentity,
  reviewOpening,
  reviewsHere,
  setHold,
  shreddedAt,
} from './sealed-identity.ts';

let h: TestHouse;
let number: string;
let file: string;
let her: Actor;
const form = complaint();
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  const story = storyIn(h);
  const filed = await story.file(form);
  number = (await story.call(form)).complaint_number ?? '';
  file = await story.idOf(form);
  her = await story.herself(filed);
  await story.step('suman', number, { step: 'receive' });
}, 60_000);
afterAll(() => h.close());

const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((e: unknown) => (e as Refusal).code);
const open = async (id: string, purpose = 'supervision') =>
  act(await h.as(id), 'test.open', (a) => openIdentity(a, file, purpose));
const first = async (id: string) => (await read(await h.as(id), 'test.asked', askedHere))[0]?.id ?? '';

test('the post that holds the file opens alone; one above it only when a second post has agreed, once, for the purpose it asked', async () => {
  expect((await open('suman', 'signing')).identity.person?.name).toBe('Kanariya Devi');
  expect(await refusal(open('verma'))).toBe('second-post-needed');
  await act(await h.as('verma'), 'test.ask', (a) => askToOpen(a, file, 'supervision'));
  expect(await first('verma')).toBe('');
  expect(await first('aruna')).toBe('');
  expect(await refusal(open('verma'))).toBe('second-post-needed');
  const id = await first('singh');
  expect(await refusal(act(await h.as('verma'), 'test.decide', (a) => decideAsked(a, id, true)))).toBe('not-found');
  await act(await h.as('singh'), 'test.decide', (a) => decideAsked(a, id, true));
  expect(await refusal(open('verma', 'court'))).toBe('second-post-needed');
  expect((await open('verma')).identity.person?.name).toBe('Kanariya Devi');
  expect(await refusal(open('verma'))).toBe('second-post-needed');
  // who agreed has opened nothing by it
  expect(await refusal(open('singh'))).toBe('second-post-needed');
});

test('what a second post does not agree to stays shut', async () => {
  await act(await h.as('verma'), 'test.ask', (a) => askToOpen(a, file, 'supervision'));
  const id = await first('suman');
  await act(await h.as('suman'), 'test.decide', (a) => decideAsked(a, id, false));
  expect(await refusal(open('verma'))).toBe('second-post-needed');
  await expect(
    h.sql(`update sealed.request set decided_by_post = asked_by_post, agreed = true where id = '${id}'`),
  ).rejects.toThrow('two_posts_and_two_people');
});

test('nobody opens without having shown lately who sits there', async () => {
  const suman = await h.as('suman');
  await h.sql(`update posts.session set confirmed_at = confirmed_at - interval '6 minutes'
    where secret_hash = sha256(convert_to('${suman.secret}', 'UTF8'))`);
  expect(await refusal(act(suman, 'test.open', (a) => openIdentity(a, file, 'signing')))).toBe('confirm-yourself');
});

describe('her life in danger', () => {
  const why = 'He has called from her street and says that he will kill her';

  test('opens at once to who answers alarms there, without a second post, is told to two posts above, and she sees it', async () => {
    const opened = await act(await h.as('control'), 'test.danger', (a) => openDangerOf(a, number, why));
    expect(opened.identity.contact?.mobile).toBe(form.mobile);
    const seen = await read(her, 'test.mine', myOpenings);
    expect(seen.at(-1)).toMatchObject({ purpose: 'safety' });
    const [row] = await h.sql<{ told: string[]; hours: number }>(
      `select told, extract(epoch from due_at - (select at from sealed.opening where id = opening))::int / 3600 as hours from sealed.review`,
    );
    expect([row?.told.length, row?.hours]).toEqual([2, 24]);
    expect(JSON.stringify(await h.sql('select * from sealed.opening'))).not.toContain('street');
  });

  test('not to who has nothing to do with the place, and not without a number that is there', async () => {
    for (const id of ['lko-sho', 'administrator', 'auditor', 'prv-1'])
      expect(await refusal(act(await h.as(id), 'test.danger', (a) => openDangerOf(a, number, why)))).toBe('not-found');
    expect(await refusal(act(await h.as('control'), 'test.danger', (a) => openDangerOf(a, '000000000000', why)))).toBe(
      'not-found',
    );
  });

  test('is looked at by a superior, never by who opened, and once', async () => {
    const [review] = await read(await h.as('verma'), 'test.reviews', reviewsHere);
    expect(review?.why).toBe(why);
    const opening = review?.opening ?? '';
    expect(await read(await h.as('control'), 'test.reviews', reviewsHere)).toEqual([]);
    expect(await refusal(act(await h.as('control'), 'test.review', (a) => reviewOpening(a, opening, true)))).toBe(
      'not-found',
    );
    await act(await h.as('verma'), 'test.review', (a) => reviewOpening(a, opening, true));
    expect(await refusal(act(await h.as('singh'), 'test.review', (a) => reviewOpening(a, opening, false)))).toBe(
      'not-found',
    );
  });
});

test('of what is asked, held and looked at, nobody elsewhere sees a row; and without its policy he would', async () => {
  await act(await h.as('verma'), 'test.hold', (a) => setHold(a, file, 'inquiry'));
  await h.sql('set search_path = public, ext');
  const seen = async (t: string) =>
    act(
      await h.as('lko-sho'),
      'test.look',
      async (a) => (await sql.raw(`select from sealed.${t}`).execute(a.db)).rows.length,
    );
  for (const [t, name] of [
    ['request', 'seen'],
    ['hold', 'seen'],
    ['review', 'told'],
  ] as const) {
    const [was] = await h.sql<{ qual: string }>(
      `select qual from pg_policies where schemaname = 'sealed' and tablename = '${t}' and policyname = '${name}'`,
    );
    expect(await seen(t), t).toBe(0);
    await h.sql(`alter policy ${name} on sealed.${t} using (true)`);
    expect(await seen(t), t).toBeGreaterThan(0);
    await h.sql(`alter policy ${name} on sealed.${t} using (${was?.qual})`);
    expect(await seen(t), t).toBe(0);
  }
  await h.sql('reset search_path');
  const [hold] = await read(await h.as('verma'), 'test.holds', (r) => holdsOf(r, file));
  await act(await h.as('verma'), 'test.lift', (a) => liftHold(a, hold?.id ?? ''));
});

describe('destroying', () => {
  const closed = async (years: number) => {
    await h.sql(
      `update casework.file set outcome = 'sent-up', closed_at = foundation.now() - interval '${years} years' where id = '${file}'`,
    );
    const [row] = await h.sql<{ at: string }>(
      `select to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from casework.file where id = '${file}'`,
    );
    return Temporal.Instant.from(row?.at ?? '');
  };

  test('not before its time, not under a hold, not by one; then nothing of the case opens again, and a tombstone stands', async () => {
    const verma = () => h.as('verma');
    const early = await closed(9);
    expect(await refusal(act(await verma(), 'test.shred', (a) => askToShred(a, file, early)))).toBe('not-yet-over');
    const at = await closed(11);
    await act(await verma(), 'test.hold', (a) => setHold(a, file, 'appeal'));
    expect(await refusal(act(await verma(), 'test.shred', (a) => askToShred(a, file, at)))).toBe('file-held');
    const [hold] = await read(await verma(), 'test.holds', (r) => holdsOf(r, file));
    await act(await verma(), 'test.lift', (a) => liftHold(a, hold?.id ?? ''));
    await act(await verma(), 'test.shred', (a) => askToShred(a, file, at));
    expect(await first('verma')).toBe('');
    // a hold that came in between still counts
    await act(await h.as('singh'), 'test.hold', (a) => setHold(a, file, 'court'));
    const id = await first('singh');
    expect(await refusal(act(await h.as('singh'), 'test.decide', (a) => decideAsked(a, id, true)))).toBe('file-held');
    const again = (await read(await verma(), 'test.holds', (r) => holdsOf(r, file))).find(
      ({ lifted_at }) => !lifted_at,
    );
    await act(await h.as('singh'), 'test.lift', (a) => liftHold(a, again?.id ?? ''));
    expect(await read(await verma(), 'test.tombstone', (r) => shreddedAt(r, file))).toBeUndefined();
    expect(await act(await h.as('singh'), 'test.decide', (a) => decideAsked(a, id, true))).toBeGreaterThan(1);
    expect(await read(await verma(), 'test.tombstone', (r) => shreddedAt(r, file))).toBeDefined();
    expect(await refusal(open('suman', 'signing'))).toBe('seals-destroyed');
    expect(await h.sql(`select from sealed.blind where subject = '${file}'`)).toEqual([]);
    const [row] = await h.sql<{ n: number }>(
      `select count(*)::int as n from foundation.ledger where deed = 'identity.shred' and subject = '${file}'`,
    );
    expect(row?.n).toBe(1);
  });
});
