// What one sender sends goes to the disk with everybody else's of the same tenth of a second: nothing in it keeps the others' from there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation';
import { alertForm, fixesForm, raise, readMine, takeFixes } from '#sos';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const HERE = { lat: 26.5, lon: 80.25 };
let h: TestHouse;
let hostile: Actor;
let other: Actor;
const vehicleOf = (crew: Actor): string => (crew.kind === 'officer' ? crew.post : '');
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  hostile = await h.as('prv-1');
  other = await h.as('prv-2');
});
afterAll(() => h.close());

const tell = (crew: Actor, fix: object, more: object = {}) =>
  takeFixes(crew, fixesForm.parse({ ...more, fixes: [{ vehicle: vehicleOf(crew), ...HERE, age_s: 1, ...fix }] }));
const latOf = async (crew: Actor) =>
  (await h.sql<{ lat: number }>('select lat from sos.position where vehicle = $1', [vehicleOf(crew)]))[0]?.lat;

test.each([
  ['a speed too small for any column', { speed_kmh: 1e-50, lat: 26.51 }, {}],
  ['an accuracy too small for any column', { accuracy_m: 1e-300, lat: 26.52 }, {}],
  [
    'a place ten thousand years old',
    { age_s: undefined, at: '0002-01-01T00:00:00Z', lat: 26.54 },
    { sent_at: '9899-01-01T00:00:00Z' },
  ],
])('%s of one crew keeps nobody’s from the disk', async (_what, fix, more) => {
  const [, told] = await Promise.allSettled([tell(hostile, fix, more), tell(other, { lat: fix.lat })]);
  expect(told.status).toBe('fulfilled');
  expect(await latOf(other)).toBe(fix.lat);
});

test('and where one sender’s cannot be written at all, the others’ are', async () => {
  // as if something had come through that no check here knows of
  await h.sql('alter table sos.position add constraint not_there check (lat <> 26.666) not valid');
  const all = await Promise.allSettled([tell(other, { lat: 26.61 }), tell(hostile, { lat: 26.666 })]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await latOf(other)).toBe(26.61);
  await h.sql('alter table sos.position drop constraint not_there');
});

test('of a crew that reports another vehicle nothing is kept, its own neither', async () => {
  const both = [hostile, other].map((crew) => ({ vehicle: vehicleOf(crew), ...HERE, lat: 26.71, age_s: 0 }));
  await expect(takeFixes(hostile, fixesForm.parse({ fixes: both }))).rejects.toMatchObject({ code: 'not-found' });
  await tell(other, { lat: 26.72, age_s: 0 });
  expect(await latOf(other)).toBe(26.72);
  expect(await latOf(hostile)).not.toBe(26.71);
});

test('a year that nothing can write is no instant, and an alarm with the oldest one goes out', async () => {
  for (const at of ['-100000-01-01T00:00:00Z', '0000-06-01T00:00:00Z', '+012026-01-01T00:00:00Z'])
    expect(fixesForm.safeParse({ fixes: [{ vehicle: 'x', ...HERE, at }] }).success, at).toBe(false);
  const raised = await raise(
    null,
    alertForm.parse({
      at: '0002-01-01T00:00:00Z',
      sent_at: '9899-01-01T00:00:00Z',
      point: { ...HERE, fixed_at: '0002-01-01T00:00:00Z' },
    }),
  );
  expect((await readMine(null, raised.alert)).at.toString()).toBe('1970-01-01T00:00:00Z');
});
