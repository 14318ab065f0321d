// A shift ends when nobody uses it, when it is ended from a list, when a device is lost, when a post is handed over; and what is sensitive asks again.
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, hear, house, read, type Refusal, startListening, stopListening } from '#foundation';
import { actorOf, confirmInPractice, inviteOfficer, sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { deviceLost, endOtherShifts, endShift, GONE, handOver, isConfirmed, myShifts } from './posts.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());

type Officer = Extract<Actor, { kind: 'officer' }>;
const DESK = { device: 'desk', label: 'Firefox, Windows' } as const;
const PHONE = { device: 'mobile', label: 'Chrome, Android' } as const;
const begin = async (id: string, device: typeof DESK | typeof PHONE = DESK): Promise<Officer> =>
  (await actorOf((await sandboxSignIn(id, device)).token)) as Officer;
const isOpen = async (actor: Officer) => (await actorOf(actor.secret)) !== undefined;
const passes = (actor: Officer, column: 'seen_at' | 'confirmed_at', length: string) =>
  h.sql(
    `update posts.session set ${column} = ${column} - $2::interval where secret_hash = sha256(convert_to($1, 'UTF8'))`,
    [actor.secret, length],
  );
const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((e: unknown) => (e as Refusal).code);

test('unused, a phone ends its shift after two minutes and a desk after ten; used, neither; what stands open in a vehicle never', async () => {
  const [phone, desk, vehicle] = [await begin('khan', PHONE), await begin('verma'), await begin('prv-1')];
  for (const actor of [phone, desk, vehicle]) await passes(actor, 'seen_at', '115 seconds');
  expect(await Promise.all([phone, desk, vehicle].map(isOpen))).toEqual([true, true, true]);
  // asking was using it
  await passes(phone, 'seen_at', '115 seconds');
  expect(await isOpen(phone)).toBe(true);
  for (const actor of [phone, desk, vehicle]) await passes(actor, 'seen_at', '121 seconds');
  expect(await Promise.all([phone, desk, vehicle].map(isOpen))).toEqual([false, true, true]);
  for (const actor of [desk, vehicle]) await passes(actor, 'seen_at', '601 seconds');
  expect(await Promise.all([desk, vehicle].map(isOpen))).toEqual([false, true]);
});

test('a stream that listens keeps no shift awake', async () => {
  const phone = await begin('khan', PHONE);
  await passes(phone, 'seen_at', '100 seconds');
  expect(await actorOf(phone.secret, { looks: false })).toBeDefined();
  await passes(phone, 'seen_at', '25 seconds');
  expect(await actorOf(phone.secret, { looks: false })).toBeUndefined();
});

test('no shift outlives ten hours, however much it is used', async () => {
  const desk = await begin('rekha');
  await h.at('2026-01-05T19:59:00+05:30');
  expect(await isOpen(desk)).toBe(true);
  await h.at('2026-01-05T20:02:00+05:30');
  expect(await isOpen(desk)).toBe(false);
});

test('an officer sees his own shifts with their devices, and ends one or all of the others', async () => {
  const [one, two, three] = [await begin('rao'), await begin('rao', PHONE), await begin('rao')];
  const mine = await read(three, 'test.shifts', myShifts);
  expect(mine.map(({ device, label, mine: this_one }) => [device, label, this_one])).toEqual([
    ['desk', 'Firefox, Windows', true],
    ['mobile', 'Chrome, Android', false],
    ['desk', 'Firefox, Windows', false],
  ]);
  expect(await read(await begin('khan'), 'test.shifts', myShifts)).toHaveLength(1);
  const phone = mine.find(({ device }) => device === 'mobile')?.id ?? '';
  expect(await refusal(act(await begin('khan'), 'test.end', (a) => endShift(a, phone)))).toBe('not-found');
  await act(three, 'test.end', (a) => endShift(a, phone));
  expect(await Promise.all([one, two, three].map(isOpen))).toEqual([true, false, true]);
  expect(await act(three, 'test.end', endOtherShifts)).toBe(1);
  expect(await Promise.all([one, three].map(isOpen))).toEqual([false, true]);
});

test('a lost device is taken away by a colleague of the unit, at once and told to open streams; by nobody elsewhere', async () => {
  const to = { host: process.env.ITSSO_TEST_PG ?? '', port: 5432, database: '' };
  const [{ d } = { d: '' }] = await h.sql<{ d: string }>('select current_database() as d');
  await startListening({ ...to, database: d });
  const heard: string[] = [];
  const deaf = hear((topic, id) => (topic === GONE ? heard.push(id) : undefined));
  const khan = await begin('khan');
  const elsewhere = await begin('aruna');
  expect(await refusal(act(elsewhere, 'test.lost', (a) => deviceLost(a, khan.officer)))).toBe('not-found');
  expect(await isOpen(khan)).toBe(true);
  const started = performance.now();
  expect(await act(await begin('suman'), 'test.lost', (a) => deviceLost(a, khan.officer))).toBeGreaterThan(0);
  expect(await isOpen(khan)).toBe(false);
  for (let n = 0; n < 50 && heard.length === 0; n++) await new Promise((done) => setTimeout(done, 20));
  expect(heard).toContain(khan.officer);
  expect(performance.now() - started).toBeLessThan(5000);
  deaf();
  await stopListening();
  const [row] = await h.sql(`select deed, subject from foundation.ledger where deed = 'posts.device-lost'`);
  expect(row).toMatchObject({ subject: khan.officer });
});

test('what is sensitive asks who sits there when that was not asked within five minutes; and for that shift alone', async () => {
  const singh = await begin('singh');
  expect(await read(singh, 'test.look', isConfirmed)).toBe(true);
  await passes(singh, 'confirmed_at', '301 seconds');
  const other = await begin('singh');
  expect(await read(singh, 'test.look', isConfirmed)).toBe(false);
  const vacate = (a: Parameters<typeof handOver>[0]) =>
    handOver(a, { post: singh.post, to_officer: null, note: 'test' });
  expect(await refusal(act(singh, 'test.hand-over', vacate))).toBe('confirm-yourself');
  const administrator = await begin('administrator');
  await passes(administrator, 'confirmed_at', '301 seconds');
  expect(await refusal(act(administrator, 'test.invite', (a) => inviteOfficer(a, singh.officer)))).toBe(
    'confirm-yourself',
  );
  await confirmInPractice(singh);
  expect(await read(singh, 'test.look', isConfirmed)).toBe(true);
  expect(await isOpen(other)).toBe(true);
  // the hand-over ends every shift at the post in the same act
  await act(singh, 'test.hand-over', vacate);
  expect(await Promise.all([singh, other].map(isOpen))).toEqual([false, false]);
});

test('whether it is the house is asked of its session: one that is over, has idled out or rests is the house no more', async () => {
  const isHouse = async (secret = house().secret) =>
    (
      await read({ ...house(), secret } as Actor, 'test.look', (r) =>
        sql<{ is: boolean; who: string | null }>`select posts.is_house() as is, (posts.acting()).name as who`.execute(
          r.db,
        ),
      )
    ).rows[0];
  expect(await isHouse()).toEqual({ is: true, who: 'house' });
  expect(await isHouse('a secret that nobody has')).toEqual({ is: false, who: null });
  expect(await isHouse((await sandboxSignIn('cctns')).token)).toEqual({ is: false, who: 'cctns' });
  for (const over of [
    "ended_at = foundation.now() - interval '1 minute'",
    "expires_at = foundation.now() - interval '1 minute'",
    "touched_at = foundation.now() - interval '101 years'",
    "rests = interval '1 minute', seen_at = clock_timestamp() - interval '2 minutes'",
  ]) {
    const [kept] = await h.sql<{ row: string }>("select s::text as row from posts.session s where name = 'house'");
    await h.sql(`update posts.session set ${over} where name = 'house'`);
    expect(await isHouse(), over).toEqual({ is: false, who: null });
    await h.sql("delete from posts.session where name = 'house'");
    await h.sql('insert into posts.session select (row_of).* from (select $1::posts.session as row_of) kept', [
      kept?.row,
    ]);
    expect(await isHouse(), over).toEqual({ is: true, who: 'house' });
  }
});
