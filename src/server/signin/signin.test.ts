// Links work once, passkeys open a shift at a post, and nobody comes in by name outside practice.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, read, type Refusal } from '#foundation';
import { handOver, type Seat, seatsBelow, seatsOf } from '#posts';
import { type Device, newDevice } from '../../../test/device.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  actorOf,
  choosePost,
  enrol,
  enrolAdministrator,
  enrolOptions,
  enterForm,
  enterWithPasskey,
  entryOptions,
  inviteMyself,
  inviteOfficer,
  officersToEnrol,
  openLink,
  sandboxCast,
  sandboxSignIn,
  standAt,
} from './signin.ts';

const ORIGIN = 'https://itsso.example';
const AT = { origin: ORIGIN, host: 'itsso.example' };

let h: TestHouse;
let administrator: Extract<Actor, { kind: 'officer' }>;
beforeAll(async () => {
  standAt(ORIGIN);
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  administrator = (await h.as('administrator')) as typeof administrator;
});
afterAll(() => h.close());
afterEach(() => {
  delete process.env.ITSSO_MODE;
});

const officer = async (id: string) => (await h.as(id)) as Extract<Actor, { kind: 'officer' }>;
const isAdministrator = ({ post_kind }: Seat) => post_kind === 'administrator';
const tokenIn = (link: string): string => link.split('/').at(-1) ?? '';
const invite = async (id: string) =>
  tokenIn((await act(administrator, 'signin.invite', async (a) => inviteOfficer(a, (await officer(id)).officer))).link);
const enrolled = async (token: string, device: Device = newDevice(AT)): Promise<Device> => {
  expect(await enrol(token, device.make(await enrolOptions(token)))).toHaveProperty('officer');
  return device;
};
const enter = async (device: Device) => enterWithPasskey(device.sign(await entryOptions()));
const tokenOf = (entered: Awaited<ReturnType<typeof enter>>): string => {
  if (!('token' in entered)) throw new Error(`not in: ${JSON.stringify(entered)}`);
  return entered.token;
};
const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((e: unknown) => (e as Refusal).code);

test('a link makes a passkey, and the passkey begins a shift at the post the officer holds', async () => {
  const device = await enrolled(await invite('khan'));
  const actor = await actorOf(tokenOf(await enter(device)));
  const khan = await officer('khan');
  expect(actor).toMatchObject({ kind: 'officer', officer: khan.officer, post: khan.post, post_kind: 'io' });
});

test('a link works once', async () => {
  const token = await invite('rekha');
  const device = newDevice(AT);
  const [one, two] = [await enrolOptions(token), await enrolOptions(token)];
  const both = await Promise.all([enrol(token, device.make(one)), enrol(token, newDevice(AT).make(two))]);
  expect(both.filter((result) => 'officer' in result)).toHaveLength(1);
  expect(both.filter((result) => 'refused' in result)).toEqual([{ refused: 'link-over' }]);
  expect(await openLink(token)).toBeUndefined();
  expect(await refusal(enrolOptions(token))).toBe('link-over');
});

test('a newer link ends the older one, and after 24 hours a link is over', async () => {
  const older = await invite('singh');
  const newer = await invite('singh');
  expect(await openLink(older)).toBeUndefined();
  expect(await openLink(newer)).toMatchObject({ adds: false, seats: [{ post_kind: 'acp' }] });
  const options = await enrolOptions(newer);
  await h.at('2026-01-06T10:01:00+05:30');
  administrator = (await h.as('administrator')) as typeof administrator;
  expect(await openLink(newer)).toBeUndefined();
  expect(await enrol(newer, newDevice(AT).make(options))).toEqual({ refused: 'link-over' });
});

test('only the hash of a link is stored, and neither link nor challenge is in the ledger', async () => {
  const token = await invite('verma');
  const stored = await h.sql(`select row_to_json(i)::text as row from signin.invitation i
    union all select row_to_json(l)::text from foundation.ledger l where deed like 'signin.%'`);
  expect(stored.length).toBeGreaterThan(5);
  expect(stored.filter(({ row }) => String(row).includes(token))).toEqual([]);
});

test('an unknown link opens nothing', async () => {
  expect(await openLink('A'.repeat(43))).toBeUndefined();
  expect(await refusal(enrolOptions('A'.repeat(43)))).toBe('link-over');
});

test('a challenge is good for five minutes, once, for one purpose and one link', async () => {
  const token = await invite('suman');
  const other = await invite('kiran');
  const device = newDevice(AT);
  const refused = { refused: 'passkey-not-accepted' };
  expect(await enrol(token, device.make(await enrolOptions(other)))).toEqual(refused);
  const late = await enrolOptions(token);
  const now = await act(house(), 'test.look', async (a) => a.now);
  await h.at(now.add({ minutes: 6 }).toString());
  expect(await enrol(token, device.make(late))).toEqual(refused);
  await enrolled(token, device);
  const answer = device.sign(await entryOptions());
  expect(await enterWithPasskey(answer)).toHaveProperty('token');
  expect(await enterWithPasskey(answer)).toEqual(refused);
  expect(await enterWithPasskey(device.sign({ challenge: 'AAAA' }))).toEqual(refused);
});

test('another place, another key, no finger, a counter that went back: none comes in, and the attempt is noted', async () => {
  const token = await invite('aruna');
  for (const wrong of [
    newDevice({ ...AT, origin: 'https://itss0.example' }),
    newDevice({ ...AT, host: 'example' }),
    newDevice({ ...AT, verifies: false }),
  ])
    expect(await enrol(token, wrong.make(await enrolOptions(token)))).toEqual({ refused: 'passkey-not-accepted' });
  const device = await enrolled(token);
  await enter(device);
  device.turnBack();
  expect(await enter(device)).toEqual({ refused: 'passkey-not-accepted' });
  const stranger = newDevice(AT);
  stranger.make({ challenge: '', user: { id: '' } });
  expect(await enter(stranger)).toEqual({ refused: 'passkey-not-accepted' });
  const forged = { ...stranger.sign(await entryOptions()), id: device.id, rawId: device.id };
  expect(await enterWithPasskey(forged)).toEqual({ refused: 'passkey-not-accepted' });
  const [{ n } = { n: 0 }] = await h.sql<{ n: number }>(
    `select count(*)::int as n from foundation.ledger where deed = 'signin.refused' and subject = $1`,
    [(await officer('aruna')).officer],
  );
  expect(n).toBe(5);
});

test('an administrator’s link replaces: earlier passkeys and open shifts end at once; one’s own link adds', async () => {
  const first = await enrolled(await invite('nandini'));
  const shift = await actorOf(tokenOf(await enter(first)));
  const own = tokenIn((await act(shift as Actor, 'signin.invite-myself', (a) => inviteMyself(a))).link);
  const second = await enrolled(own);
  expect(await enter(first)).toHaveProperty('token');
  const open = tokenOf(await enter(second));
  const third = await enrolled(await invite('nandini'));
  expect(await actorOf(open)).toBeUndefined();
  expect(await enter(first)).toEqual({ refused: 'passkey-not-accepted' });
  expect(await enter(second)).toEqual({ refused: 'passkey-not-accepted' });
  expect(await enter(third)).toHaveProperty('token');
});

test('only an administrator makes links, in the administrator’s own unit, and not for himself', async () => {
  const khan = await officer('khan');
  const national = await officer('national');
  const invited = (who: Actor, whom: string) => refusal(act(who, 'signin.invite', (a) => inviteOfficer(a, whom)));
  expect(await invited(await h.as('verma'), khan.officer)).toBe('not-your-power');
  expect(await invited(await h.as('state'), khan.officer)).toBe('not-your-power');
  expect(await invited(h.nobody, khan.officer)).toBe('not-your-power');
  expect(await invited(administrator, national.officer)).toBe('not-found');
  expect(await invited(administrator, administrator.officer)).toBe('link-for-yourself');
  expect(await refusal(officersToEnrol(await h.as('verma')))).toBe('not-your-power');
  const { found, total } = await officersToEnrol(administrator, 'kalyanpur');
  expect(total).toBeGreaterThan(3);
  expect(found.find((row) => row.officer === khan.officer)).toMatchObject({ passkeys: 1 });
});

test('an officer of several posts says at which the shift begins, once, and only at one of his own', async () => {
  const device = await enrolled(await invite('rao'));
  const rao = await officer('rao');
  const singh = await officer('singh');
  await act(house(), 'test.hand-over', (a) =>
    handOver(a, { post: singh.post, to_officer: rao.officer, note: 'in charge' }),
  );
  const seats = await act(house(), 'test.look', (a) => seatsOf(a, rao.officer));
  expect(seats.map((seat) => seat.post_kind)).toEqual(['dcp', 'acp']);
  const choice = async () => {
    const asked = await enter(device);
    if (!('ticket' in asked)) throw new Error('not asked');
    expect(asked.seats).toEqual(seats);
    return asked.ticket;
  };
  const ticket = await choice();
  const chosen = await choosePost({ ticket, post: singh.post });
  expect(await actorOf('token' in chosen ? chosen.token : '')).toMatchObject({
    post: singh.post,
    officer: rao.officer,
  });
  expect(await choosePost({ ticket, post: singh.post })).toEqual({ refused: 'choice-over' });
  expect(await choosePost({ ticket: await choice(), post: administrator.post })).toEqual({ refused: 'not-found' });
  expect(await enter(await enrolled(await invite('cp')))).toHaveProperty('token');
});

test('an officer without a post does not come in', async () => {
  const device = await enrolled(await invite('state'));
  const { post } = await officer('state');
  await act(house(), 'test.hand-over', (a) => handOver(a, { post, to_officer: null, note: 'left' }));
  expect(await enter(device)).toEqual({ refused: 'holds-no-post' });
});

test('the command line finds the administrator who is there, and his link replaces', async () => {
  const made = await enrolAdministrator({ name: 'Somebody', rank: 'Else' });
  expect(made.seated).toBe(false);
  expect(await openLink(tokenIn(made.link))).toMatchObject({ officer: administrator.officer, adds: false });
  // of the other states only the names are there: no post, so nobody else has it
  expect((await read(house(), 'test.look', (r) => seatsBelow(r, 'in'))).filter(isAdministrator)).toHaveLength(1);
  expect(made.link.startsWith(`${ORIGIN}/enrol/`)).toBe(true);
});

test('an administrator supervises no unit, so no file is in sight', async () => {
  const [row] = await h.sql(`select set_config('itsso.secret', $1, false), posts.supervised()::text as units`, [
    administrator.secret,
  ]);
  expect(row?.units).toBe('{}');
  const [head] = await h.sql(`select set_config('itsso.secret', $1, false), posts.supervised()::text as units`, [
    (await officer('verma')).secret,
  ]);
  expect(head?.units).not.toBe('{}');
});

test('in production nobody comes in by name', async () => {
  expect((await sandboxCast()).length).toBeGreaterThan(10);
  process.env.ITSSO_MODE = 'production';
  expect(await sandboxCast()).toEqual([]);
  expect(await refusal(sandboxSignIn('verma'))).toBe('not-found');
});

test('what a browser sends is read strictly', () => {
  const parsed = (passkey: unknown) => enterForm.safeParse({ passkey }).error?.issues[0]?.message;
  expect(parsed(undefined)).toBe('passkey-needs-script');
  expect(parsed('')).toBe('passkey-needs-script');
  expect(parsed('{')).toBe('passkey-not-accepted');
  expect(enterForm.safeParse({ passkey: '{"id":"a"}' }).success).toBe(false);
  expect(enterForm.safeParse({ passkey: `"${'x'.repeat(50_000)}"` }).success).toBe(false);
});
