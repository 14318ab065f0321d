// Lists in parts: ?limit= and ?after=, answered as {items, next}.
import { z } from 'zod';

const DEFAULT_LIMIT = 50;
const MOST = 200;

/** What every list may be asked. */
export const listQuery = z.object({
  limit: z.coerce
    .number('not-understood')
    .int('not-understood')
    .min(1, 'not-understood')
    .max(MOST, 'not-understood')
    .default(DEFAULT_LIMIT),
  after: z.string().max(300, 'not-understood').optional(),
});

/**
 * One part of a list that changes while it is read. The mark names the last row seen and its place, so that a row that has gone
 * in the meantime does not send the reader back to the beginning.
 * @param rows all, in their order
 * @param key what names a row
 */
export function partOf<T>(
  rows: readonly T[],
  key: (row: T) => string,
  { limit, after }: z.output<typeof listQuery>,
): { items: T[]; next: string | null } {
  const from = after === undefined ? 0 : placeAfter(rows, key, after);
  const items = rows.slice(from, from + limit);
  const last = items.at(-1);
  const more = from + items.length < rows.length;
  return { items, next: more && last !== undefined ? mark(from + items.length, key(last)) : null };
}

const mark = (place: number, key: string): string => Buffer.from(`${place} ${key}`).toString('base64url');

function placeAfter<T>(rows: readonly T[], key: (row: T) => string, after: string): number {
  const [place, ...name] = Buffer.from(after, 'base64url').toString('utf8').split(' ');
  const found = rows.findIndex((row) => key(row) === name.join(' '));
  if (found >= 0) return found + 1;
  return Math.max(0, Math.min(rows.length, Math.trunc(Number(place)) || 0));
}
