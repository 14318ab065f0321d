// The signs of a unit with what they rest on, as a table to be saved.
import { error } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { signsOf } from '#oversight';
import { signTable } from '../../../figure-table.ts';
import { takenOut } from '../../exported.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf } from '../../watch/asked.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const asked = askedOf(event.params.unit, new URLSearchParams());
  if (!asked) return error(404, { message: 'not-found' });
  try {
    const by = await takenOut(event, staff, 'oversight.export-signs');
    const found = await read(staff, 'oversight.list-signs', (r) => signsOf(r, asked.asked.unit), { as: 'watch' });
    return new Response(`\ufeff${signTable(found)}${by}`, {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="${found.unit.replaceAll('.', '-')}-signs.csv"`,
        'cache-control': 'no-store',
      },
    });
  } catch (refused) {
    if (refused instanceof Refusal) error(404, { message: 'not-found' });
    throw refused;
  }
};
