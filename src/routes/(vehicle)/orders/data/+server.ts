// What the crew's script asks: its orders; and what it sends: where the vehicle is, and was while there was no network.
import { read, Refusal } from '#foundation';
import { fixesForm, myOrders, myShift, takeFixes } from '#sos';
import { presentOrder, presentShift } from '../../../api/v1/sos-present.ts';
import { statusOf } from '../../../refusal-status.ts';
import type { RequestHandler } from './$types';

const mine = async (staff: NonNullable<App.Locals['staff']>) => {
  const seen = await read(staff, 'sos.read-orders', async (r) => ({
    orders: await myOrders(r),
    shift: await myShift(r),
    now: r.now.toString(),
  }));
  return Response.json({
    orders: seen.orders.map(presentOrder),
    shift: seen.shift ? presentShift(seen.shift) : null,
    now: seen.now,
  });
};
const closed = () => new Response(null, { status: 401 });

export const GET: RequestHandler = async ({ locals }) =>
  locals.staff?.post_kind === 'vehicle' ? mine(locals.staff) : closed();
export const POST: RequestHandler = async ({ request, locals }) => {
  const { staff } = locals;
  if (staff?.post_kind !== 'vehicle') return closed();
  const form = fixesForm.safeParse(await request.json().catch(() => null));
  if (!form.success) return Response.json({ problem: 'not-understood' }, { status: 422 });
  try {
    await takeFixes(staff, form.data);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return Response.json({ problem: thrown.code }, { status: statusOf(thrown.code) });
  }
  return mine(staff);
};
