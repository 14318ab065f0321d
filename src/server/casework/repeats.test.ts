// The same accused in other files: suggested by sound, phone, vehicle and address, only where the post sees both, and joined by nobody but
// an officer.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decideRepeat, readFile, repeatForm, repeatsOf } from '#casework';
import { act, type Actor, read, Refusal } from '#foundation';
import { plateOf } from '#sealed-identity';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
type Officer = Extract<Actor, { kind: 'officer' }>;
const seated = async (who: string): Promise<Officer> => {
  const actor = await h.as(who);
  return actor.kind === 'officer' ? actor : Promise.reject(new Error('an officer'));
};
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const repeats = async (who: string, number: string) => read(await h.as(who), 'test.look', (r) => repeatsOf(r, number));
const decide = async (who: string, number: string, form: Record<string, unknown>) =>
  act(await h.as(who), 'test.decide', (a) =>
    decideRepeat(
      a,
      number,
      repeatForm.parse({ accused: 1, other_accused: 1, same: true, note: 'Same scar.', ...form }),
    ),
  );

const file = async (names: (string | undefined)[], to = 'khan'): Promise<string> => {
  const accused = names.map((name) => ({ known: name !== undefined, ...(name ? { name } : {}) }));
  const number = await story.confirmed(complaint({ accused }));
  await story.step('suman', number, { step: 'receive' });
  await story.step('verma', number, { step: 'assign', to_post: (await seated(to)).post });
  return number;
};

let hindi = '';
let latin = '';
let other = '';
let unknown = '';
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  hindi = await file(['रमेश कुमार यादव']);
  latin = await file([undefined, 'Ramesh Kumar Yadav'], 'rekha');
  other = await file(['Suresh Kumar Singh'], 'rekha');
  unknown = await file([undefined]);
}, 120_000);
afterAll(() => h.close());

test('a name written in the other script is suggested, which accused of which file, and a like name is not', async () => {
  const found = await repeats('verma', hindi);
  expect(found).toMatchObject([{ number: latin, accused: 1, other_accused: 2, why: ['name'], decided: null }]);
  expect((await repeats('verma', latin)).map((one) => [one.number, one.accused, one.other_accused])).toEqual([
    [hindi, 2, 1],
  ]);
  expect(await repeats('verma', other)).toEqual([]);
  expect(JSON.stringify(found), 'no name is shown').not.toMatch(/Ramesh|रमेश|Yadav/);
});

test('who sees only one of the files is told of none, and nothing can be joined out of sight', async () => {
  expect(await repeats('khan', hindi)).toEqual([]);
  expect(await code(repeats('lko-sho', hindi))).toBe('not-found');
  expect(await code(decide('khan', hindi, { other: latin }))).toBe('not-found');
  expect(await code(decide('lko-sho', hindi, { other: latin }))).toBe('not-found');
});

test('what an officer learns later finds more: the same phone or vehicle whatever the name, an address only with a name', async () => {
  const describe = (number: string, who: string, known: Record<string, unknown>) =>
    code(story.step(who, number, { step: 'describe-accused', accused: 1, ...known }));
  expect(await describe(unknown, 'khan', {})).toBe('say-what-is-known');
  expect(await describe(unknown, 'khan', { phone: '12' })).toBe('mobile-wrong');
  expect(await describe(unknown, 'khan', { vehicle: 'bicycle' })).toBe('plate-wrong');
  expect(await describe(unknown, 'rekha', { name: 'Pappu' })).toBe('not-found');
  expect(
    await describe(unknown, 'khan', { name: 'पप्पू', vehicle: 'up 78 ab 1234', address: 'मकान 12, शास्त्री नगर' }),
  ).toBe('done');
  expect(await repeats('verma', unknown)).toEqual([]);
  expect(await describe(other, 'rekha', { phone: '98765 43210', vehicle: 'UP78-AB-1234' })).toBe('done');
  expect(await repeats('verma', unknown)).toMatchObject([{ number: other, why: ['vehicle'] }]);
  expect(await describe(hindi, 'khan', { phone: '+91 9876543210' })).toBe('done');
  expect((await repeats('verma', hindi)).map(({ number, why }) => [number, why])).toEqual([
    [other, ['phone']],
    [latin, ['name']],
  ]);
  // one word of a name is many people; at the same address it is one
  expect(await describe(latin, 'rekha', { name: 'Pappu', address: 'house 12 Shastri Nagar' })).toBe('done');
  expect((await repeats('verma', unknown)).map(({ number, why }) => [number, why])).toEqual([
    [other, ['vehicle']],
    [latin, ['name', 'address']],
  ]);
  const view = await read(await h.as('khan'), 'test.look', (r) => readFile(r, unknown));
  expect(view.history.at(-1)).toMatchObject({
    step: 'describe-accused',
    note: 'पप्पू · up 78 ab 1234 · मकान 12, शास्त्री नगर',
  });
  const kept = await h.sql(
    `select 1 from sealed.accused_mark where encode(hash, 'escape') ~ '9876|UP78'
     union all select 1 from casework.step where form::text ~ '9876|UP78|Pappu|पप्पू'`,
  );
  expect(kept, 'nothing is stored in the open').toEqual([]);
});

test('an officer who sees both decides, with grounds; it stands on both files, may be decided anew, and what was said stays', async () => {
  expect(await code(decide('verma', hindi, { other: hindi }))).toBe('same-file');
  expect(() => repeatForm.parse({ accused: 0, other: latin, other_accused: 1, same: true, note: 'x' })).toThrow();
  await decide('verma', hindi, { other: latin, accused: 1, other_accused: 2 });
  const seen = async (number: string) => (await repeats('verma', number)).find(({ decided }) => decided !== null);
  expect(await seen(hindi)).toMatchObject({ number: latin, decided: { same: true, note: 'Same scar.' } });
  expect(await seen(latin)).toMatchObject({ number: hindi, accused: 2, other_accused: 1, decided: { same: true } });
  await decide('singh', latin, {
    other: hindi,
    accused: 2,
    other_accused: 1,
    same: false,
    note: 'Fingerprints differ.',
  });
  expect(await seen(hindi)).toMatchObject({ decided: { same: false, note: 'Fingerprints differ.' } });
  expect(await h.sql('select from casework.accused_link')).toHaveLength(2);
  // joined by hand, where nothing was alike
  await decide('verma', other, { other: latin, note: 'He told so.' });
  expect((await repeats('verma', other)).map(({ number, why }) => [number, why])).toContainEqual([latin, []]);
  // the officer of one file alone sees neither suggestion nor decision
  expect(await repeats('khan', hindi)).toMatchObject([]);
  const ledger = await h.sql<{ n: number }>(
    `select count(*)::int as n from foundation.ledger where deed = 'file.link-accused'`,
  );
  expect(ledger[0]?.n).toBe(6);
  const erased = h.sql(`set role itsso_officer; delete from casework.accused_link`);
  await expect(erased).rejects.toThrow(/permission denied/);
  await h.sql('reset role');
});

test('it is the policies that hide what lies in files out of sight', async () => {
  const counts = async (who: string) =>
    read(await h.as(who), 'test.look', async (r) => [
      (await r.db.selectFrom('sealed.accused_mark').select('subject').distinct().execute()).length,
      (await r.db.selectFrom('casework.accused_link').select('id').execute()).length,
    ]);
  expect(await counts('khan')).toEqual([2, 0]);
  expect(await counts('verma')).toEqual([4, 3]);
  expect(await counts('lko-io')).toEqual([0, 0]);
  for (const table of ['sealed.accused_mark', 'casework.accused_link']) {
    const [policy] = await h.sql<{ qual: string }>(
      `select qual from pg_policies where schemaname || '.' || tablename = $1 and policyname = 'seen'`,
      [table],
    );
    const before = await counts('lko-io');
    await h.sql(`alter policy seen on ${table} using (true)`);
    expect(await counts('lko-io'), table).not.toEqual(before);
    await h.sql(`alter policy seen on ${table} using (${policy?.qual})`);
  }
});

test('a registration number has one spelling', () => {
  for (const same of ['UP78AB1234', 'up 78 ab 1234', 'UP-78-AB-1234', ' up78ab1234 '])
    expect(plateOf(same)).toBe('UP78AB1234');
  for (const none of ['', 'bicycle', '1234', 'UP', 'UP78AB12345']) expect(plateOf(none), none).toBeUndefined();
});
