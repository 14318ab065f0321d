// Every limit of the API's door in one table: just below it is taken, just above it is refused, and docs/limits.md says the same numbers.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readJson } from '../src/routes/api/v1/body.ts';
import { Problem } from '../src/routes/api/v1/problem.ts';

const sent = (body: string, type = 'application/json') =>
  readJson(new Request('http://localhost/api/v1/x', { method: 'POST', headers: { 'content-type': type }, body })).then(
    () => 'taken',
    (problem: unknown) =>
      problem instanceof Problem ? [problem.code, ...problem.fields.map(({ code }) => code)].join(' ') : 'broken',
  );
const nested = (deep: number) => `${'['.repeat(deep)}${']'.repeat(deep)}`;
const list = (long: number) => JSON.stringify(Array.from({ length: long }, () => 1));
const lists = (many: number) =>
  JSON.stringify(Array.from({ length: many }, () => Array.from({ length: 1900 }, () => 1)));

const TABLE: [name: string, limit: number, below: string, above: string, refused: string][] = [
  ['body-bytes', 262_144, `"${'x'.repeat(262_142)}"`, `"${'x'.repeat(262_143)}"`, 'too-large'],
  ['json-depth', 32, nested(32), nested(33), 'invalid not-understood'],
  ['json-list', 2000, list(2000), list(2001), 'invalid too-many-items'],
  ['json-values', 20_000, lists(10), lists(11), 'invalid too-many-items'],
];

describe('the door of the API', () => {
  test.each(TABLE)('%s: %i', async (_, _limit, below, above, refused) => {
    expect(await sent(below)).toBe('taken');
    expect(await sent(above)).toBe(refused);
  });
  test.each([
    ['NUL', '"a\\u0000b"', 'invalid not-storable'],
    ['half a surrogate pair', '"\\ud800"', 'invalid not-storable'],
    ['a key that reaches into every object', '{"__proto__":1}', 'invalid not-understood'],
    ['another one', '{"a":{"constructor":1}}', 'invalid not-understood'],
    ['no JSON', '{', 'not-json'],
  ])('%s', async (_, body, refused) => {
    expect(await sent(body)).toBe(refused);
  });
  test('another type of content', async () => {
    expect(await sent('{}', 'text/plain')).toBe('wrong-content-type');
  });
});

test('docs/limits.md says what the sources say', () => {
  const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
  const rows = [...read('docs/limits.md').matchAll(/^\| `([a-z-]+)` \| ([\d,]+) [^|]*\| `([^`]+)` \| `([^`]+)` \|/gm)];
  expect(rows.length).toBeGreaterThan(20);
  for (const [, name, value, file = '', says = ''] of rows) {
    expect(read(file).includes(says), `${name}: ${file} has no ${says}`).toBe(true);
    // the line of the source carries the number, or what it is multiplied from
    const digits = (value ?? '').replaceAll(',', '');
    const numbers = (says.match(/\d[\d_]*/g) ?? [])
      .map((text) => Number(text.replaceAll('_', '')))
      .filter(Number.isFinite);
    const fits = numbers.includes(Number(digits)) || numbers.reduce((product, n) => product * n, 1) === Number(digits);
    expect(fits, `${name}: ${says} is not ${value}`).toBe(true);
  }
  for (const [name, limit] of TABLE)
    expect(rows.find(([, row]) => row === name)?.[2]?.replaceAll(',', '')).toBe(String(limit));
});
