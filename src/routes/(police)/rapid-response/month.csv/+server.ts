// The month of rapid response by zone, as a table to keep: counts and seconds, no place smaller than a zone, no person.
import { error } from '@sveltejs/kit';
import { monthlyReport, seesBoard } from '#sos';
import { csvLine } from '../../../api/v1/csv.ts';
import { takenOut } from '../../exported.ts';
import type { RequestHandler } from './$types';

const MONTH = /^[12]\d{3}-(?:0[1-9]|1[0-2])$/;
const HEAD = [
  'unit',
  'alarms',
  'genuine',
  'drills',
  'drills_met',
  'no_vehicle',
  'accept_median',
  'accept_p90',
  'arrive_median',
  'arrive_p90',
] as const;

export const GET: RequestHandler = async (event) => {
  const { locals, url } = event;
  const { staff } = locals;
  const month = url.searchParams.get('month') ?? '';
  if (!staff || !seesBoard(staff.post_kind) || !MONTH.test(month)) error(404);
  const by = await takenOut(event, staff, 'sos.export-month');
  const rows = await monthlyReport(month);
  return new Response(
    [[...HEAD], ...rows.map((row) => HEAD.map((name) => (row[name] === null ? '' : String(row[name]))))]
      .map(csvLine)
      .join('') + by,
    {
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': 'attachment; filename="month.csv"',
        'cache-control': 'no-store',
      },
    },
  );
};
