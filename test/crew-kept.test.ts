// What a crew's phone keeps without a network: ids and deeds that can be read, and nothing else that can; for this crew and this shift alone.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#foundation';
import { crewKey, openFromCrew } from '#sos';
import { POST } from '../src/routes/(vehicle)/orders/data/+server.ts';
import { type Mine, openKept, sealTo } from '../src/routes/(vehicle)/orders/kept.ts';
import type { Press } from '../src/routes/(vehicle)/orders/presses.ts';
import { type TestHouse, testHouse } from './house.ts';

const MINE: Mine = { vehicle: 'v1', officer: 'o1', shift: 's1' };
const REPORT = 'Kanariya is at home again';
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse();
});
afterAll(() => h.close());

/** A browser's own store. */
function disk(): Storage {
  const verbs = {
    getItem: (name: string) => (kept as never as Record<string, string>)[name] ?? null,
    setItem: (name: string, text: string) => Object.assign(kept, { [name]: text }),
    removeItem: (name: string) => void delete (kept as never as Record<string, string>)[name],
  };
  const kept = Object.create(verbs) as Storage;
  return kept;
}
const at = (seconds: number) => ({ watch: seconds * 1000, wall: seconds * 1000 });
/** A page that was opened at a second of the phone's clock, and of the house's. */
const page = (on: Storage, { mine = MINE, wall = 100, ours = 100, watch = 100 } = {}) =>
  openKept(
    () => mine,
    { stamp: () => ({ watch: watch * 1000, wall: wall * 1000 }), ours: () => ours * 1000 },
    crewKey(),
    on,
  );
const press = (id: string, deed: string, second: number, form: Record<string, string> = {}): Press => ({
  id,
  about: `order of ${id}`,
  deed,
  form,
  at: at(second),
});

test('a page that is gone leaves its presses in their order, each as old as it is by the clock that says more', async () => {
  const on = disk();
  const before = page(on);
  await before.keep(press('b', 'en-route', 99));
  await before.keep(press('a', 'accept', 90));
  expect(before.isSafe('a')).toBe(true);
  // opened anew: the stopwatch begins again, and the phone's clock was set back by a minute
  const { presses } = page(on, { watch: 2, wall: 70, ours: 130 }).left();
  expect(presses.map(({ id, deed, about }) => [id, deed, about])).toEqual([
    ['a', 'accept', 'order of a'],
    ['b', 'en-route', 'order of b'],
  ]);
  expect(presses.map((one) => 2 - one.at.watch / 1000)).toEqual([40, 31]);
  before.drop('a');
  before.drop('b');
  expect(Object.keys(on)).toEqual([]);
});

test('words and places are sealed to the house: whoever finds the phone reads ids and deeds, and the page itself no more', async () => {
  const on = disk();
  const before = page(on);
  await before.keep(press('a', 'settled', 99, { report: REPORT, outcome: 'settled', match_code: '' }));
  await before.keepPlaces([{ lat: 26.512_345, lon: 80.254_321, speed_kmh: 7, accuracy_m: 9, taken: at(98) }]);
  const all = Object.values(on).join();
  for (const secret of [REPORT, 'Kanariya', 'report', 'outcome', '26.512', '80.254']) expect(all).not.toContain(secret);
  expect(Object.keys(JSON.parse(on.getItem('crew-press a') ?? '{}')).sort()).toEqual(
    ['about', 'deed', 'id', 'officer', 'ours', 'sealed', 'shift', 'vehicle', 'wall'].sort(),
  );
  const { presses, places } = page(on).left();
  expect(openFromCrew('v1', presses[0]?.sealed ?? '')).toEqual({ report: REPORT, outcome: 'settled' });
  expect(openFromCrew('v1', places[0]?.sealed ?? '')).toMatchObject([{ lat: 26.512_345, ms: 98_000 }]);
  // a page of another vehicle sends in vain what it found, and what is broken is nothing
  expect(openFromCrew('v2', presses[0]?.sealed ?? '')).toBeUndefined();
  expect(openFromCrew('v1', 'AAAA')).toBeUndefined();
  expect(await sealTo(crewKey(), 'v1', 1)).not.toBe(await sealTo(crewKey(), 'v1', 1));
  await before.keepPlaces([]);
  expect(Object.keys(on)).toEqual(['crew-press a']);
});

test.each([
  ['another vehicle', { mine: { ...MINE, vehicle: 'v2' } }],
  ['another officer', { mine: { ...MINE, officer: 'o2' } }],
  ['the next shift', { mine: { ...MINE, shift: 's2' } }],
  ['no shift any more', { mine: { ...MINE, shift: null } }],
  ['a day later', { wall: 86_400, ours: 86_400 }],
])('%s: what was left is thrown away', async (_, later) => {
  const on = disk();
  await page(on).keep(press('a', 'accept', 99));
  await page(on).keepPlaces([{ lat: 26.5, lon: 80.2, speed_kmh: 0, accuracy_m: 9, taken: at(98) }]);
  on.setItem('another page of ours', 'stays');
  expect(page(on, later).left()).toEqual({ presses: [], places: [] });
  expect(Object.keys(on)).toEqual(['another page of ours']);
});

test('pressed before any shift was known, and one that was heard while it was being sealed', async () => {
  const on = disk();
  await page(on, { mine: { ...MINE, shift: null } }).keep(press('a', 'begin-shift', 99));
  expect(page(on).left().presses).toHaveLength(1);
  const here = page(on);
  const keeping = here.keep(press('b', 'decline', 99, { reason: 'vehicle' }));
  here.drop('b');
  await keeping;
  expect(Object.keys(on)).toEqual(['crew-press a']);
});

const crew = async () => (await h.as('prv-1')) as Extract<Actor, { kind: 'officer' }>;
const sent = async (body: object) => {
  const request = new Request('http://localhost/orders/data', { method: 'POST', body: JSON.stringify(body) });
  const answer = await POST({ request, locals: { staff: await crew(), lang: 'en' } } as never);
  return { status: answer.status, ...(await answer.json()) };
};

test('a press whose answer was lost and that outlived its page is the same press, also where a field of it was left empty', async () => {
  const begun = { id: crypto.randomUUID(), deed: 'begin-shift', age_s: 1 };
  for (const press of [{ ...begun, match_code: '', report: '' }, begun])
    expect(await sent({ presses: [press] })).toMatchObject({ status: 200, said: [{ id: begun.id, problem: null }] });
});

test('a place that the house cannot read takes nothing along of what was pressed', async () => {
  const staff = await crew();
  const begun = { id: crypto.randomUUID(), deed: 'begin-shift', age_s: 1 };
  const place = { vehicle: staff.post, lat: 26.5, lon: 80.25, age_s: 1 };
  for (const wrong of [{ accuracy_m: 150_000 }, { speed_kmh: -3.6 }, { age_s: 90_000 }]) {
    const answer = await sent({ fixes: [{ ...place, ...wrong }], presses: [begun] });
    expect(answer).toMatchObject({ status: 200, full: false, said: [{ id: begun.id, problem: null }] });
    expect(answer.shift).not.toBeNull();
  }
  expect((await sent({ fixes: [{ ...place, accuracy_m: 150_000 }] })).status).toBe(422);
  expect((await sent({ presses: [{ ...begun, deed: 'no such' }] })).status).toBe(422);
});
