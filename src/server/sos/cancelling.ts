// She stops her alarm: while it is held without a word, later with her PIN. The duress PIN looks the same and stops nothing.
import { type Act, act, type Actor, house, keys, read, refuse } from '#foundation';
import { lockMine } from './alarms.ts';
import { endOrder, openPoint, sendMore, tellOf, wantOf } from './dispatch.ts';
import { freeAround } from './fleet.ts';
import { type HerAlert, herView, subjectOf } from './her-view.ts';
import { isOpen, MOST_VEHICLES, wantedOf } from './rules.ts';
import * as store from './store.ts';

/** After so many wrong PINs nothing stops the alarm any more: then a right one, too, only seems to. */
const PIN_TRIES = 5;
type Pin = 'right' | 'duress' | 'wrong' | 'none';

/**
 * She cancels. While it is held, nothing has gone out and nothing goes. Later the right PIN ends it; the duress PIN looks just the same to
 * whoever stands beside her, more vehicles set out at once, and help comes quietly. Without a PIN, or with a wrong one, it stays: an
 * alarm that anybody can stop is none. Whoever guesses is shown what he wants to see at the first hit after five misses, and nothing ends.
 * @throws Refusal `pin-wrong`, `pin-needed`, `not-found`
 */
export async function cancel(actor: Actor | null, id: string, pin: string | undefined): Promise<HerAlert> {
  // a miss is counted whatever becomes of the act that says no
  const told =
    pin === undefined
      ? 'none'
      : await act(
          house(),
          'sos.try-pin',
          async (h) => {
            const alert = await lockMine(h, actor, id);
            const told = await pinOf(h, alert, pin);
            if (told === 'wrong' && isOpen(alert)) {
              await store.changeAlert(h, id, { pin_tries: alert.pin_tries + 1 });
              await store.addEvent(h, id, 'pin-wrong', { n: alert.pin_tries + 1 });
              await tellOf(h, alert);
            }
            return told === 'right' && alert.pin_tries >= PIN_TRIES ? 'duress' : told;
          },
          { subject: id },
        );
  return act(house(), 'sos.cancel', (h) => stop(h, actor, id, told), { subject: id });
}
async function pinOf(h: Act, alert: store.Alert, pin: string | undefined): Promise<Pin> {
  const registration = alert.registration ? await store.findRegistration(h, alert.registration) : undefined;
  if (!registration || !pin) return 'none';
  const mac = keys.mac('sos-pin', registration.id, pin);
  if (registration.duress_mac?.equals(mac)) return 'duress';
  return registration.pin_mac?.equals(mac) ? 'right' : 'wrong';
}

async function decidedFor(h: Act, alert: store.Alert): Promise<number> {
  const want = await wantOf(h, 'duress', alert.unit);
  const point = want.reserve > 0 ? openPoint(alert.id, alert.sealed_point) : null;
  return wantedOf(want, point ? freeAround(point, h.now) : Number.POSITIVE_INFINITY, 0).wanted;
}

async function stop(h: Act, actor: Actor | null, id: string, told: Pin): Promise<HerAlert> {
  const alert = await lockMine(h, actor, id);
  if (!isOpen(alert) || alert.shown_cancelled) return herView(h, alert);
  if (told === 'duress') {
    // one more at least, and as many as are decided for a woman under duress; of a number that floods, no more than that one
    const decided = alert.short_of === 'many-alarms' ? 0 : await decidedFor(h, alert);
    const wanted = Math.min(MOST_VEHICLES, Math.max(alert.wanted + 1, decided));
    await store.changeAlert(h, id, { kind: 'duress', shown_cancelled: true, wanted });
    await store.addEvent(h, id, 'duress');
    if (alert.state === 'open') await sendMore(h, alert, wanted - alert.wanted);
    await tellOf(h, alert);
    return herView(h, { ...alert, shown_cancelled: true });
  }
  if (told === 'wrong') return refuse('pin-wrong', 'pin');
  if (alert.state !== 'held' && told !== 'right') return refuse('pin-needed', 'pin');
  await store.changeAlert(h, id, { state: 'cancelled', closed_at: h.now });
  for (const order of await store.ordersOf(h, [id])) if (order.ended_at === null) await endOrder(h, order, 'released');
  await store.addEvent(h, id, 'cancelled');
  await tellOf(h, alert);
  return herView(h, (await store.findAlert(h, id)) ?? alert);
}

/**
 * She stops an alarm whose answer her phone has not heard: by the id that the phone drew for it.
 * @returns her alarm as it stands then; undefined: it is not here, or not yet
 * @throws Refusal as {@link cancel}
 */
export async function stopSent(actor: Actor | null, form_id: string): Promise<HerAlert | undefined> {
  const subject = subjectOf(actor);
  const found = await read(house(), 'sos.show', (r) =>
    store.alertSent(r, [keys.mac('sos-form', '', form_id), keys.mac('sos-form', subject ?? '', form_id)]),
  );
  if (!found) return undefined;
  // whoever knows the id of the press is the phone that pressed
  const phone: Actor | null =
    found.registration === null ? { kind: 'citizen', secret: null, subject: found.id } : actor;
  return cancel(phone, found.id, undefined);
}
