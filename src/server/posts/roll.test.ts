// A State's roll: what an empty house is given before anybody can work in it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house } from '#foundation';
import { loadRoll, type RollLine, rollLine } from '#posts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05' });
});
afterAll(() => h.close());

const line = (over: Record<string, string>): RollLine => rollLine.parse({ name_hi: 'नाम', name_en: 'Name', ...over });
const load = (...lines: Record<string, string>[]) =>
  act(house(), 'posts.load-roll', (a) => loadRoll(a, lines.map(line)));
const officer = {
  officer_hi: 'मीरा नमूना',
  officer_en: 'Meera Namuna',
  rank_hi: 'निरीक्षक',
  rank_en: 'Inspector',
  woman: 'yes',
};
const UNITS = [
  { unit: 'in.ut', level: 'state', name_en: 'Uttarakhand' },
  { unit: 'in.ut.dehradun', level: 'district', name_en: 'Dehradun' },
  { unit: 'in.ut.dehradun.kotwali', level: 'station', name_en: 'Kotwali' },
];
const POSTS = [
  { unit: 'in.ut.dehradun', kind: 'sp', name_en: 'SP', ...officer },
  { unit: 'in.ut.dehradun', kind: 'callback-desk', name_en: 'Call-back desk', women_only: 'yes', under: 'sp' },
  {
    unit: 'in.ut.dehradun',
    kind: 'callback',
    name_en: 'Operator',
    women_only: 'yes',
    under: 'callback-desk',
    ...officer,
  },
  { unit: 'in.ut.dehradun.kotwali', kind: 'sho', name_en: 'SHO', phone: '0135-000-000', ...officer },
];
const standing = () =>
  h.sql<{ kind: string; path: string; under: string | null; officer: string | null }>(
    `select p.kind, p.path::text, u.kind as under, o.name_en as officer from posts.post p left join posts.post u on u.id = p.under
     left join posts.tenure t on t.post = p.id and t.to_at is null left join posts.officer o on o.id = t.officer where p.path operator(ext.<@) 'in.ut' order by p.path, p.kind`,
  );

test('units, posts and officers stand, each where it belongs; said again it adds only what is new', async () => {
  expect(await load(...UNITS, ...POSTS)).toMatchObject({ units: 3, posts: 4, seated: 3, faults: [] });
  expect(await standing()).toEqual([
    { kind: 'callback', path: 'in.ut.dehradun', under: 'callback-desk', officer: 'Meera Namuna' },
    { kind: 'callback-desk', path: 'in.ut.dehradun', under: 'sp', officer: null },
    { kind: 'sp', path: 'in.ut.dehradun', under: null, officer: 'Meera Namuna' },
    { kind: 'sho', path: 'in.ut.dehradun.kotwali', under: null, officer: 'Meera Namuna' },
  ]);
  const again = POSTS.map((post) => ({ ...post, ...officer, officer_en: 'Another Namuna' }));
  // whoever holds a post keeps it; the desk that was vacant has somebody now
  expect(await load(...UNITS, ...again)).toMatchObject({ units: 0, posts: 0, seated: 1, faults: [] });
  expect((await standing()).map((one) => one.officer)).toEqual([
    'Meera Namuna',
    'Another Namuna',
    'Meera Namuna',
    'Meera Namuna',
  ]);
});

test('with one line that is wrong nothing is kept, and each is named with its reason', async () => {
  const { faults } = await load(
    { unit: 'in.zz', level: 'state', name_en: 'New' },
    { unit: 'in.zz.x.station', level: 'station' },
    { unit: 'in.zz.dehra', level: 'state' },
    { unit: 'in.zz', kind: 'sp', level: 'state' },
    { unit: 'in.nowhere', kind: 'sp' },
    { unit: 'in.zz', kind: 'callback', under: 'callback-desk', name_en: 'Operator' },
    { unit: 'in.zz', kind: 'help-desk', women_only: 'yes', ...officer, woman: 'no' },
    { unit: 'in.zz', kind: 'state', officer_en: 'Half' },
    { unit: 'in.zz', level: 'state', name_en: 'New' },
  );
  expect(faults.map(({ line: n, why }) => `${n} ${why}`)).toEqual([
    '2 there is no unit in.zz.x',
    '3 a state does not lie in a state',
    '4 a line is a unit with a level, or a post with a kind',
    '5 there is no unit in.nowhere',
    '6 there is no post callback-desk here or above',
    '7 this post is for women',
    '8 an officer has a name and a rank, in both languages',
    '9 this line stands here twice',
  ]);
  expect(await h.sql(`select from posts.unit where path operator(ext.<@) 'in.zz'`)).toEqual([]);
  for (const bad of [
    { unit: 'IN.Up' },
    { unit: 'in.up', level: 'village' },
    { unit: 'in.up', colour: 'x' },
    { unit: 'in.up', woman: 'maybe' },
  ])
    expect(rollLine.safeParse({ name_hi: 'न', name_en: 'N', ...bad }).success, JSON.stringify(bad)).toBe(false);
});
