// Copies for her: which papers of her file are meant for her, their bytes, and that she opened them.
import { createHash } from 'node:crypto';
import { type Act, asHouse, keys, newId, note, openWith, type Reading, refuse } from '#foundation';
import { myPosts, type Named, postName } from '#posts';
import type { AnyPaper } from './rules.ts';
import * as store from './store.ts';

/** A paper that is meant for her. `opened_at`: when she first opened it here. */
export type HerDocument = {
  id: string;
  kind: AnyPaper;
  reference: string;
  language: 'hi' | 'en';
  names_her: boolean;
  issued_at: Temporal.Instant;
  post_name: Named | null;
  sha256: string;
  size: number;
  opened_at: Temporal.Instant | null;
};

/** Her own, oldest first; nothing without her session. */
export async function myDocuments(r: Reading): Promise<HerDocument[]> {
  const rows = await store.myDocuments(r);
  if (rows.length === 0) return [];
  const posts = new Map((await myPosts(r)).map((post) => [post.id, postName(post)]));
  return rows.map(({ post, sha256, year, serial, ...row }) => ({
    ...row,
    reference: `${year}/${String(serial).padStart(4, '0')}`,
    post_name: (post && posts.get(post)) || null,
    sha256: sha256.toString('hex'),
  }));
}

/**
 * She opens a paper of hers, byte for byte as it was printed. That she did is written down, and the posts of her file see it.
 * @throws Refusal `not-found` for what is not meant for her, of another file, or not there: all alike
 */
export async function openMyDocument(a: Act, id: string): Promise<Buffer> {
  const row = (await store.myBytes(a, id)) ?? refuse('not-found');
  const place = `document|${id}|${row.file}`;
  const pdf = openWith(await keys.unwrap(row.wrapped, place), place, row.sealed_pdf);
  if (!createHash('sha256').update(pdf).digest().equals(row.sha256)) throw new Error('a paper differs from its hash');
  await asHouse(a, (h) => store.addOpened(h, { id: newId(), document: id, file: row.file, at: h.now }));
  await note(a, 'documents.open-mine', row.file, { document: id });
  return pdf;
}
