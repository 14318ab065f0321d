// What stands on each paper, and what must not: every item of the forms, her name exactly where it belongs, words as data only.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addThing } from '#evidence';
import { act } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { ACCUSED_NAME, HER_ADDRESS, HER_NAME, MARKUP, papersIn } from '../../../test/paper-story.ts';
import { textOf } from '../../../test/pdf-text.ts';
import type { PaperKind } from './rules.ts';

let h: TestHouse;
let papers: ReturnType<typeof papersIn>;
let number = '';
const made = new Map<string, Buffer[]>();
const KINDS = [
  'acknowledgement',
  'fir',
  'notice',
  'progress-letter',
  'final-form',
  'abstract',
  'diary',
  'closure-notice',
] as const satisfies readonly PaperKind[];
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00+05:30' });
  papers = papersIn(h);
  number = await papers.investigated(papers.named());
  // what was seized, what the laboratory wrote about it, and a thing that the report does not rely on
  const rekha = await h.as('rekha');
  const entered = { found_where: undefined, found_at: undefined, reports_on: [] };
  for (const thing of [
    {
      ...entered,
      kind: 'physical',
      description: 'लाल दुपट्टा',
      found_where: 'रामपुर का मोड़',
      found_at: await papers.now(),
    },
    { ...entered, kind: 'physical', description: 'टूटी चूड़ी' },
    { ...entered, kind: 'fsl-report', description: 'FSL/26/118', reports_on: [1] },
  ] as const)
    await act(rekha, 'evidence.add', (a) => addThing(a, number, { ...thing, reports_on: [...thing.reports_on] }));
  await papers.forwarded(number, { kind: 'charge-sheet', exhibits: [3, 1] });
  // her notice of a report that closes the case needs a case that is closed so
  const untraced = await papers.untraced(papers.named({ mobile: '9311111199' }), '499');
  for (const language of ['hi', 'en'] as const)
    for (const kind of KINDS) {
      const of = kind === 'closure-notice' ? untraced : number;
      made.set(`${kind} ${language}`, await papers.printed('verma', of, { kind, language, purpose: 'court' }));
    }
});
afterAll(() => h.close());

// without line ends and gaps, because a page breaks its lines where it must
const bare = (text: string) => text.replace(/\s+/g, '');
const read = (kind: string, language = 'hi', part = 0): string =>
  bare(
    textOf(made.get(`${kind} ${language}`)?.[part] ?? Buffer.alloc(0))
      .map(({ text }) => text)
      .join('\n'),
  );

describe.each([...KINDS])('%s', (kind) => {
  test('is an archivable, tagged PDF in its language, with alternative text and nothing that runs', () => {
    for (const [language, tag] of [
      ['hi', 'hi-IN'],
      ['en', 'en-IN'],
    ] as const)
      for (const pdf of made.get(`${kind} ${language}`) ?? []) {
        const raw = pdf.toString('latin1');
        expect(raw).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
        expect(raw).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/);
        expect(raw).toContain(`/Lang (${tag})`);
        expect(raw).toMatch(/\/StructTreeRoot \d+ 0 R/);
        expect(raw).toMatch(/\/MarkInfo <<\s*\/Marked true/);
        expect(raw).toMatch(/\/Alt /);
        // names as a whole, outside of what is packed and of brackets: a font embedded in part (/JSQXWA+Noto) runs nothing
        const unpacked = raw.replace(/\bstream\r?\n[\s\S]*?\bendstream|\((?:\\[\s\S]|[^()\\])*\)/g, '');
        const runs = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|URI|AcroForm)(?![^\s()<>[\]{}/%])/;
        expect(unpacked).not.toMatch(runs);
        expect(raw).toMatch(/\/MediaBox \[0 0 595\.\d+ 841\.\d+\]/);
      }
  });

  test('has a head, its number, its day and, on every page, the page of how many', () => {
    for (const [language, day] of [
      ['hi', '10 फरवरी 2026'],
      ['en', '10 February 2026'],
    ] as const)
      for (const pdf of made.get(`${kind} ${language}`) ?? []) {
        const pages = textOf(pdf);
        expect(bare(pages[0]?.text ?? '')).toContain(bare(day));
        expect(bare(pages[0]?.text ?? '')).toMatch(/2026\/\d{4}/);
        for (const [n, { artifacts }] of pages.entries()) expect(bare(artifacts)).toContain(`${n + 1}/${pages.length}`);
      }
  });
});

const saidBy = (pdf: Buffer = Buffer.alloc(0)) =>
  bare(
    textOf(pdf)
      .map(({ text }) => text)
      .join(''),
  );

test('the text can be searched as it is spelled: titles, conjuncts, names', () => {
  expect(read('fir')).toContain(bare('प्रथम सूचना रिपोर्ट'));
  expect(read('progress-letter')).toContain(bare('आपके मामले की प्रगति'));
  expect(read('acknowledgement')).toContain(bare('आवेदन मिलने की रसीद'));
  expect(read('fir')).toContain(bare(HER_NAME));
  expect(read('diary')).toContain(bare('दूसरी प्रविष्टि: श्री, क्षेत्र, र्म'));
  expect(read('fir', 'en')).toContain(bare('First Information Report'));
});

test('the FIR has every item of IIF-I; what nobody knows is a line to fill, what is known is there', () => {
  const said = read('fir', 'en');
  const items = [
    'District; P.S.; Year; FIR No.; Date and time of FIR',
    'Acts and Sections',
    'Occurrence of offence',
    'Information received at P.S.',
    'General Diary reference',
    'Type of information',
    'direction and distance from P.S.; Beat no.',
    'Place of occurrence: address',
    'If outside limits of this P.S.',
    'Complainant / Informant',
    'Details of known / suspected / unknown accused',
    'Reasons for delay in reporting',
    'Particulars of properties of interest',
    'Total value of property',
    'Inquest report / U.D. case no.',
    'First Information contents',
    'Action taken',
    'R.O.A.C.',
    'Signature / thumb impression',
    'Date and time of despatch to the court',
  ].map(bare);
  let at = -1;
  for (const item of items) {
    expect(said.indexOf(item), item).toBeGreaterThan(at);
    at = said.indexOf(item);
  }
  for (const known of [
    'Kanpur Nagar;Kalyanpur police station;2026;412;10 February 2026',
    'BNS 64(1), 75',
    'Thursday;1 January 2026',
    'Electronic, signed 10 February 2026',
    'कर्मपुर का मोड़',
    HER_NAME,
    '24 years',
    HER_ADDRESS,
    ACCUSED_NAME,
    'Directed to take up the investigation',
  ])
    expect(said, known).toContain(bare(known));
  // the label is followed by the next one: nothing was made up between
  for (const [label, next] of [
    ['Total value of property', '11'],
    ['Inquest report / U.D. case no.', '12'],
  ] as const)
    expect(said).toContain(bare(`${label}${next}`));
});

test('the final form has the twenty items of IIF-V and no name; the sealed part has the names and goes apart', () => {
  const form = read('final-form', 'en');
  const numbers = textOf(made.get('final-form en')?.[0] ?? Buffer.alloc(0))
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /^\d{1,2}$/.test(line));
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, n) => `${n + 1}`));
  for (const known of ['Charge sheeted', 'BNS 64(1), 75', 'does not apply', 'in the sealed part, number 2026/'])
    expect(form).toContain(bare(known));
  for (const name of [HER_NAME, HER_ADDRESS, ACCUSED_NAME, number]) expect(form).not.toContain(bare(name));
  const sealed = read('final-form', 'en', 1);
  for (const name of [HER_NAME, HER_ADDRESS, ACCUSED_NAME]) expect(sealed).toContain(bare(name));
  const [mine, other] = [/Papernumber(2026\/\d{4})/, /Belongstoform(2026\/\d{4})/].map((one) => one.exec(sealed)?.[1]);
  expect(form).toContain(`Papernumber${other}`);
  expect(form).toContain(`inthesealedpart,number${mine}`);
});

test('the final form lists the exhibits that the report relies on, each with where it was found and is; no other', () => {
  const form = read('final-form');
  for (const known of [
    'प्रदर्श 1, वस्तु: लाल दुपट्टा; बरामद: रामपुर का मोड़',
    'अभी अधिकारी के पास',
    'प्रदर्श 3: प्रयोगशाला की रिपोर्ट, प्रदर्श 1 पर',
    '2. प्रदर्श 3, लैब (FSL) की रिपोर्ट',
    'मूल',
  ])
    expect(form, known).toContain(bare(known));
  expect(form).not.toContain(bare('टूटी चूड़ी'));
});

test.each([
  ['hi', 'सीलबंद'],
  ['en', 'SEALED'],
] as const)('the sealing mark stands at the head where her name stands, and nowhere else (%s)', (language, mark) => {
  for (const kind of KINDS)
    made.get(`${kind} ${language}`)?.forEach((pdf, part) => {
      // what stands above the title: from, office, the box
      const head = bare(textOf(pdf)[0]?.text ?? '').split('2026/')[0] ?? '';
      const names = bare(
        textOf(pdf)
          .map(({ text }) => text)
          .join(''),
      ).includes(bare(HER_NAME));
      const belongs = kind === 'fir' || kind === 'notice' || (kind === 'final-form' && part === 1);
      expect(names, `${kind} ${part} names her`).toBe(belongs);
      expect(head.includes(mark), `${kind} ${part} is marked`).toBe(belongs);
    });
});

test('where her name stands, the section that protects it in this case stands too; where none does, none is cited', async () => {
  expect(read('notice')).toContain(bare('भारतीय न्याय संहिता, धारा 72'));
  const stalking = papers.named({ mobile: '9311111111' });
  await papers.file(stalking);
  const other = (await papers.call(stalking)).complaint_number ?? '';
  const now = (await papers.now()).toString();
  await papers.step('suman', other, { step: 'receive' });
  await papers.step('suman', other, { step: 'sign', signed_at: now, place: 'home' });
  await papers.step('verma', other, {
    step: 'register-fir',
    fir_number: '413',
    year: 2026,
    recorded_at: now,
    offence_on: '2026-01-01',
    sections: [{ act: 'BNS', section: '78' }],
  });
  const [pdf] = await papers.printed('verma', other, { kind: 'fir', purpose: 'court' });
  const said = saidBy(pdf);
  expect(said).toContain(bare(HER_NAME));
  expect(said).not.toContain(bare('धारा 72'));
});

test('what people typed is printed as they typed it: no markup is obeyed, no file is read', () => {
  for (const kind of ['fir', 'diary'] as const) expect(read(kind)).toContain(bare(MARKUP));
  for (const pdfs of made.values()) for (const pdf of pdfs) expect(pdf.toString('latin1')).not.toContain('root:x:');
});

test('letters to her say nothing of the matter and call her nowhere: a woman need not come to the station', () => {
  const letter = read('acknowledgement');
  for (const telling of ['BNS64', '64(1)', 'दुष्कर्म', 'यौन', 'पीछा', ACCUSED_NAME])
    expect(letter).not.toContain(bare(telling));
  const notice = read('notice');
  expect(notice).toContain(bare('आपको थाने आना जरूरी नहीं है'));
  expect(notice).toContain(bare('सोमवार, 2 मार्च 2026, 11:00'));
  expect(notice).toContain(bare('अपने घर पर, ज्ञान नगर'));
  expect(notice).toContain(bare('धारा 179(1)'));
});

test('the closing notice says what was sent, why, where to object, whose the thirty days are, and nothing of the matter', () => {
  const letter = read('closure-notice');
  for (const said of [
    'एफआईआर 499/2026',
    '10 फरवरी 2026',
    'Special Court',
    'वह थाने से ऊपर के अधिकारी के पास जाती है',
    'प्रोटेस्ट पिटीशन',
    '30 दिन',
    'यह पुलिस का लक्ष्य है; कानून में दिन नहीं लिखे',
    '15100',
  ])
    expect(letter, said).toContain(bare(said));
  expect(read('closure-notice', 'en')).toContain(bare('a target of the police'));
  for (const telling of ['BNS64', '64(1)', 'दुष्कर्म', 'यौन', HER_NAME, HER_ADDRESS, ACCUSED_NAME, MARKUP.slice(0, 12)])
    expect(letter, telling).not.toContain(bare(telling));
});

test('the progress letter tells in order what was done, each with its day', () => {
  const said = read('progress-letter');
  let at = -1;
  for (const deed of [
    'आपके हस्ताक्षर',
    'एफआईआर 412/2026 दर्ज',
    'आपका बयान, महिला अधिकारी द्वारा',
    'मेडिकल जांच के लिए भेजा',
    'मंजूरी के लिए भेजी गई',
    'अदालत भेजी गई',
  ]) {
    expect(said.indexOf(bare(deed)), deed).toBeGreaterThan(at);
    at = said.indexOf(bare(deed));
  }
});

test('an arrest stands in the progress letter as a day, and in the final form beside the number of the accused, never a name', async () => {
  const form = papers.named({ mobile: '9311111112' });
  const other = await papers.investigated(form, '414');
  const at = (await papers.now()).toString();
  await papers.step('rekha', other, { step: 'arrest', accused: '2', at, grounds_told: 'yes', relative_told: 'yes' });
  const letter = saidBy((await papers.printed('rekha', other, { kind: 'progress-letter' }))[0]);
  expect(letter).toContain(bare('आरोपी गिरफ्तार हुआ 10 फरवरी 2026'));
  expect(letter).not.toContain(bare(ACCUSED_NAME));
  await papers.forwarded(other);
  const report = saidBy((await papers.printed('verma', other, { kind: 'final-form', purpose: 'court' }))[0]);
  expect(report).toContain(bare('आरोपी 2 (नाम सीलबंद भाग में); आरोपी गिरफ्तार हुआ: 10 फरवरी 2026'));
  expect(report).toContain(bare('आरोपी 1 (नाम सीलबंद भाग में)'));
  expect(report).not.toContain(bare(ACCUSED_NAME));
});

test('the diary is printed in order, numbered and timed, and the abstract tells nothing of hers', () => {
  const diary = read('diary');
  expect(diary.indexOf('1.')).toBeLessThan(diary.indexOf(bare('पहली प्रविष्टि')));
  expect(diary.indexOf(bare('पहली प्रविष्टि'))).toBeLessThan(diary.indexOf(bare('दूसरी प्रविष्टि')));
  expect(diary.match(/10फरवरी2026,10:00/g)?.length).toBeGreaterThanOrEqual(3);
  const abstract = read('abstract');
  for (const hers of [HER_NAME, HER_ADDRESS, ACCUSED_NAME, 'कर्मपुर का मोड़', '#panic'])
    expect(abstract).not.toContain(bare(hers));
  expect(abstract).toContain(bare('जांच पूरी करना, दो महीने'));
});

test('a letter that no font has stops no paper: it is counted, marked, and the sheet says so', async () => {
  await papers.step('verma', number, { step: 'diary', text: 'اردو 😀 और हिंदी' });
  const [pdf] = await papers.printed('verma', number, { kind: 'diary' });
  const said = saidBy(pdf);
  expect(said).toContain(bare('???? ? और हिंदी'));
  expect(said).toContain(bare('की जगह ऐसा अक्षर था जो इस लिपि में नहीं छपता'));
  expect(read('diary')).not.toContain(bare('की जगह ऐसा अक्षर था'));
});
