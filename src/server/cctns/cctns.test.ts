// Files of other systems through the door, on a real database: read once, read again, corrected, torn in the middle, decided.
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEAD, importsIn, KOTWALI } from '../../../test/cctns-story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { readBatch } from './cctns.ts';
import { mappingForm } from './mapping.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-10T10:00+05:30' });
});
afterAll(() => h.close());

const { tray, come, state, bring, refused, fir } = importsIn(() => h);

test('a file goes in with its good rows; the others are listed; the same file again changes nothing, a corrected one leaves its history', async () => {
  const rows = [
    'UP,Kanpur Nagar,Kotwali,0412,2026,2026-01-05,,,"376(2)(n), 506 IPC r/w 5/6 POCSO",,',
    'उत्तर प्रदेश,कानपुर नगर,थाना कल्याणपुर,12/2026,,05.01.2026,,,64 BNS,CHARGE_SHEET,1/2/26',
    'UP,Kanpur Nagar,Kotwali,0412,2026,2026-01-05,,,"376(2)(n), 506 IPC r/w 5/6 POCSO",,',
    'UP,Kanpur Nagar,Kotwali,77,2026,31.02.2026,,,64 BNS,nonsense,',
    'Maharashtra,Pune,Swargate,5,2026,2026-01-05,,,74 BNS,,',
  ];
  const first = await bring(HEAD + rows.join('\n'));
  expect(first.counts).toEqual([5, 3, 0, 1, 1]);
  expect(await refused(first.id)).toEqual([
    '5 recorded_at not-a-day 31.02.2026',
    '5 report_kind report-unknown nonsense',
  ]);
  expect(await fir(`unit::text = '${KOTWALI}'`)).toMatchObject([
    {
      fir_number: '412',
      basis: 'law',
      due_on: '2026-03-05',
      sections: [
        { act: 'IPC', section: '376(2)(n)' },
        { act: 'IPC', section: '506' },
        { act: 'POCSO', section: '6' },
      ],
    },
  ]);
  expect(await fir(`unit::text like 'in.mh.%'`)).toMatchObject([
    { unit: expect.stringMatching(/^in\.mh\.pune\.x_/), basis: 'target' },
  ]);
  expect(readdirSync(tray), 'a read file is not kept').toEqual([]);
  const facts = () => h.sql(`select case_key, report_code from published.case_fact where source = 'cctns' order by 1`);
  expect(await facts()).toMatchObject([
    {},
    { case_key: `${KOTWALI}/2026/412`, report_code: null },
    { report_code: 'CHARGE_SHEET' },
  ]);

  const again = await bring(HEAD + rows.join('\n'));
  expect(again.counts).toEqual([5, 0, 0, 4, 1]);
  expect(await h.sql('select from cctns.fir_history')).toEqual([]);

  // of the two that are corrected one comes twice and says something else the second time: the later line counts
  const corrected = await bring(
    `${HEAD}${rows[0]?.replace('2026-01-05', '2026-01-06')}\n${rows[0]?.replace(',,\n', '').replace(/,,$/, ',CHARGE_SHEET,2026-03-01')}\n`,
  );
  expect(corrected.counts).toEqual([2, 0, 2, 0, 0]);
  expect(await fir(`unit::text = '${KOTWALI}'`)).toMatchObject([
    { recorded_at: '2026-01-05', report_kind: 'CHARGE_SHEET', version: 3 },
  ]);
  expect(
    await h.sql(`select version, why, was->>'recorded_at' as day from cctns.fir_history order by version`),
  ).toEqual([
    { version: 1, why: 'corrected', day: '2026-01-05' },
    { version: 2, why: 'corrected', day: '2026-01-06' },
  ]);
  expect((await facts())[1]).toMatchObject({ report_code: 'CHARGE_SHEET' });
});

test.each([
  ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 the other way round', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['lines that end in CR and LF', (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['lines that end in CR', (text: string) => Buffer.from(text.replaceAll('\n', '\r'))],
  ['semicolons', (text: string) => Buffer.from(text.replaceAll(',', ';'))],
  ['tabs', (text: string) => Buffer.from(text.replaceAll(',', '\t'))],
])('%s', async (name, write) => {
  const number = String(1000 + name.length);
  const { counts, repaired } = await bring(write(`${HEAD}UP,आगरा,सदर,${number},2026,५ मार्च २०२६,,,धारा ६४ बीएनएस,,\n`));
  expect([counts, repaired]).toEqual([[1, 1, 0, 0, 0], 0]);
  expect(await fir(`fir_number = '${number}'`)).toMatchObject([
    { recorded_at: '2026-03-05', sections: [{ act: 'BNS', section: '64' }], original: null },
  ]);
});

test('text of old fonts and torn text is turned back, what stood in the file is kept; one line of another encoding spoils no other', async () => {
  const torn = new TextDecoder('windows-1252').decode(Buffer.from('कानपुर नगर'));
  const bytes = Buffer.concat([
    Buffer.from(`${HEAD}mRrj izns'k,dkuiqj uxj,Fkkuk dksrokyh,801,2026,05-03-2026,,,/kkjk 376 Hkk0n0fo0,,\n`),
    Buffer.from(`UP,${torn},Kotwali,802,2026,05-03-2026,,,64 BNS,,\n`),
    Buffer.from('UP,Kanpur Nagar,Caf\xe9 Road,803,2026,05-03-2026,,,64 BNS,,\n', 'latin1'),
    Buffer.from('UP,कानपुर नगर,कोतवाली,804,2026,05-03-2026,,,64 BNS,,\n'),
  ]);
  const { counts, repaired } = await bring(bytes);
  expect([counts, repaired]).toEqual([[4, 4, 0, 0, 0], 2]);
  const found = await fir(`fir_number in ('801', '802', '804') and unit::text = '${KOTWALI}' order by fir_number`);
  expect(found).toMatchObject([
    {
      original: {
        state: "mRrj izns'k",
        district: 'dkuiqj uxj',
        station: 'Fkkuk dksrokyh',
        sections: '/kkjk 376 Hkk0n0fo0',
      },
      sections: [{ act: 'IPC', section: '376' }],
    },
    { original: { district: torn } },
    { original: null },
  ]);
  expect(
    await h.sql(
      `select name_hi from cctns.place where path::text = (select unit::text from cctns.fir where fir_number = '803')`,
    ),
  ).toEqual([{ name_hi: 'Café Road' }]);
});

test('JSON lines, another state’s columns by another mapping, and final reports in a file of their own', async () => {
  const json = [
    {
      state: 'UP',
      district: 'Agra',
      station: 'Etmadpur',
      fir_number: 7,
      year: 2026,
      recorded_at: '2026-02-01',
      sections: [
        { act: 'BNS', section: '64' },
        { act: 'POCSO', section: '4' },
      ],
    },
    {
      state: 'UP',
      district: 'Agra',
      station: 'Etmadpur',
      fir_number: '8',
      year: '2026',
      recorded_at: '2026-02-02',
      sections: '74 BNS',
    },
  ];
  const lines = await bring(`${json.map((row) => JSON.stringify(row)).join('\n')}\n[1]\n{"half\n`);
  expect(lines.counts).toEqual([4, 2, 0, 0, 2]);
  expect((await fir(`fir_number = '7' and year = 2026`))[0]?.sections).toEqual([
    { act: 'BNS', section: '64' },
    { act: 'POCSO', section: '4' },
  ]);

  const karnataka =
    `District_Name,UnitName,FIRNo,RI,Year,Month,Offence_From_Date,Offence_To_Date,FIR_Reg_DateTime,FIR_Date,ActSection
Mysuru City,Devaraja PS,0125,1,2024,3,2024-03-01,2024-03-01,2024-03-02 10:15:00,2024-03-02,IPC 1860 U/s: 376(2)(n),506; POCSO ACT 2012 U/s: 5(L),6
`.replace(
      'IPC 1860 U/s: 376(2)(n),506; POCSO ACT 2012 U/s: 5(L),6',
      '"IPC 1860 U/s: 376(2)(n),506; POCSO ACT 2012 U/s: 5(L),6"',
    );
  expect((await bring(karnataka, 'karnataka')).counts).toEqual([1, 1, 0, 0, 0]);
  expect(await fir(`fir_number = '125'`)).toMatchObject([
    { unit: expect.stringMatching(/^in\.ka\.mysuru_city\.x_/), basis: 'law', recorded_at: '2024-03-02' },
  ]);

  const own = mappingForm.parse({
    columns: {
      state: { value: 'Goa' },
      district: 'd',
      station: 's',
      fir_number: 'n',
      recorded_at: 'on',
      sections: 'x',
      report_kind: 'stage',
      report_on: 'end',
    },
    values: { report_kind: { 'Pending Trial': 'CHARGE_SHEET', Open: '' } },
    days: 'mdy',
  });
  expect(
    (
      await bring(
        'd,s,n,on,x,stage,end\nNorth Goa,Mapusa,3/2026,2/1/2026,74 BNS,Pending Trial,2/3/2026\nNorth Goa,Mapusa,4/2026,2/1/2026,74 BNS,Open,\n',
        own,
      )
    ).counts,
  ).toEqual([2, 2, 0, 0, 0]);
  expect(await fir(`unit::text like 'in.ga.%' order by fir_number`)).toMatchObject([
    { recorded_at: '2026-02-01', report_on: '2026-02-03' },
    { report_kind: null },
  ]);

  // a file without a column for the FIR's day is one of reports: it changes what is there and brings nothing
  const reports = await bring(
    'state,district,station,fir_number,year,report_kind,report_on\nUP,Agra,Etmadpur,7,2026,आरोप पत्र,2026-03-01\nUP,Agra,Etmadpur,9,2026,CS,2026-03-01\nUP,Agra,Etmadpur,8,2026,CS,2026-01-01\n',
  );
  expect(reports.counts).toEqual([3, 0, 1, 0, 2]);
  expect(await refused(reports.id)).toEqual(['3 fir_number fir-unknown 9', '4 fir_number fir-unknown 8']);
  expect((await fir(`fir_number = '7' and year = 2026`))[0]).toMatchObject({
    report_kind: 'CHARGE_SHEET',
    report_on: '2026-03-01',
    version: 2,
  });
  // an export that is silent on reports takes none away
  expect(
    (
      await bring(
        'state,district,station,fir_number,year,recorded_at,sections\nUP,Agra,Etmadpur,7,2026,2026-02-01,"64 BNS; 4 POCSO"\n',
      )
    ).counts,
  ).toEqual([1, 0, 0, 1, 0]);
});

test('a file without a column it cannot be read without has failed, and says which', async () => {
  const { id, fault } = await bring('state,district,fir_number\nUP,Agra,1\n');
  expect(fault).toBe('columns-missing');
  expect(await refused(id)).toEqual([
    '1 station columns-missing ',
    '1 recorded_at columns-missing ',
    '1 sections columns-missing ',
  ]);
});

test('torn in the middle it goes on where it was: nothing lost, nothing doubled', async () => {
  const rows = Array.from(
    { length: 40_000 },
    (_, n) => `UP,Mathura,Govardhan,${n + 1},2025,2025-0${1 + (n % 9)}-05,,,354 IPC,,\n`,
  );
  const id = await come(HEAD + rows.join(''));
  // the second piece waits in its transaction until it is torn: in the middle, however fast the machine reads
  await h.sql(`create function cctns.test_wait() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock(4711); return new; end $$;
    create trigger test_wait before update on cctns.batch for each row when (old.read > 0 and new.read > old.read) execute function cctns.test_wait()`);
  await h.sql('select pg_advisory_lock(4711)');
  const reading = readBatch(id).then(
    () => 'read',
    () => 'torn',
  );
  const waiting = () => h.sql(`select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`);
  await expect.poll(async () => (await waiting()).length, { timeout: 30_000 }).toBe(1);
  await h.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'itsso_app' and datname = current_database()`,
  );
  await h.sql('select pg_advisory_unlock(4711)');
  await h.sql('drop trigger test_wait on cctns.batch; drop function cctns.test_wait()');
  expect(await reading).toBe('torn');
  const torn = await state(id);
  expect(torn.state).toBe('reading');
  expect([torn.read > 0, torn.read < 40_000]).toEqual([true, true]);
  expect(torn.read).toBe((await fir(`unit::text like 'in.up.mathura.%'`)).length);
  // nobody calls it again: the clock does
  await h.at('2026-03-10T10:10+05:30');
  expect(await state(id)).toMatchObject({ state: 'done', read: 40_000, added: 40_000, rejected: 0 });
  expect(
    await h.sql(
      `select count(*)::int as n, count(distinct fir_number)::int as numbers from cctns.fir where unit::text like 'in.up.mathura.%'`,
    ),
  ).toEqual([{ n: 40_000, numbers: 40_000 }]);
  expect(
    await h.sql(`select count(*)::int as n from published.case_fact where unit::text like 'in.up.mathura.%'`),
  ).toEqual([{ n: 40_000 }]);
  const mapped = await bring(HEAD + rows.slice(0, 2).join(''));
  expect(mapped.counts).toEqual([2, 0, 0, 2, 0]);
});
