// The calendar, its addresses and the digest over the API; and that an address is written down nowhere.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, storyIn } from '../story.ts';
import { apart, ask } from './knock.ts';

let house: TestHouse;
let suman = '';
let number = '';
beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  number = await storyIn(house).confirmed(complaint());
  suman = (await sandboxSignIn('suman')).token;
});
afterAll(() => house.close());

test('the calendar: overdue, days, and in parts; what is no day is said', async () => {
  const whole = await ask('GET /calendar?from=2026-01-05&days=31', { token: suman });
  expect(whole.status).toBe(200);
  const entries = whole.body.days.flatMap((day: { entries: { number: string }[] }) => day.entries);
  expect(entries.length).toBeGreaterThan(0);
  expect(new Set(entries.map((entry: { number: string }) => entry.number))).toEqual(new Set([number]));
  expect((await ask('GET /calendar', { token: suman })).body.from).toBe('2026-01-05');
  const part = await ask('GET /calendar?limit=1', { token: suman });
  const rest = await ask(`GET /calendar?after=${part.body.next}`, { token: suman });
  expect(rest.status).toBe(200);
  for (const wrong of ['from=2026-02-30', 'from=yesterday', 'days=0', 'days=93', 'circle=2', 'after=x'])
    expect((await ask(`GET /calendar?${wrong}`, { token: suman })).status).toBe(422);
  expect((await ask('GET /calendar')).status).toBe(401);
});

test('an address is told once; with the same key there is no second one', async () => {
  const made = await ask('POST /calendar/feeds', { token: suman, key: 'one-and-the-same', body: { language: 'en' } });
  expect(made.status).toBe(201);
  const again = await ask('POST /calendar/feeds', { token: suman, key: 'one-and-the-same', body: { language: 'en' } });
  expect(again.body).toEqual({ id: null, path: null });
  const { items } = (await ask('GET /calendar/feeds', { token: suman })).body;
  expect(items).toEqual([{ id: made.body.id, language: 'en', made_at: expect.any(String), fetched_at: null }]);

  const path = made.body.path.replace('/api/v1', '');
  const fed = await ask(`GET ${path}`);
  expect(fed.status).toBe(200);
  expect(fed.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
  expect(fed.headers.get('cache-control')).toBe('no-store');
  expect(fed.text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*SUMMARY:[\s\S]*END:VCALENDAR\r\n$/);
  expect(fed.text).not.toMatch(/police target|limit in law/);
  for (const never of [number, 'Kanariya', 'BNS', 'kalyanpur', 'Kalyanpur', 'http', 'VALARM'])
    expect(fed.text).not.toContain(never);
  expect((await ask('GET /calendar/feeds', { token: suman })).body.items[0].fetched_at).not.toBeNull();

  const unknown = apart(await ask(`GET /calendar/${'A'.repeat(43)}.ics`));
  expect(unknown).toMatch(/^404 /);
  expect((await ask(`POST /calendar/feeds/${made.body.id}/revoke`, { token: suman })).status).toBe(200);
  expect(apart(await ask(`GET ${path}`))).toBe(unknown);
  expect(apart(await ask('GET /calendar/short.ics'))).toBe(unknown);
  expect(apart(await ask(`GET ${path}`, { token: suman }))).toBe(unknown);
  expect((await ask(`POST /calendar/feeds/${made.body.id}/revoke`, { token: suman })).status).toBe(404);
});

test('the digest: none before the first morning, then the numbers of today', async () => {
  await house.sql('delete from deadlines.digest');
  expect((await ask('GET /digest', { token: suman })).status).toBe(404);
  await house.at('2026-01-07T07:00+05:30');
  suman = (await sandboxSignIn('suman')).token;
  const found = await ask('GET /digest', { token: suman });
  expect(found.body).toMatchObject({ day: '2026-01-07', due_week: expect.any(Number), vacant: 0 });
  expect((await ask('GET /digest')).status).toBe(401);
});
