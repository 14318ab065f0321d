// The ledger as a table to be saved: the same questions, the same rights; every line says who took it.
import { error } from '@sveltejs/kit';
import { READS_LEDGER, readLedger } from '#audit';
import { read } from '#foundation';
import { findHolder, postName, readPost } from '#posts';
import { line } from '../../figure-table.ts';
import { askedOf } from '../ledger/asked.ts';
import { signedIn } from '../signed-in.ts';
import type { RequestHandler } from './$types';

const MOST = 10_000;

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const asked = askedOf(event.url.searchParams);
  if (!asked || !READS_LEDGER.includes(staff.post_kind)) return error(404, { message: 'not-found' });
  const { lang, request_id } = event.locals;
  const { lines, by } = await read(
    staff,
    'audit.export-ledger',
    async (r) => {
      const [post, holder] = [await readPost(r, staff.post), await findHolder(r, staff.post)];
      const by = `${holder?.name[lang] ?? ''}, ${postName(post)[lang]}, ${r.now.toString({ smallestUnit: 'second' })}, ${request_id}`;
      return { ...(await readLedger(r, asked, MOST)), by };
    },
    { request_id, note: true },
  );
  const table = [
    line(['at', 'recorded_at', 'deed', 'actor_kind', 'officer', 'post', 'subject', 'detail', 'exported_by']),
    ...lines.map((row) =>
      line([
        row.exact,
        row.recorded_at.toString(),
        row.deed,
        row.actor_kind,
        row.officer,
        row.post,
        row.subject,
        JSON.stringify(row.detail),
        by,
      ]),
    ),
  ].join('');
  return new Response(`\ufeff${table}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="ledger.csv"',
      'cache-control': 'no-store',
    },
  });
};
