// What she is shown of her alarm, and where she is for those who may see it.
import { type Actor, keys, type Reading, refuse } from '#foundation';
import { openPoint } from './dispatch.ts';
import { type AlertState, isLostSince, needsHerYes, type OrderState, stateOf } from './rules.ts';
import * as store from './store.ts';

/** What she is shown of a vehicle that comes. */
export type HerUnit = {
  order: string;
  call_sign: string;
  plate: string;
  state: OrderState;
  lead: boolean;
  eta_s: number | null;
  eta_by: string;
  match_code: string;
  /** it has said yes and is not heard of any more: it is not counted on */
  lost: boolean;
};
/** What she is shown of her alarm. */
export type HerAlert = {
  alert: string;
  number: number;
  state: AlertState;
  at: Temporal.Instant;
  drill: boolean;
  silent: boolean;
  units: HerUnit[];
  /** `known`: as a point; `written`: in words, for the control room to look for */
  place: { known: boolean; written: boolean; fixed_at: Temporal.Instant | null };
  short_of: string | null;
  /** somebody says that 112 has been told; our handing over alone is not that */
  told_112: boolean;
  wanted: number;
  her_word: string | null;
  complaint: boolean;
  report_waits: boolean;
  /** hers to say to a crew that has said its own number first; null for whoever is not surely her */
  her_number: string | null;
  until: Temporal.Instant | null;
};
export const subjectOf = (actor: Actor | null): string | null => (actor?.kind === 'citizen' ? actor.subject : null);
export const sealPlace = (alert: string, text: string): Buffer => keys.seal('sos-words', alert, text);
/** The place in words, opened; null where there are none, or what was kept does not open. */
export const openPlace = (alert: store.Alert): string | null =>
  (alert.sealed_place && keys.openIfWhole('sos-words', alert.id, alert.sealed_place)?.toString('utf8')) ?? null;

export const etaLeft = (order: store.CallOut, now: Temporal.Instant): number | null => {
  if (!['ordered', 'accepted', 'en-route', 'practice'].includes(order.state))
    return order.state === 'arrived' ? 0 : null;
  return Math.max(0, Math.round(order.eta_s - now.since(order.eta_at).total('seconds')));
};

/** Her view of an alarm. As the house. */
export async function herView(r: Reading, alert: store.Alert): Promise<HerAlert> {
  const ids = [alert.id];
  const [orders, vehicles] = await Promise.all([store.ordersShown(r, ids), store.vehiclesShown(r, ids)]);
  const [view] = viewsOf(r, [alert], orders, vehicles);
  if (!view) throw new Error('an alarm without a view');
  return view;
}
/** Her view of each of several alarms, by their ids, asked for all at once. As the house. @throws Refusal `not-found` */
export async function herViewsOf(r: Reading, ids: readonly string[]): Promise<HerAlert[]> {
  const [found, all, vehicles] = await Promise.all([
    store.alertsShown(r, ids),
    store.ordersShown(r, ids),
    store.vehiclesShown(r, ids),
  ]);
  const known = new Map(found.map((alert) => [alert.id, alert]));
  return viewsOf(
    r,
    ids.map((id) => known.get(id) ?? refuse('not-found')),
    all,
    vehicles,
  );
}
// under duress it shows what the one beside her wants to see
function viewsOf(
  r: Reading,
  alerts: readonly store.Alert[],
  all: readonly store.CallOut[],
  named: readonly store.VehicleShown[],
): HerAlert[] {
  const vehicles = new Map(named.map((v) => [v.id, v]));
  return alerts.map((alert) => {
    const orders = all.filter((o) => o.alert === alert.id);
    const hides = seemsCancelled(alert, orders);
    // of a cancelled alarm nothing is told that could differ from one that only seems so
    const cancelled = hides || alert.state === 'cancelled';
    const shown = hides ? [] : orders.filter(isShown);
    return {
      alert: alert.id,
      number: alert.n,
      state: hides ? 'cancelled' : stateOf(alert, orders),
      at: alert.pressed_at,
      drill: alert.drill,
      silent: cancelled || alert.kind !== 'alarm',
      units: shown.map((o) => {
        const vehicle = vehicles.get(o.vehicle);
        const lost = isLostSince(o, vehicle?.fixed_at ?? null, r.now);
        return {
          order: o.id,
          call_sign: vehicle?.call_sign ?? '',
          plate: vehicle?.plate ?? '',
          state: o.state,
          lead: o.lead,
          eta_s: lost ? null : etaLeft(o, r.now),
          eta_by: o.eta_by,
          match_code: o.match_code,
          lost,
        };
      }),
      place: { known: alert.sealed_point !== null, written: alert.sealed_place !== null, fixed_at: alert.fixed_at },
      // she is helped like any other: what is held back for a moment is the house's matter
      short_of: hides || alert.short_of === 'many-unknown' ? null : alert.short_of,
      told_112: !hides && alert.told_112_at !== null,
      wanted: cancelled ? 0 : alert.wanted + alert.held_back,
      her_word: cancelled ? null : alert.her_word,
      complaint: alert.complaint !== null,
      report_waits: !hides && needsHerYes(alert, orders),
      her_number: null,
      until: cancelled ? null : alert.closed_at,
    };
  });
}
// Until help was there and it is over, whoever looks at her screen sees what he was shown. Then she may say what happened, and complain.
const seemsCancelled = (alert: store.Alert, orders: readonly store.CallOut[]): boolean =>
  alert.shown_cancelled &&
  !(alert.state === 'closed' && orders.some(({ arrival_proof }) => arrival_proof !== null && arrival_proof !== 'none'));
const isShown = ({ state }: store.CallOut): boolean => !['declined', 'silent', 'released'].includes(state);

/** Where she is, for those who may see the alarm; who asks has read the row under row security. */
export const placeOf = (alert: store.Alert) => ({
  point: openPoint(alert.id, alert.sealed_point),
  text: openPlace(alert),
  fixed_at: alert.fixed_at,
});
