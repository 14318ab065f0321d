// Every input has an id of its own that says nothing.
import { expect, test } from 'vitest';
import { words } from '#words';
import { anchor } from './anchor.ts';

const fields = Object.keys(words('hi').fields);
const inputs = [...fields, ...fields.flatMap((name) => ['d', 'm', 'y'].map((part) => `${name}_${part}`))];

test('no two inputs and no two answers have the same id, and none is named', () => {
  const all = [...inputs, 'resend', ...[...fields, 'people'].map((name) => `change-${name}`)];
  const ids = all.map(anchor);
  expect(new Set(ids).size).toBe(all.length);
  for (const id of ids) expect(id).toMatch(/^[cf]\d{1,2}[dmy]?$/);
});

test('every input of the doors has one', () => {
  for (const name of ['receipt', 'number', 'mobile', 'code', 'resume', 'agreed']) expect(anchor(name)).not.toBe('main');
});

test('what is no input leads to the page itself', () => {
  expect(anchor('main')).toBe('main');
  expect(anchor('change-nothing')).toBe('main');
});
