// The signs of a unit with what they rest on, as a table to be saved.
import { read } from '#foundation';
import { signsOf } from '#oversight';
import { signTable } from '../../../figure-table.ts';
import { takenOut } from '../../exported.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf, foundOr404, notFound } from '../../watch/asked.ts';
import { NATION_AND_STATES } from '../../watch/drawn.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const page = askedOf(event.params.unit, new URLSearchParams());
  // of the nation and of states there are none: signs are looked at where somebody can ask the station
  if (!page || page.asked.unit.split('.').length <= NATION_AND_STATES) return notFound();
  return foundOr404(async () => {
    const by = await takenOut(event, staff, 'oversight.export-signs');
    const found = await read(staff, 'oversight.list-signs', (r) => signsOf(r, page.asked.unit), { as: 'watch' });
    return new Response(`\ufeff${signTable(found)}${by}`, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${found.unit.replaceAll('.', '-')}-signs.csv"`,
        'cache-control': 'no-store',
      },
    });
  });
};
