// What a post keeps on its desk: filters, which pass on with the post, and diary entries begun, which are its own and sealed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Actor, act, house, read } from '#foundation';
import {
  type DeskAsked,
  draftOf,
  forgetDraft,
  forgetFilter,
  keepDraft,
  saveFilter,
  saveFilterForm,
  savedFilters,
} from '#casework';
import { handOver } from '#posts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { postOf, storyIn } from '../../../test/story.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse({ at: '2026-10-01T10:00:00+05:30' });
});
afterAll(() => h.close());

describe('what a post keeps', () => {
  const filter = (name: string, asked: Partial<DeskAsked> = {}) => saveFilterForm.parse({ name, ...asked });

  test('a filter stays with the post when its officer goes, and no other post sees it', async () => {
    const khan = await h.as('khan');
    await act(khan, 'casework.save-filter', (a) => saveFilter(a, filter('बच्चियां', { show: 'child', sort: 'due' })));
    const [kept] = await read(khan, 'test.look', savedFilters);
    expect(kept).toMatchObject({ name: 'बच्चियां', asked: { show: 'child', sort: 'due' } });
    expect(await read(await h.as('rekha'), 'test.look', savedFilters)).toEqual([]);
    expect(await read(await h.as('verma'), 'test.look', savedFilters)).toEqual([]);
    expect((await h.sql<{ t: string }>('select f::text as t from casework.saved_filter f'))[0]?.t).not.toContain(
      'बच्चि',
    );
    const successor =
      (
        await h.sql<{ id: string }>(
          `select o.id from posts.officer o where o.id not in (select officer from posts.tenure) limit 1`,
        )
      )[0]?.id ??
      (
        await h.sql<{ id: string }>(`insert into posts.officer (id, name_hi, name_en, rank_hi, rank_en, woman, demo)
        values (gen_random_uuid(), 'नया', 'New', 'उ.नि.', 'SI', true, true) returning id`)
      )[0]!.id;
    const post = postOf(khan);
    const before = (khan as { officer?: string }).officer ?? '';
    await act(house(), 'test.hand-over', (a) => handOver(a, { post, to_officer: successor, note: 'x' }));
    expect(await read(khan, 'test.look', savedFilters), 'whoever has gone sees nothing').toEqual([]);
    await act(house(), 'test.hand-over', (a) => handOver(a, { post, to_officer: before, note: 'x' }));
    const again = await h.as('khan');
    expect(await read(again, 'test.look', savedFilters)).toHaveLength(1);
    await expect(act(await h.as('rekha'), 'test.forget', (a) => forgetFilter(a, kept!.id))).rejects.toMatchObject({
      code: 'not-found',
    });
    await act(again, 'casework.forget-filter', (a) => forgetFilter(a, kept!.id));
    expect(await read(again, 'test.look', savedFilters)).toEqual([]);
    const deeds = await h.sql<{ deed: string }>('select deed from foundation.ledger where subject = $1 order by at', [
      kept!.id,
    ]);
    expect(deeds.map(({ deed }) => deed)).toEqual(['desk.save-filter', 'desk.forget-filter']);
  });

  test('twelve filters are kept, not thirteen', async () => {
    const rekha = await h.as('rekha');
    for (let n = 0; n < 12; n++) await act(rekha, 'casework.save-filter', (a) => saveFilter(a, filter(`${n}`)));
    await expect(act(rekha, 'casework.save-filter', (a) => saveFilter(a, filter('13')))).rejects.toMatchObject({
      code: 'too-many-filters',
    });
  });

  test('a diary draft is sealed, is the post’s own, and is gone when it is written or not wanted', async () => {
    const story = storyIn(h);
    const number = await story.confirmed();
    await story.step('suman', number, { step: 'receive' });
    const suman = await h.as('suman');
    const keep = (actor: Actor, text: string) => act(actor, 'casework.keep-draft', (a) => keepDraft(a, number, text));
    const look = (actor: Actor) => read(actor, 'test.look', (r) => draftOf(r, number));
    expect(await look(suman)).toBeUndefined();
    await keep(suman, 'घटनास्थल का\nनक्शा Kanariya');
    await keep(suman, 'घटनास्थल का\nनक्शा Kanariya, दो');
    expect(await look(suman)).toMatchObject({ text: 'घटनास्थल का\nनक्शा Kanariya, दो' });
    expect(await look(await h.as('verma')), 'a superior sees the diary, not what was begun').toBeUndefined();
    await expect(look(await h.as('khan'))).rejects.toMatchObject({ code: 'not-found' });
    const [row] = await h.sql<{ t: string; n: number }>(
      `select string_agg(encode(sealed_text, 'escape'), '') as t, count(*)::int as n from casework.diary_draft`,
    );
    expect(row?.n).toBe(1);
    expect(row?.t).not.toContain('Kanariya');
    await expect(keep(suman, 'x'.repeat(20_001))).rejects.toMatchObject({ code: 'too-long' });
    await act(suman, 'casework.forget-draft', (a) => forgetDraft(a, number));
    expect(await look(suman)).toBeUndefined();
    await keep(suman, 'one more');
    await story.step('verma', number, { step: 'move', to_post: postOf(await h.as('rekha')), reason: 'x' });
    await expect(look(suman), 'with the file the draft leaves the sight').rejects.toMatchObject({ code: 'not-found' });
    expect(await look(await h.as('rekha'))).toBeUndefined();
  });
});
