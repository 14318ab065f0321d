// The key of one file, wrapped for the case it belongs to; and how a request that comes twice is known again.
import { keys, refuse } from '#foundation';
import type { Stored } from './shelf.ts';
import type { UploadRow } from './store.ts';

/** A request that may come twice: with the same key it is the same upload. */
export type Repeat = { scope: string; key: string; body_hash: Buffer } | undefined;

/** Where a wrapped key belongs: it opens nowhere else. */
export const wrapPlace = (id: string, file: string): string => `evidence-file|${id}|${file}`;

/** The row as what the shelf needs. @throws Refusal `not-found` where bytes and key are gone */
export const storedOf = ({
  id,
  file,
  size,
  wrapped_key,
}: Pick<UploadRow, 'id' | 'file' | 'size' | 'wrapped_key'>): Stored => ({
  id,
  size,
  key: keys.unwrap(wrapped_key ?? refuse('not-found'), wrapPlace(id, file)),
});
