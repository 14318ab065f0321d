import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { UNUSED } from './unused.ts';

test('no page uses a style that is left out', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|html|ts)$/.test(file) && !file.includes('unused'))
    .map((file) => readFileSync(path.join('src', file), 'utf8'))
    .join('\n');
  const used = new Set(sources.match(/[a-z][\w-]*/gi));
  expect(UNUSED.filter((name) => used.has(name))).toEqual([]);
  // put together where they are used
  const made = ['radios', 'checkboxes'].flatMap((kind) =>
    ['', '__item', '__input', '__label'].map((part) => kind + part),
  );
  const widths = [2, 4, 5, 10, 20].map((width) => `input--width-${width}`);
  expect([...made, ...widths].filter((name) => UNUSED.includes(`govuk-${name}`))).toEqual([]);
});
