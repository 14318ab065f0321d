// What the crew's script asks: its orders; and what it sends: where the vehicle is, and was while there was no network, and what was pressed.
import { z } from 'zod';
import { act, bodyHash, firstTime, read, Refusal } from '#foundation';
import {
  beginShift,
  type CrewForm,
  crewForm,
  deedForm,
  deedName,
  endShift,
  fixesForm,
  myOrders,
  myShift,
  openFromCrew,
  press,
  pressedAgo,
  takeFixes,
} from '#sos';
import { reason } from '#words';
import { presentOrder, presentShift } from '../../../api/v1/sos-present.ts';
import { objectOf } from '../../../form-fields.ts';
import { statusOf } from '../../../refusal-status.ts';
import type { RequestHandler } from './$types';

type Staff = NonNullable<App.Locals['staff']>;
type Press = NonNullable<CrewForm['presses']>[number];

const mine = async (staff: Staff) => {
  const seen = await read(staff, 'sos.read-orders', async (r) => ({
    orders: await myOrders(r),
    shift: await myShift(r),
    now: r.now.toString(),
  }));
  return {
    orders: seen.orders.map(presentOrder),
    shift: seen.shift ? presentShift(seen.shift) : null,
    now: seen.now,
    said: [] as { id: string; problem: string | null }[],
    full: false,
  };
};
const keptPlace = z.looseObject({ ms: z.int().min(0).max(8e15) });
const closed = () => new Response(null, { status: 401 });

// what was written with a press that outlived its page: the same as if it had not
function formOf({ sealed, ...press }: Press, staff: Staff): Press {
  const written = sealed === undefined ? undefined : deedForm.safeParse(openFromCrew(staff.post, sealed));
  return written?.success ? { ...written.data, ...press } : press;
}
// a press whose answer was lost comes again, and is the same press
function pressOnce(staff: Staff, sent: Press): Promise<void> {
  const { id, about = '', deed, age_s, ...form } = formOf(sent, staff);
  const name = deedName.safeParse(deed).data;
  return act(staff, name ? `sos.crew-${name}` : `sos.${deed}`, async (a) => {
    const scope = `post ${staff.post} /orders/data`;
    if (!(await firstTime(a, { scope, key: id, body_hash: bodyHash({ about, deed, form }) }))) return;
    if (deed === 'begin-shift') await beginShift(a, undefined);
    if (deed === 'end-shift') await endShift(a, about);
    if (!name) return;
    await press(a, about, name, form);
    await pressedAgo(a, about, name, age_s);
  });
}
// places that outlived their page, by the house's clock
function keptPlaces(staff: Staff, sealed: string | undefined): NonNullable<CrewForm['fixes']> {
  const places = z.array(keptPlace).safeParse(sealed === undefined ? [] : openFromCrew(staff.post, sealed));
  const read = fixesForm.shape.fixes.safeParse(
    (places.data ?? []).map(({ ms, ...place }) => ({
      ...place,
      vehicle: staff.post,
      at: Temporal.Instant.fromEpochMilliseconds(ms).toString(),
    })),
  );
  return read.data ?? [];
}
// a place that no house can read, and a phone may well find, does not take along what was pressed
function readSent(sent: Record<string, unknown>) {
  const whole = crewForm.safeParse(sent);
  if (whole.success || sent.presses === undefined) return whole;
  const pressed = crewForm.safeParse({ presses: sent.presses });
  return pressed.success ? pressed : whole;
}
/** Why it was refused; undefined: done. */
const refused = async (work: Promise<unknown>): Promise<Refusal['code'] | undefined> => {
  try {
    await work;
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return thrown.code;
  }
};

export const GET: RequestHandler = async ({ locals }) =>
  locals.staff?.post_kind === 'vehicle' ? Response.json(await mine(locals.staff)) : closed();
export const POST: RequestHandler = async ({ request, locals }) => {
  const { staff, lang } = locals;
  if (staff?.post_kind !== 'vehicle') return closed();
  const form = readSent(await objectOf(request));
  if (!form.success)
    return Response.json(
      { problem: reason(lang, form.error.issues[0]?.message ?? 'not-understood') },
      { status: statusOf('not-understood') },
    );
  const { presses = [] } = form.data;
  const fixes = [...keptPlaces(staff, form.data.kept), ...(form.data.fixes ?? [])];
  // where it is first: an arrival is proved by it. While the disk is behind the places come again; what was pressed does not wait for that
  const kept = fixes.length > 0 ? await refused(takeFixes(staff, { fixes })) : undefined;
  if (kept && kept !== 'too-many') return Response.json({ problem: reason(lang, kept) }, { status: statusOf(kept) });
  const said: { id: string; problem: string | null }[] = [];
  for (const one of presses) {
    const why = await refused(pressOnce(staff, one));
    said.push({ id: one.id, problem: why ? reason(lang, why) : null });
  }
  return Response.json({ ...(await mine(staff)), said, full: kept !== undefined });
};
