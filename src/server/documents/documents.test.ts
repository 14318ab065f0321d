// Papers as they are issued, kept and checked: numbers without gaps, bytes that never change, names that open only with her seeing it.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { handOverDesk, track } from '#casework';
import { act, read } from '#foundation';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { HER_NAME, PRESS, papersIn } from '../../../test/paper-story.ts';
import { textOf } from '../../../test/pdf-text.ts';

let h: TestHouse;
let papers: ReturnType<typeof papersIn>;
let number = '';
const form = () => papers.named();
let hers: ReturnType<typeof form>;
let receipt = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-02-10T10:00+05:30' });
  papers = papersIn(h);
  hers = form();
  number = await papers.investigated(hers);
  receipt = (await papers.file(hers)).receipt;
});
afterAll(() => h.close());

const refused = (code: string) => expect.objectContaining({ code });
const codeOn = (pdf: Buffer) =>
  /[0-9A-HJKMNP-TV-Z]{4}(?: [0-9A-HJKMNP-TV-Z]{4}){3}/.exec(textOf(pdf).at(-1)?.text ?? '')?.[0] ?? '';

describe('a paper', () => {
  test('is numbered by its station and year, one after another, whoever issues it and however many at once', async () => {
    const [first] = await papers.issueAs('rekha', number, { kind: 'progress-letter' });
    const many = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        papers.issueAs(n % 2 ? 'verma' : 'rekha', number, { kind: n % 2 ? 'abstract' : 'diary' }),
      ),
    );
    const serial = (one: { reference: string }) => Number(one.reference.slice(5));
    const start = serial(first ?? { reference: '' });
    expect(
      many
        .flat()
        .map(serial)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 6 }, (_, n) => start + 1 + n));
    expect(first?.reference).toMatch(/^2026\/\d{4}$/);
  });

  test('that could not be finished leaves no number behind', async () => {
    const next = async () =>
      Number((await papers.issueAs('rekha', number, { kind: 'abstract' }))[0]?.reference.slice(5));
    const before = await next();
    const broken = {
      ...PRESS,
      write: () => {
        throw new Error('no ink');
      },
    };
    await expect(papers.issueAs('rekha', number, { kind: 'abstract' }, broken)).rejects.toThrow('no ink');
    await expect(papers.issueAs('rekha', number, { kind: 'fir' })).rejects.toEqual(refused('purpose-unknown'));
    expect(await next()).toBe(before + 1);
  });

  test('comes out again byte for byte, also when the words of the house have changed since', async () => {
    const [made] = await papers.issueAs('rekha', number, { kind: 'progress-letter' });
    const first = await papers.fetchAs('rekha', made?.id ?? '');
    const other = {
      ...PRESS,
      write: (told: Parameters<typeof PRESS.write>[0]) => ({ ...PRESS.write(told), title: 'नया' }),
    };
    const [changed] = await papers.issueAs('rekha', number, { kind: 'progress-letter' }, other);
    expect(textOf(await papers.fetchAs('rekha', changed?.id ?? ''))[0]?.text).toContain('नया');
    const again = await papers.fetchAs('verma', made?.id ?? '');
    expect(again.equals(first)).toBe(true);
    expect(createHash('sha256').update(first).digest('hex')).toBe(made?.sha256);
    expect(first.length).toBe(made?.size);
  });

  test('lies in the database as something nobody can read', async () => {
    const rows = await h.sql<{ id: string; sealed_pdf: Buffer }>('select id, sealed_pdf from documents.document');
    expect(rows.length).toBeGreaterThan(5);
    for (const { sealed_pdf } of rows) {
      expect(sealed_pdf.includes('%PDF-1.')).toBe(false);
      expect(sealed_pdf.includes('NotoSans')).toBe(false);
    }
  });

  test('cannot be changed or taken back, by no role of the application', async () => {
    const may = await h.sql(`select grantee, privilege_type from information_schema.role_table_grants
      where table_schema = 'documents' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee <> 'itsso_owner'`);
    expect(may).toEqual([]);
    const bytes = await h.sql(`select grantee from information_schema.column_privileges
      where table_schema = 'documents' and column_name in ('sealed_pdf', 'wrapped', 'code_mac') and privilege_type = 'SELECT'
        and grantee <> 'itsso_owner'`);
    expect(bytes).toEqual([]);
  });
});

describe('what names her', () => {
  test('opens her identity for the purpose, in the ledger and on her own page', async () => {
    const openings = async () =>
      (await read(await papers.herself({ receipt }), 'test.track', track)).openings.map(({ purpose }) => purpose);
    const before = await openings();
    const [made] = await papers.issueAs('rekha', number, { kind: 'notice', purpose: 'statement' });
    expect(made?.names_her).toBe(true);
    expect(await openings()).toEqual([...before, 'statement']);
    const ledger = await h.sql<{ deed: string; detail: Record<string, string> }>(
      `select deed, detail from foundation.ledger where deed in ('documents.issue', 'identity.open') order by at desc, id desc limit 2`,
    );
    expect(ledger.map(({ deed }) => deed).toSorted()).toEqual(['documents.issue', 'identity.open']);
    expect(JSON.stringify(ledger)).not.toContain(HER_NAME);
  });

  test('is handed out only while the identity stands open in this very session', async () => {
    const [made] = await papers.issueAs('rekha', number, { kind: 'fir', purpose: 'investigation' });
    const id = made?.id ?? '';
    expect((await papers.fetchAs('rekha', id)).subarray(0, 5).toString()).toBe('%PDF-');
    // the SHO sees the file, and that there is a paper; the name needs an opening of her own
    await expect(papers.fetchAs('verma', id)).rejects.toEqual(refused('needs-opening'));
    const { papers: table, documents } = await papers.seenBy('verma', number);
    expect(documents.find((one) => one.id === id)?.names_her).toBe(true);
    expect(table.find(({ kind }) => kind === 'fir')?.why_not).toBeNull();
    await h.at('2026-02-10T11:00+05:30');
    await expect(papers.fetchAs('rekha', id)).rejects.toEqual(refused('needs-opening'));
  });

  test('a purpose that does not open her name makes no such paper', async () => {
    await expect(papers.issueAs('rekha', number, { kind: 'fir' })).rejects.toEqual(refused('purpose-unknown'));
    await expect(papers.issueAs('rekha', number, { kind: 'fir', purpose: 'call-back' as 'court' })).rejects.toThrow();
  });
});

describe('who', () => {
  test('another station sees no paper, no file, and gets the same answer for what does not exist', async () => {
    const [made] = await papers.issueAs('rekha', number, { kind: 'abstract' });
    for (const by of ['aruna', 'kiran', 'lko-sho', 'khan', 'savita']) {
      await expect(papers.fetchAs(by, made?.id ?? ''), by).rejects.toEqual(refused('not-found'));
      await expect(papers.issueAs(by, number, { kind: 'abstract' }), by).rejects.toEqual(refused('not-found'));
    }
    await expect(papers.fetchAs('rekha', '01900000-0000-7000-8000-000000000000')).rejects.toEqual(refused('not-found'));
  });

  test('a superior prints an abstract and the diary, and no paper that the investigation signs', async () => {
    const { papers: table } = await papers.seenBy('singh', number);
    const why = Object.fromEntries(table.map(({ kind, why_not }) => [kind, why_not]));
    expect(why).toEqual({
      acknowledgement: 'not-your-power',
      fir: 'not-your-power',
      notice: 'not-your-power',
      'progress-letter': 'not-your-power',
      'final-form': 'not-your-power',
      'closure-notice': 'not-your-power',
      abstract: null,
      diary: null,
    });
    await expect(papers.issueAs('singh', number, { kind: 'progress-letter' })).rejects.toEqual(
      refused('not-your-power'),
    );
    await expect(papers.issueAs('rekha', number, { kind: 'final-form', purpose: 'court' })).rejects.toEqual(
      refused('needs-report'),
    );
  });
});

test('a post that is vacant signs through the one above it, until somebody holds it again', async () => {
  const rao = await h.as('rao');
  const post = await papers.post('verma');
  const why = async () => {
    const { papers: table } = await papers.seenBy('singh', number);
    return table.find(({ kind }) => kind === 'acknowledgement')?.why_not;
  };
  expect(await why()).toBe('not-your-power');
  const verma = await h.as('verma');
  await act(rao, 'posts.hand-over', (a) => handOverDesk(a, { post, to_officer: null, note: 'leave' }));
  expect(await why()).toBeNull();
  expect((await papers.issueAs('singh', number, { kind: 'acknowledgement' }))[0]?.reference).toMatch(/^2026\/0001$/);
  const to_officer = verma.kind === 'officer' ? verma.officer : null;
  await act(rao, 'posts.hand-over', (a) => handOverDesk(a, { post, to_officer, note: 'back' }));
  expect(await why()).toBe('not-your-power');
});

describe('the code on a paper', () => {
  test('answers anybody with number, day, mark and hash, and with nothing else', async () => {
    const [made] = await papers.issueAs('rekha', number, { kind: 'progress-letter' });
    const pdf = await papers.fetchAs('rekha', made?.id ?? '');
    const code = codeOn(pdf);
    const found = await papers.check(code);
    expect(found).toEqual({
      reference: made?.reference,
      on: Temporal.PlainDate.from('2026-02-10'),
      mark: made?.mark,
      sha256: createHash('sha256').update(pdf).digest('hex'),
    });
    // as it is typed from the paper, too
    expect(await papers.check(code.toLowerCase().replaceAll(' ', '-'))).toEqual(found);
    const said = textOf(pdf).map(({ text, artifacts }) => text + artifacts);
    for (const page of said) expect(page.replaceAll('\n', '')).toContain(made?.mark);
  });

  test('one letter off there is nothing, as for a code that nobody was given', async () => {
    const [made] = await papers.issueAs('rekha', number, { kind: 'abstract' });
    const code = codeOn(await papers.fetchAs('rekha', made?.id ?? ''));
    const off = (code.startsWith('7') ? '8' : '7') + code.slice(1);
    for (const wrong of [off, '7K3M 91QX 0BE4 55D8', '', "' or true --", 'क'.repeat(16)])
      expect(await papers.check(wrong)).toBeUndefined();
  });

  test('is stored nowhere: a copy of the database checks no paper and finds none', async () => {
    const [made] = await papers.issueAs('rekha', number, { kind: 'abstract' });
    const code = codeOn(await papers.fetchAs('rekha', made?.id ?? '')).replaceAll(' ', '');
    const [row] = await h.sql('select row_to_json(d)::text as said from documents.document d where id = $1', [
      made?.id,
    ]);
    expect(row?.said).not.toContain(code);
    expect(row?.said).not.toContain(createHash('sha256').update(code).digest('hex'));
  });
});
