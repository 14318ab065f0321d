// Figures over the API: the published results of the national system come out as printed when their cases are loaded.
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadFigures, openTray, streamOf } from '#cctns';
import { rollUp } from '#oversight';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const watch = async (who: string, query: string) => (await ask(`GET /watch?${query}`, { token: await as(who) })).body;
const TABLE = path.resolve(import.meta.dirname, '../../seed/figures/ncrb-2023-3a6.csv');
const STATION = 'in.up.kanpur_nagar.west.circle_12.kalyanpur';

/** So many cases recorded on a day, with a report on another one or without. */
const cases = (unit: string, n: number, recorded_on: string, report_on: string | null) =>
  h.sql(
    `select published.write_cases('cctns', array_agg(row($1::text || '/' || $3::text || '/' || i || coalesce($4::text, ''), $1::ext.ltree, '{rape}', 'law',
       $3::date, $4::date, $4::date, case when $4::text is null then null else 'CHARGE_SHEET' end, 0)::published.told)) from generate_series(1, $2) i`,
    [unit, n, recorded_on, report_on],
  );

beforeAll(async () => {
  h = await testHouse({ at: '2020-11-24T12:00:00+05:30' });
  // 21 April 2018 to 24 November 2020: 172,471 recorded in India, 164,449 at least two months before, 54,161 of them done in two months
  await cases(STATION, 40_000, '2018-05-02', '2018-07-02');
  await cases('in.br.patna.gandhi_maidan', 14_161, '2019-02-28', '2019-04-28');
  await cases('in.br.patna.gandhi_maidan', 72_358, '2019-06-10', '2019-08-11');
  await cases('in.br.patna.gandhi_maidan', 37_930, '2020-09-23', null);
  // due today: not yet past
  await cases(STATION, 8_022, '2020-09-24', '2020-10-01');
  await rollUp();
}, 300_000);
afterAll(() => h.close());

test('India, 24 November 2020: 54,161 of 164,449 in two months are 32.9 %', async () => {
  const seen = await watch('national', 'unit=in');
  expect(seen.totals).toEqual(seen.all);
  expect(seen.law).toMatchObject({
    registered: 172_471,
    registered_two_months_ago: 164_449,
    completed_in_two_months: 54_161,
    compliance_rate: 32.9,
    pending: 37_930,
    pending_beyond: 37_930,
  });
  expect(seen.target).toMatchObject({ registered: 0, compliance_rate: null, disposal_rate: null, median_days: null });
  const bihar = seen.children.find(({ unit }: { unit: string }) => unit === 'in.br');
  expect(bihar).toMatchObject({ name: 'Bihar', level: 'state', registered: 124_449, law: { registered: 124_449 } });
  expect(seen.children).toHaveLength(36);
  // what falls due today is past at midnight, without a recount
  await h.at('2020-11-25T00:00:30+05:30');
  const next = await watch('national', 'unit=in');
  expect([next.law.registered_two_months_ago, next.law.completed_in_two_months]).toEqual([172_471, 62_183]);
}, 120_000);

test('Uttar Pradesh, February 2023: 74,070 of 75,881 disposed of are 97.6 %', async () => {
  await cases(
    'in.up.lucknow.sample_zone.sample_circle.sample_station',
    75_881 - 48_022 - 1_811,
    '2020-11-20',
    '2020-11-24',
  );
  await cases('in.up.lucknow.sample_zone.sample_circle.sample_station', 1_811, '2020-11-21', null);
  await rollUp();
  const seen = await watch('state', 'unit=in.up');
  expect(seen.totals).toMatchObject({ registered: 75_881, completed: 74_070, disposal_rate: 97.6, pending: 1_811 });
}, 120_000);

test('questions: a period, a group, a table; wrong ones are refused, what is not one’s own is not found', async () => {
  const some = await watch('state', 'unit=in.up&from=2018-05-01&to=2018-05-31&group=rape');
  expect([some.totals.registered, some.months.length, some.months[0].month]).toEqual([40_000, 1, '2018-05']);
  expect((await watch('state', 'unit=in.up&group=pocso')).totals.registered).toBe(0);
  const token = await as('state');
  for (const [query, path] of [
    ['unit=in.up&from=2018-02-30', 'from'],
    ['unit=in.up&group=x', 'group'],
    ['', 'unit'],
  ]) {
    const refused = await ask(`GET /watch?${query}`, { token });
    expect([refused.status, refused.body.fields[0].path]).toEqual([422, path]);
  }
  expect((await ask('GET /watch?unit=in', { token })).status).toBe(404);
  expect((await ask('GET /watch?unit=in.up', { token: await as('administrator') })).status).toBe(404);
  expect((await ask('GET /watch?unit=in.up')).status).toBe(401);
  const table = await ask('GET /watch?unit=in.up', { token, accept: 'text/csv', lang: 'hi' });
  expect(table.headers.get('content-type')).toContain('text/csv');
  const [head, first] = table.text.split('\r\n');
  expect(head).toMatch(/^row,unit,name,month,limit,registered,/);
  expect(first).toMatch(/^unit,in\.up,उत्तर प्रदेश,,all,75881,/);
  // who takes it out is named under it, with the mark under which the ledger has it; what is looked at is not
  const by = table.text.trimEnd().split('\r\n').at(-1)?.split(',') ?? [];
  expect(by[0]).toBe('exported by');
  const taken = await h.sql<{ detail: { mark: string } }>(
    "select detail from foundation.ledger where deed = 'oversight.export-figures'",
  );
  expect(taken.map(({ detail }) => detail.mark)).toEqual([by.at(-1)]);
  await h.sql("update posts.session set confirmed_at = null where kind = 'officer'");
  const unasked = await ask('GET /watch?unit=in.up', { token, accept: 'text/csv' });
  expect([unasked.status, unasked.body.code]).toEqual([401, 'confirm-yourself']);
  expect((await ask('GET /watch?unit=in.up', { token })).status).toBe(200);
  await h.sql("update posts.session set confirmed_at = clock_timestamp() where kind = 'officer'");
});

test('police disposal in 2023: every state’s charge-sheeting rate and pendency come out as the NCRB printed them', async () => {
  openTray(mkdtempSync(path.join(os.tmpdir(), 'itsso-tray-')));
  await loadFigures(streamOf(TABLE));
  const query = 'from=2023-01-01&to=2023-12-31';
  const nation = await watch('national', `unit=in&${query}`);
  expect([nation.totals.charge_sheeting_rate, nation.totals.pendency_ncrb]).toEqual([77.6, 28.7]);
  const printed = readFileSync(TABLE, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .map((text) => text.split(','));
  const rows = printed.filter(([, number]) => Number(number) > 0);
  expect(rows).toHaveLength(36);
  const come = nation.children.map((child: Record<string, number>) =>
    [child.opening, child.total_for_investigation, child.quashed, child.charge_sheeting_rate, child.pendency_ncrb].join(
      ' ',
    ),
  );
  for (const row of rows) {
    const [opening, total, quashed, rate, pending] = [row[3], row[6], row.at(-5), row.at(-2), row.at(-1)].map(Number);
    expect(come, row[2]).toContain([opening, total, quashed, rate, pending].join(' '));
  }
  // another stretch of time is counted from cases
  expect((await watch('national', 'unit=in&from=2023-01-01&to=2023-06-30')).totals.opening).not.toBe(
    nation.totals.opening,
  );
});

test('public statistics: one edition a month, by state, nothing small; a table of the same', async () => {
  const first = await ask('GET /statistics');
  expect([first.status, first.body.month]).toEqual([200, '2020-11']);
  const bihar = first.body.states.find(({ unit }: { unit: string }) => unit === 'in.br');
  expect(bihar.law).toMatchObject({ registered: 124_449, due: 124_449, in_time: 14_161 });
  await cases('in.kl.kochi.fort', 3, '2020-10-02', null);
  await rollUp();
  // what happens meanwhile is told with the next edition, and then not alone
  expect((await ask('GET /statistics')).body).toEqual(first.body);
  await h.at('2020-12-01T09:00:00+05:30');
  const next = (await ask('GET /statistics')).body;
  const law = (unit: string) => next.states.find((state: { unit: string }) => state.unit === unit).law;
  expect([next.month, law('in.kl').registered, law('in.up').registered, law('in.br').registered]).toEqual([
    '2020-12',
    null,
    null,
    124_449,
  ]);
  const table = await ask('GET /statistics', { accept: 'text/csv' });
  expect(table.text).toContain('state,in.br,Bihar,,law,124449,');
});
