// Programs that read figures: a researcher's what is public, a dashboard's all of its unit, neither anything else; within their quota.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollUp } from '#oversight';
import { type TestHouse, testHouse } from '../house.ts';
import { type Answer, ask } from './knock.ts';

let h: TestHouse;
let contact = '';
const cases = (unit: string, n: number, done: boolean) =>
  h.sql(
    `select published.write_cases('cctns', array_agg(row($1::text || '/2026/' || i || $3::boolean::text, $1::ext.ltree, '{rape}', 'law', date '2026-02-03',
       case when $3::boolean then date '2026-03-02' end, case when $3::boolean then date '2026-03-02' end, case when $3::boolean then 'CHARGE_SHEET' end, 0)::published.told))
     from generate_series(1, $2) i`,
    [unit, n, done],
  );
beforeAll(async () => {
  h = await testHouse({ at: '2026-06-05T10:00+05:30' });
  const officer = await h.as('state');
  contact = officer.kind === 'officer' ? officer.post : '';
  for (const state of ['in.br', 'in.rj']) {
    await cases(`${state}.one.station`, 60, true);
    await cases(`${state}.one.station`, 40, false);
  }
  for (const [district, done, left] of [
    ['kanpur_nagar', 40, 30],
    ['lucknow', 50, 25],
    ['agra', 3, 0],
    ['meerut', 20, 14],
  ] as const) {
    await cases(`in.up.${district}.kotwali`, done, true);
    if (left > 0) await cases(`in.up.${district}.kotwali`, left, false);
  }
  await rollUp();
}, 300_000);
afterAll(() => h.close());

const register = async (rights: string[], per_minute = 60): Promise<string> => {
  const token = (await h.as('administrator')).secret ?? '';
  const body = { name: 'Figures', contact_post: contact, channel: 'web', rights, per_minute };
  const answer = await ask('POST /admin/clients', { token, body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.token;
};
const code = (answer: Answer) => [answer.status, answer.body.code];

test('a researcher reads editions of its unit, small counts and what tells them left out; the month through the same', async () => {
  const client = await register(['figures']);
  const { body, status, text } = await ask('GET /figures?unit=in.up', { client });
  expect(status, text).toBe(200);
  expect(body).toMatchObject({ unit: 'in.up', month: '2026-06' });
  expect(body.own.law.registered).toBe(182);
  const part = (unit: string) => body.parts.find((one: { unit: string }) => one.unit === unit);
  expect(part('in.up.agra').law.registered).toBe(null);
  // the next smallest too: else 182 less the others would tell the three of Agra
  expect(part('in.up.meerut').law.registered).toBe(null);
  expect(part('in.up.lucknow').law.registered).toBe(75);
  // below what is left out nothing is told
  const below = await ask('GET /figures?unit=in.up.meerut', { client });
  expect(below.body.own.law.registered).toBe(null);
  for (const row of [...below.body.parts, ...below.body.months]) expect(row.law.registered).toBe(null);
  await cases('in.up.lucknow.kotwali', 200, true);
  await rollUp();
  expect((await ask('GET /figures?unit=in.up', { client })).body).toEqual(body);
  // and nothing else
  expect(code(await ask('GET /figures/live?unit=in.up', { client }))).toEqual([403, 'client-lacks-right']);
  expect(code(await ask('GET /figures?unit=in.br', { client }))).toEqual([404, 'not-found']);
  expect(code(await ask('GET /figures?unit=in', { client }))).toEqual([404, 'not-found']);
  expect(code(await ask('GET /figures?unit=in.up.nowhere', { client }))).toEqual([404, 'not-found']);
  expect(code(await ask('GET /figures?unit=in.up', {}))).toEqual([401, 'client-unknown']);
  expect((await ask('GET /watch?unit=in.up', { client })).status).toBe(401);
}, 60_000);

test('a dashboard reads the figures of its unit as they are, as JSON and as a table, until its quota is spent', async () => {
  const client = await register(['dashboard'], 4);
  const live = await ask('GET /figures/live?unit=in.up.agra', { client });
  expect(live.body.law).toMatchObject({ registered: 3, completed_in_two_months: 3, compliance_rate: 100 });
  expect(code(await ask('GET /figures/live?unit=in.br', { client }))).toEqual([404, 'not-found']);
  const table = await ask('GET /figures/live?unit=in.up.agra', { client, accept: 'text/csv' });
  expect(table.text).toContain('in.up.agra');
  // under the name of the program that took it
  expect(table.text.trimEnd().split('\r\n').at(-1)).toMatch(/^exported by,[0-9a-f-]{36},2\d{3}-/);
  await ask('GET /figures/live?unit=in.up', { client });
  const spent = await ask('GET /figures/live?unit=in.up', { client });
  expect(code(spent)).toEqual([429, 'client-quota-spent']);
}, 60_000);
