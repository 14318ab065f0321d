// Who guesses learns nothing: not from the status, the words, the size or the time of an answer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaint } from '../api/complaint.ts';
import { apart, ask } from '../api/knock.ts';
import { type TestHouse, testHouse } from '../house.ts';
import { medians } from '../medians.ts';

const NUMBER = '234567890123';
let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
  await ask('POST /complaints', { body: complaint() });
  await h.sql('update casework.file set number = $1', [NUMBER]);
});
afterAll(() => h.close());

// each guess from another address, so that none waits
let from = 0;
const guess = (at: string, body: unknown) => ask(at, { body, address: `198.51.100.${++from % 250}` });

test.each([
  ['POST /track/sessions', { mobile: '9800000021', code: '000000' }],
  ['POST /track/sessions', { mobile: '9999999999', code: '000000' }],
  ['POST /track/codes', { mobile: '9999999999' }],
])('%s for %o answers alike for a number that is there and one that is not', async (at, rest) => {
  const said = new Set<string>();
  const guessed = (number: string) => async () => {
    const answer = await guess(at, { number, ...rest });
    said.add(`${apart(answer)} ${answer.bytes.length} ${[...answer.headers.keys()].join()}`);
  };
  // a machine that is busy with other tests is uneven; a way that skips the work would be ten times as fast
  const times = (one: number, other: number) => Math.max(one, other) / Math.min(one, other);
  const alike = (one: number, other: number) => times(one, other) < 2.5;
  const found = await medians([guessed('987654321098'), guessed(NUMBER)], 11, alike);
  expect(said.size).toBe(1);
  expect(times(...found)).toBeLessThan(2.5);
});

test('receipts that are nearly right are as wrong as any', async () => {
  const { receipt } = (await ask('POST /complaints', { body: complaint() })).body;
  const digits = String(receipt).replaceAll(/\D/g, '');
  const near = digits.slice(0, 15) + ((Number(digits[15]) + 1) % 10);
  const answers = [];
  for (const one of [near, '1111222233334444', '0000000000000000'])
    answers.push(await guess('POST /track/sessions', { receipt: one }));
  expect(new Set(answers.map((answer) => `${apart(answer)} ${answer.bytes.length}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(404);
});
