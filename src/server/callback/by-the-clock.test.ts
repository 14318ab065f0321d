// What the hours bring: leases that end, windows that pass, codes that grow old, and a ladder without an end.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Act, type Actor, act, house, Refusal, read } from '#foundation';
import { codesSentTo, type PromisedCall, promised, wrong } from '../../../test/promised-call.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import {
  attempt,
  callbackQueue,
  claim,
  codeToShow,
  confirmedAtDesk,
  connected,
  lateCalls,
  letTryAgain,
  queueCounts,
  readCall,
  resendCode,
  takeHerCall,
} from './callback.ts';
import type { Outcome } from './rules.ts';

let h: TestHouse;
let savita: Actor;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:30+05:30' });
});
afterAll(() => h.close());

const ist = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const does = <T>(who: Actor, verb: (a: Act) => Promise<T>) => act(who, 'callback.test', verb);
const reason = (of: Promise<unknown>) =>
  of.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );
const rowOf = async (call: PromisedCall) =>
  (await h.sql('select * from callback.promise where id = $1', [call.id]))[0] ?? {};
const passed = (call: PromisedCall) =>
  h.sql("select at, window_from from callback.attempt where promise = $1 and outcome = 'window' order by at", [
    call.id,
  ]);
const raised = (call: PromisedCall) =>
  h.sql('select p.kind, t.reason from deadlines.attention t join posts.post p on p.id = t.to_post where t.file = $1', [
    call.file,
  ]);
const show = async (call: PromisedCall) =>
  (await read(savita, 'callback.test', callbackQueue)).find((q) => q.id === call.id);
/** An officer's session lasts a shift; every morning she signs in again. */
const morning = async () => {
  savita = await h.as('savita');
};
const tryOnce = async (call: PromisedCall, outcome: Outcome, more: { at?: Temporal.Instant; note?: string } = {}) => {
  await morning();
  await does(savita, (a) => claim(a, call.id));
  return does(savita, (a) => attempt(a, call.id, { outcome, ...more }));
};
const confirmWith = async (call: PromisedCall, code: string) => {
  await does(savita, (a) => claim(a, call.id));
  await does(savita, (a) => connected(a, call.id));
  return does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code }));
};

describe('one woman, three days', () => {
  let call: PromisedCall;
  test('a lease that is over is freed, and another may take the call', async () => {
    call = await promised(h);
    await morning();
    await does(savita, (a) => claim(a, call.id));
    await h.at('2026-01-05T10:41+05:30');
    expect(await rowOf(call)).toMatchObject({ claimed_by: null, connected_until: null });
    expect(await reason(does(savita, (a) => attempt(a, call.id, { outcome: 'no-answer' })))).toBe('not-your-claim');
    expect(await reason(does(await h.as('meena'), (a) => claim(a, call.id)))).toBe('done');
    await does(await h.as('meena'), (a) => attempt(a, call.id, { outcome: 'no-answer', note: 'rang long' }));
  });

  test('nobody dials before the hour the ladder named', async () => {
    expect((await rowOf(call)).next_try_at).not.toBeNull();
    expect(await show(call)).toMatchObject({ callable_now: false, attempts: 1, state: 'waiting' });
    expect(await reason(does(savita, (a) => claim(a, call.id)))).toBe('not-callable-now');
    await h.at('2026-01-05T12:45+05:30');
    expect(await show(call)).toMatchObject({ callable_now: true });
  });

  test('unreachable she is never closed: three tries in two windows bring it to the superior, and the tries go on', async () => {
    expect(await tryOnce(call, 'no-answer')).toMatchObject({
      with_superior: false,
      next_try_at: ist('2026-01-06T10:00'),
    });
    await h.at('2026-01-06T10:05+05:30');
    expect(await tryOnce(call, 'no-answer')).toMatchObject({ with_superior: true });
    expect(await raised(call)).toEqual([{ kind: 'adcp-women', reason: 'unreachable' }]);
    await h.at('2026-01-06T12:10+05:30');
    expect(await show(call)).toMatchObject({ state: 'with-superior', callable_now: true, another_preferred: true });
    expect(await tryOnce(call, 'unsafe-to-talk')).toMatchObject({ next_try_at: ist('2026-01-07T10:00') });
    expect(await rowOf(call)).toMatchObject({ state: 'with-superior', attempts: 4, confirmed_at: null });
  });

  test('a code that has outlived its 26 hours is replaced at the next try', async () => {
    await h.at('2026-01-07T10:05+05:30');
    await morning();
    const before = await codesSentTo(h, call.mobile);
    await does(savita, (a) => claim(a, call.id));
    const codes = await codesSentTo(h, call.mobile);
    expect(codes).toHaveLength(before.length + 1);
    await does(savita, (a) => connected(a, call.id));
    expect(
      await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code: before[0] ?? '' })),
    ).toMatchObject({ outcome: 'wrong-code', tries_left: 4 });
    expect(
      await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code: codes.at(-1) ?? '' })),
    ).toMatchObject({ outcome: 'confirmed' });
    expect(await h.sql('select reason from callback.code where promise = $1 and n = 2', [call.id])).toEqual([
      { reason: 'expired' },
    ]);
  });
});

describe('windows that pass', () => {
  test('each is written once, by the house, and none after the due hour', async () => {
    const call = await promised(h, {
      windows: [
        { from: '13:00', to: '14:00' },
        { from: '18:00', to: '19:00' },
      ],
    });
    await h.at('2026-01-08T13:30+05:30');
    expect(await passed(call)).toEqual([
      { at: expect.anything(), window_from: expect.anything() },
      { at: expect.anything(), window_from: expect.anything() },
    ]);
    expect(
      await h.sql('select post, officer, ended from callback.attempt where promise = $1 limit 1', [call.id]),
    ).toEqual([{ post: null, officer: null, ended: false }]);
    expect(await rowOf(call)).toMatchObject({ state: 'waiting', attempts: 0, next_look_at: null });
  });

  test('where none opens before the due hour, that is the miss', async () => {
    const call = await promised(h, { windows: [{ from: '12:00', to: '12:30' }] });
    await h.at('2026-01-09T11:00+05:30');
    expect(await passed(call)).toHaveLength(0);
    await h.at('2026-01-09T11:45+05:30');
    expect(await passed(call)).toHaveLength(1);
    await morning();
    expect(await show(call)).toMatchObject({ callable_now: false, opens_at: ist('2026-01-09T12:00') });
  });

  test('a try inside the window is no miss', async () => {
    await h.at('2026-01-12T12:00+05:30');
    const call = await promised(h, { windows: [{ from: '11:00', to: '13:00' }] });
    await tryOnce(call, 'no-answer');
    await h.at('2026-01-12T14:00+05:30');
    expect(await passed(call)).toEqual([]);
  });
});

describe('what she wishes', () => {
  test('call later: at the hour she asked for', async () => {
    const call = await promised(h);
    expect(await tryOnce(call, 'call-later', { at: ist('2026-01-12T16:00') })).toMatchObject({
      next_try_at: ist('2026-01-12T16:00'),
    });
    const other = await promised(h);
    await does(savita, (a) => claim(a, other.id));
    const later = (at?: Temporal.Instant) =>
      reason(does(savita, (a) => attempt(a, other.id, { outcome: 'call-later', at })));
    expect([await later(), await later(ist('2026-01-12T13:00')), await later(ist('2026-03-01T12:00'))]).toEqual([
      'say-when',
      'later-than-now',
      'too-far-ahead',
    ]);
  });

  test.each(['declined', 'wrong-number'] as const)(
    '%s: nobody dials again before the superior has decided',
    async (outcome) => {
      const call = await promised(h);
      expect(await tryOnce(call, outcome, { note: 'a sister answered' })).toMatchObject({
        with_superior: true,
        next_try_at: null,
      });
      expect(await reason(does(savita, (a) => claim(a, call.id)))).toBe('not-callable-now');
      expect(await reason(does(savita, (a) => letTryAgain(a, call.id, { note: 'again' })))).toBe('not-your-power');
      expect(await raised(call)).toEqual([{ kind: 'adcp-women', reason: outcome }]);
      const nandini = await h.as('nandini');
      await does(nandini, (a) => letTryAgain(a, call.id, { note: 'she has written to us' }));
      expect(await show(call)).toMatchObject({ state: 'waiting', callable_now: true });
      const seen = await read(nandini, 'callback.test', (r) => readCall(r, call.id));
      expect(seen.history.map((t) => [t.outcome, t.note])).toEqual([
        [outcome, 'a sister answered'],
        ['let-try-again', 'she has written to us'],
      ]);
    },
  );

  test('she does not have the code at hand: a fresh one goes out and the call ends', async () => {
    const call = await promised(h);
    await does(savita, (a) => claim(a, call.id));
    expect(await reason(does(savita, (a) => attempt(a, call.id, { outcome: 'wrong-code' })))).toBe('no-call-open');
    await does(savita, (a) => connected(a, call.id));
    expect(await does(savita, (a) => attempt(a, call.id, { outcome: 'wrong-code' }))).toMatchObject({
      fresh_code_sent: true,
    });
    expect(await codesSentTo(h, call.mobile)).toHaveLength(2);
    const [next] = await h.sql(
      'select next_try_at - at = $2::interval as in_half_an_hour from callback.attempt where promise = $1',
      [call.id, '30 minutes'],
    );
    expect(next).toEqual({ in_half_an_hour: true });
  });

  test('she may ask for her code three times a day; the one before dies', async () => {
    const call = await promised(h);
    await h.jobs();
    const ask = () => reason(act(house(), 'callback.test', (a) => resendCode(a, call.file)));
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual(['done', 'done', 'done', 'too-many']);
    const codes = await codesSentTo(h, call.mobile);
    expect(codes).toHaveLength(4);
    expect((await confirmWith(call, codes[0] ?? '')).outcome).toBe('wrong-code');
    expect(
      (await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code: codes[3] ?? '' }))).outcome,
    ).toBe('confirmed');
    expect(await ask()).toBe('wrong-state');
  });
});

describe('no contact', () => {
  test('no SMS, no call; her page shows the code, and a woman at a desk confirms it', async () => {
    const call = await promised(h, { no_contact: true });
    expect(await codesSentTo(h, call.mobile)).toEqual([]);
    expect(await h.sql('select 1 from notify.message where subject = $1', [call.file])).toEqual([]);
    expect(await reason(does(savita, (a) => claim(a, call.id)))).toBe('no-contact');
    expect(await reason(act(house(), 'callback.test', (a) => resendCode(a, call.file)))).toBe('no-contact');
    const shown = () => act(house(), 'callback.test', (a) => codeToShow(a, call.file));
    const [first, second] = [await shown(), await shown()];
    expect(second).toMatch(/^\d{4} \d{4}$/);
    const plain = (text: string | null) => (text ?? '').replace(' ', '');
    const suman = await h.as('suman');
    const atDesk = (who: Actor, code: string) => does(who, (a) => confirmedAtDesk(a, call.file, { code }));
    expect(await reason(atDesk(await h.as('nandini'), plain(second)))).toBe('not-your-power');
    expect(await atDesk(suman, plain(first))).toMatchObject({ outcome: 'wrong-code', tries_left: 4 });
    expect(await atDesk(suman, plain(second))).toEqual({ outcome: 'confirmed', file: call.file });
    expect(await atDesk(suman, plain(second))).toEqual({ outcome: 'confirmed', file: call.file });
    expect(await shown()).toBeNull();
  });

  test('she calls the desk herself, at whatever hour: no number is opened', async () => {
    const call = await promised(h, { no_contact: true });
    await does(savita, (a) => takeHerCall(a, call.id));
    await does(savita, (a) => connected(a, call.id));
    const code = ((await act(house(), 'callback.test', (a) => codeToShow(a, call.file))) ?? '').replace(' ', '');
    expect(
      (await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code: wrong(code) }))).tries_left,
    ).toBe(4);
    expect((await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code }))).outcome).toBe('confirmed');
    expect(await h.sql('select 1 from sealed.opening where subject = $1', [call.file])).toEqual([]);
  });

  test('her code is shown on no page where it goes out by SMS', async () => {
    const call = await promised(h);
    expect(await act(house(), 'callback.test', (a) => codeToShow(a, call.file))).toBeNull();
  });
});

test('a confirmed call stays confirmed, whatever the program tries', async () => {
  const call = await promised(h);
  const [code = ''] = await codesSentTo(h, call.mobile);
  await morning();
  expect((await confirmWith(call, code)).outcome).toBe('confirmed');
  await expect(
    h.sql("update callback.promise set state = 'waiting', confirmed_at = null where id = $1", [call.id]),
  ).rejects.toThrow('stays confirmed');
  await expect(
    does(savita, (a) => a.db.updateTable('callback.promise').set({ state: 'waiting' }).execute()),
  ).rejects.toThrow('permission denied');
});

test('what a wrong clock promised for tomorrow is called today, stands first, and is late for whoever supervises the desk', async () => {
  await h.at('2026-01-20T11:00+05:30');
  await morning();
  const [usual, call] = [await promised(h), await promised(h)];
  const first = async () => (await read(savita, 'callback.test', callbackQueue)).filter(({ urgent }) => !urgent)[0]?.id;
  const acp = await h.as('nandini');
  const late = async () => (await read(acp, 'callback.test', (r) => lateCalls(r, 'in.up.kanpur_nagar')))[0]?.n ?? 0;
  const [before, counted] = [await late(), (await read(savita, 'callback.test', queueCounts)).late];
  await h.sql(
    `update callback.promise set filed_at = filed_at + interval '13 hours', due_at = due_at + interval '13 hours',
       alarm_at = alarm_at + interval '13 hours', next_try_at = next_try_at + interval '13 hours' where id = $1`,
    [call.id],
  );
  expect(await show(usual)).toMatchObject({ wrong_clock: false });
  expect(await show(call)).toMatchObject({ wrong_clock: true, callable_now: true });
  expect(await first()).toBe(call.id);
  expect(await late()).toBe(before + 1);
  expect((await read(savita, 'callback.test', queueCounts)).late).toBe(counted + 1);
  expect(await reason(does(savita, (a) => claim(a, call.id)))).toBe('done');
  // a try that was made names a true hour, and that hour counts
  await does(savita, (a) => attempt(a, call.id, { outcome: 'no-answer' }));
  expect(await show(call)).toMatchObject({ callable_now: false });
});
