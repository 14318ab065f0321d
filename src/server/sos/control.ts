// What the control room does about an alarm: calls her, sends more, says where she is, hands it over, closes it.
import { type Act, asHouse, newId, note, refuse, refuseIf, tell } from '#foundation';
import { contactOf } from '#sealed-identity';
import { closeAlert } from './alarms.ts';
import { officerOf } from './board.ts';
import { dispatch, endOrder, hourOf, leadOn, nameShort, replace, sealPoint, sendMore, tellOf } from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import { mark, vehicleCalled } from './fleet.ts';
import { emergencyContact } from './registrations.ts';
import { VEHICLE } from './fleet-words.ts';
import type { ControlForm } from './forms.ts';
import { placeOf } from './her-view.ts';
import { matchNumbers } from './match-numbers.ts';
import { etaOf, isOpen, isUnderway, mayDecide, metres, missing, MOST_VEHICLES, whyNotClose } from './rules.ts';
import * as store from './store.ts';
import { vouchFor } from './vouched.ts';
import { unitOf } from './written-down.ts';

/**
 * Opens her number, or the one she named to be called, so that the control room can call about her open alarm; who opened whose stands in
 * the ledger.
 * @returns a `tel:` address
 * @throws Refusal `not-found` out of sight or where no number is known, `contact-not-given` where she named nobody, `wrong-state` once it is
 *   over, `not-your-power`
 */
export async function callHer(a: Act, id: string, whom: 'her' | 'contact' = 'her'): Promise<string> {
  const { post, officer } = officerOf(a);
  const alert = (await store.findAlert(a, id)) ?? refuse('not-found');
  if (!isOpen(alert)) return refuse('wrong-state');
  const subject = alert.registration ?? alert.id;
  const mobile = await asHouse(a, async (h) => {
    const number =
      whom === 'her' ? (await contactOf(h, subject))?.mobile : await emergencyContact(h, alert.registration);
    if (!number) return refuse(whom === 'her' ? 'not-found' : 'contact-not-given');
    await store.addEvent(h, id, whom === 'her' ? 'called' : 'contact-called', { post, officer });
    await tellOf(h, alert);
    return number;
  });
  await note(a, 'identity.dial', subject);
  return `tel:${mobile}`;
}

export const CONTROL_DEEDS = [
  'widen',
  'reinforce',
  're-route',
  'let-go',
  'place',
  'hand-112',
  'told-112',
  'close',
] as const;
export type ControlDeed = (typeof CONTROL_DEEDS)[number];

/**
 * What the control room decides of an alarm: more vehicles, a vehicle by name, one that is on its way to another alarm, one let go, where she
 * is, over to 112, that 112 has been told, closed.
 * @throws Refusal `not-found` out of sight, `wrong-state`, `not-your-power`, `needs-crew-report`, `needs-her-yes`, `say-why`, `choose-an-outcome`,
 *   `vehicle-not-free`
 */
export async function decide(a: Act, id: string, deed: ControlDeed, form: ControlForm): Promise<void> {
  const actor = officerOf(a);
  if (!(await store.findAlert(a, id))) refuse('not-found');
  const left = deed === 're-route' ? await alarmLeft(a, form.vehicle) : undefined;
  await asHouse(a, async (h) => {
    // in one order: two rooms that call vehicles to and fro do not wait for each other
    const alarms = new Map<string, store.Alert | undefined>();
    for (const one of [id, ...(left ? [left] : [])].sort()) alarms.set(one, await store.lockAlert(h, one));
    const alert = alarms.get(id) ?? refuse('not-found');
    const orders = await store.ordersOf(h, [id]);
    if (!isOpen(alert)) return refuse('wrong-state');
    const by = { post: actor.post, officer: actor.officer };
    switch (deed) {
      case 'widen':
      case 'reinforce': {
        // what was held back is part of what is asked for
        const known = await vouchFor(h, alert, 'room');
        const asked = alert.wanted + (form.vehicles ?? (deed === 'widen' ? 1 : 2));
        const wanted = Math.min(MOST_VEHICLES, Math.max(known.wanted, asked));
        await store.changeAlert(h, id, { wanted, ...(alert.short_of === 'many-alarms' ? { short_of: null } : {}) });
        const sent = form.vehicle
          ? await sendNamed(h, known, form.vehicle)
          : (await sendMore(h, known, missing(wanted, await store.ordersOf(h, [id])))).length;
        await store.addEvent(h, id, deed === 'widen' ? 'widened' : 'reinforced', { ...by, n: sent });
        if (form.vehicle && sent === 0) refuse('vehicle-not-free', 'vehicle');
        await nameShort(h, id);
        break;
      }
      case 'place': {
        const point = form.point ?? refuse('missing', 'point');
        const change = {
          sealed_point: sealPoint(id, point),
          fixed_at: h.now,
          unit: unitOf(point),
          short_of: alert.short_of === 'no-place' ? null : alert.short_of,
        };
        await store.changeAlert(h, id, change);
        await store.addEvent(h, id, 'placed', by);
        if (alert.state === 'waiting') await dispatch(h, { ...alert, ...change });
        break;
      }
      case 're-route': {
        const order = await store.openOrderOf(
          h,
          vehicleCalled(form.vehicle ?? '')?.id ?? refuse('not-found', 'vehicle'),
        );
        // one that comes to this alarm already is not called away from it; who has arrived is not called away at all
        if (!order || order.alert === id || order.alert !== left || !isUnderway(order))
          return refuse('vehicle-not-free', 'vehicle');
        await takeAway(h, order, 're-routed', by);
        if ((await sendNamed(h, alert, order.vehicle)) === 0) refuse('vehicle-not-free', 'vehicle');
        // whom it was taken from gets the next one; who has enough by it is asked for no more
        const from = await store.findAlert(h, order.alert);
        if (from) await replace(h, from);
        await nameShort(h, id);
        await tellOf(h, { id: order.alert });
        break;
      }
      case 'let-go': {
        const vehicle = vehicleCalled(form.vehicle ?? '')?.id;
        const order = orders.find((one) => one.vehicle === vehicle && isUnderway(one));
        await takeAway(h, order ?? refuse('vehicle-not-free', 'vehicle'), 'let-go', by);
        await store.changeAlert(h, id, { wanted: Math.max(1, alert.wanted - 1) });
        await replace(h, { ...alert, wanted: Math.max(1, alert.wanted - 1) });
        break;
      }
      case 'hand-112':
        await store.changeAlert(h, id, { at_112: alert.at_112 ?? h.now });
        await store.addEvent(h, id, 'handed-to-112', by);
        break;
      case 'told-112':
        await store.changeAlert(h, id, { at_112: alert.at_112 ?? h.now, told_112_at: h.now });
        await store.addEvent(h, id, 'told-112', by);
        break;
      case 'close': {
        refuseIf(whyNotClose(alert, orders, { post_kind: actor.post_kind, reason: form.reason !== undefined }));
        const outcome =
          form.outcome ?? (mayDecide(actor.post_kind) ? refuse('choose-an-outcome', 'outcome') : 'settled');
        await closeAlert(h, alert, orders, { ...by, outcome, reason: form.reason ?? null });
      }
    }
    await tellOf(h, alert);
  });
}

type By = { post: string; officer: string };
// the alarm that a vehicle is on its way to, where that is in this room's sight: asked before the house acts, which sees all of them
async function alarmLeft(a: Act, called: string | undefined): Promise<string | undefined> {
  const vehicle = vehicleCalled(called ?? '') ?? refuse('not-found', 'vehicle');
  const order = (await store.openOrdersOf(a, vehicle.id)).find(({ drill }) => !drill);
  return order && (await store.findAlert(a, order.alert))?.id;
}
async function takeAway(h: Act, order: store.CallOut, why: string, by: By): Promise<void> {
  await store.addEvent(h, order.alert, why, { vehicle: order.vehicle, ...by });
  await endOrder(h, order, 'released', why);
  await leadOn(h, order.alert);
}

// a vehicle by its call sign, however far it stands
async function sendNamed(h: Act, alert: store.Alert, called: string): Promise<number> {
  const vehicle = vehicleCalled(called) ?? refuse('not-found', 'vehicle');
  const at = placeOf(alert).point;
  const distance_m = at ? Math.round(metres(at, vehicle)) : 0;
  const given = (await store.ordersOf(h, [alert.id])).map((order) => order.match_code);
  const candidate = {
    id: newId(),
    alert: alert.id,
    vehicle: vehicle.id,
    practice: alert.drill,
    match: matchNumbers(1, new Set(given))[0] as string,
    distance_m,
    ...etaOf(distance_m, hourOf(h.now), undefined),
  };
  const sent = await store.send(h, [candidate]);
  mark(
    h,
    sent.map((order) => order.vehicle),
    alert.id,
  );
  if (!isOwner()) for (const order of sent) await tell(h, VEHICLE, order.vehicle);
  return sent.length;
}
