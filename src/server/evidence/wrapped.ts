// The key of one file, wrapped for the case it belongs to; and how a request that comes twice is known again.
import { keys, refuse, type WrapBook } from '#foundation';
import type { Stored } from './shelf.ts';
import * as store from './store.ts';

/** A request that may come twice: with the same key it is the same upload. */
export type Repeat = { scope: string; key: string; body_hash: Buffer } | undefined;

/** Where a wrapped key belongs: it opens nowhere else. */
export const wrapPlace = (id: string, file: string): string => `evidence-file|${id}|${file}`;

/** The row as what the shelf needs. @throws Refusal `not-found` where bytes and key are gone */
export const storedOf = async ({
  id,
  file,
  size,
  wrapped_key,
}: Pick<store.UploadRow, 'id' | 'file' | 'size' | 'wrapped_key'>): Promise<Stored> => ({
  id,
  size,
  key: await keys.unwrap(wrapped_key ?? refuse('not-found'), wrapPlace(id, file)),
});

/** The keys of files, for when the key that wraps them is changed. */
export const fileWraps: WrapBook = {
  name: 'files',
  after: async (h, after, most) =>
    (await store.wrapsAfter(h, after, most)).flatMap(({ id, file, wrapped_key }) =>
      wrapped_key ? [{ id, place: wrapPlace(id, file), wrapped: wrapped_key }] : [],
    ),
  put: store.wrapAnew,
};
