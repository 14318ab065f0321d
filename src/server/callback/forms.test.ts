// Codes as they are typed, forms as they come in, and the words of phrases.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attemptForm, callCode, plainDigits } from './forms.ts';
import { FIRST_WORDS, SECOND_WORDS } from './phrase-words.ts';
import { mayHaveFreshCode } from './rules.ts';

const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);

describe('codes and forms', () => {
  test('two fresh codes after wrong ones, then the superior', () => {
    expect([0, 1, 2].map(mayHaveFreshCode)).toEqual([true, true, false]);
  });
  test.each(['48217390', '4821 7390', '४८२१-७३९०', ' 4821\u00a07390 ', '४८२१ 7390', '4821–7390'])(
    '%s is the code 48217390',
    (text) => {
      expect(callCode.parse(text)).toBe('48217390');
    },
  );
  test.each(['4821739', '482173900', '4821739a', ''])('%s is no code', (text) => {
    expect(callCode.safeParse(text).success).toBe(false);
  });
  test('digits in any mixture read the same', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^\d{8}$/),
        (code) =>
          plainDigits([...code].map((d, i) => (i % 2 ? String.fromCharCode(0x0966 + Number(d)) : d)).join(' ')) ===
          code,
      ),
    );
  });
  test('confirmed needs the code, later needs the hour, blanks are absent', () => {
    expect(attemptForm.safeParse({ outcome: 'confirmed' }).success).toBe(false);
    expect(attemptForm.safeParse({ outcome: 'call-later', at: '' }).success).toBe(false);
    expect(attemptForm.safeParse({ outcome: 'call-later', at: 'tomorrow' }).success).toBe(false);
    expect(attemptForm.parse({ outcome: 'call-later', at: '2026-01-05T16:00:00+05:30', code: ' ', note: '' })).toEqual({
      outcome: 'call-later',
      at: at('2026-01-05T16:00'),
    });
    expect(attemptForm.safeParse({ outcome: 'closed' }).success).toBe(false);
  });
});

describe('the words of phrases', () => {
  const all = [...FIRST_WORDS, ...SECOND_WORDS];
  test('4,096 phrases at least', () => {
    expect(FIRST_WORDS.length * SECOND_WORDS.length).toBeGreaterThanOrEqual(4096);
  });
  test('each word once, in both scripts, none like another by ear', () => {
    expect(new Set(all.map((w) => w.hi)).size).toBe(all.length);
    const far = (a: string, b: string): number => {
      let row = Array.from({ length: b.length + 1 }, (_, i) => i);
      for (const [i, x] of [...a].entries()) {
        const next = [i + 1];
        for (const [j, y] of [...b].entries())
          next.push(Math.min((row[j] ?? 0) + Number(x !== y), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
        row = next;
      }
      return row.at(-1) ?? 0;
    };
    const close = all.flatMap((a, i) =>
      all
        .slice(i + 1)
        .filter((b) => far(a.en.toLowerCase(), b.en.toLowerCase()) < 2)
        .map((b) => `${a.en}/${b.en}`),
    );
    expect(close).toEqual([]);
    expect(all.filter((w) => !/^[\u0900-\u097f]+$/.test(w.hi) || !/^[A-Z][a-z]+$/.test(w.en))).toEqual([]);
  });
});
