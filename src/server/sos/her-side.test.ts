// Her phone: an answer that was lost, a stop that overtakes the press, PINs under pressure, a clock that is wrong, a number that somebody else
// gave. On a real database, through the door.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, type Actor, house, read } from '#foundation';
import { sentMessages } from '#notify';
import { crewsOf, HERE, refusal } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { addFixes, callHer, cancel, confirm, herFixesForm, myLatest, readMine, register, stopSent } from '#sos';

let h: TestHouse;
const { alarm, atHers, deciding, later, now, pressing, report } = crewsOf(() => h);
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
});
afterAll(() => h.close());

const close = (alert: string) => deciding(alert, 'close', { outcome: 'not-found', reason: 'over' }, 'cp');
const open = async (alert: string) =>
  (
    await h.sql<{ n: number }>('select count(*)::int as n from sos.call_out where alert = $1 and ended_at is null', [
      alert,
    ])
  )[0]!.n;
const codeTo = async (mobile: string) => {
  await h.jobs();
  const sent = await read(house(), 'notify.read', (r) => sentMessages(r, mobile));
  return /\d{6}/.exec(sent.at(-1)!.text)![0];
};
const asking = (mobile: string, more: { home?: string; emergency_contact?: string } = {}) =>
  register({ mobile, language: 'hi', name: undefined, home: undefined, emergency_contact: undefined, ...more });
/** A registered phone. */
async function known(mobile: string): Promise<Actor> {
  const { asked } = await asking(mobile);
  const code = await codeTo(mobile);
  return h.citizen((await confirm({ mobile, asked, code, pin: '1234', duress_pin: '4321' })).device_token);
}

test('an answer that was lost locks nobody out: the same press gets the key to its alarm again', async () => {
  await report();
  const form_id = crypto.randomUUID();
  const first = await alarm({ form_id });
  const again = await alarm({ form_id });
  expect([again.alert, again.again]).toEqual([first.alert, true]);
  const her = await h.citizen(again.token!);
  expect((await myLatest(her))?.units).toHaveLength(3);
  await close(first.alert);
  // a phone that still has the key of an alarm that is over gets one to the next
  const next = await alarm({}, her);
  expect(next.alert).not.toBe(first.alert);
  expect((await readMine(await h.citizen(next.token!), next.alert)).state).toBe('ordered');
  await close(next.alert);
});

test('a press can be stopped by the id that was drawn for it, though no answer ever came; and not once it has set out', async () => {
  await report();
  const form_id = crypto.randomUUID();
  expect(await stopSent(null, form_id)).toBeUndefined();
  const held = await alarm({ form_id, hold_s: 5 });
  expect((await stopSent(null, form_id))?.state).toBe('cancelled');
  await later(6);
  expect([(await readMine(null, held.alert)).state, await open(held.alert)]).toEqual(['cancelled', 0]);
  const gone = crypto.randomUUID();
  const sent = await alarm({ form_id: gone });
  expect(await refusal(stopSent(null, gone))).toBe('pin-needed');
  await close(sent.alert);
});

test('under duress one more vehicle sets out at once, her place goes on counting, and nothing that she is shown tells the two apart', async () => {
  await report();
  const her = await known('+919812345680');
  const alert = await alarm({ silent: false }, her);
  const shown = await cancel(her, alert.alert, '4321');
  expect(await open(alert.alert)).toBe(4);
  const at = await now();
  await addFixes(her, alert.alert, herFixesForm.parse({ fixes: [{ lat: 26.52, lon: 80.26, at: at.toString() }] }));
  const place = await h.sql<{ fixed: string }>('select fixed_at::text as fixed from sos.alert where id = $1', [
    alert.alert,
  ]);
  expect(Temporal.Instant.from(place[0]!.fixed.replace(' ', 'T')).epochMilliseconds).toBe(at.epochMilliseconds);
  const seems = await readMine(her, alert.alert);
  await close(alert.alert);
  await report();
  const second = await alarm({ silent: false }, her);
  const really = await cancel(her, second.alert, '1234');
  const told = ({ alert: _, number: __, at: ___, place: ____, ...rest }: typeof really) => rest;
  expect(told(seems)).toEqual(told(really));
  expect(told(shown)).toEqual(told(really));
});

test('after help was there and all is over, an alarm under duress can become a complaint like any other', async () => {
  await report();
  const her = await known('+919812345681');
  const { alert } = await alarm({}, her);
  await cancel(her, alert, '4321');
  await atHers('prv-1');
  await pressing('prv-1', 'accept');
  await pressing('prv-1', 'arrived');
  expect((await readMine(her, alert)).state).toBe('cancelled');
  await close(alert);
  expect((await readMine(her, alert)).state).toBe('closed');
});

test('whoever guesses PINs leaves a trace, and after five misses even the right one only seems to stop it', async () => {
  await report();
  const her = await known('+919812345682');
  const { alert } = await alarm({}, her);
  for (const pin of ['1111', '2222', '3333', '4444', '5555'])
    expect(await refusal(cancel(her, alert, pin))).toBe('pin-wrong');
  expect(
    await h.sql(`select count(*)::int as n from sos.event where alert = $1 and kind = 'pin-wrong'`, [alert]),
  ).toEqual([{ n: 5 }]);
  expect((await cancel(her, alert, '1234')).state).toBe('cancelled');
  expect(await h.sql('select state, kind from sos.alert where id = $1', [alert])).toEqual([
    { state: 'open', kind: 'duress' },
  ]);
  await close(alert);
});

test('the clock of her phone may be wrong: how old her place is stays true, and nothing she sends is dropped', async () => {
  await report();
  for (const wrong of [600, -7200]) {
    const theirs = (await now()).add({ seconds: wrong });
    const { alert, token } = await alarm({
      at: theirs.toString(),
      sent_at: theirs.toString(),
      point: { ...HERE, fixed_at: theirs.subtract({ seconds: 30 }).toString() },
    });
    const her = await h.citizen(token!);
    const age = async () => (await now()).since((await readMine(her, alert)).place.fixed_at!).total('seconds');
    expect(Math.abs((await age()) - 30)).toBeLessThan(5);
    const fixes = [40, 5].map((ago, n) => ({
      lat: 26.5 + n / 1000,
      lon: 80.25,
      at: theirs.subtract({ seconds: ago }).toString(),
    }));
    await addFixes(her, alert, herFixesForm.parse({ sent_at: theirs.toString(), fixes }));
    expect(Math.abs((await age()) - 5)).toBeLessThan(5);
    expect(await h.sql('select count(*)::int as n from sos.fix where alert = $1', [alert])).toEqual([{ n: 2 }]);
    await close(alert);
    await report();
  }
  // of a phone that does not say what it takes for now, an hour that has not come yet is now
  const { alert, token } = await alarm({});
  const ahead = (await now()).add({ minutes: 10 }).toString();
  await addFixes(await h.citizen(token!), alert, herFixesForm.parse({ fixes: [{ ...HERE, at: ahead }] }));
  expect(await h.sql('select at <= foundation.now() as past from sos.fix where alert = $1', [alert])).toEqual([
    { past: true },
  ]);
  await close(alert);
});

test('an SMS that was long on its way does not bring back where she was', async () => {
  await report();
  const her = await known('+919812345683');
  const first = await alarm({}, her);
  const before = (await readMine(her, first.alert)).place.fixed_at!;
  await alarm({ point: { lat: 26.4, lon: 80.2 }, at: before.subtract({ minutes: 4 }).toString() }, her);
  expect((await readMine(her, first.alert)).place.fixed_at).toEqual(before);
  await close(first.alert);
});

test('somebody who knows her number cannot name himself as the one to be called about her', async () => {
  const mobile = '+919812345684';
  const his = await asking(mobile, { emergency_contact: '+919812300000', home: 'in.up.varanasi' });
  const hisCode = await codeTo(mobile);
  const { asked } = await asking(mobile, { emergency_contact: '+919812311111' });
  const code = await codeTo(mobile);
  const pins = { pin: '1234', duress_pin: '4321' };
  // the code of his asking confirms hers as little as a wrong one
  expect(await refusal(confirm({ mobile, asked, code: hisCode === code ? '000000' : hisCode, ...pins }))).toBe(
    'code-wrong',
  );
  const her = await h.citizen((await confirm({ mobile, asked, code, ...pins })).device_token);
  expect(his.asked).not.toBe(asked);
  await report();
  const { alert } = await alarm({}, her);
  expect(await act(await h.as('control'), 'sos.call-contact', (a) => callHer(a, alert, 'contact'))).toBe(
    'tel:+919812311111',
  );
  expect(
    await h.sql(
      'select home::text as home from sos.registration r join sos.alert a on a.registration = r.id where a.id = $1',
      [alert],
    ),
  ).toEqual([{ home: null }]);
  // and with nothing written, what she had confirmed before stays
  const later = await asking(mobile);
  const newer = await codeTo(mobile);
  await confirm({ mobile, asked: later.asked, code: newer, ...pins });
  expect(await act(await h.as('control'), 'sos.call-contact', (a) => callHer(a, alert, 'contact'))).toBe(
    'tel:+919812311111',
  );
  await close(alert);
});
