// One call from the promise to the confirmation, through the door, on a real database.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Act, type Actor, act, Refusal, read } from '#foundation';
import { codeWordAgain } from '#sealed-identity';
import { codesSentTo, type PromisedCall, promised, wrong } from '../../../test/promised-call.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { undrawn } from '../../../test/undrawn.ts';
import { attempt, callbackQueue, claim, connected, readCall, release, takeHerCall } from './callback.ts';

let h: TestHouse;
let savita: Actor;
let meena: Actor;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:30+05:30' });
  [savita, meena] = [await h.as('savita'), await h.as('meena')];
});
afterAll(() => h.close());

const does = <T>(who: Actor, verb: (a: Act) => Promise<T>) => act(who, 'callback.test', verb);
const reason = (of: Promise<unknown>) =>
  of.then(
    () => 'done',
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );
const say = (who: Actor, call: PromisedCall, code: string) =>
  does(who, (a) => attempt(a, call.id, { outcome: 'confirmed', code }));
const row = async (call: PromisedCall) =>
  (await h.sql('select * from callback.promise where id = $1', [call.id]))[0] ?? {};

test('a call from the promise to the confirmation', async () => {
  const call = await promised(h);
  const [code = ''] = await codesSentTo(h, call.mobile);
  expect(code).toMatch(/^\d{8}$/);

  const claimed = await does(savita, (a) => claim(a, call.id));
  expect(claimed.dial).toBe(`tel:${call.mobile}`);
  expect(await h.sql('select purpose from sealed.opening where subject = $1', [call.file])).toEqual([
    { purpose: 'call-back' },
  ]);

  const talk = await does(savita, (a) => connected(a, call.id));
  expect(talk.caller_phrase).toBe(call.phrase.hi);
  expect(talk.script.indexOf('phrase')).toBeLessThan(talk.script.indexOf('ask'));

  expect(await say(savita, call, code)).toEqual({ outcome: 'confirmed', file: call.file });
  expect(await row(call)).toMatchObject({ state: 'confirmed', claimed_by: null, attempts: 1 });

  // the same request once more, as a lost answer makes it; anybody else comes too late
  expect(await say(savita, call, code)).toEqual({ outcome: 'confirmed', file: call.file });
  expect(await reason(say(meena, call, code))).toBe('wrong-state');
  expect(
    await h.sql("select 1 from callback.attempt where promise = $1 and outcome = 'confirmed'", [call.id]),
  ).toHaveLength(1);
});

describe('the claim', () => {
  test('two operators at once: one has it, twenty times over', async () => {
    const call = await promised(h);
    for (let round = 0; round < 20; round++) {
      const results = await Promise.all([savita, meena].map((who) => reason(does(who, (a) => claim(a, call.id)))));
      expect(results.toSorted()).toEqual(['already-claimed', 'done']);
      const holder = results[0] === 'done' ? savita : meena;
      await does(holder, (a) => release(a, call.id));
    }
  });

  test('pressed twice it is the same claim, and no longer', async () => {
    const call = await promised(h);
    const first = await does(savita, (a) => claim(a, call.id));
    const second = await does(savita, (a) => claim(a, call.id));
    expect(second.claimed_until).toEqual(first.claimed_until);
    expect(await reason(does(meena, (a) => claim(a, call.id)))).toBe('already-claimed');
  });

  test('an operator has one call: taking another lets the first go', async () => {
    const [one, two] = [await promised(h), await promised(h)];
    await does(savita, (a) => claim(a, one.id));
    await does(savita, (a) => claim(a, two.id));
    expect((await row(one)).claimed_by).toBeNull();
    expect((await row(two)).claimed_by).not.toBeNull();
    const crossed = await Promise.all([one, two, one, two].map((c) => reason(does(meena, (a) => claim(a, c.id)))));
    expect(crossed.every((r) => r === 'done' || r === 'already-claimed')).toBe(true);
    expect((await h.sql('select 1 from callback.promise where claimed_by is not null')).length).toBeLessThanOrEqual(2);
  });

  test('outside her hours nobody dials', async () => {
    const call = await promised(h, { windows: [{ from: '18:00', to: '20:00' }] });
    expect(await reason(does(savita, (a) => claim(a, call.id)))).toBe('not-callable-now');
    expect(await h.sql('select 1 from sealed.opening where subject = $1', [call.file])).toEqual([]);
  });

  test('only operators, only women, only of the desk', async () => {
    const call = await promised(h);
    expect(await reason(does(await h.as('nandini'), (a) => claim(a, call.id)))).toBe('not-your-power');
    expect(await reason(does(await h.as('lko-sho'), (a) => claim(a, call.id)))).toBe('not-found');
    expect(await reason(read(await h.as('verma'), 'callback.test', (r) => readCall(r, call.id)))).toBe('not-found');
    const [{ officer } = { officer: '' }] = await h.sql<{ officer: string }>(
      'select id as officer from posts.officer where not woman limit 1',
    );
    await expect(
      h.sql(
        'update callback.promise set claimed_by = desk, claimed_officer = $2, claimed_until = now() where id = $1',
        [call.id, officer],
      ),
    ).rejects.toThrow('only women call her');
  });
});

describe('the phrase', () => {
  test('is shown only while this operator is on the line', async () => {
    const call = await promised(h, { language: 'en' });
    const see = (who: Actor) => read(who, 'callback.test', (r) => readCall(r, call.id));
    await does(savita, (a) => claim(a, call.id));
    expect((await see(savita)).caller_phrase).toBeNull();
    expect(await reason(does(meena, (a) => connected(a, call.id)))).toBe('not-your-claim');
    await does(savita, (a) => connected(a, call.id));
    expect((await see(savita)).caller_phrase).toBe(call.phrase.en);
    expect((await see(meena)).caller_phrase).toBeNull();
    expect((await see(await h.as('nandini'))).caller_phrase).toBeNull();
    await does(savita, (a) => release(a, call.id));
    expect((await see(savita)).caller_phrase).toBeNull();
    expect(
      await h.sql("select 1 from foundation.ledger where deed = 'callback.show-phrase' and subject = $1", [call.file]),
    ).toHaveLength(1);
  });
});

describe('her code word', () => {
  const see = (who: Actor, call: PromisedCall) => read(who, 'callback.test', (r) => readCall(r, call.id));
  const looks = (call: PromisedCall) =>
    h.sql('select purpose, fields from sealed.opening where subject = $1 order by at, id', [call.file]);
  const LOOK = { purpose: 'call-back', fields: ['contact'] };

  test('is known to the operator who has her on the line, to nobody else and no longer, and she sees that it was opened', async () => {
    const call = await promised(h, { code_word: 'कमल' });
    await does(savita, (a) => claim(a, call.id));
    expect((await see(savita, call)).code_word).toBeNull();
    expect((await does(savita, (a) => connected(a, call.id))).code_word).toBe('कमल');
    // pressed twice: the same word, and no second look
    expect((await does(savita, (a) => connected(a, call.id))).code_word).toBe('कमल');
    expect(await looks(call)).toEqual([LOOK, LOOK]);
    expect(
      await h.sql("select 1 from foundation.ledger where deed = 'identity.code-word' and subject = $1", [call.file]),
    ).toHaveLength(1);
    expect((await see(savita, call)).code_word).toBe('कमल');
    expect((await see(meena, call)).code_word).toBeNull();
    expect((await see(await h.as('nandini'), call)).code_word).toBeNull();
    await does(savita, (a) => release(a, call.id));
    expect((await see(savita, call)).code_word).toBeNull();
  });

  test('is shown when she rings herself; a woman who chose none has nothing opened for it', async () => {
    const with_word = await promised(h, { windows: [{ from: '18:00', to: '20:00' }], code_word: 'कमल' });
    await does(savita, (a) => takeHerCall(a, with_word.id));
    expect((await does(savita, (a) => connected(a, with_word.id))).code_word).toBe('कमल');
    expect(await looks(with_word)).toEqual([LOOK]);
    const without = await promised(h, { windows: [{ from: '18:00', to: '20:00' }] });
    await does(savita, (a) => takeHerCall(a, without.id));
    expect((await does(savita, (a) => connected(a, without.id))).code_word).toBeNull();
    expect(await looks(without)).toEqual([]);
  });

  test('stays as long as the call: a fresh code sent in it opens the word anew', async () => {
    const call = await promised(h, { code_word: 'कमल' });
    const [code = ''] = await codesSentTo(h, call.mobile);
    await does(savita, (a) => claim(a, call.id));
    await does(savita, (a) => connected(a, call.id));
    await h.at('2026-01-05T10:38+05:30');
    for (let n = 0; n < 5; n++) await say(savita, call, wrong(code));
    await h.at('2026-01-05T10:45+05:30');
    expect(await see(savita, call)).toMatchObject({ code_word: 'कमल', caller_phrase: call.phrase.hi });
    await h.at('2026-01-05T10:49+05:30');
    expect(await see(savita, call)).toMatchObject({ code_word: null, caller_phrase: null });
  });

  test('the database itself gives the contact to nobody but her whose call is open', async () => {
    const call = await promised(h, { code_word: 'कमल' });
    await does(savita, (a) => claim(a, call.id));
    const given = (who: Actor) => read(who, 'callback.test', (r) => codeWordAgain(r, call.file));
    expect(await given(savita)).toBeNull();
    await does(savita, (a) => connected(a, call.id));
    expect(await given(savita)).toBe('कमल');
    for (const other of ['meena', 'nandini', 'verma', 'khan', 'auditor'])
      expect([other, await given(await h.as(other))]).toEqual([other, null]);
  });
});

describe('the queue', () => {
  test('is ordered by urgency, and shows four digits of a number', async () => {
    const late = await promised(h, { windows: [{ from: '18:00', to: '20:00' }], urgent: true });
    const calm = await promised(h);
    const danger = await promised(h, { urgent: true });
    const queue = await read(savita, 'callback.test', callbackQueue);
    const places = [danger, calm, late].map((c) => queue.findIndex((q) => q.id === c.id));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.includes(-1)).toBe(false);
    const shown = JSON.stringify(queue);
    expect(queue.find((q) => q.id === calm.id)?.mobile_masked).toContain(calm.mobile.slice(-4));
    expect(undrawn(shown)).not.toContain(calm.mobile.slice(3, 9));
    expect(queue.find((q) => q.id === late.id)).toMatchObject({ callable_now: false, state: 'waiting' });
  });

  test('shows everybody else where one row was changed behind the house’s back', async () => {
    const [changed, other] = [await promised(h), await promised(h)];
    await h.sql(`update callback.promise set mask = set_byte(mask, 15, get_byte(mask, 15) # 1) where id = $1`, [
      changed.id,
    ]);
    const queue = await read(savita, 'callback.test', callbackQueue);
    expect(queue.find((q) => q.id === changed.id)?.mobile_masked).toBe('••');
    expect(queue.find((q) => q.id === other.id)?.mobile_masked).toContain(other.mobile.slice(-4));
  });

  test('is seen by the desk and those above it, and by nobody else', async () => {
    const lengths = await Promise.all(
      ['nandini', 'cp', 'verma', 'lko-sho', 'suman'].map(
        async (id) => (await read(await h.as(id), 'callback.test', callbackQueue)).length > 0,
      ),
    );
    expect(lengths).toEqual([true, true, false, false, false]);
    expect(await reason(read(h.nobody, 'callback.test', callbackQueue))).toBe('not-your-power');
  });
});

describe('codes', () => {
  test('outside an open call even the right code is not looked at', async () => {
    const call = await promised(h);
    const [code = ''] = await codesSentTo(h, call.mobile);
    expect(await reason(say(savita, call, code))).toBe('not-your-claim');
    await does(savita, (a) => claim(a, call.id));
    expect(await reason(say(savita, call, code))).toBe('no-call-open');
    await does(savita, (a) => connected(a, call.id));
    expect(await reason(say(meena, call, code))).toBe('not-your-claim');
    expect((await say(savita, call, code)).outcome).toBe('confirmed');
  });

  test('five wrong ones kill the code; a fresh one goes out twice, then the superior decides; the claim stays', async () => {
    const call = await promised(h);
    await does(savita, (a) => claim(a, call.id));
    await does(savita, (a) => connected(a, call.id));
    for (const round of [1, 2, 3]) {
      const code = (await codesSentTo(h, call.mobile)).at(-1) ?? '';
      for (const left of [4, 3, 2, 1])
        expect(await say(savita, call, wrong(code))).toMatchObject({ outcome: 'wrong-code', tries_left: left });
      const fifth = await say(savita, call, wrong(code));
      expect(fifth).toMatchObject(
        round < 3 ? { tries_left: 5, fresh_code_sent: true } : { tries_left: 0, with_superior: true },
      );
      expect(await codesSentTo(h, call.mobile)).toHaveLength(Math.min(round + 1, 3));
      // the dead code is dead, also for her
      if (round === 3) expect(await say(savita, call, code)).toMatchObject({ outcome: 'wrong-code', tries_left: 0 });
    }
    expect(await row(call)).toMatchObject({ state: 'with-superior', confirmed_at: null });
    expect(await h.sql('select reason from deadlines.attention where file = $1', [call.file])).toEqual([
      { reason: 'codes-used-up' },
    ]);
    expect((await row(call)).claimed_by).not.toBeNull();
  });

  test('twelve wrong codes at the same moment: five are counted, never more', async () => {
    const call = await promised(h);
    const [code = ''] = await codesSentTo(h, call.mobile);
    await does(savita, (a) => claim(a, call.id));
    await does(savita, (a) => connected(a, call.id));
    const answers = await Promise.all(Array.from({ length: 12 }, () => say(savita, call, wrong(code))));
    expect(answers.every((x) => x.outcome === 'wrong-code')).toBe(true);
    const codes = await h.sql<{ tries: number; reason: string }>(
      'select tries, reason from callback.code where promise = $1 order by n',
      [call.id],
    );
    expect(codes.map((c) => c.tries)).toEqual([5, 5, 2]);
  });

  test('neither code nor phrase nor number lies anywhere in the database', async () => {
    const call = await promised(h);
    const [code = ''] = await codesSentTo(h, call.mobile);
    await does(savita, (a) => claim(a, call.id));
    await does(savita, (a) => connected(a, call.id));
    await does(savita, (a) => attempt(a, call.id, { outcome: 'no-answer', note: 'canary note of the operator' }));
    const grouped = `${code.slice(0, 4)} ${code.slice(4)}`;
    const secrets = [code, grouped, call.phrase.hi, call.phrase.en, call.mobile, 'canary note'];
    const hidden = secrets.flatMap((s) => [s, Buffer.from(s).toString('hex')]);
    const tables = await h.sql<{ t: string }>(
      "select format('%I.%I', schemaname, tablename) as t from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and (schemaname, tablename) <> ('notify', 'sandbox_sent')",
    );
    for (const { t } of tables) {
      const found = await h.sql(
        `select 1 from ${t} x where exists (select 1 from unnest($1::text[]) s where position(s in x::text) > 0)`,
        [hidden],
      );
      expect([t, found.length]).toEqual([t, 0]);
    }
    expect(tables.length).toBeGreaterThan(20);
  });
});
