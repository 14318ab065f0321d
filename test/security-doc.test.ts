// What SECURITY.md and docs/asvs.md lean on is there: every file they name, every threat, every state.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

test.each(['SECURITY.md', 'docs/asvs.md', 'docs/dependencies.md', 'CONTRIBUTING.md'])(
  '%s names only files that exist',
  (file) => {
    const said = text(file);
    const named = [...said.matchAll(/`((?:src|test|e2e|docs|db|server|scripts|ops|verifier)\/[^`\s]+)`/g)].map(
      ([, at = '']) => at,
    );
    const linked = [...said.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, at = '']) =>
      path.join(path.dirname(file), at),
    );
    expect([...named, ...linked].filter((at) => !existsSync(path.join(ROOT, at)))).toEqual([]);
  },
);

test('each of the sixteen threats has its control and a test that shows it', () => {
  const rows = text('SECURITY.md').matchAll(/^\| (T\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm);
  const shown = [...rows].map(([, threat, , , by = '']) => [threat, /`(?:[\w/-]+)\.(?:test|e2e)\.ts`/.test(by)]);
  expect(shown).toEqual(Array.from({ length: 16 }, (_, n) => [`T${n + 1}`, true]));
});

test('what is said to be met says where and names a test', () => {
  const rows = [
    ...text('docs/asvs.md').matchAll(/^\| (\d[^|]*) \| [\d–]+ \| ([^|]+) \| ([^|]+) \|([^|]*)\|([^|]*)\|$/gm),
  ];
  expect(rows.length).toBeGreaterThan(45);
  for (const [, ids, , state = '', where = '', by = ''] of rows) {
    expect([ids, state]).toEqual([ids, expect.stringMatching(/^(met|partly|not met|not ours)/)]);
    if (state.startsWith('met'))
      expect([ids, where.trim() !== '', /\.(?:test|e2e)\.ts/.test(by)]).toEqual([ids, true, true]);
  }
});
