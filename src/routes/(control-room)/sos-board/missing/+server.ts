// What of the service is missing now and which drills are asked about, as far as this board may know: asked again whenever the stream says that
// it has changed. A control room says here that it has seen a drill.
import { act, Refusal } from '#foundation';
import { seeDrill, seesBoard } from '#sos';
import { reason } from '#words';
import { asksAboutDrills } from '../../../drills-asked.ts';
import { objectOf } from '../../../form-fields.ts';
import { missingParts } from '../../../missing-parts.ts';
import { statusOf } from '../../../refusal-status.ts';
import type { RequestHandler } from './$types';

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
type Staff = NonNullable<App.Locals['staff']>;

const stands = async (staff: Staff, lang: App.Locals['lang']) =>
  Response.json(
    { missing: await missingParts(staff, lang), drills: await asksAboutDrills(staff, lang) },
    { headers: { 'cache-control': 'no-store' } },
  );

export const GET: RequestHandler = async ({ locals: { staff, lang } }) =>
  staff && seesBoard(staff.post_kind) ? stands(staff, lang) : new Response(null, { status: 401 });

export const POST: RequestHandler = async ({ request, locals: { staff, lang } }) => {
  if (!staff || !seesBoard(staff.post_kind)) return new Response(null, { status: 401 });
  const { seen } = await objectOf(request);
  try {
    if (typeof seen !== 'string' || !UUID.test(seen)) throw new Refusal('not-understood');
    await act(staff, 'sos.see-drill', (a) => seeDrill(a, seen));
    return await stands(staff, lang);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return Response.json({ problem: reason(lang, thrown.code) }, { status: statusOf(thrown.code) });
  }
};
