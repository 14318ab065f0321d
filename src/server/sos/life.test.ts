// The life of an alarm: reported and gone, silent crews, a place that comes later, a late yes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFixes, readMine, say } from '#sos';
import { crewsOf, HERE, refusal } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
const { alarm, atHers, clear, deciding, deed, later, now, order, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await report();
});
afterAll(() => h.close());

const open = async (alert: string): Promise<number> =>
  (
    await h.sql<{ n: number }>('select count(*)::int as n from sos.call_out where alert = $1 and ended_at is null', [
      alert,
    ])
  )[0]!.n;
const shortOf = async (alert: string): Promise<string | null> =>
  (await h.sql<{ short_of: string | null }>('select short_of from sos.alert where id = $1', [alert]))[0]!.short_of;

test('the lead has reported and goes: her yes closes the alarm, and meanwhile nobody is sent anew', async () => {
  await clear();
  const raised = await alarm();
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) await pressing(crew, 'accept');
  await atHers('prv-1');
  await pressing('prv-1', 'arrived');
  await pressing('prv-1', 'settled', { report: 'दोनों से बात हुई', outcome: 'taken-to-safety' });
  expect(await refusal(deciding(raised.alert, 'close'))).toBe('needs-her-yes');
  await pressing('prv-1', 'done');
  for (const crew of ['prv-2', 'prv-3']) await pressing(crew, 'decline', { reason: 'other-work' });
  for (const _ of [1, 2, 3]) {
    await later(61);
    await report();
  }
  expect(await open(raised.alert)).toBe(0);
  expect(await refusal(deciding(raised.alert, 'close'))).toBe('needs-her-yes');
  const herself = await h.citizen(raised.token!);
  expect(await readMine(herself, raised.alert)).toMatchObject({ state: 'reported', report_waits: true });
  expect((await say(herself, raised.alert, { word: 'safe' })).state).toBe('closed');
  expect(await h.sql('select outcome from sos.alert where id = $1', [raised.alert])).toEqual([
    { outcome: 'taken-to-safety' },
  ]);
});

test('who reported and needs help after all has not settled it: both reports stay, and more come', async () => {
  await clear();
  const raised = await alarm();
  await pressing('prv-1', 'accept');
  await atHers('prv-1');
  await pressing('prv-1', 'arrived');
  await pressing('prv-1', 'settled', { report: 'सब ठीक' });
  await pressing('prv-1', 'need-help');
  expect(await open(raised.alert)).toBe(5);
  expect(await refusal(pressing('prv-1', 'done'))).toBe('report-first');
  expect(await refusal(deciding(raised.alert, 'close'))).toBe('needs-crew-report');
  await pressing('prv-1', 'settled', { report: 'अब सच में' });
  expect((await readMine(null, raised.alert)).state).toBe('reported');
});

test('a crew that falls silent is replaced once, however long it is silent', async () => {
  await clear();
  const raised = await alarm();
  const heard = ['prv-2', 'prv-3', 'prv-4', 'prv-5', 'prv-6'];
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) await pressing(crew, 'accept');
  const counts: number[] = [];
  for (const _ of [1, 2, 3]) {
    // the look of each minute: whoever is asked meanwhile says yes
    for (const _half of [1, 2, 3]) {
      await later(19);
      await report(heard);
      for (const crew of heard) if ((await order(crew))?.state === 'ordered') await pressing(crew, 'accept');
    }
    await later(5);
    counts.push(await open(raised.alert));
  }
  expect(counts).toEqual([3, 4, 4]);
  const unit = (await readMine(null, raised.alert)).units.find(({ lost }) => lost);
  expect(unit).toMatchObject({ state: 'accepted', eta_s: null });
  // said in its story once, not once a minute
  expect(await h.sql("select n from sos.event where alert = $1 and kind = 'lost'", [raised.alert])).toEqual([{ n: 1 }]);
}, 120_000);

test('held and without a place: 112 after a minute, and vehicles as soon as the place is known', async () => {
  await clear();
  const raised = await alarm({ point: undefined, hold_s: 5, district: 'in.up.kanpur_nagar' });
  await later(6);
  expect(await readMine(null, raised.alert)).toMatchObject({ state: 'waiting', short_of: 'no-place' });
  await later(61);
  expect((await readMine(null, raised.alert)).state).toBe('handed-to-112');
  expect(await h.sql('select at_112 is not null as told, wanted from sos.alert where id = $1', [raised.alert])).toEqual(
    [{ told: true, wanted: 3 }],
  );
  await report();
  const placed = await addFixes(null, raised.alert, {
    fixes: [{ ...HERE, at: await now(), accuracy_m: undefined }],
  });
  expect([placed.units.length, placed.short_of]).toEqual([3, null]);
  // a practice without a place ends by itself and is handed to nobody
  const drill = await alarm({ point: undefined, hold_s: 5, drill: true });
  await later(6);
  await later(61);
  expect((await readMine(null, drill.alert)).state).toBe('closed');
});

test('too few vehicles is said while there are too few, and no longer', async () => {
  await clear();
  const gone = ['prv-2', 'prv-3', 'prv-4', 'prv-5', 'prv-6'];
  await later(121);
  await report(['prv-1']);
  const raised = await alarm();
  expect([raised.units.length, raised.short_of]).toEqual([1, 'no-vehicle']);
  await pressing('prv-1', 'accept');
  await later(19);
  await report(['prv-1']);
  await later(42);
  for (const _ of [1, 2]) {
    await report();
    await later(30);
  }
  expect(await open(raised.alert)).toBe(3);
  expect(await shortOf(raised.alert)).toBeNull();
  // whoever was asked goes off duty, one after the other: it is short again, and says so
  for (const crew of gone) if (await order(crew)) await pressing(crew, 'decline', { reason: 'vehicle' });
  for (const crew of gone) if (await order(crew)) await pressing(crew, 'decline', { reason: 'vehicle' });
  expect(await open(raised.alert)).toBeLessThan(3);
  expect(await shortOf(raised.alert)).toBe('no-vehicle');
});

test('“safe” from before anybody came is no yes to a later report: she is asked', async () => {
  await clear();
  const raised = await alarm();
  const herself = await h.citizen(raised.token!);
  await pressing('prv-1', 'accept');
  await say(herself, raised.alert, { word: 'safe' });
  await later(5);
  await atHers('prv-1');
  await pressing('prv-1', 'arrived');
  await pressing('prv-1', 'settled', { report: 'मिली, ठीक है' });
  expect(await refusal(deciding(raised.alert, 'close'))).toBe('needs-her-yes');
  expect(await readMine(herself, raised.alert)).toMatchObject({ state: 'reported', report_waits: true });
  await later(5);
  expect((await say(herself, raised.alert, { word: 'safe' })).state).toBe('closed');
});

test('a yes that comes late is welcome while fewer have said yes than are wanted; beyond that the order is over', async () => {
  await clear();
  const raised = await alarm();
  const [second, third] = [(await order('prv-2')).order, (await order('prv-3')).order];
  await later(21);
  await report();
  // three others were asked instead, and the nearest once more: four are wanted now
  expect([await order('prv-2'), await order('prv-3')]).toEqual([undefined, undefined]);
  const welcomed = await deed('prv-2', second, 'accept');
  expect([welcomed.state, welcomed.lead, welcomed.order === second]).toEqual(['accepted', true, false]);
  // pressed again it is the same; what follows may be pressed on the order that its page still shows
  expect((await deed('prv-2', second, 'accept')).order).toBe(welcomed.order);
  expect((await deed('prv-2', second, 'en-route')).state).toBe('en-route');
  for (const crew of ['prv-4', 'prv-5', 'prv-6']) await pressing(crew, 'accept');
  expect(await refusal(deed('prv-3', third, 'accept'))).toBe('order-over');
  expect(await h.sql(`select count(*)::int as n from sos.call_out where alert = $1 and lead`, [raised.alert])).toEqual([
    { n: 1 },
  ]);
});
