// What the page's script asks: raise, where she is, how it stands. JSON, by the phone's own cookie.
import type { RequestHandler } from './$types';
import { house, read, Refusal } from '#foundation';
import { addFixes, alertForm, herFixesForm, myLatest, raise, stopForm, stopSent } from '#sos';
import { setAlarm } from '../../../cookies.ts';
import { objectOf } from '../../../form-fields.ts';
import { inTime } from '../../../in-time.ts';
import { statusOf } from '../../../refusal-status.ts';
import { inWords, latest, phoneOf } from '../her-alarm.ts';

function refused(thrown: unknown): Response {
  if (!(thrown instanceof Refusal)) throw thrown;
  return Response.json({ problem: thrown.code }, { status: statusOf(thrown.code) });
}
const now = () => read(house(), 'sos.show', async (r) => r.now);

export const GET: RequestHandler = async ({ cookies, locals }) => {
  try {
    const [found, at] = await inTime(Promise.all([latest(cookies), now()]));
    return Response.json(found ? inWords(locals.lang, found, at) : null);
  } catch (thrown) {
    return refused(thrown);
  }
};

export const POST: RequestHandler = async ({ request, cookies, locals }) => {
  const body = await objectOf(request);
  try {
    const phone = await inTime(phoneOf(cookies));
    if (body.raise !== undefined) {
      const form = alertForm.safeParse(body.raise);
      if (!form.success) return Response.json({ problem: 'not-understood' }, { status: 422 });
      const raised = await inTime(raise(phone, form.data, { way: 'phone', request_id: locals.request_id }));
      if (raised.token) setAlarm(cookies, raised.token, 2);
      return Response.json(inWords(locals.lang, raised, await now()));
    }
    const stop = stopForm.safeParse(body);
    if (stop.success) {
      const stopped = await stopSent(phone, stop.data.form_id);
      return stopped ? Response.json(inWords(locals.lang, stopped, await now())) : Response.json(null, { status: 404 });
    }
    const found = await myLatest(phone);
    if (!found) return Response.json(null, { status: 404 });
    const fixes = herFixesForm.safeParse(body);
    if (!fixes.success) return Response.json({ problem: 'not-understood' }, { status: 422 });
    return Response.json(inWords(locals.lang, await addFixes(phone, found.alert, fixes.data), await now()));
  } catch (thrown) {
    return refused(thrown);
  }
};
