// The weekly drill of a zone: an alarm as an SMS would bring it, through every part and without sending anybody; and whether the control room saw it.
import { type Act, asHouse, newId, type Reading, refuse, tell } from '#foundation';
import { smsReady } from '#notify';
import { alertForm } from './forms.ts';
import { metres, readSms } from './rules.ts';
import * as store from './store-watch.ts';
import { practise } from './written-down.ts';

/** A gateway that was heard of within half a minute is there. */
const HEARD_SECONDS = 30;
/** So long a control room is asked whether it has seen a drill. */
const ASKED_MINUTES = 15;
const NEAR_M = 20;

/**
 * A drill of a zone, from where one of its vehicles stood last. The place comes as the text of an SMS and is read as one; whether the gateway
 * that would have brought it is there, and whether the way out for the answer is open, is noted. Where no vehicle has ever reported there is no
 * alarm, and the drill has failed. As the house.
 */
export async function drill(h: Act, { unit, lat, lon }: Pick<store.Due, 'unit' | 'lat' | 'lon'>): Promise<void> {
  const from = lat === null || lon === null ? undefined : { lat, lon };
  const read = from && readSms(`SOS ${from.lat.toFixed(5)},${from.lon.toFixed(5)}`)?.point;
  const [alarm] = from
    ? ((await practise(h, alertForm.parse({ point: read ?? from, silent: true, drill: true }), unit)) as {
        id: string;
      }[])
    : [];
  const gateway = await store.smsGatewayOf(h, unit, h.now.subtract({ seconds: HEARD_SECONDS }));
  const id = newId();
  await store.addDrill(h, {
    id,
    unit,
    alert: alarm?.id ?? null,
    sms_in: gateway === null ? null : gateway && Boolean(from && read && metres(read, from) < NEAR_M),
    sms_out: await smsReady(h),
  });
  await tell(h, 'parts', id);
}

/** Drills that this control room is asked about: not seen by anybody yet. */
export const drillsAsked = (r: Reading): Promise<store.DrillAsked[]> =>
  store.drillsSince(r, r.now.subtract({ minutes: ASKED_MINUTES }));

/** A control room has seen a drill. Pressing again is no fault. @throws Refusal `not-found` out of sight, `not-your-power` */
export async function seeDrill(a: Act, id: string): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer' || actor.post_kind !== 'control-room') return refuse('not-your-power');
  if (!(await store.seesDrill(a, id))) return refuse('not-found');
  await asHouse(a, async (h) => {
    await store.markSeen(h, { id, post: actor.post, officer: actor.officer });
    await tell(h, 'parts', id);
  });
}
