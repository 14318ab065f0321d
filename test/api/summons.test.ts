// Summonses over the API: the reasons are a list, she answers once however often sent, superiors read numbers.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SUMMON_REASONS } from '#casework';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { complaint, storyIn } from '../story.ts';
import { ask } from './knock.ts';

let h: TestHouse;
const as = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00+05:30' });
});
afterAll(() => h.close());

test('asked, answered, settled, counted', async () => {
  const story = storyIn(h);
  const form = complaint({ earlier: { station: 'Kanariya', number: '7', year: 2025, on: '2025-12-06' } });
  const filed = await story.file(form);
  const number = (await story.call(form)).complaint_number ?? '';
  const her = (await ask('POST /track/sessions', { body: { receipt: filed.receipt } })).body.token;
  const step = async (body: Record<string, unknown>, key?: string) =>
    ask(`POST /files/${number}/steps`, { token: await as('suman'), body, ...(key ? { key } : {}) });

  const summon = { step: 'summon', at: '2026-01-08T11:00:00+05:30', place: 'station' };
  const free = await step({ ...summon, why: 'because I say so' });
  expect([free.status, free.body.fields[0].path]).toEqual([422, 'why']);
  const bare = await step({ ...summon, why: 'document' });
  expect([bare.status, bare.body.fields]).toMatchObject([422, [{ path: 'note', code: 'say-what-for' }]]);
  const whole = { ...summon, why: 'document', note: 'a paper', cannot: 'original-papers', agreed: false };
  expect((await step(whole)).body.appearances).toMatchObject({ asked: 1, items: [{ why: 'document', beyond: true }] });
  const schema = (await ask('GET /openapi.json')).body.components.schemas;
  const forms: { properties: Record<string, { const?: string; enum?: string[] }> }[] =
    schema.Step.oneOf ?? schema.Step.anyOf;
  expect(forms.find(({ properties }) => properties.step?.const === 'summon')?.properties.why?.enum).toEqual([
    ...SUMMON_REASONS,
  ]);

  const seen = (await ask('GET /track', { token: her })).body;
  expect(seen.earlier).toMatchObject({ source: 'as-told', number: '7', on: '2025-12-06', days: 30 });
  expect(seen.now_with.purpose).not.toBe('');
  for (const desk of seen.desks) expect(desk.purpose, desk.post_kind).not.toBe('');
  const [{ id }] = seen.appearances.items;
  const path = `POST /track/summons/${id}/answer`;
  expect((await ask(path, { token: her, body: { answer: 'never' } })).status).toBe(422);
  const once = { token: her, body: { answer: 'at-home', text: 'Kanariya' }, key: 'answer-001' };
  const first = await ask(path, once);
  expect([first.status, first.body.items[0].answers.length]).toEqual([200, 1]);
  expect((await ask(path, once)).text).toBe(first.text);
  expect((await ask(path, { token: await as('suman'), body: { answer: 'come' } })).status).toBe(404);
  expect((await ask('GET /attention', { token: await as('suman') })).body.items).toMatchObject([
    { number, rule: 'summon-answered' },
  ]);
  const done = await step({ step: 'summon-result', summon: id, result: 'heard-at-home', at: seen.as_of }, 'result-01');
  expect(done.body.appearances.items[0]).toMatchObject({ result: { result: 'heard-at-home' } });
  const over = await ask(path, { token: her, body: { answer: 'come' } });
  expect([over.status, over.body.code]).toEqual([409, 'summon-over']);

  const counted = await ask('GET /summons', { token: await as('singh') });
  expect(counted.body).toMatchObject({
    days: 90,
    total: { all: 1, beyond: 1, agreed: 0, came: 0 },
    stations: [{ all: 1 }],
    items: [{ all: 1, officer: expect.any(String) }],
  });
  expect(counted.text).not.toMatch(new RegExp(`${number}|Kanariya`));
  expect((await ask('GET /summons', { token: await as('lko-sho') })).body.items).toEqual([]);
  expect((await ask('GET /summons', { token: her })).status).toBe(403);
});
