// How a part of the service is named where it falls short.
import { expect, test } from 'vitest';
import type { ServicePart } from '#sos';
import { partShown } from './part-shown.ts';

const now = Temporal.Instant.from('2026-11-30T12:00+05:30');
const part = (of: Partial<ServicePart>): ServicePart => ({
  part: 'vehicles',
  unit: 'in.up.kanpur_nagar.central',
  state: 'missing',
  why: 'too-few',
  heard_at: null,
  owner: { hi: 'नियंत्रण कक्ष', en: 'Control room', vacant: false },
  told: { hi: [], en: [] },
  level: 0,
  minimum: 2,
  since: null,
  days: [],
  ...of,
});

test.each([
  [{ level: 0 }, '▲ एक भी नहीं', { is_none: true, is_few: false }],
  [{ level: 1 }, '◆ कम हैं', { is_none: false, is_few: true }],
  [{ why: 'silent', level: 0 }, '▲ रुका है', { is_none: false, is_few: false }],
  [{ state: 'running', why: null, level: 2 }, '✓ चल रहा है', { is_none: false, is_few: false }],
  [{ state: 'off', level: 0 }, '◆ बंद किया गया', { is_none: false, is_few: false }],
  [{ state: 'starting', why: 'silent' }, '◆ अभी शुरू हुआ, देखा जा रहा है', { is_none: false, running: false }],
] satisfies [Partial<ServicePart>, string, object][])('%j is said to be %s', (of, state, marks) => {
  expect(partShown('hi', part(of), '', now)).toMatchObject({ state, ...marks });
});

test('a call-back desk at which nobody sits, because nobody is to be called, says so instead of how many are needed', () => {
  const desk = { part: 'callback-desk', minimum: 1 } as const;
  expect(partShown('hi', part({ ...desk, state: 'running', why: null }), '', now).facts).toContain(
    'किसी को कॉल नहीं करनी',
  );
  expect(partShown('hi', part({ ...desk, state: 'running', why: null, level: 1 }), '', now).facts).toContain('1 व्यक्ति');
  expect(partShown('hi', part({ ...desk }), '', now).facts).toContain('कम से कम 1');
});
