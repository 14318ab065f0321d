// What this room has wrapped and made findable, for when a key is changed.
import { type IndexBook, indexWrite, nextHash, type WrapBook } from '#foundation';
import { keyPlaceOf, type SealClass } from './rules.ts';
import * as store from './store.ts';

/** The data keys of the cases. */
export const caseWraps: WrapBook = {
  name: 'cases',
  after: async (h, after, most) => {
    const [subject = '', cls = ''] = after?.split(' ') ?? [];
    return (await store.wrapsAfter(h, after === undefined ? undefined : { subject, cls }, most)).map((row) => ({
      id: `${row.subject} ${row.class}`,
      place: keyPlaceOf(row.class, row.subject),
      wrapped: row.wrapped,
    }));
  },
  put: (h, id, was, becomes) => {
    const [subject = '', cls = ''] = id.split(' ');
    return store.wrapAnew(h, subject, cls as SealClass, was, becomes);
  },
};

/** The indexes: numbers, names of the accused, what else is known of them. */
export const indexBooks: readonly IndexBook[] = (Object.keys(store.INDEXES) as store.IndexName[]).map((name) => ({
  carry: async (h, { from, to, after, most }) => {
    const rows = await store.indexAfter(h, name, from, after, most);
    await store.addIndex(
      h,
      name,
      to,
      rows.map((row) => ({ ...row, hash: nextHash(to, row.hash) })),
    );
    return { last: rows.at(-1)?.subject, moved: rows.length };
  },
  drop: async (h, most) => store.dropIndex(h, name, await indexWrite(h), most),
}));
