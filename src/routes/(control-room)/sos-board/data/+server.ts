// What the board's script asks: how it stands, what happened to one alarm; and what the control room decides.
import { act, read, Refusal } from '#foundation';
import { board, callHer, CONTROL_DEEDS, controlForm, decide, seesBoard, storyOf } from '#sos';
import { reason } from '#words';
import { presentBoard, presentStory } from '../../../api/v1/sos-present.ts';
import { objectOf } from '../../../form-fields.ts';
import { statusOf } from '../../../refusal-status.ts';
import type { RequestHandler } from './$types';

const CALLS = new Map<string, { deed: string; whom: 'her' | 'contact' }>([
  ['call', { deed: 'sos.call-her', whom: 'her' }],
  ['call-contact', { deed: 'sos.call-contact', whom: 'contact' }],
]);
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

export const GET: RequestHandler = async ({ locals }) => {
  const { staff } = locals;
  if (!staff || !seesBoard(staff.post_kind)) return new Response(null, { status: 401 });
  return Response.json(presentBoard(await read(staff, 'sos.read-board', (r) => board(r)), locals.lang));
};

export const POST: RequestHandler = async ({ request, locals }) => {
  const { staff, lang } = locals;
  if (!staff || !seesBoard(staff.post_kind)) return new Response(null, { status: 401 });
  const body = await objectOf(request);
  const alert = String(body.alert);
  const deed = CONTROL_DEEDS.find((one) => one === body.deed);
  const form = controlForm.safeParse(body.form ?? {});
  if (!UUID.test(alert) || (body.deed !== undefined && !CALLS.has(String(body.deed)) && !deed) || !form.success)
    return Response.json(
      { problem: reason(lang, form.error?.issues[0]?.message ?? 'not-understood') },
      { status: 422 },
    );
  try {
    const call = CALLS.get(String(body.deed));
    if (call) return Response.json({ dial: await act(staff, call.deed, (a) => callHer(a, alert, call.whom)) });
    if (deed) await act(staff, `sos.${deed}`, (a) => decide(a, alert, deed, form.data));
    return Response.json(presentStory(await read(staff, 'sos.read-story', (r) => storyOf(r, alert))));
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return Response.json({ problem: reason(lang, thrown.code) }, { status: statusOf(thrown.code) });
  }
};
