// She comes to a desk herself, over the API: one number for the right pair, one answer for every wrong one, then "wait".
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeToShow } from '#callback';
import { act, house as theHouse } from '#foundation';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint } from './complaint.ts';
import { ask } from './knock.ts';

let house: TestHouse;
let suman = '';
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  suman = await as('suman');
});
afterAll(() => house.close());

/** A complaint without contact: its receipt, and the code of its page. */
async function quiet(): Promise<{ receipt: string; code: string }> {
  const body = complaint({ safe_contact: { modes: ['no_contact'], windows: [], voicemail: false } });
  const { receipt } = (await ask('POST /complaints', { body })).body;
  const [row] = await house.sql<{ id: string }>('select id from intake.complaint order by submitted_at desc limit 1');
  const code = await act(theHouse(), 'callback.test', (a) => codeToShow(a, row?.id ?? ''));
  return { receipt, code: code ?? '' };
}
const confirm = (body: unknown, token: string | undefined = suman, key?: string) =>
  ask('POST /confirmations', { token, body, ...(key ? { key } : {}) });
const another = (digits: string) => digits.replace(/\d$/, (last) => String((Number(last) + 1) % 10));

test('the right pair gives the number, again the same one, and her file is confirmed', async () => {
  const her = await quiet();
  const done = await confirm(her, suman, 'confirm-in-person-1');
  expect(done.body).toEqual({ outcome: 'confirmed', complaint_number: expect.stringMatching(/^\d{12}$/) });
  expect((await confirm(her, suman, 'confirm-in-person-1')).text).toBe(done.text);
  expect((await confirm(her)).text).toBe(done.text);
  const file = await ask(`GET /files/${done.body.complaint_number}`, { token: suman });
  expect(file.body.state).toBe('confirmed');
});

test('a wrong receipt and a wrong code are answered by the same bytes; after ten the post waits', async () => {
  const her = await quiet();
  for (const left of [4, 3, 2, 1, 0]) {
    const [receipt, code] = [
      await confirm({ receipt: another(her.receipt), code: her.code }),
      await confirm({ receipt: her.receipt, code: another(her.code) }),
    ];
    expect(receipt.text).toBe(code.text);
    expect(code.body).toEqual({ outcome: 'wrong-code', tries_left: left });
  }
  const waits = await confirm(her);
  expect([waits.status, waits.body.code]).toEqual([429, 'too-many']);
  expect(Number(waits.headers.get('retry-after'))).toBeGreaterThan(3000);
});

test('what is missing or misshapen is said beside its field; nothing of it is a try', async () => {
  const answer = await confirm({ code: '12' });
  expect(answer.status).toBe(422);
  expect(answer.body.fields.map(({ path, code }: { path: string; code: string }) => [path, code])).toEqual([
    ['receipt', 'missing'],
    ['code', 'code-has-eight-digits'],
  ]);
  expect(answer.text).not.toContain('"12"');
});

test.each([
  ['verma', 'women-only'],
  ['nandini', 'not-your-power'],
  ['savita', 'not-your-power'],
  ['administrator', 'not-your-power'],
])('%s may not: %s', async (who, code) => {
  const answer = await confirm({ receipt: '1'.repeat(16), code: '12345678' }, await as(who));
  expect([answer.status, answer.body.code]).toEqual([403, code]);
});

test('without a token it is 401', async () => {
  expect((await ask('POST /confirmations', { body: { receipt: '1'.repeat(16), code: '12345678' } })).status).toBe(401);
});
