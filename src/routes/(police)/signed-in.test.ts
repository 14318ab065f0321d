// Who has to sign in, or to show who sits there, comes back to the page that was asked for, whichever it was; and never to another site.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pageToReturnTo } from './signed-in.ts';

const ROUTES = path.resolve(import.meta.dirname, '..');
// where one is on the way in
const WAYS_IN = /^\/(?:signin|again|enrol\/)/;
const FILLED: Record<string, string> = {
  '[number]': '123456789012',
  '[...unit]': 'in/up/kanpur_nagar',
  '[step]': 'explain-delay',
  '[exhibit]': '3',
  '[place]': '%E0%A4%A5',
};
const addresses = readdirSync(ROUTES, { withFileTypes: true, recursive: true })
  .filter(({ name }) => name === '+page.svelte')
  .map(({ parentPath }) => parentPath.slice(ROUTES.length))
  .filter((at) => /\/\((?:police|control-room|vehicle)\)/.test(at))
  .map((at) =>
    at
      .replace(/\/\([^)]*\)/g, '')
      .replace(/\[[^\]]+\]/g, (name) => FILLED[name] ?? '00000000-0000-7000-8000-000000000000'),
  )
  .filter((at) => !WAYS_IN.test(at));

test('every officers’ page is one to come back to', () => {
  expect(addresses.length).toBeGreaterThan(40);
  expect(addresses.filter((at) => pageToReturnTo(at) !== at)).toEqual([]);
  // what is taken out asks who sits there as well
  for (const at of ['/watch-review/in/up', '/watch-table', '/rapid-response/month.csv'])
    expect(pageToReturnTo(at)).toBe(at);
});

test.each([
  '//elsewhere.example',
  'https://elsewhere.example/desk',
  '/\\elsewhere.example',
  '/desk/../x',
  '/signin',
  '/desk?x',
  '/desk\n',
])('%j is none', (asked) => expect(pageToReturnTo(asked)).toBeUndefined());
