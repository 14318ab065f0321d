import { describe, expect, test } from 'vitest';
import { browseOffences, listOffences, offenceFacts, searchOffences } from './law.ts';

const ids = (q: string, only = {}) => searchOffences(q, only).map((row) => row.id);
const day = (text: string) => Temporal.PlainDate.from(text);

describe('the old number finds the new section, and the other way round', () => {
  test.each([
    ['IPC 376', 'BNS-64.1'],
    ['आईपीसी ४९८ए', 'BNS-85'],
    ['498A', 'BNS-85'],
    ['IPC 495', 'BNS-82.2'],
    ['ipc 506', 'BNS-351.3'],
    ['bns 85', 'IPC-498A'],
    ['BNS 70(2)', 'IPC-376DB'],
  ])('%s finds %s', (q, id) => expect(ids(q)).toContain(id));

  test('the section that bears the number comes before the one that only corresponds', () => {
    expect(ids('IPC 498A')[0]).toBe('IPC-498A');
    expect(ids('bns 74')[0]).toBe('BNS-74');
  });

  test('correspondence is recorded both ways wherever both rows stand in the catalogue', () => {
    const all = listOffences();
    for (const row of all.filter(({ act }) => act === 'IPC')) {
      expect(row.corresponds_to.length, row.id).toBeGreaterThan(0);
      for (const { act, section } of row.corresponds_to) {
        const there = all.filter(
          (one) => one.act === act && (one.section === section || one.section.startsWith(`${section}(`)),
        );
        for (const one of there) {
          const back = one.corresponds_to.some(
            (r) => r.act === 'IPC' && r.section.split('(')[0] === row.section.split('(')[0],
          );
          expect(back, `${row.id} → ${one.id}`).toBe(true);
        }
      }
    }
  });
});

describe('the day of the deed picks the code', () => {
  test('until 30 June 2024 the IPC, from 1 July 2024 the BNS; other acts stand on both days', () => {
    const acts = (on: string) => new Set(browseOffences('', { on: day(on) }).map((row) => row.act));
    expect([acts('2024-06-30').has('IPC'), acts('2024-06-30').has('BNS')]).toEqual([true, false]);
    expect([acts('2024-07-01').has('IPC'), acts('2024-07-01').has('BNS')]).toEqual([false, true]);
    for (const on of ['2024-06-30', '2024-07-01']) expect(acts(on).has('POCSO')).toBe(true);
  });

  test('an old number for a deed of today answers with the new section', () => {
    expect(ids('IPC 498A', { on: day('2026-01-05') })).toEqual(['BNS-85']);
  });
});

describe('a plain-words category', () => {
  test('holds its rows, and narrows a question', () => {
    expect(browseOffences('', { category: 'stalking' }).map((row) => row.id)).toEqual(['BNS-78.2', 'IPC-354D']);
    expect(ids('वीडियो', { category: 'voyeurism' })).toEqual(['BNS-77', 'IPC-354C', 'IT-66E']);
    expect(searchOffences('rape', { category: 'acid' })).toEqual([]);
  });
});

describe('what is told of an offence', () => {
  const find = (id: string) => listOffences().find((row) => row.id === id) as Parameters<typeof offenceFacts>[0];

  test('a field that was not checked is null to the public and named to officers', () => {
    expect(offenceFacts(find('BNS-64.1'), 'public').title_hi).toBeNull();
    expect(offenceFacts(find('BNS-64.1'), 'officer')).toMatchObject({
      title_hi: 'बलात्संग के लिए दंड',
      unverified_fields: ['title_hi'],
    });
    expect(offenceFacts(find('IPC-354'), 'public')).toMatchObject({ cognizable: null, bailable: null, court: null });
  });

  test('each correspondence names the two texts it was read from', () => {
    const [other] = offenceFacts(find('BNS-64.1'), 'public').corresponds_to;
    expect(other).toMatchObject({ act: 'IPC', section: '376(1)' });
    expect(other?.source).toMatch(/India Code text of BNS 2023.*; IPC text: /);
    for (const row of listOffences())
      for (const { source } of offenceFacts(row, 'officer').corresponds_to)
        expect(source).toMatch(/BNS 2023.*IPC text|IPC text.*BNS 2023/);
  });

  test('two months are a limit in law only for a listed section, for any other a police target', () => {
    const [listed] = offenceFacts(find('BNS-64.1'), 'public').clocks;
    expect(listed).toMatchObject({ rule: 'investigation_two_months', kind: 'law', authority: 'BNSS 193(2)' });
    expect(offenceFacts(find('BNS-69'), 'public').clocks).toMatchObject([{ kind: 'police-target' }]);
    expect(offenceFacts(find('IPC-376.1'), 'officer').clocks[0]).toMatchObject({
      kind: 'law',
      authority: 'CrPC 173(1A)',
    });
  });

  test('rape brings the doctor, POCSO the child welfare committee, the SC/ST Act its sixty days', () => {
    const rules = (id: string) => offenceFacts(find(id), 'officer').clocks.map(({ rule }) => rule);
    expect(rules('BNS-64.2')).toContain('victim_medical_24h');
    expect(rules('POCSO-6')).toEqual(['investigation_two_months', 'victim_medical_24h', 'pocso_report_24h']);
    expect(rules('SCST-3.1.k')).toContain('scst_60d');
    expect(rules('BNS-85')).toEqual(['investigation_two_months']);
  });
});
