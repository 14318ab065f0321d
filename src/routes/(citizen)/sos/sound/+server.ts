// Where the page's script sends sound, piece by piece, by the phone's own cookie; never in the way of what says where she is.
import { Refusal } from '#foundation';
import { addSound, myLatest, soundForm } from '#sos';
import { agreedToSound } from '../../../cookies.ts';
import { statusOf } from '../../../refusal-status.ts';
import { phoneOf } from '../her-alarm.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async ({ request, cookies }) => {
  const form = soundForm.safeParse(await request.json().catch(() => ({})));
  if (!form.success) return Response.json({ problem: form.error.issues[0]?.message }, { status: 422 });
  const phone = await phoneOf(cookies);
  const found = await myLatest(phone);
  if (!found) return Response.json(null, { status: 404 });
  try {
    const agreed = agreedToSound(cookies);
    return Response.json(await addSound(phone, found.alert, { ...form.data, agreed }), { status: 201 });
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return Response.json({ problem: thrown.code }, { status: statusOf(thrown.code) });
  }
};
