// Every text that may leave is read here, and so are her hours.
import { describe, expect, test } from 'vitest';
import { windowOpensAt } from './hours.ts';
import fc from 'fast-check';
import { backOff, fitsOneSms, isWithheld } from './rules.ts';
import { segmentsOf } from './segments.ts';
import { fill, type Params, TEMPLATES, type TemplateId } from './templates.ts';

const LONGEST: Record<TemplateId, Params> = {
  'call-code': { code: '48217390' },
  'track-code': { code: '482173' },
  update: {},
  appointment: { when: 'सोमवार, 30 नवंबर, 16:30' },
  'on-the-way': { few: '10', minutes: '120' },
  'will-call': {},
  'call-112': {},
};
const BANNED = [
  /पुलिस|थाना|थाने|शिकायत|मामला|मामले|केस|प्राथमिकी|एफ\s*आई\s*आर|अपराध|बलात्कार|यौन|महिला|लड़की|अधिकारी|दारोगा|अदालत|पोर्टल|सेवा|धारा|जांच/,
  /\b(?:police|thana|station|complain\w*|case|f\.?i\.?r|crime|rape|sexual|woman|women|girl|officer|court|portal|itsso|section|investigat\w*)\b/i,
  /https?:|www\.|\.in\b|\.com\b|:\/\//i,
];

describe.each(Object.keys(TEMPLATES) as TemplateId[])('the text %s', (id) => {
  test.each(['hi', 'en'] as const)('in %s is one message, discreet, and takes at most two blanks', (language) => {
    const text = fill(id, language, LONGEST[id]);
    for (const word of BANNED) expect(text).not.toMatch(word);
    expect(fitsOneSms(text), `${text.length} units`).toBe(true);
    expect(TEMPLATES[id].blanks.length).toBeLessThanOrEqual(2);
    expect(text).not.toMatch(/[{}]/);
  });
});

test('the text of the call code prints no validity and its code as four and four', () => {
  expect(fill('call-code', 'hi', { code: '48217390' })).toContain('4821 7390');
  for (const language of ['hi', 'en'] as const) {
    expect(fill('call-code', language, { code: '48217390' }).replace('4821 7390', '')).not.toMatch(
      /\d|hour|minute|घंटे|मिनट/,
    );
  }
});

test('nothing but a code or an hour ever gets into a text', () => {
  expect(() => fill('track-code', 'hi', { code: 'Asha' })).toThrow();
  expect(() => fill('track-code', 'hi', {})).toThrow();
  expect(() => fill('update', 'hi', { code: '482173' })).toThrow();
  expect(() => fill('appointment', 'en', { when: 'http://x.in/a' })).toThrow();
});

test('the longest hour that fits its blank still fits one message in Hindi', () => {
  expect(fitsOneSms(fill('appointment', 'hi', { when: 'अ'.repeat(30) }))).toBe(true);
});

const at = (clock: string) => Temporal.Instant.from(`2026-03-05T${clock}:00+05:30`);
const DAY = [{ from: '10:00', to: '17:00' }];
const NIGHT = [{ from: '22:00', to: '02:00' }];

test.each([
  ['09:59', DAY, false],
  ['10:00', DAY, true],
  ['16:59', DAY, true],
  ['17:00', DAY, false],
  ['23:30', NIGHT, true],
  ['01:59', NIGHT, true],
  ['02:00', NIGHT, false],
  ['12:00', NIGHT, false],
  ['03:00', [], true],
  ['23:59', [{ from: '20:00', to: '24:00' }], true],
  ['00:00', [{ from: '20:00', to: '24:00' }], false],
  ['03:00', [{ from: '00:00', to: '24:00' }], true],
])('%s in India is inside %j: %s', (clock, windows, inside) => {
  expect(windowOpensAt(windows, at(clock)).equals(at(clock))).toBe(inside);
});

test('outside her hours a message waits for the next window, over midnight too', () => {
  expect(windowOpensAt(DAY, at('08:00'))).toEqual(at('10:00'));
  expect(windowOpensAt(DAY, at('12:00'))).toEqual(at('12:00'));
  expect(windowOpensAt(DAY, at('18:00'))).toEqual(at('10:00').add({ hours: 24 }));
  expect(windowOpensAt([...DAY, { from: '19:00', to: '20:00' }], at('18:00'))).toEqual(at('19:00'));
  expect(windowOpensAt([{ from: '20:00', to: '24:00' }], at('18:00'))).toEqual(at('20:00'));
});

test('no contact means no message at all; what she did not ask for goes only where she chose SMS', () => {
  expect(isWithheld(['no_contact'], true)).toBe(true);
  expect(isWithheld(['call'], true)).toBe(false);
  expect(isWithheld(['call'], false)).toBe(true);
  expect(isWithheld(['sms'], false)).toBe(false);
});

test('by e-mail goes only what she chose e-mail for, a code never', () => {
  expect(isWithheld(['email'], false, 'email')).toBe(false);
  expect(isWithheld(['sms'], false, 'email')).toBe(true);
  expect(isWithheld(['call'], true, 'email')).toBe(true);
  expect(isWithheld(['no_contact', 'email'], false, 'email')).toBe(true);
});

test('a text is cut where a reader would cut it, and its parts are the text again', () => {
  const signs = ['क', 'क्ष', 'र्थी', 'नि', '👩🏽‍⚖️', 'a', ' ', 'ँ', '4', '।'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...signs), { maxLength: 300 }), (drawn) => {
      const text = drawn.join('');
      const { alphabet, parts } = segmentsOf(text);
      expect(parts.join('')).toBe(text);
      const room = parts.length === 1 ? { gsm: 160, ucs2: 70 } : { gsm: 153, ucs2: 67 };
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(room[alphabet]);
        // no part begins with a lone half of a sign, nor ends on one
        expect(part).not.toMatch(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/);
      }
      const signsSeen = [...new Intl.Segmenter('hi').segment(text)];
      fc.pre(signsSeen.every(({ segment }) => segment.length <= 67));
      const begins = new Set([...signsSeen.map(({ index }) => index), text.length]);
      let at = 0;
      for (const part of parts) {
        at += part.length;
        expect(begins.has(at)).toBe(true);
      }
    }),
  );
  expect(segmentsOf('क'.repeat(66) + 'नि').parts).toHaveLength(1);
  expect(segmentsOf(`${'क'.repeat(66)}नि${'क'.repeat(10)}`).parts).toEqual(['क'.repeat(66), `नि${'क'.repeat(10)}`]);
  expect(segmentsOf('a'.repeat(160)).parts).toHaveLength(1);
  expect(segmentsOf('a'.repeat(161)).parts.map((part) => part.length)).toEqual([153, 8]);
});

test('tries come in growing waits, never longer than a quarter of an hour and a tenth, the same for a message every time', () => {
  const wait = (tries: number, id: string) => backOff(tries, id).total('seconds');
  const [first, last] = ['01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-00000000ffff'];
  expect([1, 2, 3, 4, 5, 6, 7, 50].map((tries) => wait(tries, first))).toEqual([10, 30, 60, 120, 300, 600, 900, 900]);
  expect(wait(50, last)).toBe(990);
});
