import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findOffence,
  helplines,
  isIdentityProtected,
  KNOWN_ACTS,
  listOffences,
  normaliseAct,
  normaliseSection,
  offencesUnder,
  parentSection,
  searchOffences,
  sectionInList,
  verifiedRights,
} from './law.ts';
import catalogue from './offences.json' with { type: 'json' };

describe('sections as police write them have one spelling', () => {
  test.each([
    ['BNS', '64(2)(m)', '64(2)(m)'],
    ['IPC', '376 (2)(n)', '376(2)(n)'],
    ['IPC', '376(2)(N)', '376(2)(n)'],
    ['IPC', '376(2)n', '376(2)(n)'],
    ['IPC', '376 D A', undefined],
    ['IPC', '376DA', '376DA'],
    ['IPC', '376-d', '376D'],
    ['IPC', '376घ', '376D'],
    ['IPC', '354क', '354A'],
    ['IPC', '४९८ए', '498A'],
    ['IPC', '498(A)', '498A'],
    ['IPC', '376एबी', '376AB'],
    ['BNS', 'धारा ६४(1)', '64(1)'],
    ['BNS', '64m', '64(m)'],
    ['POCSO', '3/4', '4'],
    ['POCSO', '5(l)/6', '6'],
    ['POCSO', '5m/6', '6'],
    ['POCSO', '3/6', undefined],
    ['IT', '66(E)', '66E'],
    ['SCST', '3(1)(w)(i)', '3(1)(w)(i)'],
    ['BNS', 'rape', undefined],
    ['BNS', '', undefined],
    ['BNS', '64, 65', undefined],
  ])('%s %s is read as %s', (act, text, canonical) => {
    expect(normaliseSection(act, text)).toBe(canonical);
  });

  test('every section of the catalogue is already in its one spelling', () => {
    for (const row of listOffences()) expect(normaliseSection(row.act, row.section)).toBe(row.section);
  });

  test('reading a section twice changes nothing', () => {
    const clause = fc.constantFrom('(1)', '(2)(m)', '(2)(n)', '');
    const letters = fc.constantFrom('', 'A', 'D', 'DA');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 511 }), letters, clause, (number, letter, clauses) => {
        const once = normaliseSection('IPC', `${number}${letter}${clauses}`);
        expect(once).toBe(`${number}${letter}${clauses}`);
        expect(parentSection(once ?? '')).toBe(`${number}${letter}`);
      }),
    );
  });

  test.each([
    ['B.N.S.', 'BNS'],
    ['भा.द.वि.', 'IPC'],
    ['भा०दं०सं०', 'IPC'],
    ['I.P.C. 1860', 'IPC'],
    ['POCSO Act 2012', 'POCSO'],
    ['पॉक्सो एक्ट', 'POCSO'],
    ['बीएनएस', 'BNS'],
    ['Arms Act', undefined],
  ])('the act %s is %s', (text, act) => {
    expect(normaliseAct(text)).toBe(act);
  });
});

describe('the statutory lists', () => {
  test('a clause belongs to its section; a section with letters is a section of its own', () => {
    expect(sectionInList('BNSS 193(2)', 'BNS', '64(2)(m)')).toBe(true);
    expect(sectionInList('CrPC 173(1A)', 'IPC', '376(2)(n)')).toBe(true);
    expect(sectionInList('CrPC 173(1A)', 'IPC', '376F')).toBe(false);
    expect(sectionInList('BNSS 193(2)', 'BNS', '6')).toBe(false);
    expect(sectionInList('BNSS 193(2)', 'BNS', '640')).toBe(false);
  });

  test('BNS 69 is sealed but has no two months; BNS 4 is not POCSO 4; POCSO is not in the old list', () => {
    expect(sectionInList('BNSS 193(2)', 'BNS', '69')).toBe(false);
    expect(sectionInList('BNS_72_identity', 'BNS', '69')).toBe(true);
    expect(sectionInList('BNSS 193(2)', 'BNS', '4')).toBe(false);
    expect(sectionInList('BNSS 193(2)', 'POCSO', '4(2)')).toBe(true);
    expect(sectionInList('CrPC 173(1A)', 'POCSO', '4')).toBe(false);
  });

  test('a protection does not hang on a clerk who wrote 124 for 124(1)', () => {
    expect(sectionInList('BNSS_397_free_treatment', 'BNS', '124')).toBe(true);
    expect(sectionInList('BNSS_397_free_treatment', 'BNS', '124(1)')).toBe(true);
    expect(sectionInList('BNSS_397_free_treatment', 'BNS', '124(2)')).toBe(false);
    expect(sectionInList('BNSS_397_free_treatment', 'POCSO', '6')).toBe(true);
  });

  test('the column of each row agrees with the list', () => {
    const named = { BNS: 'BNSS 193(2)', POCSO: 'BNSS 193(2)', IPC: 'CrPC 173(1A)' } as const;
    for (const row of listOffences()) {
      const list = row.act === 'BNS' || row.act === 'POCSO' || row.act === 'IPC' ? named[row.act] : undefined;
      expect(list !== undefined && sectionInList(list, row.act, row.section), row.id).toBe(
        row.two_month_limit_statutory,
      );
    }
  });
});

describe('finding an offence', () => {
  test('a clause finds the row of the sub-section it lies in; a bare number finds every row under it', () => {
    expect(findOffence('BNS', '64(2)(m)')?.id).toBe('BNS-64.2');
    expect(findOffence('BNS', '64')).toBeUndefined();
    expect(offencesUnder('BNS', '64').map((row) => row.section)).toEqual(['64(1)', '64(2)']);
    expect(findOffence('IPC', '376F')).toBeUndefined();
  });

  test('every act of the catalogue is known by the name it carries in the rows', () => {
    for (const row of catalogue.offences) expect(Object.entries(KNOWN_ACTS)).toContainEqual([row.act, row.act_full]);
  });

  test.each([
    ['64', 'BNS', '64(1)'],
    ['bns 64(2)(m)', 'BNS', '64(1)'],
    ['धारा ३७६ आईपीसी', 'IPC', '376(1)'],
    ['IPC 498A', 'IPC', '498A'],
    ['छेड़छाड़', 'BNS', '74'],
    ['छेडछाड', 'BNS', '74'],
    ['बलात्कार', 'BNS', '64(1)'],
    ['Stalking', 'BNS', '78(2)'],
    ['दहेज मृत्यु', 'BNS', '80(2)'],
    ['पॉक्सो', 'POCSO', '4(1)'],
  ])('%s finds %s %s', (q, act, section) => {
    expect(searchOffences(q).some((row) => row.act === act && row.section === section)).toBe(true);
  });

  test('the very section comes first', () => {
    expect(searchOffences('74')[0]?.id).toBe('BNS-74');
    expect(searchOffences('64(2)')[0]?.section).toBe('64(2)');
  });

  test('nothing is found for nothing, and never more than the catalogue for anything', () => {
    expect(searchOffences('   ')).toEqual([]);
    fc.assert(fc.property(fc.string(), (q) => searchOffences(q).length <= listOffences().length));
  });

  test('what the public sees holds no unverified row', () => {
    expect(searchOffences('354', { verified: true }).every((row) => row.verified)).toBe(true);
    expect(searchOffences('354').some((row) => !row.verified)).toBe(true);
    expect(listOffences({ verified: true }).every((row) => row.verified)).toBe(true);
    expect(listOffences({ verified: true }).length).toBeLessThan(listOffences().length);
  });
});

describe('identity is protected unless a verified row says otherwise', () => {
  test.each([
    ['BNS', '64(1)', true],
    ['BNS', '69', true],
    ['POCSO', '12', true],
    ['POCSO', '99', true],
    ['IPC', '376', true],
    ['IPC', '377', true],
    ['IPC', '354', true],
    ['Arms Act', '25', true],
    ['BNS', 'unreadable', true],
    ['BNS', '85', false],
    ['DPA', '3', false],
  ])('%s %s: %s', (act, section, sealed) => {
    expect(isIdentityProtected(act, section)).toBe(sealed);
  });
});

describe('rights and helplines', () => {
  test('only what is verified is shown', () => {
    expect(verifiedRights().length).toBeGreaterThan(20);
    expect(verifiedRights([{ verified: false }])).toEqual([]);
    expect(helplines([{ verified: false }])).toEqual([]);
    expect(helplines()[0]?.number).toBe('112');
  });

  test('each right names the section it rests on and has both languages', () => {
    for (const right of verifiedRights()) {
      expect(right.law, right.id).not.toBe('');
      expect(right.text_hi, right.id).toMatch(/[\u0900-\u097f]/);
      expect(right.text_en, right.id).not.toBe('');
    }
  });
});
