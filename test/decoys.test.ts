// Decoy files: laid by two posts, like any other to whoever reads one, told past the superior, counted nowhere.
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { act, read, sweepAll } from '#foundation';
import {
  askForDecoy,
  decideOnDecoy,
  decoyForm,
  decoysOf,
  deskCounts,
  endDecoy,
  lookUpSigns,
  readFile,
  search,
  searchForm,
  takeStep,
} from '#casework';
import { rebuild, verify } from '#oversight';
import { watches } from '../server/workshop.ts';
import { type TestHouse, testHouse } from './house.ts';
import { medians } from './medians.ts';
import { storyIn } from './story.ts';

const KALYANPUR = 'in.up.kanpur_nagar.west.circle_12.kalyanpur';
const TOLD = decoyForm.parse({
  station: KALYANPUR,
  days_ago: 60,
  category: 'stalking',
  place_type: 'public',
  place: 'मन से बनाई हुई जगह',
  name: 'रूपा काल्पनिक',
  accused: 'मनोहर बनावटी',
  mobile: '9000000001',
  account: 'मन से बनाया हुआ बयान।',
  reason: 'मन से बनाया हुआ कारण।',
});

const tellOfTouches = async () => watches.find(({ name }) => name === 'casework')?.often?.();

let h: TestHouse;
let number: string;
beforeAll(async () => {
  h = await testHouse({ at: '2026-03-02T10:00:00+05:30' });
});
afterAll(() => h.close());
const counts = async () => {
  const [rows] =
    await h.sql(`select (select count(*)::int from published.case_fact) as facts, (select count(*)::int from published.stay_delta) as stays,
    (select count(*)::int from published.shared) as shared, (select count(*)::int from notify.message) as messages, (select count(*)::int from deadlines.deadline) as clocks,
    (select count(*)::int from deadlines.attention) as attention, (select count(*)::int from callback.promise) as calls, (select coalesce(sum(last), 0)::int from casework.register) as serials,
    (select count(*)::int from sealed.accused_mark) as marks`);
  return rows;
};
const look = async (who: string) =>
  read(await h.as(who), 'casework.read-file', (r) => readFile(r, number), { note: 'inside' });

describe('laid', () => {
  test('only an auditor asks, and only another post’s word lays it', async () => {
    for (const who of ['verma', 'state', 'administrator', 'cp'])
      await expect(act(await h.as(who), 'casework.ask-decoy', (a) => askForDecoy(a, TOLD))).rejects.toMatchObject({
        code: 'not-your-power',
      });
    const before = await counts();
    await act(await h.as('auditor'), 'casework.ask-decoy', (a) => askForDecoy(a, TOLD));
    const [asked] = await read(await h.as('auditor'), 'casework.list-decoys', decoysOf);
    expect(asked).toMatchObject({ state: 'asked', number: null, mine: true });
    await expect(
      act(await h.as('auditor'), 'casework.decide-decoy', (a) => decideOnDecoy(a, asked!.id, true)),
    ).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      act(await h.as('cp'), 'casework.decide-decoy', (a) => decideOnDecoy(a, asked!.id, true)),
    ).rejects.toMatchObject({ code: 'not-your-power' });
    await act(await h.as('state'), 'casework.decide-decoy', (a) => decideOnDecoy(a, asked!.id, true));
    const [lies] = await read(await h.as('auditor'), 'casework.list-decoys', decoysOf);
    expect(lies).toMatchObject({ state: 'lies' });
    number = lies!.number!;
    expect(number).toMatch(/^\d{12}$/);
    // what is asked for is sealed, and the second post is not told the number
    expect((await read(await h.as('state'), 'casework.list-decoys', decoysOf))[0]?.number).toBeNull();
    expect(await read(await h.as('cp'), 'casework.list-decoys', decoysOf)).toEqual([]);
    await sweepAll();
    // no clock, no call, no message, no serial, no fact, no day on a desk
    expect(await counts()).toEqual(before);
  });

  test('it is in no figure, also when they are counted again, and on no desk', async () => {
    expect(await verify()).toEqual([]);
    const before = await counts();
    await rebuild();
    expect(await verify()).toEqual([]);
    expect(await counts()).toEqual(before);
    expect(await h.sql('select * from published.desk_cell')).toEqual([]);
    const desk = await read(await h.as('verma'), 'casework.count-desk', deskCounts);
    expect(desk).toMatchObject({ open: 0, late: 0 });
  });
});

describe('opened', () => {
  test('it reads like any file, and nobody who reads it learns anything', async () => {
    const file = await look('verma');
    expect(file).toMatchObject({ number, state: 'refused', in_sight: true });
    expect(JSON.stringify(file)).not.toMatch(/decoy/i);
    expect(file.account.text).toBe(TOLD.account);
    // found as any other, and not on the desk
    const found = await read(await h.as('verma'), 'casework.search', (r) => search(r, searchForm.parse({ q: number })));
    expect(JSON.stringify(found)).toContain(number);
    // out of sight it is not there, as any other
    await expect(look('aruna')).rejects.toMatchObject({ code: 'not-found' });
    // the one who looked sees no sign, nor does the post above, who may have sent him
    await tellOfTouches();
    for (const who of ['verma', 'singh'])
      expect(await read(await h.as(who), 'casework.list-signs', lookUpSigns)).toEqual([]);
  });

  test('the post two above and the auditor hear of it at once, and of each later opening', async () => {
    const signs = async (who: string) => read(await h.as(who), 'casework.list-signs', lookUpSigns);
    const [told] = await signs('rao');
    expect(told).toMatchObject({ sign: 'decoy', n: 1 });
    expect((await signs('auditor')).map(({ sign }) => sign)).toEqual(['decoy']);
    // turning its pages is one opening; another day is another
    await look('verma');
    await tellOfTouches();
    expect(await signs('rao')).toHaveLength(1);
    await h.at('2026-03-02T12:00:00+05:30');
    await look('verma');
    await look('singh');
    await tellOfTouches();
    expect(await signs('auditor')).toHaveLength(3);
    const [decoy] = await read(await h.as('auditor'), 'casework.list-decoys', decoysOf);
    expect(decoy?.touches.length).toBe(4);
    expect(decoy?.touches.every(({ post_name, officer }) => post_name && officer)).toBe(true);
  });

  test('looking at it takes no longer than looking at another', { timeout: 60_000 }, async () => {
    const plain = await storyIn(h).confirmed();
    const looked = (which: string) => async () =>
      read(await h.as('verma'), 'casework.read-file', (r) => readFile(r, which), { note: 'inside' });
    // the row that is written beside is a fraction of a millisecond; a file with clocks takes longer than one without
    const most = (other: number) => other * 1.25 + 2;
    const found = await medians([looked(number), looked(plain)], 40, (decoy, other) => decoy < most(other));
    expect(found[0]).toBeLessThan(most(found[1]));
  });

  test('only its keepers read that it is one, and it is the policies that see to it', async () => {
    const rows = async (who: string) =>
      read(await h.as(who), 'test.look', async (r) => {
        const { rows: n } = await sql<{
          decoys: number;
          touches: number;
        }>`select (select count(*)::int from casework.decoy) as decoys,
          (select count(*)::int from casework.decoy_touch) as touches`.execute(r.db as never);
        return n[0];
      });
    const others = ['verma', 'singh', 'rao', 'cp', 'nandini', 'administrator', 'lko-sho', 'control', 'cctns'];
    const nothing = { decoys: 0, touches: 0 };
    const all = async (of: string[]) => Promise.all(of.map(rows));
    expect(await all(others)).toEqual(others.map(() => nothing));
    expect(await all(['state', 'auditor'])).toEqual([
      { decoys: 1, touches: 0 },
      // four, and those whose time was taken
      { decoys: 1, touches: 44 },
    ]);
    for (const [table, policy, who] of [
      ['decoy', 'keepers', 'verma'],
      ['decoy_touch', 'keepers', 'verma'],
      ['decoy', 'house', 'cctns'],
      ['decoy_touch', 'house', 'cctns'],
    ] as const) {
      const [kept] = await h.sql<{ qual: string }>(
        'select qual from pg_policies where schemaname = $1 and tablename = $2 and policyname = $3',
        ['casework', table, policy],
      );
      await h.sql('set search_path = public, ext');
      await h.sql(`alter policy ${policy} on casework.${table} using (true)`);
      expect(await rows(who), `${table} ${policy}`).not.toEqual(nothing);
      await h.sql(`alter policy ${policy} on casework.${table} using (${kept?.qual})`);
    }
    expect(await all(others)).toEqual(others.map(() => nothing));
  });

  test('it cannot be made a case that counts, and what is refused is refused in ordinary words', async () => {
    const before = await counts();
    await expect(
      act(await h.as('singh'), 'casework.take-step', (a) =>
        takeStep(a, number, {
          form_id: crypto.randomUUID(),
          step: 'reopen',
          kind: 'superior',
          reason: 'फिर से देखें',
        } as never),
      ),
    ).rejects.toMatchObject({ code: 'already-decided' });
    await sweepAll();
    // what waited for the roll-up of a real file has been rolled up meanwhile
    expect({ ...(await counts()), stays: 0 }).toEqual({ ...before, stays: 0 });
  });

  test('ended, it is seen by nobody at the station, and looking for it tells nobody', async () => {
    const [decoy] = await read(await h.as('auditor'), 'casework.list-decoys', decoysOf);
    await act(await h.as('auditor'), 'casework.end-decoy', (a) => endDecoy(a, decoy!.id));
    await expect(look('verma')).rejects.toMatchObject({ code: 'not-found' });
    await expect(look('rao')).rejects.toMatchObject({ code: 'not-found' });
    expect(await verify()).toEqual([]);
  });
});
