// What was refused of a file, as a table: sent as it is read, for it can be as long as the file.
import { error } from '@sveltejs/kit';
import { batchNow } from '#cctns';
import { act, Refusal } from '#foundation';
import { rejectionLines } from '../../../../api/v1/csv.ts';
import { takenOut } from '../../../exported.ts';
import { signedIn } from '../../../signed-in.ts';
import type { RequestHandler } from './$types';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const { id } = event.params;
  if (!ID.test(id)) error(404, { message: 'not-found' });
  try {
    await act(staff, 'cctns.look-at-batch', (a) => batchNow(a, id), { request_id: event.locals.request_id });
  } catch (refused) {
    if (refused instanceof Refusal) error(404, { message: 'not-found' });
    throw refused;
  }
  const by = await takenOut(event, staff, 'cctns.export-rejections');
  const lines = rejectionLines(staff, id, event.locals.lang);
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    // the mark tells a sheet that Hindi follows
    start: (to) => to.enqueue(encoder.encode('\ufeff')),
    async pull(to) {
      const { done, value } = await lines.next();
      if (done) {
        to.enqueue(encoder.encode(by));
        to.close();
      } else to.enqueue(encoder.encode(value));
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="rejections.csv"',
      'cache-control': 'no-store',
    },
  });
};
