// Papers as the eye sees them: drawn as pictures and held against another typesetter's letters, against the code they carry, and
// against how these pages looked when somebody last looked at them (pdf-look.json; ITSSO_LOOK=write writes it anew).
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import QRCode from 'qrcode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from './house.ts';
import { PRESS, papersIn } from './paper-story.ts';
import { cut, type Drawn, draw, drawWord, grid, type Ink, likeness } from './pdf-look.ts';
import { textOf } from './pdf-text.ts';

const FONT = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf');
const LOOK = path.join(import.meta.dirname, 'pdf-look.json');
const GRID = [21, 30] as const;
// how dark a field is, in hundredths, as one letter
const MOST = 35;
const written = (row: number[]) => row.map((ink) => Math.min(ink, MOST).toString(36)).join('');

let h: TestHouse;
let papers: ReturnType<typeof papersIn>;
let number = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00+05:30' });
  papers = papersIn(h);
  number = await papers.investigated(papers.named());
});
afterAll(() => h.close());

// conjuncts, vowel signs that stand before or above, and the half र in each of its forms
const WORDS = [
  'क्ष',
  'त्र',
  'ज्ञ',
  'श्री',
  'र्म',
  'र्क',
  'कर्म',
  'क्षत्रिय',
  'विद्यार्थी',
  'राष्ट्र',
  'कार्रवाई',
  'दर्ज हुई',
  'प्रथम सूचना रिपोर्ट',
  'महिला हेल्प डेस्क',
  'ट्रेन, ड्रामा, द्वारा, हृदय, रुपया, रूप',
];
const SCALE = 6;
/** the table's letters, in points */
const SIZE = 10;

describe('the letters', () => {
  let rows: { word: string; ink: Ink; base: number }[];
  beforeAll(async () => {
    // a sheet whose only table has a word in each row
    const sheet = {
      ...PRESS,
      write: (told: Parameters<typeof PRESS.write>[0]) => ({
        ...PRESS.write(told),
        blocks: [{ is: 'table' as const, head: ['-'], rows: WORDS.map((word) => [word]), widths: [1] }],
      }),
    };
    const [made] = await papers.issueAs('verma', number, { kind: 'abstract' }, sheet);
    const [page] = await draw(await papers.fetchAs('verma', made?.id ?? ''), SCALE);
    rows = rowsOf(page);
  });

  function rowsOf(page: Drawn | undefined) {
    // a cell begins two millimetres inside the margin of twenty
    const left = (22 / 25.4) * 72;
    const begins = (page?.pieces ?? []).filter(
      ({ x, size }) => Math.abs(x - left) < 0.6 && Math.abs(size - SIZE) < 0.1,
    );
    const lines = [...new Set(begins.map(({ y }) => y))].toSorted((a, b) => a - b).slice(-WORDS.length);
    return lines.map((y, n) => {
      const up = Math.round(SIZE * 1.15 * SCALE);
      const part = {
        x: Math.round(left * SCALE),
        y: Math.round(y * SCALE) - up,
        width: 190 * SCALE,
        height: Math.round(SIZE * 1.6 * SCALE),
      };
      return { word: WORDS[n] ?? '', ink: cut(page?.ink as Ink, part), base: up };
    });
  }

  const drawnElsewhere = (word: string, row: { ink: Ink; base: number }) =>
    drawWord(
      word,
      { file: FONT, size: SIZE * SCALE },
      { width: row.ink.width, height: row.ink.height, base: row.base },
    );

  test.each(WORDS.map((word, n) => [word, n] as const))('%s has the shape another typesetter gives it', (word, n) => {
    const row = rows[n];
    if (!row) throw new Error('the row was not found');
    expect(row.word).toBe(word);
    const right = likeness(row.ink, drawnElsewhere(word, row));
    expect(right).toBeGreaterThan(0.8);
    // the same letters taken apart: had they been set like this, this test would see it
    const apart = word.replaceAll('\u094d', '\u094d\u200c');
    if (apart !== word) expect(likeness(row.ink, drawnElsewhere(apart, row))).toBeLessThan(right - 0.1);
  });
});

describe('the square of dots', () => {
  test('says the address and, behind the #, the code that is printed beside it', async () => {
    const [pdf] = await papers.printed('verma', number, { kind: 'progress-letter' });
    const page = (await draw(pdf ?? Buffer.alloc(0), 4)).at(-1);
    const code = /[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}/.exec(textOf(pdf ?? Buffer.alloc(0)).at(-1)?.text ?? '')?.[0] ?? '';
    const wanted = QRCode.create(`http://localhost/verify#${code.replaceAll(' ', '')}`, { errorCorrectionLevel: 'M' });
    const { size } = wanted.modules;
    const dots = dotsOf(page as Drawn, size);
    const said = Array.from({ length: size * size }, (_, i) =>
      wanted.modules.get(Math.floor(i / size), i % size) ? 1 : 0,
    );
    expect(dots.join('')).toBe(said.join(''));
    const other = QRCode.create('http://localhost/verify#7K3M91QX0BE455D8', { errorCorrectionLevel: 'M' });
    expect(dots).not.toEqual(said.map((_, i) => (other.modules.get(Math.floor(i / size), i % size) ? 1 : 0)));
  });

  // the only ink in the 26 millimetres at the left above the foot line is the square; its middle points are its dots
  function dotsOf({ ink, scale }: Drawn, size: number): number[] {
    const mm = (n: number) => Math.round((n / 25.4) * 72 * scale);
    const area = { x: mm(19), y: ink.height - mm(49), width: mm(28), height: mm(30) };
    const part = cut(ink, area);
    let [x0, x1, y0, y1] = [part.width, 0, part.height, 0];
    for (let y = 0; y < part.height; y++) {
      let across = 0;
      for (let x = 0; x < part.width; x++) across += part.dark[y * part.width + x] ?? 0;
      // a line right across belongs to the page
      if (across === 0 || across > part.width * 0.9) continue;
      for (let x = 0; x < part.width; x++)
        if (part.dark[y * part.width + x]) {
          x0 = Math.min(x0, x);
          x1 = Math.max(x1, x + 1);
          y0 = Math.min(y0, y);
          y1 = Math.max(y1, y + 1);
        }
    }
    const step = [(x1 - x0) / size, (y1 - y0) / size] as const;
    return Array.from({ length: size * size }, (_, i) => {
      const x = Math.floor(x0 + ((i % size) + 0.5) * step[0]);
      const y = Math.floor(y0 + (Math.floor(i / size) + 0.5) * step[1]);
      return part.dark[y * part.width + x] ?? 0;
    });
  }
});

describe('the pages', () => {
  const KINDS = [
    'acknowledgement',
    'fir',
    'notice',
    'progress-letter',
    'final-form',
    'abstract',
    'diary',
    'closure-notice',
  ] as const;
  const looks = new Map<string, number[][]>();
  const drawn = new Map<string, Drawn[]>();
  beforeAll(async () => {
    await papers.forwarded(number);
    const untraced = await papers.untraced(papers.named({ mobile: '9311111199' }), '499');
    for (const language of ['hi', 'en'] as const)
      for (const kind of KINDS)
        for (const [part, pdf] of (
          await papers.printed('verma', kind === 'closure-notice' ? untraced : number, {
            kind,
            language,
            purpose: 'court',
          })
        ).entries()) {
          const pages = await draw(pdf, 1.5);
          drawn.set(`${kind} ${language} ${part}`, pages);
          // the abstract grows with every step and clock that the house learns
          if (kind === 'abstract') continue;
          for (const [n, page] of pages.entries())
            looks.set(`${kind} ${language} ${part} page ${n + 1}`, grid(page.ink, ...GRID));
        }
    if (process.env.ITSSO_LOOK === 'write') {
      const all = Object.fromEntries([...looks].map(([name, look]) => [name, look.map(written)]));
      writeFileSync(LOOK, `${JSON.stringify(all, null, 2)}\n`);
    }
  }, 120_000);

  test('look as they looked when they were last looked at', () => {
    const known = JSON.parse(readFileSync(LOOK, 'utf8')) as Record<string, string[]>;
    expect([...looks.keys()].toSorted()).toEqual(Object.keys(known).toSorted());
    for (const [name, look] of looks) {
      const was = (known[name] ?? []).map((row) => [...row].map((ink) => Number.parseInt(ink, 36)));
      const off = look.flatMap((row, r) => row.map((ink, c) => Math.abs(Math.min(ink, MOST) - (was[r]?.[c] ?? 0))));
      // numbers, codes and the square differ from paper to paper; lines, boxes, tables and paragraphs stay where they are
      expect(off.reduce((sum, one) => sum + one, 0) / off.length, name).toBeLessThan(0.2);
      expect(off.filter((one) => one > 8).length, name).toBeLessThanOrEqual(2);
    }
  });

  test('nothing is printed in the margins, and no page is empty', () => {
    for (const [name, pages] of drawn)
      for (const { ink } of pages) {
        const mm = ink.width / 210;
        const sides = [
          cut(ink, { x: 0, y: 0, width: Math.floor(18 * mm), height: ink.height }),
          cut(ink, { x: Math.ceil(192 * mm), y: 0, width: Math.floor(18 * mm), height: ink.height }),
        ];
        for (const side of sides)
          expect(
            side.dark.reduce((sum, one) => sum + one, 0),
            name,
          ).toBe(0);
        const share = ink.dark.reduce((sum, one) => sum + one, 0) / ink.dark.length;
        expect(share, name).toBeGreaterThan(0.005);
        expect(share, name).toBeLessThan(0.2);
      }
  });

  test('the box at the head is drawn where there is one, closed on all sides, and the form to the court has none', () => {
    for (const [name, [first]] of drawn) {
      if (!first) throw new Error('no page');
      const mm = first.ink.width / 210;
      const head = cut(first.ink, { x: 0, y: 0, width: first.ink.width, height: Math.round(48 * mm) });
      const across = runsOf(head, 25 * mm, 110 * mm);
      const down = runsOf(turned(head), 7 * mm, 40 * mm);
      expect([across, down], name).toEqual(/^final-form \w\w 0/.test(name) ? [0, 0] : [2, 2]);
    }
  });

  /** Lines from left to right of a length between two; rows of ink that touch are one line. */
  function runsOf({ width, height, dark }: Ink, least: number, most: number): number {
    let lines = 0;
    let before = false;
    for (let y = 0; y < height; y++) {
      let longest = 0;
      let run = 0;
      for (let x = 0; x < width; x++) {
        run = dark[y * width + x] ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      const here = longest >= least && longest <= most;
      if (here && !before) lines++;
      before = here;
    }
    return lines;
  }
  const turned = ({ width, height, dark }: Ink): Ink => ({
    width: height,
    height: width,
    dark: dark.map((_, i) => dark[(i % height) * width + Math.floor(i / height)] ?? 0),
  });

  test('a letter is one page or two, a form no more than three', () => {
    for (const [name, pages] of drawn)
      expect(pages.length, name).toBeLessThanOrEqual(/^(?:acknowledgement|notice|progress|closure)/.test(name) ? 2 : 3);
  });
});
