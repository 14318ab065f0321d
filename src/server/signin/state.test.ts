// A state's identity provider begins a shift only for officers whom an administrator has named, and is believed only whole.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { act, type Actor, type Refusal } from '#foundation';
import { oidcPeer } from '../../../test/oidc-peer.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { actorOf, comeFromState, goToState, nameAtState, namesAtState, standAt, trustState } from './signin.ts';

type Officer = Extract<Actor, { kind: 'officer' }>;
const ORIGIN = 'https://itsso.example';
const CLIENT = { id: 'itsso', secret: 'secret-of-the-test' };

let h: TestHouse;
let peer: Awaited<ReturnType<typeof oidcPeer>>;
beforeAll(async () => {
  standAt(ORIGIN);
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  peer = await oidcPeer(CLIENT);
});
afterAll(async () => {
  trustState(undefined);
  await peer.close();
  await h.close();
});
beforeEach(() => {
  peer.lie = undefined;
  peer.person = 'up-1';
  trustState({
    issuer: peer.issuer,
    client: CLIENT.id,
    secret: CLIENT.secret,
    claim: 'employee',
    name: { hi: 'राज्य', en: 'State' },
    plain: true,
  });
});

const officer = async (id: string) => (await h.as(id)) as Officer;
const refusal = (work: Promise<unknown>) => work.then(() => undefined).catch((e: unknown) => (e as Refusal).code);

// goes there and comes back as a browser does
async function there(purpose: 'enter' | 'again' = 'enter') {
  const gone = await goToState(purpose, '/desk');
  if (!('url' in gone)) throw new Error(gone.refused);
  const answer = await fetch(gone.url, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(`${back.origin}${back.pathname}`).toBe(`${ORIGIN}/signin/state/back`);
  return { keep: gone.keep, query: back.search.slice(1), asked: new URL(gone.url).searchParams };
}
const named = async (whom: Officer, value: string) =>
  act(await officer('administrator'), 'test.name', (a) => nameAtState(a, { officer: whom.officer, value }));

test('the state’s provider begins a shift for whom an administrator has named, and makes nobody an officer', async () => {
  const khan = await officer('khan');
  const counted = async () => (await h.sql<{ n: number }>('select count(*)::int as n from posts.officer'))[0]?.n;
  const before = await counted();
  const stranger = await there();
  expect(stranger.asked.get('code_challenge_method')).toBe('S256');
  expect(await comeFromState(stranger.query, stranger.keep, null)).toEqual({ refused: 'not-known-here' });
  await named(khan, 'up-1');
  const way = await there();
  const entered = await comeFromState(way.query, way.keep, null);
  expect(entered).toMatchObject({ to: '/desk', post_kind: 'io' });
  expect(await actorOf('token' in entered ? entered.token : '')).toMatchObject({ officer: khan.officer });
  expect(await comeFromState(way.query, way.keep, null)).toEqual({ refused: 'journey-over' });
  await named(khan, '');
  const again = await there();
  expect(await comeFromState(again.query, again.keep, null)).toEqual({ refused: 'not-known-here' });
  expect(await counted()).toBe(before);
});

test('what the provider says is believed only whole: nonce, audience, issuer, signature, time, state, verifier, level', async () => {
  const khan = await officer('khan');
  await named(khan, 'up-1');
  const no = { refused: 'state-not-believed' };
  for (const lie of ['nonce', 'audience', 'issuer', 'signature', 'expired'] as const) {
    peer.lie = lie;
    const way = await there();
    expect([lie, await comeFromState(way.query, way.keep, null)]).toEqual([lie, no]);
  }
  peer.lie = undefined;
  // a way begun in another browser: its state, and its verifier, are others
  const [mine, another] = [await there(), await there()];
  expect(await comeFromState(another.query, mine.keep, null)).toEqual(no);
  const crossed = new URLSearchParams(mine.query);
  crossed.set('state', new URLSearchParams(another.query).get('state') ?? '');
  expect(await comeFromState(crossed.toString(), another.keep, null)).toHaveProperty('refused');
  expect(await comeFromState(mine.query, undefined, null)).toEqual({ refused: 'journey-over' });
  expect(await comeFromState(mine.query, 'A'.repeat(120), null)).toEqual({ refused: 'journey-over' });
  const declined = await there();
  const { state } = Object.fromEntries(new URLSearchParams(declined.query));
  expect(await comeFromState(`error=access_denied&state=${state}`, declined.keep, null)).toEqual(no);
  trustState({
    issuer: peer.issuer,
    client: CLIENT.id,
    secret: CLIENT.secret,
    claim: 'employee',
    acr: 'loa3',
    name: { hi: 'राज्य', en: 'State' },
    plain: true,
  });
  const weak = await there();
  expect(weak.asked.get('acr_values')).toBe('loa3');
  expect(await comeFromState(weak.query, weak.keep, null)).toEqual(no);
});

test('who sits there can be asked at the provider too: anew, and for the officer of this shift', async () => {
  const [khan, rekha] = [await officer('khan'), await officer('rekha')];
  const way = await there('again');
  expect(way.asked.get('prompt')).toBe('login');
  expect(await comeFromState(way.query, way.keep, rekha)).toEqual({ refused: 'another-officer' });
  const his = await there('again');
  expect(await comeFromState(his.query, his.keep, khan)).toEqual({ confirmed: true, to: '/desk' });
  peer.lie = 'old-sign-in';
  const old = await there('again');
  expect(await comeFromState(old.query, old.keep, khan)).toEqual({ refused: 'state-not-believed' });
});

test('a provider that is down is not down for ever, and without one there is no way', async () => {
  const { issuer } = peer;
  trustState({
    issuer: 'http://127.0.0.1:1',
    client: 'x',
    secret: 'y',
    claim: 'sub',
    name: { hi: 'राज्य', en: 'State' },
    plain: true,
  });
  expect(await goToState('enter', '/desk')).toEqual({ refused: 'state-out-of-reach' });
  trustState({
    issuer,
    client: CLIENT.id,
    secret: CLIENT.secret,
    claim: 'employee',
    name: { hi: 'राज्य', en: 'State' },
    plain: true,
  });
  expect(await goToState('enter', '/desk')).toHaveProperty('url');
  trustState(undefined);
  expect(await refusal(goToState('enter', '/desk'))).toBe('not-found');
});

test('only an administrator names officers at the provider, one name for one officer', async () => {
  const [khan, rekha, verma] = [await officer('khan'), await officer('rekha'), await officer('verma')];
  await named(khan, 'up-1');
  expect(await refusal(named(rekha, 'up-1'))).toBe('name-taken');
  expect(await refusal(act(verma, 'test.name', (a) => nameAtState(a, { officer: khan.officer, value: 'x' })))).toBe(
    'not-your-power',
  );
  const administrator = await officer('administrator');
  expect(await refusal(named(administrator, 'me'))).toBe('link-for-yourself');
  expect((await namesAtState(administrator, [khan.officer])).get(khan.officer)).toBe('up-1');
  expect(await refusal(namesAtState(verma, []))).toBe('not-your-power');
});
