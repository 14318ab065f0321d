// The code of a paper, as people type it; the letters that a font has; what no sheet can carry.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { grouped, newCode, readCode } from './code.ts';
import { codePointsOf, printable } from './coverage.ts';

test('a code is sixteen letters that nobody confuses, and never the same twice', () => {
  const codes = Array.from({ length: 2000 }, newCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  // every letter at every place: eighty bits, not fewer
  for (let place = 0; place < 16; place++) expect(new Set(codes.map((code) => code[place])).size).toBe(32);
});

test('it is read in any spelling: gaps, hyphens, small letters, O for 0, l for 1, digits of Hindi', () => {
  expect(readCode('7K3M 91QX 0BE4 55D8')).toBe('7K3M91QX0BE455D8');
  expect(readCode(' 7k3m-9lqx–obe4 ५५d८ ')).toBe('7K3M91QX0BE455D8');
  expect(readCode(grouped('7K3M91QX0BE455D8'))).toBe('7K3M91QX0BE455D8');
  for (const wrong of ['', '7K3M', '7K3M 91QX 0BE4 55D8 1', '7K3M 91QX 0BE4 55U8', "' or 1=1 --"])
    expect(readCode(wrong)).toBeUndefined();
});

const font = (name: string) =>
  readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans/${name}.ttf`));

test('the fonts have every Devanagari letter, joiner and digit, the danda and the rupee', () => {
  for (const name of ['400Regular/NotoSans_400Regular', '700Bold/NotoSans_700Bold']) {
    const points = codePointsOf(font(name));
    for (let point = 0x0900; point <= 0x097f; point++) expect(points.has(point), point.toString(16)).toBe(true);
    for (const letter of 'Az09–…“”‘’₹\u200c\u200d') expect(points.has(letter.codePointAt(0) ?? 0), letter).toBe(true);
    expect(points.has(0x1f600)).toBe(false);
    expect(points.has(0x0627)).toBe(false);
  }
});

test('a letter no font has becomes a question mark and is counted; controls and turned directions disappear', () => {
  const points = codePointsOf(font('400Regular/NotoSans_400Regular'));
  expect(printable('श्री\u200dमती 😀 اب', points)).toEqual({ text: 'श्री\u200dमती ? ??', missing: 3 });
  expect(printable('a\u0000b\u202ec\td\r\ne\ufe0f', points)).toEqual({ text: 'abc d\ne', missing: 0 });
});
