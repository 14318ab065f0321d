// The figures of a page as a table to be saved: the same questions, the same rights.
import { read } from '#foundation';
import { watchUnit } from '#oversight';
import { tableOf } from '../../../figure-table.ts';
import { takenOut } from '../../exported.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf, foundOr404, notFound } from '../../watch/asked.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const page = askedOf(event.params.unit, event.url.searchParams);
  if (!page) return notFound();
  const { lang } = event.locals;
  return foundOr404(async () => {
    const by = await takenOut(event, staff, 'oversight.export');
    const seen = await read(staff, 'oversight.watch', (r) => watchUnit(r, page.asked), { as: 'watch' });
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
  });
};
