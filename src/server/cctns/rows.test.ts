// What a row says, in the spellings and in the dirt in which it comes: each against what is meant.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDay } from './days.ts';
import { directoryOf, knownPlaces } from './directory.ts';
import { fromKrutiDev, isKrutiDev, mended } from './legacy.ts';
import { layoutOf, MAPPINGS } from './mapping.ts';
import { rowsOf } from './records.ts';
import { readReportKind } from './reports.ts';
import { asMeant, meaningOf, readerOf } from './rows.ts';

const TODAY = '2026-03-10';

test.each([
  '2026-03-05',
  '05.03.2026',
  '05/03/2026',
  '5/3/26',
  '05-Mar-2026',
  '5-मार्च-26',
  '5th March 2026',
  'March 5, 2026',
  '५ मार्च २०२६',
  '०५.०३.२०२६',
  '20260305',
  '05032026',
  '46086',
  '46086.75',
  '2026/3/5',
  '05/03/2026 14:35',
  '05-03-2026 02:35 PM',
  '2026-03-05T02:00:00+05:30',
  '2026-03-04T20:00:00Z',
  '2026-03-05T14:35:00',
  'दिनांक 05.03.2026',
  ' 5 . 3 . 2026 ',
])('%s is the fifth of March', (text) => {
  expect(readDay(text, 'dmy', TODAY)).toBe('2026-03-05');
});

test('where both numbers could be the month the order decides, and nothing impossible is bent into a day', () => {
  expect(readDay('03/04/2026', 'dmy', TODAY)).toBe('2026-04-03');
  expect(readDay('03/04/2026', 'mdy', TODAY)).toBe('2026-03-04');
  for (const text of [
    '03/25/2026',
    '31.02.2026',
    '29/02/2025',
    '0',
    '13',
    '2026',
    'कल',
    '00/00/0000',
    '5 Marchember 2026',
    '12345678901',
  ])
    expect(readDay(text, 'dmy', TODAY), text).toBeUndefined();
  expect(readDay('5/3/99', 'dmy', TODAY)).toBe('1999-03-05');
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (text) => {
      const day = readDay(text, 'dmy', TODAY);
      return day === undefined || Temporal.PlainDate.from(day).toString() === day;
    }),
  );
});

test.each([
  ['iqfyl laxBuksa', 'पुलिस संगठनों'],
  ['vuqla/kku ,oa fodkl', 'अनुसंधान एवं विकास'],
  ['fo|qr ÅtkZ', 'विद्युत ऊर्जा'],
  ['izkjaHk', 'प्रारंभ'],
  ['Mªkbfoax ykblsal', 'ड्राइविंग लाइसेंस'],
  ['vfèkdkj gksxk', 'अधिकार होगा'],
  ['Fkkuk dksrokyh', 'थाना कोतवाली'],
  ['dkuiqj uxj', 'कानपुर नगर'],
  ["mRrj izns'k", 'उत्तर प्रदेश'],
  ['/kkjk 376 Hkk0n0fo0', 'धारा 376 भा0द0वि0'],
  ['m0fu0', 'उ0नि0'],
  ['¼01 tuojh] 2019½', '(01 जनवरी, 2019)'],
  ["funsZf'kr", 'निर्देशित'],
  ['dk;Zokgh', 'कार्यवाही'],
])('Kruti Dev %s is %s', (keys, meant) => {
  expect(fromKrutiDev(keys)).toBe(meant);
  expect(isKrutiDev(keys)).toBe(true);
  expect(asMeant(keys)).toBe(meant);
});

test('no name of a place, of an act or of a report is taken for Kruti Dev, and no other old font', () => {
  const names = knownPlaces().map(({ name_en }) => name_en);
  const others = [
    'PS Kotwali',
    'Mahila Thana',
    '376(2)(n), 506 IPC r/w 5/6 POCSO',
    '498A/323 IPC & 3/4 D.P. Act',
    'SC/ST Act',
    'J.P. Nagar',
  ];
  const dvb = ['£ÉÉ®iÉ àÉå {ÉÖÉÊãÉºÉ ºÉÆMÉ~xÉÉå', '{ÉÖÉÊãÉºÉ +ÉxÉÖºÉÆvÉÉxÉ'];
  expect([...names, ...others, ...dvb].filter(isKrutiDev)).toEqual([]);
});

test('torn UTF-8 is mended, once or twice torn; with a byte lost it stays as it came', () => {
  const tear = (text: string) => new TextDecoder('windows-1252').decode(Buffer.from(text, 'utf8'));
  for (const text of ['कानपुर नगर', 'थाना कोतवाली', 'धारा ३७६']) {
    expect(mended(tear(text))).toBe(text);
    expect(mended(tear(tear(text)))).toBe(text);
    expect(mended(text)).toBeUndefined();
  }
  expect(mended('à®•à¯‹à®¯à®®à¯à®ªà¯à®¤à¯à®¤à¯‚à®°à¯')).toBeUndefined();
  expect(mended('Kanpur')).toBeUndefined();
});

test('rows end where they end, whatever their quotes', () => {
  const read = (text: string, last = true) => rowsOf(text, 0, ',', last);
  expect(read('a,"b,c",d\n"e ""f""",,\r\n').rows).toEqual([
    { line: 1, fields: ['a', 'b,c', 'd'] },
    { line: 2, fields: ['e "f"', '', ''] },
  ]);
  // a field with line breaks counts its lines; a quote inside a bare field is a letter
  expect(read('a,"b\nc\nd",e\nf,5" pipe,g\n\nh,i,j').rows).toEqual([
    { line: 1, fields: ['a', 'b\nc\nd', 'e'] },
    { line: 4, fields: ['f', '5" pipe', 'g'] },
    { line: 6, fields: ['h', 'i', 'j'] },
  ]);
  // an open quote costs its own line and no other
  expect(read('a,"b,c\nd,e,f\n').rows).toEqual([
    { line: 1, fields: undefined },
    { line: 2, fields: ['d', 'e', 'f'] },
  ]);
  expect(read('a,b,c\nd,"e', false)).toMatchObject({ lines: 1, rows: [{ line: 1 }] });
  const cell = fc.string({ maxLength: 8 }).map((text) => text.replaceAll('\r', ''));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 }), (table) => {
      const text = table.map((row) => `${row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')}\n`).join('');
      return JSON.stringify(read(text).rows.map(({ fields }) => fields)) === JSON.stringify(table);
    }),
  );
});

test('a place is found by code and by name in either script, an older name or a short one; a stranger always gets the same place', () => {
  const kotwali = {
    id: 'k',
    path: 'in.up.kanpur_nagar.east.circle_1.kotwali',
    name_hi: 'थाना कोतवाली',
    name_en: 'Kotwali police station',
  };
  const twins = ['a', 'b'].map((id) => ({
    id,
    path: `in.up.agra.z.c.${id}`,
    name_hi: 'महिला थाना',
    name_en: 'Mahila Thana',
  }));
  const directory = directoryOf([kotwali, ...twins], new Map([['in.up.x_0000000000', 'in.up.agra']]));
  const found = (...words: [string, string, string]) => directory.find(...words);
  for (const words of [
    ['Uttar Pradesh', 'Kanpur Nagar', 'Kotwali'],
    ['UP', 'कानपुर नगर', 'थाना कोतवाली'],
    ['उत्तर प्रदेश', 'KANPUR NAGAR', 'PS KOTWALI'],
    ['9', 'in.up.kanpur_nagar', 'कोतवाली'],
    ['in.up', 'CP Kanpur Nagar', kotwali.path],
  ] as [string, string, string][])
    expect(found(...words), words.join(' / ')).toEqual({ path: kotwali.path, station: 'k' });
  const nobody = found('UP', 'Allahabad', 'Nowhere');
  expect(nobody.path).toMatch(/^in\.up\.prayagraj\.x_[0-9a-f]{10}$/);
  expect(found('Uttar Pradesh', 'प्रयागराज', 'P.S. NOWHERE')).toEqual(nobody);
  // two stations of one name: which of them is not guessed
  expect(found('UP', 'Agra', 'Mahila Thana')).toMatchObject({ station: null });
  expect(found('Atlantis', 'Poseidonis', 'Harbour').path).toMatch(/^in\.x_\w{10}\.x_\w{10}\.x_\w{10}$/);
  expect(
    directory
      .strangers()
      .map(({ level }) => level)
      .sort(),
  ).toEqual(['district', 'state', 'station', 'station', 'station']);
  expect(directory.strangers()).toEqual([]);
  // every place of the directory is found under its own name, and none is taken for another
  const states = new Map(knownPlaces().flatMap((one) => (one.level === 'state' ? [[one.path, one.name_en]] : [])));
  for (const { path, level, name_en } of knownPlaces())
    if (level === 'district')
      expect(
        found(states.get(path.split('.').slice(0, 2).join('.')) ?? '', name_en, 'x').path.startsWith(`${path}.x_`),
        path,
      ).toBe(true);
});

test('kinds of report by code, by the words of the form and by short forms; a bare "final report" is not guessed', () => {
  const read = [
    'CHARGE_SHEET',
    'Charge Sheet',
    'आरोप पत्र',
    'CS',
    'FR False',
    'Untraced',
    'तथ्य की भूल',
    'Mistake of Fact',
    'Quashed',
  ].map(readReportKind);
  expect(read.join(' ')).toBe(
    'CHARGE_SHEET CHARGE_SHEET CHARGE_SHEET CHARGE_SHEET FR_FALSE FR_UNTRACED FR_MISTAKE_OF_FACT FR_MISTAKE_OF_FACT QUASHED_OR_STAYED',
  );
  expect(['Final Report', 'FR', 'x'].map(readReportKind)).toEqual([undefined, undefined, undefined]);
});

test('the two months: by the list of the day, by correspondence, or as a target', () => {
  const of = (line: string, day: string) => meaningOf(line, day, new Map()).basis;
  expect(of('64(2)(m) BNS', '2024-07-01')).toBe('law');
  expect(of('376 IPC', '2020-01-01')).toBe('law');
  expect(of('376 IPC', '2024-07-01')).toBe('by correspondence');
  expect(of('376 IPC', '2018-04-20')).toBe('target');
  expect(of('354 IPC', '2026-01-01')).toBe('target');
  const decided = meaningOf('376, 506', '2026-03-01', new Map([['376', '376 IPC']]));
  expect(decided).toMatchObject({ sections: '[{"act":"IPC","section":"376"}]', unread: ['506'], two_month: true });
});

test.each([
  // before 1 July 2024 the IPC, from then on the BNS
  ['376', '2024-06-30', '', 'IPC 376', 'law'],
  ['64', '2024-07-01', '', 'BNS 64', 'law'],
  ['धारा ३७६, ५०६', '2020-01-01', '', 'IPC 376 + IPC 506', 'law'],
  ['64(2)(m), 351(3)', '2026-01-01', '', 'BNS 64(2)(m) + BNS 351(3)', 'law'],
  // the day of the deed decides, not the day of the FIR
  ['376', '2026-01-01', '2024-06-30', 'IPC 376', 'by correspondence'],
  ['64', '2026-01-01', '2024-07-01', 'BNS 64', 'law'],
  // the BNS has no section 376, and IPC 64 is no such offence: nothing is guessed
  ['376', '2026-01-01', '', 'unread 376', 'target'],
  ['64, 376', '2026-01-01', '', 'unread 64 + unread 376', 'target'],
  ['64', '2020-01-01', '', 'unread 64', 'target'],
  // with an act in the line, and with words that name none, it is read as ever
  ['376 IPC, 506', '2026-01-01', '', 'IPC 376 + IPC 506', 'by correspondence'],
  ['376, कुछ', '2020-01-01', '', 'IPC 376 + unread कुछ', 'law'],
])('bare numbers are read by the day: %s, FIR of %s, deed of "%s" → %s', (line, day, deed, says, basis) => {
  const read = meaningOf(line, day, new Map(), deed || undefined);
  const cited = (JSON.parse(read.sections) as { act: string; section: string }[]).map(
    (one) => `${one.act} ${one.section}`,
  );
  expect([...cited, ...read.unread.map((piece) => `unread ${piece}`)].join(' + ')).toBe(says);
  expect(read.basis).toBe(basis);
});

const HEAD =
  'state,district,station,fir_number,year,recorded_at,offence_from,offence_to,sections,report_kind,report_on';
test.each([
  ['UP,Agra,Sadar,1,2026,2026-01-05,,,376 IPC,,', ''],
  ['UP,Agra,Sadar,मु.अ.सं. 0412/2026,,05.01.2026,,,376 IPC,आरोप पत्र,1/2/26', ''],
  ['UP,Agra,,1,2026,2026-01-05,,,376 IPC,,', 'station missing'],
  ['UP,Agra,Sadar,abc,2026,2026-01-05,,,376 IPC,,', 'fir_number not-a-number'],
  ['UP,Agra,Sadar,1,2026,2026-02-30,,,376 IPC,,', 'recorded_at not-a-day'],
  ['UP,Agra,Sadar,1,2026,2026-04-01,,,376 IPC,,', 'recorded_at in-the-future'],
  ['UP,Agra,Sadar,1,2020,2026-01-05,,,376 IPC,,', 'year year-and-day-differ'],
  ['UP,Agra,Sadar,1,XX,2026-01-05,,,376 IPC,,', 'year not-a-year'],
  ['UP,Agra,Sadar,1,2026,2026-01-05,2026-01-06,,376 IPC,,', 'offence_from offence-after-fir'],
  ['UP,Agra,Sadar,1,2026,2026-01-05,2026-01-03,2026-01-02,376 IPC,,', 'offence_to offence-ends-before-it-begins'],
  ['UP,Agra,Sadar,1,2026,2026-01-05,,,376 IPC,CHARGE_SHEET,2026-01-04', 'report_on report-before-fir'],
  ['UP,Agra,Sadar,1,2026,2026-01-05,,,376 IPC,CHARGE_SHEET,', 'report_on report-needs-both'],
  ['UP,Agra,Sadar,1,2026,2026-01-05,,,376 IPC,nonsense,2026-02-01', 'report_kind report-unknown'],
  ['UP,Agra,Sadar,1,2026', 'fir_number not-a-row'],
])('%s: %s', (line, faults) => {
  const found = layoutOf(HEAD, MAPPINGS.default!);
  if (!('layout' in found)) throw new Error('no layout');
  const read = readerOf({
    today: TODAY,
    layout: found.layout,
    place: () => ({ path: 'in', station: null }),
    means: new Map(),
  });
  const judged = read(2, line.split(','));
  expect('faults' in judged ? judged.faults.map(({ field, code }) => `${field} ${code}`).join(', ') : '').toBe(faults);
});
