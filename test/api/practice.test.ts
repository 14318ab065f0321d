// The practice doors and the two questions of health, as a load balancer and an acceptance check ask them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#foundation';
import { GET as live } from '../../src/routes/health/live/+server.ts';
import { GET as ready } from '../../src/routes/health/ready/+server.ts';
import { GET as cast } from '../../src/routes/sandbox/cast/+server.ts';
import { GET as time, POST as move } from '../../src/routes/sandbox/clock/+server.ts';
import { GET as messages } from '../../src/routes/sandbox/messages/+server.ts';
import { POST as signIn } from '../../src/routes/sandbox/sign-in/+server.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { ask } from './knock.ts';

type Door = typeof cast;
let house: TestHouse;
const cookies = new Map<string, string>();
async function at(
  door: Door,
  options: { body?: unknown; query?: string; lang?: string; mode?: 'sandbox' | 'production' } = {},
) {
  const url = new URL(`http://localhost/sandbox/x${options.query ?? ''}`);
  const request = new Request(url, {
    method: options.body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': options.lang ?? '' },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const locals = { mode: options.mode ?? 'sandbox', request_id: newId() };
  const jar = { set: (name: string, value: string) => cookies.set(name, value) };
  const response = await door({ request, url, locals, cookies: jar } as unknown as Parameters<Door>[0]);
  return { status: response.status, body: await response.json(), headers: response.headers };
}

beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => house.close());

describe('the cast', () => {
  test('has everyone a check needs, each with post and unit', async () => {
    const { body } = await at(cast);
    const kinds = Map.groupBy(
      body as { kind: string; id: string; post: string; unit: string; name: string }[],
      ({ kind }) => kind,
    );
    expect(kinds.get('callback')?.length).toBeGreaterThanOrEqual(2);
    expect(kinds.get('vehicle')).toHaveLength(6);
    for (const kind of [
      'sho',
      'io',
      'acp',
      'adcp-women',
      'dcp',
      'cp',
      'state',
      'national',
      'control-room',
      'auditor',
      'administrator',
      'machine',
    ])
      expect(kinds.has(kind)).toBe(true);
    expect(new Set(kinds.get('sho')?.map(({ unit }) => unit.split('.')[2])).size).toBeGreaterThan(1);
    expect(
      kinds
        .get('machine')
        ?.map(({ id }) => id)
        .sort(),
    ).toEqual(['cctns', 'fleet', 'sms']);
    expect(kinds.get('io')?.[0]?.post).toMatch(/^[0-9a-f-]{36}$/);
  });
  test('names are Hindi unless English is asked for', async () => {
    const nameIn = async (lang: string) =>
      (await at(cast, { lang })).body.find(({ id }: { id: string }) => id === 'verma').name;
    expect(await nameIn('')).toMatch(/[ऀ-ॿ]/);
    expect(await nameIn('en')).toMatch(/^[ -~]+$/);
  });
  test('signing in gives a token that works and a cookie; a stranger is 404', async () => {
    const { status, body } = await at(signIn, { body: { id: 'verma' } });
    expect(status).toBe(200);
    expect(cookies.get('__Host-p')).toBe(body.token);
    expect((await ask('GET /me', { token: body.token })).body.post.kind).toBe('sho');
    for (const id of ['nobody', '__proto__', 'constructor', 'x'.repeat(100)])
      expect([404, 422]).toContain((await at(signIn, { body: { id } })).status);
    expect((await at(signIn, { body: {} })).status).toBe(422);
    cookies.clear();
    await at(signIn, { body: { id: 'cctns' } });
    expect(cookies.size).toBe(0);
  });
});

describe('messages', () => {
  test('are found by the last ten digits, newest last', async () => {
    const { receipt } = (await ask('POST /complaints', { body: complaint({ mobile: '9811122233' }) })).body;
    const { token } = (await ask('POST /track/sessions', { body: { receipt } })).body;
    await house.jobs();
    await ask('POST /complaints/code', { token });
    await house.jobs();
    for (const to of ['9811122233', '+91 98111-22233', '०९८१११२२२३३']) {
      const { body } = await at(messages, { query: `?to=${encodeURIComponent(to)}` });
      expect(body).toHaveLength(2);
      expect(body[0]).toMatchObject({ to: '+919811122233', template: 'call-code', state: 'sent' });
      expect(body[0].at <= body[1].at).toBe(true);
    }
    expect((await at(messages, { query: '?to=2233' })).body).toEqual([]);
    expect((await at(messages)).body.length).toBeGreaterThanOrEqual(2);
  });
});

describe('the clock', () => {
  test('goes forward by a duration or to an instant, and answers with the time it is', async () => {
    const before = (await at(time)).body.now;
    expect(before).toMatch(/\+05:30$/);
    const { status, body } = await at(move, { body: { advance: 'P1DT3H' } });
    expect(status).toBe(200);
    expect(Date.parse(body.now) - Date.parse(before)).toBeGreaterThanOrEqual(27 * 3_600_000);
    const to = await at(move, { body: { now: '2026-02-01T10:00:00+05:30' } });
    expect(to.body.now.slice(0, 16)).toBe('2026-02-01T10:00');
  });
  test('never goes back, never more than five years at once, and understands nothing else', async () => {
    const refused = async (body: unknown) => {
      const answer = await at(move, { body });
      return [answer.status, answer.body.fields?.[0]?.code ?? answer.body.code];
    };
    expect(await refused({ now: '2026-01-01T00:00:00+05:30' })).toEqual([422, 'clock-only-forward']);
    expect(await refused({ advance: '-P1D' })).toEqual([422, 'clock-only-forward']);
    expect(await refused({ advance: 'P6Y' })).toEqual([422, 'clock-too-far']);
    expect(await refused({ advance: 'P999999Y' })).toEqual([422, 'clock-too-far']);
    expect(await refused({ now: '8000-01-01T00:00:00Z' })).toEqual([422, 'clock-too-far']);
    for (const body of [
      {},
      { now: 'soon' },
      { advance: 'later' },
      { now: '2026-03-01T00:00:00Z', advance: 'P1D' },
      { now: 5 },
    ])
      expect((await at(move, { body })).status).toBe(422);
  });
  test('two hands at once take turns', async () => {
    const before = (await at(time)).body.now;
    await Promise.all([at(move, { body: { advance: 'PT1H' } }), at(move, { body: { advance: 'PT1H' } })]);
    expect(Date.parse((await at(time)).body.now) - Date.parse(before)).toBeGreaterThanOrEqual(2 * 3_600_000);
  });
});

test('in production none of these doors exists', async () => {
  for (const door of [cast, messages, time]) expect((await at(door, { mode: 'production' })).status).toBe(404);
  for (const door of [signIn, move])
    expect((await at(door, { mode: 'production', body: { id: 'verma' } })).status).toBe(404);
});

test('live says that the process runs; ready names what is not there', async () => {
  const event = {} as Parameters<typeof live>[0];
  expect(await (await live(event)).json()).toEqual({ status: 'ok' });
  const answer = await ready(event as unknown as Parameters<typeof ready>[0]);
  const body = await answer.json();
  // no worker runs in a test: the house says so instead of pretending
  expect([answer.status, body.status]).toEqual([503, 'not-ready']);
  expect(body.checks).toEqual({ database: 'ok', worker: 'not-ready', sms: 'ok', keys: 'ok', evidence: 'ok' });
  expect(body.version).toMatch(/^\d+\.\d+\.\d+/);
});
