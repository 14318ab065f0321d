// The figures of a page as a table to be saved: the same questions, the same rights.
import { error } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { watchUnit } from '#oversight';
import { tableOf } from '../../../figure-table.ts';
import { takenOut } from '../../exported.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf } from '../../watch/asked.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const read_ = askedOf(event.params.unit, event.url.searchParams);
  if (!read_) return error(404, { message: 'not-found' });
  const { lang } = event.locals;
  try {
    const by = await takenOut(event, staff, 'oversight.export');
    const seen = await read(staff, 'oversight.watch', (r) => watchUnit(r, read_.asked), { as: 'watch' });
    const table = tableOf({
      ...seen,
      name: seen.name[lang],
      children: seen.children.map((child) => ({ ...child, name: child.name[lang] })),
    });
    return new Response(`\ufeff${table}${by}`, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${seen.unit.replaceAll('.', '-')}.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
};
