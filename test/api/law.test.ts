// The catalogue of offences over the API: what anyone may read, what only officers read, which code a day picks.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { ask } from './knock.ts';

type Row = { act: string; section: string; verified: boolean; unverified_fields: string[] } & Record<string, unknown>;
let house: TestHouse;
let verma: string;
beforeAll(async () => {
  house = await testHouse({ at: '2026-01-05T10:00+05:30' });
  verma = (await sandboxSignIn('verma')).token;
});
afterAll(() => house.close());

const rows = async (query: string, token?: string, lang = 'en'): Promise<Row[]> =>
  (await ask(`GET /law/offences?limit=200&${query}`, { token, lang })).body.items;
const find = async (act: string, section: string, token?: string, lang = 'en') => {
  const found = await rows(`q=${encodeURIComponent(`${act} ${section}`)}`, token, lang);
  return found.find((row) => row.act === act && row.section === section);
};

describe('what an offence says', () => {
  test('rape: court, bail, punishment, the two months with their section, duties and clocks each with their own', async () => {
    expect(await find('BNS', '64(1)')).toMatchObject({
      title: 'Rape',
      cognizable: true,
      bailable: false,
      court: 'Court of Session',
      punishment: expect.stringContaining('not less than 10 years'),
      two_month: true,
      two_month_basis: 'BNSS 193(2)',
      verified: true,
      duties: expect.arrayContaining([
        expect.objectContaining({ duty: 'woman-officer-records', authority: 'BNSS 173(1)', basis: 'express' }),
        expect.objectContaining({ duty: 'identity-sealed', authority: 'BNS 72' }),
        expect.objectContaining({ duty: 'refusal-is-offence', authority: 'BNS 199(c)' }),
        expect.objectContaining({ duty: 'free-treatment', authority: 'BNSS 397' }),
      ]),
      clocks: expect.arrayContaining([expect.objectContaining({ rule: 'victim_medical_24h', kind: 'law' })]),
      corresponds_to: [
        expect.objectContaining({ act: 'IPC', section: '376(1)', source: expect.stringContaining('IPC text') }),
      ],
    });
  });

  test('69 is sealed, but has no two months in law', async () => {
    const row = await find('BNS', '69');
    expect(row).toMatchObject({ two_month: false, two_month_basis: null });
    expect(row?.clocks).toEqual([
      { rule: 'investigation_two_months', name: expect.any(String), kind: 'police-target', authority: 'police-target' },
    ]);
  });

  test('in Hindi court, category and punishment are said in Hindi', async () => {
    expect(await find('BNS', '64(1)', undefined, 'hi')).toMatchObject({
      court: 'सत्र न्यायालय',
      punishment: 'कम से कम 10 साल, अधिकतम आजीवन कारावास, जुर्माना भी',
      category_name: 'बलात्कार',
    });
  });
});

describe('who reads what', () => {
  test('anyone: only rows that were checked, and null for each field that was not', async () => {
    const all = await rows('');
    expect(all.length).toBe(81);
    for (const row of all) {
      expect(row.verified).toBe(true);
      for (const field of row.unverified_fields)
        if (field in row) expect(row[field], `${row.act} ${row.section}`).toBeNull();
    }
    expect(await find('IPC', '354')).toBeUndefined();
  });

  test('a woman with her session reads no more than anyone', async () => {
    expect((await rows('', 'nonsense')).length).toBe(81);
  });

  test('officers: the unverified rows too, marked so', async () => {
    const all = await rows('', verma);
    expect(all.length).toBe(131);
    expect(await find('IPC', '354', verma, 'hi')).toMatchObject({
      verified: false,
      title_hi: expect.stringMatching(/[\u0900-\u097f]/),
      unverified_fields: expect.arrayContaining(['cognizable', 'title_hi']),
      corresponds_to: [expect.objectContaining({ act: 'BNS', section: '74' })],
    });
  });
});

describe('what narrows a search', () => {
  test('the day of the deed picks the code', async () => {
    const acts = async (on: string) => new Set((await rows(`on=${on}`, verma)).map(({ act }) => act));
    expect([...(await acts('2024-06-30'))]).not.toContain('BNS');
    expect([...(await acts('2024-07-01'))]).not.toContain('IPC');
  });

  test('the old number answers with the new section', async () => {
    expect((await rows('q=ipc%20498A&on=2026-01-05')).map(({ act, section }) => `${act} ${section}`)).toEqual([
      'BNS 85',
    ]);
  });

  test('a category holds its own; words narrow it further', async () => {
    expect(new Set((await rows('category=dowry')).map(({ category }) => category))).toEqual(new Set(['dowry']));
    expect(await rows('category=dowry&q=acid')).toEqual([]);
  });

  test.each([
    ['on=2026-02-30', 'on', 'not-a-day'],
    ['on=yesterday', 'on', 'not-a-day'],
    ['on=2026-03-05T10:00', 'on', 'not-a-day'],
    ['category=adultery', 'category', 'not-an-answer'],
    [`q=${'x'.repeat(101)}`, 'q', 'too-long'],
  ])('%s is refused about its field', async (query, path, code) => {
    const answer = await ask(`GET /law/offences?${query}`);
    expect([answer.status, answer.body.fields[0].path, answer.body.fields[0].code]).toEqual([422, path, code]);
  });
});
