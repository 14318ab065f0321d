// The figures of a page as a table to be saved: the same questions, the same rights.
import { error, redirect } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { watchUnit } from '#oversight';
import { mustBeConfirmed, postName, readPost } from '#posts';
import { exporterLine, tableOf } from '../../../figure-table.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf } from '../../watch/asked.ts';
import type { RequestHandler } from './$types';

const MARK = 12;

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const read_ = askedOf(event.params.unit, event.url.searchParams);
  if (!read_) return error(404, { message: 'not-found' });
  const { lang } = event.locals;
  try {
    const mark = event.locals.request_id.slice(-MARK);
    const by = await read(
      staff,
      'oversight.export',
      async (r) => {
        await mustBeConfirmed(r);
        return { post: postName(await readPost(r, staff.post))[lang], at: r.now };
      },
      { note: true, request_id: event.locals.request_id, detail: { mark } },
    );
    const seen = await read(staff, 'oversight.watch', (r) => watchUnit(r, read_.asked), { as: 'watch' });
    const table = tableOf({
      ...seen,
      name: seen.name[lang],
      children: seen.children.map((child) => ({ ...child, name: child.name[lang] })),
    });
    return new Response(`\ufeff${table}${exporterLine(by.post, by.at, mark)}`, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${seen.unit.replaceAll('.', '-')}.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'confirm-yourself')
      redirect(303, `/again?to=${encodeURIComponent(event.url.pathname)}`);
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
};
