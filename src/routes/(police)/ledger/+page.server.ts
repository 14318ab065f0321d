// The ledger, for auditors: who did what to what and when, by filters, page by page; and whether the log was in order when last checked.
import { error } from '@sveltejs/kit';
import { lastCheck, READS_LEDGER, readLedger, TOLD_OF_FAULTS } from '#audit';
import { read } from '#foundation';
import { findPosts, postName } from '#posts';
import { signedIn } from '../signed-in.ts';
import { askedOf } from './asked.ts';
import type { PageServerLoad } from './$types';

const LINES = 50;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!TOLD_OF_FAULTS.includes(staff.post_kind)) error(404, 'not-found');
  // who runs the system learns that the log is out of order; what was done by whom is for auditors
  const reads = READS_LEDGER.includes(staff.post_kind);
  const params = event.url.searchParams;
  const asked = askedOf(params);
  const { request_id } = event.locals;
  const seen = await read(
    staff,
    'audit.read-ledger',
    async (r) => {
      const { lines, more } = asked && reads ? await readLedger(r, asked, LINES) : { lines: [], more: false };
      const posts = await findPosts(r, [...new Set(lines.flatMap(({ post }) => post ?? []))]);
      return {
        lines,
        more,
        names: Object.fromEntries(posts.map((post) => [post.id, postName(post)])),
        check: await lastCheck(r),
      };
    },
    { request_id, note: true },
  );
  const last = seen.lines.at(-1);
  const next = new URLSearchParams(params);
  if (last) next.set('before', `${last.exact}~${last.id}`);
  const kept = new URLSearchParams(params);
  kept.delete('before');
  return {
    ...seen,
    reads,
    understood: asked !== undefined,
    asked: Object.fromEntries(['deed', 'post', 'subject', 'from', 'to'].map((name) => [name, params.get(name) ?? ''])),
    next: seen.more && last ? `/ledger?${next}` : null,
    table: `/ledger-table?${kept}`,
  };
};
