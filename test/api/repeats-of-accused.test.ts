// The same accused over the API: suggested, decided once however often it is sent, refused to who sees one file only.
import { afterAll, beforeAll, expect, test } from 'vitest';
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

test('suggested to who sees both, decided once, and told to nobody else', async () => {
  const story = storyIn(h);
  const numbers: string[] = [];
  for (const name of ['श्याम सुंदर मिश्रा', 'Shyam Sundar Mishra']) {
    const number = await story.confirmed(complaint({ accused: [{ known: true, name }] }));
    await story.step('suman', number, { step: 'receive' });
    numbers.push(number);
  }
  const [one, other] = numbers;
  await story.step('verma', other ?? '', { step: 'assign', to_post: await story.post('khan') });
  const token = await as('verma');
  const found = await ask(`GET /files/${one}/repeats`, { token, lang: 'en' });
  expect([found.status, found.body.items]).toMatchObject([200, [{ number: other, why: ['name'], decided: null }]]);
  expect(found.text).not.toMatch(/Shyam|श्याम/);
  const body = { accused: 1, other, other_accused: 1, same: true, note: 'Known to both.' };
  const decided = await ask(`POST /files/${one}/repeats`, { token, body, key: 'repeat-0001' });
  expect([decided.status, decided.body]).toEqual([201, { number: other, same: true }]);
  expect((await ask(`POST /files/${one}/repeats`, { token, body, key: 'repeat-0001' })).text).toBe(decided.text);
  expect(await h.sql('select from casework.accused_link')).toHaveLength(1);
  expect((await ask(`GET /files/${other}/repeats`, { token: await as('khan') })).body.items).toEqual([]);
  expect((await ask(`GET /files/${one}/repeats`, { token: await as('khan') })).status).toBe(404);
  const bad = await ask(`POST /files/${one}/repeats`, { token, body: { ...body, other: 'x', accused: 0, note: '' } });
  expect([bad.status, bad.body.fields.map((f: { path: string }) => f.path).sort()]).toEqual([
    422,
    ['accused', 'note', 'other'],
  ]);
});
