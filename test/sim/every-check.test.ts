// Every check of the simulator is proved able to fail: the table of docs/simulator.md names each with its test, and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const read = (...names: string[]): string => readFileSync(path.join(ROOT, ...names), 'utf8');
/** Lives, in which what somebody is answered is a check too. */
const LIVES = /-life\.ts$|^world\.ts$|^her-ways\.ts$/;
/** What lives throw of themselves, which is no check of the house. */
const OWN = ['a crew is officers'];

const holes = (text: string): string => text.replaceAll(/\$\{[^}]*\}/g, '…');

/** What the code can say, with holes where something is named. */
function checks(): Set<string> {
  const found = new Set<string>();
  for (const file of readdirSync(path.join(ROOT, 'sim'))) {
    const words = read('sim', file);
    for (const [, said] of words.matchAll(/select '([^'$]+)'(?: as invariant)?, /g)) found.add(said ?? '');
    for (const [, said] of words.matchAll(/invariant: ['`](I\d[^'`]+)['`]/g)) found.add(holes(said ?? ''));
    if (file === 'foreign.ts') for (const [, said] of words.matchAll(/say\('([^']+)'/g)) found.add(`I6 ${said}`);
    if (file === 'leaks.ts') found.add(/select '(I10[^']+)'/.exec(words)?.[1] ?? '');
    if (LIVES.test(file))
      for (const [, said] of words.matchAll(/new Error\(['`]([^'`]+)['`]\)/g)) found.add(holes(said ?? ''));
  }
  for (const own of [...OWN, 'I6 …']) found.delete(own);
  return found;
}

const rows = [...read('docs', 'simulator.md').matchAll(/^\| ([^|]+) \| ([^|]+) \| ([a-z, ]+) \|$/gm)].map(
  ([, check = '', fault = '', tests = '']) => ({ check, fault, tests: tests.split(', ') }),
);

test('each check has a line in docs/simulator.md, and each line a check', () => {
  expect(checks().size).toBeGreaterThan(50);
  const named = rows.filter(({ tests }) => tests[0] !== 'test').map(({ check }) => check);
  expect([...named].sort()).toEqual([...checks()].sort());
});

test('each line names tests that name its check', () => {
  for (const { check, tests } of rows.filter(({ tests: of }) => of[0] !== 'test'))
    for (const name of tests) {
      const longest = check.split('…').sort((one, other) => other.length - one.length)[0] ?? '';
      expect(read('test', 'sim', `${name}.test.ts`), check).toContain(longest.trim().replace(/:$/, ''));
    }
});
