// A change of law over the API alone: scheduled once, followed by the posts, taken back; counts for administrators, files for desks.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sandboxSignIn } from '#signin';
import { type TestHouse, testHouse } from '../house.ts';
import { KALYANPUR, storyIn } from '../story.ts';
import { apart, ask } from './knock.ts';

let house: TestHouse;
let number = '';
const token = async (id: string): Promise<string> => (await sandboxSignIn(id)).token;
const coming = {
  name_hi: 'नया कानून',
  name_en: 'A new code',
  in_force_from: '2026-07-01',
  acts: ['BNS'],
  goal: 'Finish what is pending',
};

beforeAll(async () => {
  house = await testHouse({ at: '2026-06-01T10:00+05:30' });
  number = await storyIn(house).confirmed();
});
afterAll(() => house.close());

test('scheduled with a key it is scheduled once; without one the second is refused', async () => {
  const administrator = await token('administrator');
  const first = await ask('POST /admin/law-changes', { token: administrator, body: coming, key: 'change-0001' });
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ name: 'A new code', phase: 'ahead', days_left: 30, total: 1, left: 1, files: [] });
  const again = await ask('POST /admin/law-changes', { token: administrator, body: coming, key: 'change-0001' });
  expect(again.body.id).toBe(first.body.id);
  const second = await ask('POST /admin/law-changes', { token: administrator, body: coming });
  expect([second.status, second.body.code]).toEqual([409, 'already-scheduled']);
  const hindi = await ask('GET /admin/law-changes', { token: administrator, lang: 'hi' });
  expect(hindi.body.items).toMatchObject([{ name: 'नया कानून', left: 1, acts: ['BNS'] }]);
});

test('what is wrong with it is said beside its field; who may not is told so', async () => {
  const told = async (by: string, body: unknown) =>
    (await ask('POST /admin/law-changes', { token: await token(by), body })).body;
  expect((await told('administrator', { ...coming, in_force_from: '2026-05-01' })).fields).toMatchObject([
    { path: 'in_force_from', code: 'day-not-ahead' },
  ]);
  expect((await told('administrator', { ...coming, acts: ['Customs'] })).fields).toMatchObject([
    { path: 'acts.0', code: 'unknown-act' },
  ]);
  expect((await told('administrator', { ...coming, name_hi: undefined })).fields).toMatchObject([
    { path: 'name_hi', code: 'change-needs-name' },
  ]);
  expect((await told('verma', { ...coming, acts: ['POCSO'] })).code).toBe('not-your-power');
  expect((await ask('GET /admin/law-changes', { token: await token('verma') })).status).toBe(403);
  expect((await ask('GET /law-changes')).status).toBe(401);
});

test('a desk reads its files in the plan; a unit outside the circle shows nothing; an unknown plan is not found', async () => {
  const suman = await token('suman');
  const { body } = await ask('GET /law-changes', { token: suman });
  const [{ id }] = body.items;
  const plan = await ask(`GET /law-changes/${id}`, { token: suman });
  expect(plan.body.files).toMatchObject([{ number, standing: 'left', next: 'receive' }]);
  expect(plan.body.posts).toMatchObject([{ left: 1 }]);
  const circle = await ask(`GET /law-changes/${id}`, { token: await token('singh') });
  expect(circle.body).toMatchObject({ files: [], units: [{ path: KALYANPUR, left: 1 }] });
  const far = await ask(`GET /law-changes/${id}?at=${KALYANPUR}&show=all`, { token: await token('aruna') });
  expect(far.body).toMatchObject({ files: [], units: [], posts: [], total: 0 });
  const counts = await ask(`GET /law-changes/${id}?show=all`, { token: await token('administrator') });
  expect(counts.body).toMatchObject({ files: [], posts: [], total: 1 });
  expect(counts.text).not.toContain(number);
  for (const which of ['01900000-0000-7000-8000-000000000000', 'nothing'])
    expect((await ask(`GET /law-changes/${which}`, { token: suman })).status).toBe(404);
  expect((await ask(`GET /law-changes/${id}?at=in.up;drop`, { token: suman })).status).toBe(422);
});

test('taken back it stays on record with the reason, and asks nothing of anybody', async () => {
  const administrator = await token('administrator');
  const { body } = await ask('GET /admin/law-changes', { token: administrator });
  const { id } = body.items[0];
  const at = `POST /admin/law-changes/${id}/withdraw`;
  expect((await ask(at, { token: administrator, body: {} })).body.fields).toMatchObject([{ code: 'say-why' }]);
  expect((await ask(at, { token: await token('suman'), body: { reason: 'x' } })).status).toBe(403);
  const gone = await ask(at, { token: administrator, body: { reason: 'Put off' }, key: 'withdraw-01' });
  expect(gone.body).toMatchObject({ phase: 'withdrawn', withdrawn: { why: 'Put off' }, total: 0 });
  const again = await ask(at, { token: administrator, body: { reason: 'Put off' }, key: 'withdraw-01' });
  expect(apart(again)).toBe(apart({ ...gone, text: gone.text.replace(gone.body.as_of, again.body.as_of) }));
  expect((await ask(at, { token: administrator, body: { reason: 'Put off' } })).body.code).toBe('already-withdrawn');
  expect((await ask(`GET /law-changes/${id}`, { token: await token('suman') })).body.files).toEqual([]);
});
