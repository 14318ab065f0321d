// What an FIR of another system is here: a case of this house, a place and sections that somebody decides, a figure as published.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HEAD, importsIn, KOTWALI } from '../../../test/cctns-story.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { storyIn } from '../../../test/story.ts';
import { act } from '#foundation';
import { decidePiece, decidePlace, loadFigures } from './cctns.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-10T10:00+05:30' });
});
afterAll(() => h.close());

const { bring, fir } = importsIn(() => h);

test('an FIR of a file that is here is the same case, whichever came first', async () => {
  const story = storyIn(h);
  const row = (number: string) => bring(`${HEAD}UP,Kanpur Nagar,Kalyanpur,${number},2026,2026-03-10,,,64 BNS,,\n`);
  const register = async (fir_number: string): Promise<string> => {
    const number = await story.confirmed();
    const now = (await story.now()).toString();
    await story.step('suman', number, { step: 'receive' });
    await story.step('suman', number, { step: 'sign', signed_at: now, place: 'home' });
    await story.step('verma', number, {
      step: 'register-fir',
      fir_number,
      year: 2026,
      recorded_at: now,
      offence_on: '2026-01-01',
      sections: [{ act: 'BNS', section: '64' }],
    });
    return (await h.sql<{ id: string }>('select id from casework.file where number = $1', [number]))[0]?.id ?? '';
  };
  const registered = await register('0501');
  expect((await row('501')).counts).toEqual([1, 1, 0, 0, 0]);
  expect((await row('000502')).counts).toEqual([1, 1, 0, 0, 0]);
  const later = await register('502');
  expect(await fir(`complaint_file is not null order by fir_number`)).toMatchObject([
    { fir_number: '501', complaint_file: registered, version: 1 },
    { fir_number: '502', complaint_file: later, version: 2 },
  ]);
  // told by both, counted once
  expect(
    await h.sql(
      `select case_key, count(*)::int as n from published.case_fact where case_key ~ '/50[12]$' and source = 'here' group by 1 order by 1`,
    ),
  ).toHaveLength(2);
  expect((await row('502')).counts).toEqual([1, 0, 0, 1, 0]);
});

test('what nobody knows is kept and counted; an administrator decides once, and the rows follow', async () => {
  const line = (station: string, number: number, sections = '376, 506') =>
    `UP,Kanpur Nagar,${station},${number},2026,2026-03-01,,,"${sections}",,\n`;
  await bring(HEAD + line('Kotwaly', 601) + line('Kotwaly', 602) + line('Kotwali', 602));
  const [place] = await h.sql<{ path: string }>(`select path::text as path from cctns.place where name_hi = 'Kotwaly'`);
  const [piece] = await h.sql<{ id: string }>(`select id from cctns.unread where text = '376'`);
  const admin = await h.as('administrator');
  const decide = (is: string, who = admin) =>
    act(who, 'cctns.decide-place', (a) => decidePlace(a, { path: place!.path, is }));
  await expect(decide(KOTWALI, await h.as('verma'))).rejects.toMatchObject({ code: 'not-your-power' });
  await expect(decide('in.up.kanpur_nagar')).rejects.toMatchObject({ code: 'no-such-unit' });
  const keys = () => h.sql(`select case_key from published.case_fact where case_key ~ '2026/60[12]$' order by 1`);
  expect(await keys()).toHaveLength(3);
  expect(await decide(KOTWALI)).toBe(2);
  await expect(decide(KOTWALI)).rejects.toMatchObject({ code: 'already-decided' });
  expect(await fir(`fir_number in ('601', '602') and year = 2026 order by fir_number`)).toMatchObject([
    { unit: KOTWALI, version: 2 },
    { unit: KOTWALI, version: 1 },
  ]);
  expect(await keys()).toEqual([{ case_key: `${KOTWALI}/2026/601` }, { case_key: `${KOTWALI}/2026/602` }]);
  expect(
    await h.sql(`select why from cctns.fir_history where was->>'fir_number' in ('601', '602') order by at, 1`),
  ).toEqual([{ why: 'merged' }, { why: 'place-decided' }]);
  expect((await bring(HEAD + line('Kotwaly', 601))).counts).toEqual([1, 0, 0, 1, 0]);

  const say = (means: string) => act(admin, 'cctns.decide-piece', (a) => decidePiece(a, { id: piece!.id, means }));
  await expect(say('376')).rejects.toMatchObject({ code: 'sections-unreadable' });
  await say('376 IPC');
  await h.jobs();
  expect(await fir(`fir_number = '601' and year = 2026`)).toMatchObject([
    { sections: [{ act: 'IPC', section: '376' }], unread: ['506'], basis: 'by correspondence', version: 3 },
  ]);
  expect((await bring(HEAD + line('Kotwali', 601))).counts).toEqual([1, 0, 0, 1, 0]);
});

test('published figures stand as published, and loading them again changes nothing', async () => {
  const load = (bytes: Buffer) => loadFigures(Readable.from([bytes]));
  const table = readFileSync('seed/figures/ncrb-2023-3a6.csv');
  expect(await load(table)).toEqual({ figures: 37 * 22, left_out: 0 });
  expect(await load(table)).toEqual({ figures: 37 * 22, left_out: 0 });
  expect(await load(readFileSync('seed/figures/itsso-press.csv'))).toEqual({ figures: 54, left_out: 0 });
  const years = `\ufeffArea_Name,Year,Group_Name,Sub_Group_Name,Cases_Chargesheeted,Cases_Pending_Investigation_at_Year_End,Cases_Pending_Investigation_from_previous_year,Cases_Reported
Uttar Pradesh,2001,Rape,01. Rape,1300,250,300,1958\n\nArea_Name,Year,Group_Name,Sub_Group_Name,x,x,x,x\nAtlantis,2001,Rape,01. Rape,1,1,1,1\n`;
  expect(await load(Buffer.from(years))).toEqual({ figures: 4, left_out: 14 });
  await expect(load(Buffer.from('a,b\n1,2\n'))).rejects.toThrow('not known');
  expect(await h.sql(`select count(*)::int as n from cctns.balance`)).toEqual([{ n: 37 * 22 + 54 + 4 }]);
  const rows = await h.sql(
    `select unit::text as unit, measure, value::float as value from cctns.balance where series = 'ncrb-2023-caw' and measure in ('opening', 'pending', 'pendency_ncrb') and unit::text in ('in', 'in.ap', 'in.jk') order by 1, 2`,
  );
  expect(rows).toEqual([
    { unit: 'in', measure: 'opening', value: 185_961 },
    { unit: 'in', measure: 'pendency_ncrb', value: expect.any(Number) },
    { unit: 'in', measure: 'pending', value: expect.any(Number) },
    { unit: 'in.ap', measure: 'opening', value: 13_874 },
    { unit: 'in.ap', measure: 'pendency_ncrb', value: 38.6 },
    { unit: 'in.ap', measure: 'pending', value: 14_027 },
    { unit: 'in.jk', measure: 'opening', value: 1721 },
    { unit: 'in.jk', measure: 'pendency_ncrb', value: 31.6 },
    { unit: 'in.jk', measure: 'pending', value: 1702 },
  ]);
});
