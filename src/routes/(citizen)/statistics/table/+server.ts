// The public statistics as open data, to be saved.
import { statisticsNow } from '#oversight';
import { openTable } from '../../../open-table.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
  const one = await statisticsNow();
  const table = openTable({ ...one, states: one.states.map((state) => ({ ...state, name: state.name[locals.lang] })) });
  return new Response(`\ufeff${table}`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="statistics-${one.month}.csv"`,
    },
  });
};
