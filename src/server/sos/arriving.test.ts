// What proves an arrival: nothing that a crew has on its own screen, and nothing that somebody says who merely knows an alarm's name.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFixes, readMine, say, takeFixes } from '#sos';
import { crewsOf, HERE, refusal } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
const { alarm, atHers, clear, deciding, now, order, post, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await report();
});
afterAll(() => h.close());

/** The proofs of an alarm's arrivals, by crew. */
const proofs = async (alert: string) =>
  Object.fromEntries(
    (
      await h.sql<{ vehicle: string; arrival_proof: string }>(
        'select vehicle, arrival_proof from sos.call_out where alert = $1 and arrived_at is not null',
        [alert],
      )
    ).map((o) => [o.vehicle, o.arrival_proof]),
  );
const allAccept = async () => {
  for (const crew of ['prv-1', 'prv-2', 'prv-3']) await pressing(crew, 'accept');
};

test('a crew’s own number proves nothing, and what is not proven sends nobody home', async () => {
  await clear();
  const raised = await alarm();
  await allAccept();
  for (const crew of ['prv-1', 'prv-2'])
    await pressing(crew, 'arrived', { match_code: (await order(crew)).match_code });
  expect(Object.values(await proofs(raised.alert))).toEqual(['none', 'none']);
  expect((await order('prv-3')).state).toBe('accepted');
  const [month] = await h.sql(
    `select arrive_median from sos.report(foundation.now() - interval '1 hour', foundation.now() + interval '1 hour')
     where unit::text = 'in.up.kanpur_nagar.west'`,
  );
  expect(month).toEqual({ arrive_median: null });
});

test('her number stands on no crew’s screen and is told to her alone; it proves one arrival, and guessing it ends', async () => {
  await clear();
  const raised = await alarm();
  await allAccept();
  expect((await readMine(null, raised.alert)).her_number).toBeNull();
  const { her_number } = await readMine(await h.citizen(raised.token!), raised.alert);
  expect(her_number).toMatch(/^\d{4}$/);
  expect(JSON.stringify(await order('prv-1'))).not.toContain(`"${her_number}"`);
  await pressing('prv-1', 'arrived', { match_code: her_number });
  expect(await proofs(raised.alert)).toEqual({ [await post('prv-1')]: 'code' });
  // another that guesses is told five times that it is wrong; then it is told nothing, and the right one proves nothing either
  const wrong = her_number === '0000' ? '0001' : '0000';
  for (const _ of [1, 2, 3, 4, 5])
    expect(await refusal(pressing('prv-2', 'arrived', { match_code: wrong }))).toBe('match-code-wrong');
  await pressing('prv-2', 'arrived', { match_code: her_number });
  expect((await proofs(raised.alert))[await post('prv-2')]).toBe('none');
  expect((await order('prv-3')).state).toBe('accepted');
  // and a wrong one is no longer told apart from it: what one crew found out another could say
  for (const _ of [1, 2, 3, 4, 5])
    expect(await refusal(pressing('prv-3', 'arrived', { match_code: wrong }))).toBe('match-code-wrong');
  expect((await pressing('prv-3', 'arrived', { match_code: wrong })).state).toBe('arrived');
});

test('who merely knows the alarm’s name, as its crews do, neither says for her that they are here nor moves her place', async () => {
  await clear();
  const raised = await alarm();
  await allAccept();
  const { alert } = await order('prv-1');
  expect(alert).toBe(raised.alert);
  const far = { lat: HERE.lat + 0.009, lon: HERE.lon };
  await addFixes(null, alert, { fixes: [{ ...far, at: (await now()).add({ seconds: 1 }), accuracy_m: undefined }] });
  expect((await order('prv-1')).place?.point).toMatchObject(HERE);
  await say(null, alert, { word: 'here' });
  await say(null, alert, { word: 'here', place_text: 'कहीं और' });
  expect((await readMine(null, alert)).her_word).toBeNull();
  expect(await proofs(alert)).toEqual({});
  await pressing('prv-1', 'arrived');
  expect(await proofs(alert)).toEqual({ [await post('prv-1')]: 'none' });
  // it stands in the story that somebody said it
  expect(await h.sql("select why from sos.event where alert = $1 and kind = 'said-without-key'", [alert])).toEqual([
    { why: 'here' },
  ]);
});

test('her own “they are here” proves the nearest, one each time; two that are proven send the third home', async () => {
  await clear();
  const raised = await alarm();
  await allAccept();
  const herself = await h.citizen(raised.token!);
  for (const crew of ['prv-3', 'prv-2']) await pressing(crew, 'arrived');
  await say(herself, raised.alert, { word: 'here' });
  expect(await proofs(raised.alert)).toEqual({ [await post('prv-2')]: 'her', [await post('prv-3')]: 'none' });
  expect((await order('prv-1')).state).toBe('accepted');
  await atHers('prv-1');
  await pressing('prv-1', 'arrived');
  expect(await proofs(raised.alert)).toMatchObject({ [await post('prv-1')]: 'place' });
  expect(await refusal(deciding(raised.alert, 'close'))).toBe('needs-crew-report');

  // a place that is known to nobody: the first that is told counts, whoever tells it
  await clear();
  const bare = await alarm({ point: undefined, district: 'in.up.kanpur_nagar' });
  const placed = await addFixes(null, bare.alert, { fixes: [{ ...HERE, at: await now(), accuracy_m: undefined }] });
  expect(placed.units).toHaveLength(3);
  await takeFixes(await h.as('fleet'), { fixes: [{ vehicle: await post('prv-1'), ...HERE, at: await now() }] });
});
