// Filters that a post keeps: a name and what is asked. They belong to the post and pass on with it.
import { type Act, json, keys, newId, note, type Reading, refuse } from '#foundation';
import { z } from 'zod';
import { type DeskFilter, deskFilter } from './desk-asked.ts';

export type SavedFilter = { id: string; name: string; asked: DeskFilter };

/** How many filters a post keeps. */
export const MOST_SAVED = 12;

/** A filter to be kept. */
export const saveFilterForm = deskFilter.extend({
  name: z.string('value-missing').trim().min(1, 'value-missing').max(40, 'not-understood'),
});

type SavedTable = {
  id: string;
  post: string;
  sealed_name: Buffer;
  asked: Record<string, unknown>;
  made_at: Temporal.Instant;
  officer: string;
};
declare module '#foundation' {
  interface Database {
    'casework.saved_filter': SavedTable;
  }
}

const PURPOSE = 'saved-filter';

/** The filters of the acting post, the oldest first. What is no filter any more, or does not open, is left out. */
export async function savedFilters(r: Reading): Promise<SavedFilter[]> {
  const rows = await r.db.selectFrom('casework.saved_filter').selectAll().orderBy('made_at').orderBy('id').execute();
  return rows.flatMap(({ id, sealed_name, asked }) => {
    const known = deskFilter.safeParse(asked);
    const name = keys.openIfWhole(PURPOSE, id, sealed_name);
    return known.success && name ? [{ id, name: name.toString('utf8'), asked: known.data }] : [];
  });
}

/**
 * Keeps a filter for the acting post.
 * @throws Refusal `not-your-power`; `too-many-filters`
 */
export async function saveFilter(a: Act, { name, ...asked }: z.output<typeof saveFilterForm>): Promise<string> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const { post, officer } = a.actor;
  const have = await a.db.selectFrom('casework.saved_filter').select('id').execute();
  if (have.length >= MOST_SAVED) refuse('too-many-filters', 'name');
  const id = newId();
  await a.db
    .insertInto('casework.saved_filter')
    .values({
      id,
      post,
      officer,
      made_at: a.now,
      sealed_name: keys.seal(PURPOSE, id, name),
      asked: json(asked) as never,
    })
    .execute();
  await note(a, 'desk.save-filter', id);
  return id;
}

/** Forgets a filter of the acting post. @throws Refusal `not-found` */
export async function forgetFilter(a: Act, id: string): Promise<void> {
  const gone = await a.db.deleteFrom('casework.saved_filter').where('id', '=', id).executeTakeFirst();
  if (gone.numDeletedRows === 0n) refuse('not-found');
  await note(a, 'desk.forget-filter', id);
}
