import { describe, expect, test } from 'vitest';
import { faultOfCode } from './which-code.ts';

const BNS = { act: 'BNS', section: '64' };
const IPC = { act: 'भा.द.वि.', section: '376' };
const POCSO = { act: 'POCSO', section: '6' };
const recorded_at = Temporal.Instant.from('2026-01-06T10:00:00+05:30');
const days = (from: string | null, to: string | null = null, precision = 'day') => ({ from, to, precision });
const fir = (sections: { act: string; section: string }[], more = {}) => ({ sections, recorded_at, ...more });
const ask = { code: 'which-code', about: 'code' };
const old = (n: number) => ({ code: 'section-of-old-code', about: `sections.${n}.act` });
const fresh = (n: number) => ({ code: 'section-of-new-code', about: `sections.${n}.act` });

describe('the day of the deed picks the code', () => {
  test.each([
    ['the old code on its last day', fir([IPC]), days('2024-06-30'), undefined],
    ['the new code on its first day', fir([BNS]), days('2024-07-01'), undefined],
    ['the new code for a deed before it', fir([POCSO, BNS]), days('2024-06-30'), fresh(1)],
    ['the old code for a deed after it', fir([BNS, IPC]), days('2024-07-01'), old(1)],
    ['days wholly before', fir([BNS]), days('2024-01-01', '2024-06-30'), fresh(0)],
    ['days wholly after', fir([IPC]), days('2024-07-01', '2024-08-01'), old(0)],
    [
      'the day of the form, where hers is not exact',
      fir([BNS], { offence_on: day('2024-08-02') }),
      days('2024', null, 'year'),
      undefined,
    ],
    [
      'the day of the form, where it lies outside hers',
      fir([IPC], { offence_on: day('2024-05-02') }),
      days('2024-08-02'),
      undefined,
    ],
    ['a month of the new code', fir([IPC]), days('2024-07', null, 'month'), old(0)],
    ['sections of neither code', fir([POCSO]), days(null, null, 'unknown'), undefined],
  ])('%s', (_, form, happened, fault) => expect(faultOfCode(form, happened)).toEqual(fault));
});

describe('where the days do not answer, the officer is asked', () => {
  test.each([
    ['days that span the change', fir([BNS]), days('2024-06-30', '2024-07-01')],
    [
      'days that span it, though the form names the first of them',
      fir([IPC], { offence_on: day('2024-06-30') }),
      days('2024-06-30', '2024-07-01'),
    ],
    ['a year that holds both', fir([IPC]), days('2024', null, 'year')],
    ['months that hold both', fir([BNS]), days('2024-06', '2024-07', 'month')],
    ['days nobody knows', fir([BNS]), days(null, null, 'unknown')],
  ])('%s', (_, form, happened) => {
    expect(faultOfCode(form, happened)).toEqual(ask);
    expect(faultOfCode({ ...form, code: 'both' }, happened)).toBeUndefined();
  });

  test('the answer binds the sections', () => {
    const spanning = days('2024-06-30', '2024-07-01');
    expect(faultOfCode(fir([BNS], { code: 'BNS' }), spanning)).toBeUndefined();
    expect(faultOfCode(fir([BNS], { code: 'IPC' }), spanning)).toEqual(fresh(0));
    expect(faultOfCode(fir([BNS, IPC], { code: 'BNS' }), spanning)).toEqual(old(1));
    expect(faultOfCode(fir([BNS, IPC], { code: 'both' }), spanning)).toBeUndefined();
  });

  test('an answer nobody needed changes nothing: the days decide', () => {
    expect(faultOfCode(fir([BNS], { code: 'BNS' }), days('2024-06-30'))).toEqual(fresh(0));
  });

  test('unknown days in an FIR recorded before the change can only be of the old code', () => {
    const before = { sections: [IPC], recorded_at: Temporal.Instant.from('2024-05-06T10:00:00+05:30') };
    expect(faultOfCode(before, days(null, null, 'unknown'))).toBeUndefined();
  });
});

function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}
