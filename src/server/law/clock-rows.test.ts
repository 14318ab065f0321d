import { describe, expect, test } from 'vitest';
import { lawRow, targetRow } from './clock-rows.ts';
import { clockRow, DRIVING_RULES, listClockRows } from './law.ts';

describe('rows of law', () => {
  test.each([...DRIVING_RULES])('%s: its row is verified and quotes its words', (rule) => {
    const row = clockRow(rule);
    expect(row.verified).toBe(true);
    expect(row.quote.length).toBeGreaterThan(20);
    expect(row.source).not.toBe('');
    expect(listClockRows()).toContain(row);
  });

  test.each([...DRIVING_RULES])('%s: unverified, its row drives nothing', (rule) => {
    const unverified = [{ ...clockRow(rule), verified: false }];
    expect(() => lawRow(unverified, rule)).toThrow('not verified');
    expect(() => targetRow(unverified, rule)).toThrow('not verified');
  });

  test('callback: a promise can never be made a limit in law', () => {
    expect(() => lawRow(listClockRows(), 'callback')).toThrow('not statutory');
  });

  test('a row that is missing or quotes nothing drives nothing', () => {
    expect(() => lawRow(listClockRows(), 'no_such_rule')).toThrow('no such row');
    expect(() => lawRow([{ ...clockRow('efir_sign'), quote: '' }], 'efir_sign')).toThrow('quotes no words');
  });

  test('investigation_two_months: both authorities are the ones of the row', () => {
    expect(clockRow('investigation_two_months').law_new).toBe('BNSS 193(2)');
    expect(clockRow('investigation_two_months').law_old).toContain('CrPC 173(1A)');
  });
});
