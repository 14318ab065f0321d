// A code app counts only with a superior's code, and a desk left alone gives nobody a way in; machines have keys that overlap.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, type Refusal } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  actorOf,
  beginApp,
  codesForm,
  confirmApp,
  confirmWithCodes,
  endMachine,
  endMyApp,
  enterWithCodes,
  inviteMyself,
  machinesOf,
  myApp,
  registerMachine,
  rotateMachineKey,
  standAt,
  vouchFor,
  whomToVouchFor,
} from './signin.ts';
import { appAddress, base32, codeOf, stepAt, stepOfCode } from './totp.ts';

type Officer = Extract<Actor, { kind: 'officer' }>;

let h: TestHouse;
beforeAll(async () => {
  standAt('https://itsso.example');
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
});
afterAll(() => h.close());

const officer = async (id: string) => (await h.as(id)) as Officer;
const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((e: unknown) => (e as Refusal).code);
const now = () => Temporal.Now.instant();
const bytesOf = (secret: string): Buffer => {
  const bits = [...secret]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
const STEP_MS = 30_000;
/** An app that is in use, and the code that it shows so many steps from now on: tests take their codes in order, and no step ends at once. */
async function appOf(who: Officer) {
  const { secret } = await act(who, 'test.begin', beginApp);
  const left = STEP_MS - (now().epochMilliseconds % STEP_MS);
  if (left < 2000) await pause(left);
  const from = stepAt(now());
  const at = (steps: number) => codeOf(bytesOf(secret), from + steps);
  expect(await act(who, 'test.confirm', (a) => confirmApp(a, { code: at(-1) }))).toBeUndefined();
  return { secret, at };
}
const vouched = async (by: string, whom: Officer) => {
  const who = await officer(by);
  const { code } = await act(who, 'test.vouch', (a) => vouchFor(a, whom.officer));
  return codesForm.shape.vouch.parse(code.toLowerCase());
};

test('codes are those of RFC 6238, and each is taken once', () => {
  const secret = Buffer.from('12345678901234567890');
  // appendix B gives eight digits; six are their last six
  for (const [at, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ] as const) {
    const instant = Temporal.Instant.fromEpochMilliseconds(at * 1000);
    expect(codeOf(secret, stepAt(instant))).toBe(code);
    expect(stepOfCode(secret, code, instant, 0)).toBe(Math.floor(at / 30));
    expect(stepOfCode(secret, code, instant, Math.floor(at / 30))).toBeUndefined();
    expect(stepOfCode(secret, code, instant.add({ seconds: 61 }), 0)).toBeUndefined();
  }
  // RFC 4648, 10
  expect(['f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)))).toEqual([
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ]);
  expect(appAddress(secret, 'ITSSO a.b', 'R. Khan')).toContain('otpauth://totp/ITSSO%20a.b:R.%20Khan?secret=GEZDGNBV');
});

test('an app and a superior’s code begin a shift together, and neither does alone', async () => {
  const khan = await officer('khan');
  expect(await myApp(khan)).toBeNull();
  expect(await refusal(act(await officer('verma'), 'test.vouch', (a) => vouchFor(a, khan.officer)))).toBe(
    'has-no-code-app',
  );
  const app = await appOf(khan);
  expect(await myApp(khan)).not.toBeNull();
  const no = { refused: 'codes-not-accepted' };
  expect(await enterWithCodes({ vouch: '0'.repeat(12), code: app.at(0) })).toEqual(no);
  const vouch = await vouched('verma', khan);
  expect(await enterWithCodes({ vouch, code: '000000' })).toEqual(no);
  const entered = await enterWithCodes({ vouch, code: app.at(0) });
  expect(await actorOf('token' in entered ? entered.token : '')).toMatchObject({
    officer: khan.officer,
    post: khan.post,
  });
  // both are used up
  expect(await enterWithCodes({ vouch, code: app.at(1) })).toEqual(no);
  expect(await enterWithCodes({ vouch: await vouched('verma', khan), code: app.at(0) })).toEqual(no);
  const [row] = await h.sql<{ n: number }>(
    `select count(*)::int as n from foundation.ledger where deed = 'signin.shift-begun' and detail ->> 'way' = 'codes'`,
  );
  expect(row?.n).toBe(1);
});

test('five wrong tries at once kill the superior’s code, a newer one ends the older, and after ten minutes it is over', async () => {
  const rekha = await officer('rekha');
  const app = await appOf(rekha);
  const vouch = await vouched('verma', rekha);
  await Promise.all(Array.from({ length: 12 }, () => enterWithCodes({ vouch, code: '000000' })));
  const [tried] = await h.sql<{ tries: number }>(
    'select tries from signin.vouch where officer = $1 and dead_at is null',
    [rekha.officer],
  );
  expect(tried?.tries).toBe(5);
  expect(await enterWithCodes({ vouch, code: app.at(0) })).toEqual({ refused: 'codes-not-accepted' });
  const older = await vouched('verma', rekha);
  const newer = await vouched('verma', rekha);
  expect(await enterWithCodes({ vouch: older, code: app.at(0) })).toHaveProperty('refused');
  await h.at('2026-01-05T10:11:00+05:30');
  expect(await enterWithCodes({ vouch: newer, code: app.at(0) })).toHaveProperty('refused');
  expect(await enterWithCodes({ vouch: await vouched('verma', rekha), code: app.at(0) })).toHaveProperty('token');
});

test('who gives a code: superiors for those below, nobody for himself, an equal or another station', async () => {
  const [khan, verma, singh] = [await officer('khan'), await officer('verma'), await officer('singh')];
  await appOf(verma);
  await appOf(singh);
  const by = async (id: string, whom: string) =>
    refusal(act(await officer(id), 'test.vouch', (a) => vouchFor(a, whom)));
  expect(await by('rekha', khan.officer)).toBe('not-your-power');
  expect(await by('administrator', khan.officer)).toBe('not-your-power');
  expect(await by('verma', verma.officer)).toBe('code-for-yourself');
  expect(await by('aruna', khan.officer)).toBe('not-found');
  expect(await by('verma', singh.officer)).toBe('not-found');
  expect(await by('singh', verma.officer)).toBeUndefined();
  expect(await by('cp', singh.officer)).toBeUndefined();
  expect((await whomToVouchFor(verma)).map((seat) => seat.officer)).toContain(khan.officer);
  expect(await whomToVouchFor(khan)).toEqual([]);
});

test('a secret lies sealed, a code is stored as a keyed hash, and neither is in the ledger', async () => {
  const suman = await officer('suman');
  const { secret } = await appOf(suman);
  const vouch = await vouched('verma', suman);
  const rows = await h.sql<{
    row: string;
  }>(`select row_to_json(x)::text as row from signin.app x union all select row_to_json(x)::text from signin.vouch x
    union all select row_to_json(x)::text from foundation.ledger x where deed like 'signin.%'`);
  expect(rows.length).toBeGreaterThan(5);
  const told = [secret, bytesOf(secret).toString('hex'), vouch, Buffer.from(vouch).toString('hex')];
  expect(rows.filter(({ row }) => told.some((one) => row.includes(one)))).toEqual([]);
});

test('both codes anew show who sits there, only for the officer of the shift; a desk left alone gives neither an app nor a link', async () => {
  const [aruna, kiran] = [await officer('aruna'), await officer('kiran')];
  const app = await appOf(kiran);
  const stale = () =>
    h.sql("update posts.session set confirmed_at = clock_timestamp() - interval '6 minutes' where officer = $1", [
      kiran.officer,
    ]);
  await stale();
  expect(await refusal(act(kiran, 'test.begin', beginApp))).toBe('confirm-yourself');
  expect(await refusal(act(kiran, 'test.end', endMyApp))).toBe('confirm-yourself');
  expect(await refusal(act(kiran, 'test.invite', inviteMyself))).toBe('confirm-yourself');
  const first = { vouch: await vouched('aruna', kiran), code: app.at(0) };
  expect(await confirmWithCodes(aruna, first)).toEqual({ refused: 'codes-not-accepted' });
  const second = { vouch: await vouched('aruna', kiran), code: app.at(1) };
  expect(await confirmWithCodes(kiran, second)).toBeUndefined();
  await act(kiran, 'test.end', endMyApp);
  expect(await myApp(kiran)).toBeNull();
});

test('a machine’s keys overlap while they are changed, and end with it', async () => {
  const administrator = await officer('administrator');
  const { id, key } = await act(administrator, 'test.register', (a) =>
    registerMachine(a, { name: 'gateway', holds: 'sms' }),
  );
  expect(await actorOf(key)).toMatchObject({ kind: 'machine', name: 'gateway', rights: ['sms'] });
  const { key: next } = await act(administrator, 'test.rotate', (a) => rotateMachineKey(a, id, { overlap_hours: 24 }));
  expect([await actorOf(key), await actorOf(next)].every(Boolean)).toBe(true);
  await h.at('2026-01-06T12:00:00+05:30');
  expect(await actorOf(key)).toBeUndefined();
  expect(await actorOf(next)).toBeDefined();
  const again = await officer('administrator');
  expect(
    await refusal(act(await officer('verma'), 'test.rotate', (a) => rotateMachineKey(a, id, { overlap_hours: 0 }))),
  ).toBe('not-your-power');
  expect(
    await refusal(act(again, 'test.register', (a) => registerMachine(a, { name: 'gateway', holds: 'fleet' }))),
  ).toBe('name-taken');
  expect((await machinesOf(again))[0]).toMatchObject({ name: 'gateway', keys: [{ ends_at: null }, {}] });
  await act(again, 'test.end', (a) => endMachine(a, id));
  expect(await actorOf(next)).toBeUndefined();
  expect(await refusal(act(again, 'test.end', (a) => endMachine(a, id)))).toBe('client-ended');
});
