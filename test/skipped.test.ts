// What was skipped is said at the end of npm test, with its reason; and whatever can be skipped names one.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { failedLines, skippedLine } from '../scripts/skipped.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const one = (status: string, ...titles: string[]) => ({
  status,
  ancestorTitles: titles.slice(0, -1),
  title: titles.at(-1) ?? '',
});

test('one line names each group that was not run, how many tests, and why', () => {
  const reports = [
    {
      testResults: [
        {
          name: '/h/test/a.test.ts',
          assertionResults: [one('passed', 'fine'), one('skipped', 'rules (needs promtool)')],
        },
        {
          name: '/h/e2e/state.e2e.ts',
          assertionResults: [
            one('skipped', 'servers (needs haproxy)', 'first'),
            one('skipped', 'servers (needs haproxy)', 'second'),
            one('pending', 'bare'),
          ],
        },
      ],
    },
  ];
  expect(skippedLine('/h', reports)).toBe(
    '▲ 4 not run: test/a.test.ts: rules (needs promtool) · e2e/state.e2e.ts: servers (needs haproxy), 2 tests · e2e/state.e2e.ts: bare (nobody says why)',
  );
  expect(skippedLine('/h', [{ testResults: [{ name: '/h/x', assertionResults: [one('passed', 'fine')] }] }])).toBe(
    undefined,
  );
});

test('each test that failed is named, and each file that did not load', () => {
  const file = (name: string, status: string, ...assertionResults: ReturnType<typeof one>[]) => ({
    name,
    status,
    assertionResults,
  });
  const reports = [
    { testResults: [file('/h/test/a.test.ts', 'passed', one('passed', 'fine'), one('skipped', 'a (needs b)'))] },
    {
      testResults: [
        file('/h/test/b.test.ts', 'failed', one('failed', 'rules', 'hold'), one('passed', 'rules', 'stand')),
        file('/h/test/c.test.ts', 'failed'),
      ],
    },
  ];
  expect(failedLines('/h', reports)).toEqual(['✗ test/b.test.ts: rules > hold', '✗ test/c.test.ts: did not load']);
});

test('every test that may be skipped says what it needs', () => {
  const files = ['src', 'test', 'e2e'].flatMap((part) =>
    readdirSync(path.join(ROOT, part), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:test|e2e)\.ts$/.test(name))
      .map((name) => path.join(ROOT, part, name)),
  );
  const skips = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return [...text.matchAll(/\b(?:test|describe|it)\.(?:skipIf|runIf|skip|todo)\(/g)].map(({ index }) => ({
      file: path.relative(ROOT, file),
      says: text.slice(index, index + 400),
    }));
  });
  expect(skips.length).toBeGreaterThan(3);
  for (const { file, says } of skips) expect(says, file).toContain('(needs ');
});
