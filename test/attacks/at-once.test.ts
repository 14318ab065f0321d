// Many at the same moment (two hundred in the long run), and those who come a moment too late.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attempt, claim, connected } from '#callback';
import { type Actor, act, house, read, Refusal } from '#foundation';
import { sentMessages } from '#notify';
import { sandboxSignIn } from '#signin';
import { confirm, register } from '#sos';
import { ask } from '../api/knock.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { codesSentTo, promised, wrong } from '../promised-call.ts';

const MANY = process.env.ITSSO_LONG ? 200 : 60;
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:30+05:30' });
});
afterAll(() => h.close());

const many = <T>(one: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: MANY }, (_, n) => one(n)));
const outcome = (who: Actor, call: string, code: string): Promise<string> =>
  act(who, 'callback.test', (a) => attempt(a, call, { outcome: 'confirmed', code })).then(
    (said) => said.outcome,
    (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
  );
const onTheLine = async (id: string) => {
  const [call, who] = [await promised(h), await h.as(id)];
  const [code = ''] = await codesSentTo(h, call.mobile);
  await act(who, 'callback.test', (a) => claim(a, call.id));
  await act(who, 'callback.test', (a) => connected(a, call.id));
  return { call, who, code };
};

test('many claims of one call by two operators: one has it', async () => {
  const call = await promised(h);
  const tokens = [await sandboxSignIn('savita'), await sandboxSignIn('meena')].map(({ token }) => token);
  const answers = await many((n) => ask(`POST /callbacks/${call.id}/claim`, { token: tokens[n % 2] }));
  const had = answers.map(({ status }, n) => (status === 200 ? n % 2 : 2)).filter((who) => who < 2);
  expect(new Set(had).size).toBe(1);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
});

test('many wrong codes at the same moment: of each code five tries count, and none opens', async () => {
  const { call, who, code } = await onTheLine('savita');
  const said = new Set(await many(() => outcome(who, call.id, wrong(code))));
  expect(said.has('confirmed')).toBe(false);
  const codes = await h.sql<{ tries: number }>('select tries from callback.code where promise = $1', [call.id]);
  expect(codes.length).toBeLessThanOrEqual(3);
  expect(Math.max(...codes.map(({ tries }) => tries))).toBe(5);
  // the right one has died with the wrong ones
  expect(await outcome(who, call.id, code)).not.toBe('confirmed');
});

test('the right code many times at the same moment confirms once', async () => {
  const { call, who, code } = await onTheLine('meena');
  expect(new Set(await many(() => outcome(who, call.id, code)))).toEqual(new Set(['confirmed']));
  const [row] = await h.sql<{ n: number }>(
    "select count(*)::int as n from callback.attempt where promise = $1 and outcome = 'confirmed'",
    [call.id],
  );
  expect(row?.n).toBe(1);
});

test('whoever handed the post over comes a moment too late: the next request of the old session is nobody’s', async () => {
  const [before, cp] = [(await sandboxSignIn('rekha')).token, (await sandboxSignIn('cp')).token];
  const { id } = (await ask('GET /me', { token: before })).body.post;
  const asked = many(() => ask('GET /desk', { token: before }));
  const handed = await ask(`POST /posts/${id}/hand-over`, { token: cp, body: { to_officer: null, note: 'Leave.' } });
  expect(handed.status).toBe(200);
  await asked;
  for (const at of ['GET /desk', 'GET /me', 'POST /search'])
    expect((await ask(at, { token: before })).status).toBe(401);
});

test('of the code that makes a phone known five tries count, however many come at the same moment; the right one is one phone’s', async () => {
  const mobile = '+919812345699';
  const asked = async (): Promise<{ asked: string; code: string }> => {
    const { asked } = await register({
      mobile,
      language: 'hi',
      name: undefined,
      home: undefined,
      emergency_contact: undefined,
    });
    await h.jobs();
    const sent = await read(house(), 'notify.read', (r) => sentMessages(r, mobile));
    return { asked, code: /\d{6}/.exec(sent.at(-1)?.text ?? '')?.[0] ?? '' };
  };
  const give = (which: string, code: string): Promise<string> =>
    confirm({ mobile, asked: which, code, pin: '1234', duress_pin: '4321' }).then(
      () => 'done',
      (e: unknown) => (e instanceof Refusal ? e.code : Promise.reject(e)),
    );
  const guessed = await asked();
  const wrongs = Array.from({ length: MANY }, (_, n) =>
    String((Number(guessed.code) + n + 1) % 1_000_000).padStart(6, '0'),
  );
  await Promise.all(wrongs.map((code) => give(guessed.asked, code)));
  const [row] = await h.sql<{ tries: number }>('select tries from sos.code where id = $1', [guessed.asked]);
  expect(row?.tries).toBe(5);
  expect(await give(guessed.asked, guessed.code)).toBe('code-wrong');
  const right = await asked();
  const said = await Promise.all(Array.from({ length: 5 }, () => give(right.asked, right.code)));
  expect(said.filter((one) => one === 'done')).toHaveLength(1);
});
