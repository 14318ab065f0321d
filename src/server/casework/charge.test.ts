// The charge of a post: who may say who holds it, the list both sign, what a superior sees of his people, files moved together.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chargesOf,
  endLeaveOf,
  filesOnDesk,
  grantLeaveOf,
  moveFiles,
  onDesk,
  orderTransferOf,
  readFile,
  signCharge,
  staffingOf,
  track,
} from '#casework';
import { act, type Actor, read, Refusal } from '#foundation';
import { openByReceipt, orRefuse } from '#intake';
import { findHolder } from '#posts';
import { actorOf } from '#signin';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { complaint, storyIn } from '../../../test/story.ts';

let h: TestHouse;
let story: ReturnType<typeof storyIn>;
type Officer = Extract<Actor, { kind: 'officer' }>;
const seated = async (who: string): Promise<Officer> => {
  const actor = await h.as(who);
  if (actor.kind !== 'officer') throw new Error('an officer');
  return actor;
};
const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );
const at = (text: string) => Temporal.Instant.from(`${text}+05:30`);
const by = async <T>(who: string, work: Parameters<typeof act<T>>[2]): Promise<T> =>
  act(await h.as(who), 'test.do', work);
const look = async <T>(who: string, work: Parameters<typeof read<T>>[2]): Promise<T> =>
  read(await h.as(who), 'test.look', work);

let files: string[] = [];
beforeAll(async () => {
  h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  story = storyIn(h);
  for (let n = 1; n <= 3; n++) {
    const number = await story.confirmed();
    await story.step('suman', number, { step: 'receive' });
    await story.step('verma', number, { step: 'assign', to_post: (await seated('khan')).post });
    files.push(number);
  }
  files = files.toSorted();
}, 120_000);
afterAll(() => h.close());

describe('who may', () => {
  test('leave and transfers are ordered by a post above or an administrator, and by nobody else', async () => {
    const khan = await seated('khan');
    const aruna = await seated('aruna');
    const leave = (who: string, deputy: string | null = null, post = khan.post) =>
      code(by(who, (a) => grantLeaveOf(a, { post, to: at('2026-01-06T10:00'), deputy, kind: 'leave' })));
    for (const who of ['khan', 'rekha', 'aruna', 'lko-sho', 'savita', 'control', 'auditor'])
      expect(await leave(who), who).toBe('not-your-power');
    const administrator = await seated('administrator');
    expect(await leave('administrator', administrator.officer), 'never to himself').toBe('not-your-power');
    for (const who of ['verma', 'singh', 'rao', 'administrator']) {
      expect(await leave(who, aruna.officer), who).toBe('done');
      expect(await code(by('rekha', (a) => endLeaveOf(a, khan.post)))).toBe('not-your-power');
      expect(await code(by(who, (a) => endLeaveOf(a, khan.post))), who).toBe('done');
    }
    const order = (who: string) =>
      code(
        by(who, (a) =>
          orderTransferOf(a, { officer: khan.officer, posts: [{ post: khan.post, successor: null }], note: 'x' }),
        ),
      );
    for (const who of ['khan', 'rekha', 'aruna', 'auditor']) expect(await order(who), who).toBe('not-your-power');
  });
});

describe('leave', () => {
  test('the deputy has the desk and she sees the deputy’s name; at the end the officer has both again', async () => {
    await h.at('2026-01-06T10:00:00+05:30');
    const form = complaint();
    const number = await story.confirmed(form);
    // the same form again is the same complaint, with the same receipt
    const { receipt } = await story.file(form);
    await story.step('suman', number, { step: 'receive' });
    await story.step('verma', number, { step: 'assign', to_post: (await seated('khan')).post });
    const khan = await seated('khan');
    const rekha = await seated('rekha');
    await by('verma', (a) =>
      grantLeaveOf(a, { post: khan.post, to: at('2026-01-10T10:00'), deputy: rekha.officer, kind: 'leave' }),
    );
    const her = await act(h.nobody, 'test.open', async (a) => orRefuse(await openByReceipt(a, { receipt })));
    const seen = async () => {
      const facts = await read(await h.citizen(her.token), 'test.track', (r) => track(r));
      return facts.now_with.officer?.name.en;
    };
    expect(await seen()).toBe('Rekha Namuna');
    expect(await actorOf(khan.secret), 'his shift has ended').toBeUndefined();
    await h.at('2026-01-10T10:00:00+05:30');
    expect((await look('verma', (r) => findHolder(r, khan.post)))?.officer).toBe(khan.officer);
    expect((await look('khan', (r) => onDesk(r))).map((row) => row.number)).toContain(number);
    files = [...files, number].toSorted();
  });
});

describe('an order of transfer', () => {
  test('the outgoing officer signs for what he gives, the incoming for what he takes, once each and only in their time', async () => {
    const khan = await seated('khan');
    const rekha = await seated('rekha');
    const transfer = await by('verma', (a) =>
      orderTransferOf(a, {
        officer: khan.officer,
        at: at('2026-01-12T10:00'),
        posts: [{ post: khan.post, successor: rekha.officer }],
        note: 'Posted to Kotwali.',
      }),
    );
    const sign = (who: string, note?: string) =>
      code(by(who, (a) => signCharge(a, { transfer, post: khan.post, note })));
    expect(await sign('rekha'), 'not before she holds it').toBe('not-your-list');
    expect(await sign('verma')).toBe('not-your-list');
    expect(await sign('khan', 'Laboratory report awaited in two.')).toBe('done');
    expect(await sign('khan')).toBe('already-signed');
    const [mine] = await look('khan', (r) => chargesOf(r));
    expect(mine).toMatchObject({ transfer, note: 'Posted to Kotwali.', mine: null, takes: null });
    expect(mine?.gives?.files.map(({ number }) => number)).toEqual(files);
    expect(mine?.gives?.note).toBe('Laboratory report awaited in two.');

    // one file goes elsewhere between the two signatures
    await story.step('verma', files[0] ?? '', {
      step: 'move',
      to_post: (await seated('verma')).post,
      reason: 'For decision.',
    });
    await h.at('2026-01-12T10:00:00+05:30');
    expect((await look('verma', (r) => findHolder(r, khan.post)))?.officer).toBe(rekha.officer);
    // she signs in at the post she has taken
    const taken = await actorAt('khan');
    expect(taken.officer).toBe(rekha.officer);
    const signs = () => code(act(taken, 'test.do', (a) => signCharge(a, { transfer, post: khan.post })));
    expect(await signs()).toBe('done');
    expect(await signs()).toBe('already-signed');
    const [charge] = await look('verma', (r) => chargesOf(r, [khan.post]));
    expect(charge?.takes?.files.map(({ number }) => number)).toEqual(files.slice(1));
    expect(charge?.differ).toEqual(files.slice(0, 1));
    expect(charge?.gives?.sha256).not.toBe(charge?.takes?.sha256);
    expect(await look('lko-sho', (r) => chargesOf(r, [khan.post])), 'a stranger sees no list').toMatchObject([
      { gives: null, takes: null },
    ]);
    // were the policy open, the stranger would see it: it is the policy that hides it
    const [policy] = await h.sql<{ qual: string }>(
      `select qual from pg_policies where tablename = 'charge_list' and policyname = 'seen'`,
    );
    await h.sql('alter policy seen on casework.charge_list using (true)');
    expect((await look('lko-sho', (r) => chargesOf(r, [khan.post])))[0]?.gives).not.toBeNull();
    await h.sql(`alter policy seen on casework.charge_list using (${policy?.qual})`);
    const tampered = h.sql(`set role itsso_officer; update casework.charge_list set files = '[]'`);
    await expect(tampered).rejects.toThrow(/permission denied/);
    await h.sql('reset role');
  });
});

// the session of whoever holds the post of this member of the cast now
async function actorAt(who: string): Promise<Officer> {
  const actor = await h.as(who);
  return actor.kind === 'officer' ? actor : Promise.reject(new Error('an officer'));
}

describe('what a superior sees', () => {
  test('every post below with its holder, who is away, and what lies there; nobody sees a unit that is not below', async () => {
    const khan = await seated('khan');
    const staffing = await look('verma', (r) => staffingOf(r));
    expect(staffing.parts).toEqual([]);
    const row = staffing.rows.find(({ post }) => post === khan.post);
    const lies = await look('verma', (r) => filesOnDesk(r, khan.post));
    expect(row?.load.open).toBe(lies.length);
    expect(row?.load.late, 'what others have to do is not theirs').toBe(0);
    await h.sql(
      `update deadlines.deadline set responsible = 'police' where stopped_at is null and due_at < foundation.now()
         and file = (select id from casework.file where number = $1)`,
      [lies[0]?.number],
    );
    const again = await look('verma', (r) => staffingOf(r));
    expect(again.rows[0]).toMatchObject({ post: khan.post, load: { open: lies.length, late: 1 } });
    expect(row?.holder?.name.en).toBe('Rekha Namuna');
    const sorted = staffing.rows.map(({ load }) => load.late);
    expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
    expect(await code(look('verma', (r) => staffingOf(r, 'in.up.kanpur_nagar')))).toBe('not-found');
    expect(await code(look('khan', (r) => staffingOf(r)))).toBe('not-your-power');
    expect(await code(look('lko-sho', (r) => staffingOf(r, 'in.up.kanpur_nagar.west.circle_12.kalyanpur')))).toBe(
      'not-found',
    );
    // the district is told by its parts, and they add up
    const district = await look('cp', (r) => staffingOf(r));
    expect(district.parts.length).toBeGreaterThan(2);
    const west = district.parts.find(({ path }) => path.endsWith('.west'));
    const zone = await look('cp', (r) => staffingOf(r, west?.path));
    const all = [...zone.rows.map(({ load }) => load), ...zone.parts.map(({ load }) => load)];
    expect(all.reduce((n, { open }) => n + open, 0)).toBe(west?.load.open);
  });
});

describe('files moved together', () => {
  test('each keeps its clocks and has a step of its own; one that may not go holds all back', async () => {
    const rekha = await seated('rekha');
    const numbers = files.slice(1);
    const [one = ''] = numbers;
    const before = (await look('verma', (r) => readFile(r, one))).clocks.map(({ id, due_at }) => `${id} ${due_at}`);
    const move = (list: string[]) =>
      code(by('verma', (a) => moveFiles(a, { numbers: list, to_post: rekha.post, reason: 'She knows the area.' })));
    expect(await move([])).toBe('choose-files');
    expect(await move(Array.from({ length: 51 }, (_, n) => String(100000000000 + n)))).toBe('too-many-at-once');
    expect(await move([...numbers, '999999999999'])).toBe('not-found');
    expect((await look('verma', (r) => filesOnDesk(r, rekha.post))).map(({ number }) => number)).toEqual([]);
    expect(await move([...numbers, ...numbers])).toBe('done');
    const there = await look('verma', (r) => filesOnDesk(r, rekha.post));
    expect(there.map(({ number }) => number).toSorted()).toEqual(numbers);
    const after = await look('verma', (r) => readFile(r, one));
    expect(after.clocks.map(({ id, due_at }) => `${id} ${due_at}`)).toEqual(before);
    expect(after.history.at(-1) ?? after.history[0]).toBeDefined();
    expect(await move(numbers), 'they are there already').toBe('already-there');
    expect(
      await code(by('aruna', (a) => moveFiles(a, { numbers, to_post: rekha.post, reason: 'x' }))),
      'another station',
    ).toBe('not-found');
  });
});
