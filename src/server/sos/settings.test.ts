// How many vehicles come and who answers for a part is decided by a post at its page: the next alarm gets it, what was before stays, and nobody
// decides how little of his own part is enough.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { act, house, read } from '#foundation';
import { sentMessages } from '#notify';
import {
  cancel,
  confirm,
  decidePart,
  decideWant,
  partForm,
  register,
  serviceSettings,
  serviceStatus,
  wantForm,
  watch,
} from '#sos';
import { crewsOf, postOf, refusal } from '../../../test/crews.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';

const CITY = 'in.up.kanpur_nagar';
const WEST = `${CITY}.west`;
const REASON = 'मेले के दिन';
let h: TestHouse;
const { alarm, clear, report } = crewsOf(() => h);
const round = () => act(house(), 'test.round', (a) => watch.sweep(a));
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-05T14:00:00+05:30' });
  await report();
  await round();
});
afterAll(() => h.close());

const want = async (who: string, form: Record<string, string>) =>
  act(await h.as(who), 'sos.decide-want', (a) =>
    decideWant(
      a,
      wantForm.parse({ kind: 'alarm', area: WEST, how: 'own', reason: REASON, share: '50', least: '3', ...form }),
    ),
  );
const decide = async (who: string, form: Record<string, string>) =>
  act(await h.as(who), 'sos.decide-part', (a) =>
    decidePart(a, partForm.parse({ part: `vehicles ${WEST}`, why: REASON, ...form })),
  );
const seen = async (who: string) => read(await h.as(who), 'sos.read-settings', serviceSettings);
const codes = (form: Record<string, string>, of: typeof wantForm | typeof partForm = wantForm) =>
  of.safeParse(form).error?.issues.map(({ path, message }) => [path.join('.'), message]);
const post = async (who: string) => postOf(await h.as(who));

test('the head of an area or of one above it decides how many come; nobody else does, no administrator, and nobody above his own', async () => {
  const form = { vehicles: '5', reserve: '0' };
  for (const who of ['administrator', 'auditor', 'verma', 'khan', 'prv-1', 'suman', 'control', 'singh', 'nandini'])
    expect([who, await refusal(want(who, form))]).toEqual([who, 'not-your-power']);
  expect(await refusal(want('rao', { ...form, area: CITY }))).toBe('area-not-yours');
  expect(await refusal(want('rao', { ...form, area: `${CITY}.east` }))).toBe('area-not-yours');
  expect(await refusal(want('cp', { ...form, area: 'in.up' }))).toBe('area-not-yours');
  expect(await refusal(want('cp', { ...form, area: `${CITY}.nowhere` }))).toBe('unit-unknown');
  expect(await refusal(want('national', { area: 'in', how: 'as-above' }))).toBe('nothing-above');
  expect(await refusal(want('national', { area: 'in', vehicles: '3', reserve: '0' }))).toBe('already-so');
  expect(await refusal(want('rao', { how: 'as-above' }))).toBe('already-so');
  expect(await h.sql('select kind from sos.want_change')).toEqual([]);
  expect(await h.sql('select count(*)::int as n from sos.want')).toEqual([{ n: 3 }]);
});

test('the share that alarms without a number may hold in full is decided with it, and alone it is a change too', async () => {
  await want('rao', { vehicles: '3', reserve: '0' });
  await want('rao', { vehicles: '3', reserve: '0', share: '20' });
  expect(await refusal(want('rao', { vehicles: '3', reserve: '0', share: '20' }))).toBe('already-so');
  expect(await h.sql("select unknown_share from sos.want where kind = 'alarm' and area::text = $1", [WEST])).toEqual([
    { unknown_share: 20 },
  ]);
  const [last] = (await seen('control')).changes;
  expect(last).toMatchObject({ was: { share: 50, least: 3 }, to: { vehicles: 3, reserve: 0, share: 20, least: 3 } });
  // so does how many of them at once are never many
  await want('rao', { vehicles: '3', reserve: '0', share: '20', least: '0' });
  expect(await h.sql("select unknown_least from sos.want where kind = 'alarm' and area::text = $1", [WEST])).toEqual([
    { unknown_least: 0 },
  ]);
  expect((await seen('control')).changes[0]).toMatchObject({ was: { least: 3 }, to: { share: 20, least: 0 } });
  await want('rao', { how: 'as-above' });
  await h.sql('alter table sos.want_change disable trigger user');
  await h.sql('delete from sos.want_change');
  await h.sql('alter table sos.want_change enable trigger user');
});

test('bounds are named at their field: never one vehicle alone, never more than ten, nothing but a number', () => {
  const form = { kind: 'alarm', area: WEST, how: 'own', reason: REASON, share: '50', least: '3' };
  expect(codes({ ...form, vehicles: '1', reserve: '0' })).toEqual([['vehicles', 'vehicles-range']]);
  expect(codes({ ...form, vehicles: '11', reserve: '31' })).toEqual([
    ['vehicles', 'vehicles-range'],
    ['reserve', 'reserve-range'],
  ]);
  expect(codes({ ...form, vehicles: 'तीन', reserve: '-1' })).toEqual([
    ['vehicles', 'whole-number'],
    ['reserve', 'whole-number'],
  ]);
  expect(codes({ ...form, reserve: '0' })).toEqual([['vehicles', 'missing']]);
  expect(codes({ ...form, how: '' })).toEqual([['how', 'choose-one']]);
  // all that is wrong is said at once
  expect(codes({ ...form, area: 'x y', reason: ' ', vehicles: '1', reserve: '०' })).toEqual([
    ['area', 'unit-unknown'],
    ['reason', 'say-why'],
    ['vehicles', 'vehicles-range'],
  ]);
  expect(wantForm.parse({ ...form, vehicles: '३', reserve: '०' }).to).toEqual({
    vehicles: 3,
    reserve: 0,
    share: 50,
    least: 3,
  });
  expect(codes({ ...form, vehicles: '3', reserve: '0', share: '101', least: '51' })).toEqual([
    ['share', 'share-range'],
    ['least', 'least-range'],
  ]);
  expect(wantForm.parse({ ...form, how: 'as-above', vehicles: 'x' }).to).toBeNull();
  expect(codes({ part: 'engine in.up', why: REASON }, partForm)).toEqual([['part', 'choose-one']]);
  expect(codes({ part: `vehicles ${WEST}`, why: REASON, minimum: 'x' }, partForm)).toEqual([
    ['minimum', 'whole-number'],
  ]);
});

test('the very next alarm gets what was decided; what it was before stays, with whom, when and why; and it can be as above again', async () => {
  await clear();
  expect((await alarm()).units).toHaveLength(3);
  await clear();
  await want('rao', { vehicles: '5', reserve: '0' });
  const [first] = await h.sql<{ deed: string; subject: string | null }>(
    "select deed from foundation.ledger where deed = 'sos.decide-want' and post = $1",
    [await post('rao')],
  );
  expect(first?.deed).toBe('sos.decide-want');
  expect((await alarm()).units).toHaveLength(5);
  await clear();
  // of another kind nothing has changed; and with vehicles kept back fewer go, but two at least
  expect((await alarm({ silent: true })).units).toHaveLength(3);
  await clear();
  await want('rao', { vehicles: '5', reserve: '4' });
  const kept = await alarm();
  expect([kept.units.length, kept.short_of]).toEqual([2, 'reserve']);
  await clear();
  await want('rao', { how: 'as-above' });
  expect((await alarm()).units).toHaveLength(3);
  await clear();
  // the city's number counts in its zones that have none of their own
  await want('cp', { area: CITY, vehicles: '4', reserve: '0' });
  expect((await alarm()).units).toHaveLength(4);
  await clear();

  const { changes, wants } = await seen('control');
  expect(changes.map((c) => c.about === 'want' && [c.unit, c.was, c.to, c.reason, c.post?.en])).toEqual([
    [CITY, null, { vehicles: 4, reserve: 0, share: 50, least: 3 }, REASON, expect.stringContaining('Commissioner')],
    [WEST, { vehicles: 5, reserve: 4, share: 50, least: 3 }, null, REASON, expect.stringContaining('DCP')],
    [
      WEST,
      { vehicles: 5, reserve: 0, share: 50, least: 3 },
      { vehicles: 5, reserve: 4, share: 50, least: 3 },
      REASON,
      expect.stringContaining('DCP'),
    ],
    [WEST, null, { vehicles: 5, reserve: 0, share: 50, least: 3 }, REASON, expect.stringContaining('DCP')],
  ]);
  expect(wants.map(({ kind, area, vehicles }) => [kind, area, vehicles])).toContainEqual(['alarm', CITY, 4]);
  await expect(h.sql("update sos.want_change set reason = 'x'")).rejects.toThrow(/not rewritten/);
});

test('under duress as many as are decided for it set out, and one more at least', async () => {
  const mobile = '+919812345670';
  await register({ mobile, language: 'hi', name: undefined, home: undefined, emergency_contact: undefined });
  await h.jobs();
  const sent = await read(house(), 'notify.read', (r) => sentMessages(r, mobile));
  const code = /\d{6}/.exec(sent.at(-1)!.text)![0];
  const her = await h.citizen((await confirm({ mobile, code, pin: '1234', duress_pin: '4321' })).device_token);
  await want('cp', { kind: 'duress', area: CITY, vehicles: '6', reserve: '0' });
  const raised = await alarm({}, her);
  await cancel(her, raised.alert, '4321');
  const [stands] = await h.sql(
    'select wanted, (select count(*)::int from sos.call_out where alert = a.id) as orders from sos.alert a where id = $1',
    [raised.alert],
  );
  expect(stands).toEqual({ wanted: 6, orders: 6 });
  await clear();
});

test('who answers for a part and how much of it there must be is decided by a post above the one that answers for it now', async () => {
  const status = async () => (await serviceStatus()).parts.find((p) => p.part === 'vehicles' && p.unit === WEST);
  await report();
  await round();
  expect(await status()).toMatchObject({ minimum: 2, state: 'running', level: 6 });
  for (const who of ['administrator', 'khan', 'prv-1'])
    expect(await refusal(decide(who, { minimum: '1' }))).toMatch(/^not-(?:your-power|found)$/);
  expect(await refusal(decide('control', { minimum: '1' }))).toBe('not-your-power');
  // its own post, and one that stands beside the line
  expect(await refusal(decide('rao', { minimum: '1' }))).toBe('answers-itself');
  expect(await refusal(decide('cp', { part: `dispatcher ${CITY}`, minimum: '2' }))).toBe('minimum-is-one');
  expect(await refusal(decide('cp', { minimum: '201' }))).toBe('minimum-range');
  expect(await refusal(decide('cp', { minimum: '0' }))).toBe('minimum-range');
  expect(await refusal(decide('cp', { part: `control-room ${CITY}`, minimum: '21' }))).toBe('minimum-range');
  expect(await refusal(decide('cp', { minimum: '2' }))).toBe('already-so');
  expect(await refusal(decide('cp', {}))).toBe('already-so');
  expect(await refusal(decide('cp', { part: `vehicles ${CITY}.none`, minimum: '2' }))).toBe('not-found');
  // a post of elsewhere, one above whoever decides, one that is none
  const east = (
    await h.sql<{ id: string }>("select id from posts.post where kind = 'dcp' and path::text = $1", [`${CITY}.east`])
  )[0]!.id;
  for (const owner of [east, await post('state'), await post('verma'), '00000000-0000-4000-8000-000000000000'])
    expect(await refusal(decide('cp', { owner }))).toBe('owner-elsewhere');

  await decide('cp', { minimum: '7' });
  await report();
  await round();
  expect(await status()).toMatchObject({ minimum: 7, state: 'missing', why: 'too-few', level: 6 });
  await decide('cp', { minimum: '2', owner: await post('control') });
  await report();
  await round();
  expect(await status()).toMatchObject({ minimum: 2, state: 'running' });
  expect((await status())?.owner.en).toContain('Control room');
  // whoever answered for it before does not stand above the control room
  expect(await refusal(decide('rao', { minimum: '1' }))).toBe('answers-itself');
  const { changes, parts } = await seen('cp');
  expect(changes.slice(0, 2).map((c) => c.about === 'part' && [c.was.minimum, c.to.minimum, c.to.owner?.en])).toEqual([
    [7, 2, expect.stringContaining('Control room')],
    [2, 7, expect.stringContaining('DCP')],
  ]);
  expect(parts.find(({ part, unit }) => part === 'vehicles' && unit === WEST)?.yours).toBe(true);
  expect((await seen('rao')).parts.filter(({ yours }) => yours)).toEqual([]);
  await expect(h.sql('delete from sos.part_change')).rejects.toThrow(/not rewritten/);
  // the database says so too, whoever asks it
  await expect(
    h.sql(
      `insert into sos.part_change select gen_random_uuid(), part, unit, 1, owner, minimum, owner, foundation.now(), owner, (select id from posts.officer limit 1), 'x'
       from sos.part where part = 'vehicles' limit 1`,
    ),
  ).rejects.toThrow(/not_by_its_owner/);
});

test('a post that nobody holds is given nothing to answer for; two who decide at once leave both decisions, in their order', async () => {
  await h.sql(`insert into posts.post (id, unit, path, kind, name_hi, name_en, opened_on)
    select gen_random_uuid(), id, path, 'control-room', 'खाली', 'Empty', '2020-01-01' from posts.unit where path::text = '${CITY}'`);
  const [empty] = await h.sql<{ id: string }>("select id from posts.post where name_en = 'Empty'");
  expect(await refusal(decide('cp', { owner: empty!.id }))).toBe('post-is-vacant');
  await Promise.all([want('cp', { vehicles: '6', reserve: '0' }), want('rao', { vehicles: '7', reserve: '0' })]);
  const rows = await h.sql<{ was: number | null; now: number }>(
    'select was_vehicles as was, vehicles as now from sos.want_change where area::text = $1 and vehicles in (6, 7)',
    [WEST],
  );
  const last = await h.sql<{ vehicles: number }>('select vehicles from sos.want where area::text = $1', [WEST]);
  const second = rows.find(({ was }) => was !== null);
  expect(rows).toHaveLength(2);
  expect([second?.was, second?.now].sort()).toEqual([6, 7]);
  expect(last).toEqual([{ vehicles: second?.now }]);
});
