// The inventory of keys and algorithms (docs/keys.md) against the sources, both ways.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = readFileSync(path.join(ROOT, 'docs/keys.md'), 'utf8');
const sources = globSync(['src/**/*.ts', 'server/**/*.ts', 'cli/**/*.ts'], { cwd: ROOT })
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(ROOT, file), 'utf8'));
const KIND: Record<string, string> = {
  seal: 'seal',
  open: 'seal',
  openIfWhole: 'seal',
  mac: 'mac',
  sign: 'sign',
  publicKey: 'sign',
  agree: 'agree',
  agreesWith: 'agree',
};
const lines = (after: string) =>
  [...(PAGE.split(`## ${after}`)[1]?.split('\n## ')[0] ?? '').matchAll(/^\| `([a-z0-9-]+)` \| ([^|]+) \|/gm)].map(
    ([, name, next]) => [name, next?.trim()] as const,
  );

test('every use of a derived key stands in the inventory with its kind, and every line is used', () => {
  const used = new Set<string>();
  for (const text of sources)
    for (const [, verb = '', said, literal] of text.matchAll(
      /\bkeys\.(seal|open|openIfWhole|mac|sign|publicKey|agree|agreesWith)\(\s*('([a-z-]+)'|[A-Za-z_]+)/g,
    )) {
      // a purpose with a generation is one line: `const purposeOf = (generation) => `exchange/${generation}``
      const purpose =
        literal ??
        text.match(new RegExp(`const ${said} = '([a-z-]+)'`))?.[1] ??
        text.match(new RegExp(`const ${said} = [^\n]*\`([a-z-]+)/`))?.[1];
      expect(purpose, `${verb}(${said}): a purpose that stands in the text`).toBeDefined();
      used.add(`${purpose} ${KIND[verb]}`);
    }
  const told = lines('Derived from the house').map(([purpose, kind]) => `${purpose} ${kind}`);
  expect(told.sort()).toEqual([...used].sort());
});

test('every algorithm that is asked of the library stands in the inventory, and no other', () => {
  const ASKED =
    /\b(?:createHash|createHmac|createCipheriv|createDecipheriv|hash|hkdfSync|argon2|stretch|generateKeyPairSync)\(\s*'([a-z0-9-]+)'/g;
  const used = new Set(sources.flatMap((text) => [...text.matchAll(ASKED)].map(([, name]) => name)));
  expect(
    lines('Algorithms')
      .map(([name]) => name)
      .sort(),
  ).toEqual([...used].sort());
});
