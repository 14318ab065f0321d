// In how many minutes a vehicle is there: reckoned anew from where it is, by the router where one answers, else as it was at the press.
import { house, keepBooks, read, tell } from '#foundation';
import { hourOf, openPoint, paceFor } from './dispatch.ts';
import { lastOf } from './fleet.ts';
import { etaOf, isUnderway, LOST_SECONDS, metres } from './rules.ts';
import { byRoad, hasRouter } from './router.ts';
import * as store from './store.ts';

/** An order is reckoned anew at most so often. */
export const RENEW_SECONDS = 20;
const LOOK_MS = 5000;
/** Of one look: so many orders, and so many alarms that the router is asked for, one after the other; the rest is next. */
const ORDERS = 2000;
const ALARMS_BY_ROAD = 20;
const LEAST_SECONDS = 30;

type Reckoned = Pick<store.CallOut, 'id' | 'alert' | 'vehicle'>;
/** What the router says of the orders of one alarm; nothing where it does not answer, or knows no road. */
async function roadTimes(orders: readonly Reckoned[], sealed: Buffer | null): Promise<Map<string, number>> {
  const [first] = orders;
  const to = first ? openPoint(first.alert, sealed) : null;
  const asked = orders.flatMap((order) => {
    const from = lastOf(order.vehicle);
    return from ? [{ id: order.id, from }] : [];
  });
  const times =
    to &&
    (await byRoad(
      asked.map(({ from }) => from),
      to,
    ));
  return new Map(
    asked.flatMap(({ id }, n) => {
      const seconds = times?.[n];
      return seconds === null || seconds === undefined
        ? []
        : [[id, Math.max(LEAST_SECONDS, Math.round(seconds))] as const];
    }),
  );
}

/** Makes the minutes of the open orders of these alarms better. What the router does not know stays as it was reckoned. */
export async function estimate(alerts: readonly string[]): Promise<void> {
  if (!hasRouter()) return;
  const found = await read(house(), 'sos.estimate', async (r) => ({
    alerts: await store.findAlerts(r, alerts),
    orders: (await store.ordersOf(r, alerts)).filter((o) => isUnderway(o) && o.eta_by !== 'router'),
  }));
  for (const { id, sealed_point } of found.alerts) {
    const times = await roadTimes(
      found.orders.filter(({ alert }) => alert === id),
      sealed_point,
    );
    if (times.size > 0)
      await keepBooks(house(), async (h) => {
        await store.betterEtas(
          h,
          [...times].map(([order, eta_s]) => ({ order, eta_s })),
        );
        await tell(h, 'sos', id);
      });
  }
}

const left = (eta_s: number, eta_at: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(1, Math.round((eta_s - now.since(eta_at).total('seconds')) / 60));

/**
 * Reckons minutes anew that are older than {@link RENEW_SECONDS}, the oldest first: a crew that is stuck stays as far as it is. Whoever is not
 * heard of is left alone; it is shown as lost. One question for all orders, one change for all, and nobody waits for either.
 * @returns how many orders were reckoned
 */
export async function renewMinutes(): Promise<number> {
  const due = await read(house(), 'sos.estimate', (r) =>
    store.oldEtas(
      r,
      { old: r.now.subtract({ seconds: RENEW_SECONDS }), heard: r.now.subtract({ seconds: LOST_SECONDS }) },
      ORDERS,
    ),
  );
  const alarms = [...Map.groupBy(due, ({ alert }) => alert)].slice(0, hasRouter() ? ALARMS_BY_ROAD : undefined);
  if (alarms.length === 0) return 0;
  const road = new Map<string, number>();
  if (hasRouter())
    for (const [, orders] of alarms)
      for (const [id, seconds] of await roadTimes(orders, orders[0]?.sealed_point ?? null)) road.set(id, seconds);
  return keepBooks(house(), async (h) => {
    const anew: store.Eta[] = [];
    const shown = new Set<string>();
    for (const [alert, orders] of alarms) {
      const at = openPoint(alert, orders[0]?.sealed_point ?? null);
      for (const order of orders) {
        const last = lastOf(order.vehicle);
        if (!at || !last) continue;
        const distance_m = Math.round(metres(at, last));
        const seconds = road.get(order.id);
        const eta =
          seconds === undefined
            ? etaOf(distance_m, hourOf(h.now), await paceFor(h, order.unit))
            : { eta_s: seconds, eta_by: 'router' as const };
        anew.push({ id: order.id, distance_m, ...eta });
        if (left(eta.eta_s, h.now, h.now) !== left(order.eta_s, order.eta_at, h.now)) shown.add(alert);
      }
    }
    await store.renewEtas(h, anew);
    // whoever looks reads again where the minutes are others
    for (const alert of shown) await tell(h, 'sos', alert);
    return anew.length;
  });
}

let looked = Number.NEGATIVE_INFINITY;
let looking = false;
/** A look, where the last one is long enough ago and over. */
export async function lookAtMinutes(): Promise<void> {
  if (looking || performance.now() - looked < LOOK_MS) return;
  looking = true;
  looked = performance.now();
  await renewMinutes().finally(() => {
    looking = false;
  });
}
