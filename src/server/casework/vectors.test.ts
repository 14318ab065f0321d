// The twenty dated cases of the two-month rule, through register-fir on the real database, and the guards of dates.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import vectors from '../law/two-month-vectors.json' with { type: 'json' };
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';
import { canonicalSections } from './cited.ts';
import { faultOfFir, faultOfForwarding, faultOfInstant } from './guards.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
beforeAll(async () => {
  h = await testHouse({ at: '2023-01-05T10:00:00+05:30' });
  story = storyIn(h);
});
afterAll(() => h.close());

test('recorded on each of the twenty days, due on the day of the law, whatever was counted as sixty days', async () => {
  const numbers: string[] = [];
  for (const _ of vectors.vectors) numbers.push(await story.confirmed(complaint({ when: { precision: 'unknown' } })));
  for (const number of numbers) {
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: (await story.now()).toString(), place: 'home' });
  }
  // only this test walks three years at one stride: the sweep has its own tests
  await h.sql('update foundation.clock set ahead_us = ahead_us + 4::bigint * 366 * 86400 * 1000000');
  for (const [n, vector] of vectors.vectors.entries()) {
    const seen = await story.step('verma', numbers[n] ?? '', {
      step: 'register-fir',
      fir_number: String(n + 1),
      year: Number(vector.recorded.slice(0, 4)),
      recorded_at: `${vector.recorded}T23:30:00+05:30`,
      // nobody knows when it happened: from 1 July 2024 the officer says which code
      code: vector.regime === 'CrPC' ? 'IPC' : 'BNS',
      sections: [vector.regime === 'CrPC' ? { act: 'IPC', section: '376' } : { act: 'BNS', section: '64' }],
    });
    const due = (rule: string) => seen.clocks.find((c) => c.rule === rule);
    expect(due('investigation_two_months')?.due_on.toString(), vector.recorded).toBe(vector.due_two_calendar_months);
    expect(due('investigation_two_months')?.kind).toBe('law');
    expect(due('progress_90d')?.due_on.toString()).toBe(vector.progress_90_days);
  }
}, 120_000);

describe('dates of a step', () => {
  const told = {
    submitted_at: Temporal.Instant.from('2026-01-05T10:00:30+05:30'),
    now: Temporal.Instant.from('2026-01-20T10:00:00+05:30'),
  };
  const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);
  const fir = { year: 2026, recorded_at: at('2026-01-06T10:00:00'), sections: [{ act: 'BNS', section: '64' }] };

  test('not before the minute of the complaint, not after now', () => {
    expect(faultOfInstant(at('2026-01-05T09:59:59'), 'x', told)).toEqual({ code: 'before-the-complaint', about: 'x' });
    expect(faultOfInstant(at('2026-01-05T10:00:00'), 'x', told)).toBeUndefined();
    expect(faultOfInstant(told.now, 'x', told)).toBeUndefined();
    expect(faultOfInstant(told.now.add({ milliseconds: 1 }), 'x', told)).toEqual({
      code: 'not-in-the-future',
      about: 'x',
    });
  });

  test('an FIR bears the year of its recording in India, an offence not after it, sections that may stand', () => {
    expect(faultOfFir(fir, told)).toBeUndefined();
    expect(faultOfFir({ ...fir, year: 2025 }, told)?.about).toBe('year');
    expect(faultOfFir({ ...fir, year: 2027 }, told)?.about).toBe('year');
    expect(faultOfFir({ ...fir, offence_on: Temporal.PlainDate.from('2026-01-07') }, told)).toEqual({
      code: 'not-in-the-future',
      about: 'offence_on',
    });
    expect(faultOfFir({ ...fir, sections: [...fir.sections, { act: 'XYZ', section: '1' }] }, told)).toEqual({
      code: 'unknown-act',
      about: 'sections.1.act',
    });
  });

  test('on the last night of a year the year of the FIR is that of the day in India', () => {
    const over = { submitted_at: told.submitted_at, now: at('2027-01-02T10:00:00') };
    const recorded_at = Temporal.Instant.from('2026-12-31T19:00:00Z');
    expect(faultOfFir({ ...fir, year: 2027, recorded_at }, over)).toBeUndefined();
    expect(faultOfFir({ ...fir, year: 2026, recorded_at }, over)).toEqual({ code: 'not-that-year', about: 'year' });
    expect(faultOfFir({ ...fir, year: 2027, recorded_at: recorded_at.subtract({ hours: 1 }) }, over)?.about).toBe(
      'year',
    );
  });

  test('a report is forwarded on the day of its approval or later', () => {
    const approved = { approved_at: at('2026-01-19T18:00:00'), now: told.now };
    expect(faultOfForwarding(at('2026-01-19T09:00:00'), approved)).toBeUndefined();
    expect(faultOfForwarding(at('2026-01-18T23:59:00'), approved)?.code).toBe('before-the-approval');
    expect(faultOfForwarding(at('2026-01-21T09:00:00'), approved)?.code).toBe('not-in-the-future');
  });

  test('sections are kept in one spelling, each once', () => {
    expect(
      canonicalSections([
        { act: 'भा०न्या०सं०', section: '६४ (२) (M)' },
        { act: 'BNS', section: '64(2)(m)' },
        { act: 'IPC', section: '498ए' },
      ]),
    ).toEqual([
      { act: 'BNS', section: '64(2)(m)' },
      { act: 'IPC', section: '498A' },
    ]);
  });
});
