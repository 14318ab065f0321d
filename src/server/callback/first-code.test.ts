// Her first code is drawn when the filing is over: nobody waits for its stretching, and nobody goes without it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Act, type Actor, act, house } from '#foundation';
import { codesSentTo, type PromisedCall, promised } from '../../../test/promised-call.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { attempt, claim, connected, resendCode } from './callback.ts';

let h: TestHouse;
let savita: Actor;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:30+05:30' });
  savita = await h.as('savita');
});
afterAll(() => h.close());

const does = <T>(who: Actor, verb: (a: Act) => Promise<T>) => act(who, 'callback.test', verb);
const codesOf = (call: PromisedCall) =>
  h.sql<{ n: number; reason: string }>('select n, reason from callback.code where promise = $1 order by n', [call.id]);

test('with the promise lies the asking for a code and no code; the job draws one and sends it, once', async () => {
  const call = await promised(h);
  expect(await codesOf(call)).toEqual([]);
  const [sent] = await codesSentTo(h, call.mobile);
  expect(sent).toMatch(/^\d{8}$/);
  expect(await codesOf(call)).toEqual([{ n: 1, reason: 'filing' }]);
  await act(house(), 'callback.test', (a) => a.whenever('callback.first-code', { promise: call.id }));
  expect(await codesSentTo(h, call.mobile)).toEqual([sent]);
  await does(savita, (a) => claim(a, call.id));
  await does(savita, (a) => connected(a, call.id));
  const said = await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code: sent ?? '' }));
  expect(said.outcome).toBe('confirmed');
});

test('an operator who takes the call before the job has come to it: she has her code all the same, and one', async () => {
  const call = await promised(h);
  await does(savita, (a) => claim(a, call.id));
  expect(await codesOf(call)).toEqual([{ n: 1, reason: 'filing' }]);
  const codes = await codesSentTo(h, call.mobile);
  expect(codes).toHaveLength(1);
  await does(savita, (a) => connected(a, call.id));
  const said = await does(savita, (a) => attempt(a, call.id, { outcome: 'confirmed', code: codes[0] ?? '' }));
  expect(said.outcome).toBe('confirmed');
});

test('who has asked before the job has come to it is sent what she asked for, and nothing that makes it void', async () => {
  const call = await promised(h);
  await act(house(), 'callback.test', (a) => resendCode(a, call.file));
  expect(await codesSentTo(h, call.mobile)).toHaveLength(1);
  expect(await codesOf(call)).toEqual([{ n: 1, reason: 'asked' }]);
});

test('where no contact is wanted nothing is drawn and nothing sent', async () => {
  const call = await promised(h, { no_contact: true });
  await h.jobs();
  await act(house(), 'callback.test', (a) => a.whenever('callback.first-code', { promise: call.id }));
  expect(await codesSentTo(h, call.mobile)).toEqual([]);
  expect(await codesOf(call)).toEqual([]);
});
