import { describe, expect, test } from 'vitest';
import { duties } from './law.ts';

describe('duties each have their own list', () => {
  const of = (act: string, section: string, child = false) => duties([{ act, section }], child);
  const names = (act: string, section: string) => of(act, section).map((d) => d.duty);

  test('rape brings a woman officer, the Magistrate, the doctor, sealing, free treatment, in camera', () => {
    expect(names('BNS', '64(2)(m)')).toEqual([
      'woman-officer-records',
      'woman-officer-questions',
      'magistrate-statement',
      'identity-sealed',
      'refusal-is-offence',
      'free-treatment',
      'compensation',
      'trial-two-months',
      'in-camera',
      'appeal-six-months',
      'medical-24h',
      'statement-at-residence',
      'forensic-visit',
    ]);
  });

  test('69 is sealed and heard by a woman officer, but refusing it is not BNS 199(c) and no doctor is due in a day', () => {
    expect(names('BNS', '69')).toEqual([
      'woman-officer-records',
      'woman-officer-questions',
      'magistrate-statement',
      'identity-sealed',
      'forensic-visit',
    ]);
  });

  test('stalking has a woman officer, yet refusing it is not BNS 199(c); voyeurism has both', () => {
    expect(names('BNS', '78')).not.toContain('refusal-is-offence');
    expect(names('BNS', '77')).toContain('refusal-is-offence');
  });

  test('an old section brings the duties of its successor by correspondence; both together are express', () => {
    expect(of('IPC', '376').every((d) => d.basis === 'by-correspondence')).toBe(true);
    expect(of('IPC', '376').map((d) => d.duty)).toContain('medical-24h');
    const both = duties(
      [
        { act: 'IPC', section: '354' },
        { act: 'BNS', section: '74' },
      ],
      false,
    );
    expect(both.every((d) => d.basis === 'express')).toBe(true);
  });

  test('a child brings POCSO, cited or not; every duty names its section', () => {
    const owed = of('BNS', '74', true);
    expect(owed.map((d) => d.duty)).toContain('report-to-child-welfare-24h');
    for (const d of owed) expect(d.authority).toMatch(/^(BNS|BNSS|POCSO) \d+/);
  });

  test('the expert comes from seven years on; an old section brings him too', () => {
    expect(names('BNS', '85')).not.toContain('forensic-visit');
    expect(names('BNS', '78')).not.toContain('forensic-visit');
    expect(names('BNS', '69')).toContain('forensic-visit');
    expect(names('IPC', '376')).toContain('forensic-visit');
    expect(names('Arms Act', '25')).not.toContain('forensic-visit');
  });

  test('what cannot be read brings nothing', () => {
    expect(of('BNS', 'see diary')).toEqual([]);
    expect(of('Arms Act', '25')).toEqual([]);
  });
});
