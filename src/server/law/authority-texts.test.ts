import { expect, test } from 'vitest';
import { authorityText, callbackClock, citedText, clockRow, investigationClock, RULE_IDS, RULES } from './law.ts';

const recorded_at = Temporal.Instant.from('2026-01-05T10:00+05:30');
const LISTED = [{ act: 'BNS', section: '64(1)' }];

test('every rule has the words of its section in English and a summary in Hindi', () => {
  for (const rule of RULE_IDS) {
    const { hi, en } = authorityText(rule);
    expect(en.trim(), rule).not.toBe('');
    expect(hi, rule).toMatch(/\p{Script=Devanagari}/u);
    expect(hi, rule).not.toMatch(/पीड़िता|अभियुक्त/);
  }
});

test('the English of a section is quoted from its row, letter by letter; a promise is translated and says so', () => {
  for (const rule of RULE_IDS) {
    const promise = RULES[rule].versions.every(({ authority }) => authority === null);
    if (promise) expect(authorityText(rule).en).toContain('Our translation');
    else expect(authorityText(rule).en).toBe(clockRow(rule).quote);
  }
});

test('a clock shows the words it rests on: no promise, no target without a section, no older section', () => {
  expect(citedText(investigationClock({ sections: LISTED, recorded_at, child: false }))?.en).toContain('two months');
  expect(citedText(investigationClock({ sections: [], recorded_at, child: false }))).toBeNull();
  expect(citedText(callbackClock({ filed_at: recorded_at }))).toBeNull();
  const before = Temporal.Instant.from('2023-01-05T10:00+05:30');
  const old = investigationClock({ sections: [{ act: 'IPC', section: '376' }], recorded_at: before, child: false });
  expect(old.authority).toBe('CrPC 173(1A)');
  expect(citedText(old)).toBeNull();
  expect(citedText({ rule: 'vacant-post', authority: 'police-target', steps: [] })).toBeNull();
});
