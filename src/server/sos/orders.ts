// The crew's side: its order, what it presses, its shift. A crew sees where she is only while its order is open.
import { type Act, asHouse, keys, newId, type Reading, refuse, refuseIf } from '#foundation';
import { closeIfBothSay } from './alarms.ts';
import { arrive, countNumber } from './arriving.ts';
import { endOrder, hourOf, leadOn, nameShort, openPoint, paceFor, replace, sendMore, tellOf } from './dispatch.ts';
import { lastOf, refresh, vehicleCalled } from './fleet.ts';
import type { DeedForm } from './forms.ts';
import { openPlace } from './her-view.ts';
import { welcomeBack } from './late.ts';
import {
  type CrewDeed,
  etaOf,
  isComing,
  metres,
  missing,
  MOST_VEHICLES,
  type OrderState,
  whyNotDeed,
} from './rules.ts';
import * as store from './store.ts';
import { vouchFor } from './vouched.ts';

/** An order as its crew sees it. */
export type Order = {
  order: string;
  alert: string;
  number: number;
  state: OrderState;
  lead: boolean;
  ordered_at: Temporal.Instant;
  answer_by: Temporal.Instant;
  silent: boolean;
  match_code: string;
  distance_m: number;
  eta_s: number;
  eta_by: string;
  /** null once the order is over */
  place: {
    point: { lat: number; lon: number; accuracy_m?: number | undefined } | null;
    text: string | null;
    fixed_at: Temporal.Instant | null;
  } | null;
  others: { call_sign: string; state: OrderState; eta_s: number }[];
  her_word: string | null;
  /** others are held back: many alarms without a number came at once, and this crew is the first to see whether it is one */
  rest_waits: boolean;
};

/** The open orders of the acting crew, and where she is. @throws Refusal `not-your-power` for any other post */
export async function myOrders(r: Reading): Promise<Order[]> {
  const { actor } = r;
  if (actor.kind !== 'officer' || actor.post_kind !== 'vehicle') return refuse('not-your-power');
  const mine = await store.openOrdersOf(r, actor.post);
  return Promise.all(mine.map((order) => shown(r, order)));
}

async function shown(r: Reading, order: store.CallOut): Promise<Order> {
  // under row security: the alarm is in sight only while the order is open
  const alert = order.ended_at === null ? await store.findAlert(r, order.alert) : undefined;
  const others = alert
    ? (await store.ordersOf(r, [order.alert])).filter((o) => o.id !== order.id && o.ended_at === null)
    : [];
  const names = await store.callSigns(
    r,
    others.map((o) => o.vehicle),
  );
  return {
    order: order.id,
    alert: order.alert,
    number: alert?.n ?? 0,
    state: order.state,
    lead: order.lead,
    ordered_at: order.ordered_at,
    answer_by: order.answer_by,
    silent: alert !== undefined && alert.kind !== 'alarm',
    match_code: order.match_code,
    distance_m: order.distance_m,
    eta_s: order.eta_s,
    eta_by: order.eta_by,
    place: alert
      ? { point: openPoint(alert.id, alert.sealed_point), text: openPlace(alert), fixed_at: alert.fixed_at }
      : null,
    others: others.map((o) => ({ call_sign: names.get(o.vehicle) ?? '', state: o.state, eta_s: o.eta_s })),
    her_word: alert?.her_word ?? null,
    rest_waits: (alert?.held_back ?? 0) > 0,
  };
}

const AGAIN: Partial<Record<CrewDeed, OrderState>> = {
  accept: 'accepted',
  decline: 'declined',
  'en-route': 'en-route',
  arrived: 'arrived',
  settled: 'settled',
  done: 'done',
};

/**
 * A crew presses. The first that accepts leads; whoever declines is replaced in the same act; enough there, and the others turn round.
 * Pressing again what was pressed is no fault. Whoever accepts after its time has a new order, where it is still needed.
 * @throws Refusal `not-found` for another's order; `order-over`, `wrong-state`, `choose-a-reason`, `match-code-wrong`, `lead-reports`,
 *   `report-first`, `write-something`
 */
export async function press(a: Act, id: string, deed: CrewDeed, form: DeedForm): Promise<Order> {
  const { actor } = a;
  if (actor.kind !== 'officer' || actor.post_kind !== 'vehicle') return refuse('not-your-power');
  const seen = (await store.findOrder(a, id)) ?? refuse('not-found');
  if (seen.vehicle !== actor.post) return refuse('not-found');
  if (deed === 'arrived' && form.match_code !== undefined) await countNumber(seen, form.match_code);
  const now = await asHouse(a, async (h) => {
    // the alarm first, then the order: all who change either come by this way
    const alert = (await store.lockAlert(h, seen.alert)) ?? refuse('not-found');
    const order = await current(h, alert, id, deed);
    if (AGAIN[deed] === order.state) return order.id;
    refuseIf(whyNotDeed(deed, order));
    await pressed(h, alert, order, deed, form);
    await store.addEvent(h, alert.id, `crew-${deed}`, {
      vehicle: order.vehicle,
      post: actor.post,
      officer: actor.officer,
    });
    await leadOn(h, alert.id);
    await nameShort(h, alert.id);
    await tellOf(h, alert);
    return order.id;
  });
  return shown(a, (await store.findOrder(a, now)) ?? refuse('not-found'));
}

// what was pressed on an order that went unanswered counts for the one that took its place
async function current(h: Act, alert: store.Alert, id: string, deed: CrewDeed): Promise<store.CallOut> {
  const order = (await store.findOrder(h, id)) ?? refuse('not-found');
  if (order.state !== 'silent') return order;
  const orders = await store.ordersOf(h, [alert.id]);
  const open = orders.find((o) => o.vehicle === order.vehicle && o.ended_at === null);
  return open ?? (deed === 'accept' ? await welcomeBack(h, alert, order, orders) : undefined) ?? order;
}

async function pressed(
  h: Act,
  alert: store.Alert,
  order: store.CallOut,
  deed: CrewDeed,
  form: DeedForm,
): Promise<void> {
  switch (deed) {
    case 'accept':
      await store.changeOrder(h, order.id, {
        state: 'accepted',
        accepted_at: h.now,
        ...(await etaNow(h, alert, order)),
      });
      return;
    case 'en-route':
      await store.changeOrder(h, order.id, {
        state: 'en-route',
        accepted_at: order.accepted_at ?? h.now,
        ...(await etaNow(h, alert, order)),
      });
      return;
    case 'decline':
      await endOrder(h, order, 'declined', form.reason ?? refuse('choose-a-reason', 'reason'));
      await replace(h, alert);
      return;
    case 'arrived':
      return arrive(h, alert, order, form.match_code);
    case 'settled': {
      const report = form.report ?? refuse('write-something', 'report');
      const name = `${order.id}/report`;
      // whoever reported, asked for help after all and reports again has said both
      const before = order.sealed_report && `${keys.open('sos-words', name, order.sealed_report).toString('utf8')}\n`;
      await store.changeOrder(h, order.id, {
        state: 'settled',
        why: form.outcome ?? 'settled',
        sealed_report: keys.seal('sos-words', name, `${before ?? ''}${report}`),
        reported_at: h.now,
      });
      await closeIfBothSay(h, alert.id);
      return;
    }
    case 'need-help': {
      // what was reported before does not hold any more
      if (order.state === 'settled') await store.changeOrder(h, order.id, { state: 'arrived', reported_at: null });
      // whoever needs help there has found somebody
      const known = await vouchFor(h, alert, 'crew');
      const wanted = Math.min(MOST_VEHICLES, known.wanted + 2);
      await store.changeAlert(h, alert.id, { wanted });
      const orders = await store.ordersOf(h, [alert.id]);
      const sent = await sendMore(h, alert, Math.max(2, missing(wanted, orders)));
      await store.addEvent(h, alert.id, 'reinforced', { n: sent.length });
      return;
    }
    case 'done':
      await endOrder(h, order, 'done');
      await replace(h, alert);
  }
}

// a good estimate is one from where the vehicle is now
async function etaNow(h: Act, alert: store.Alert, order: store.CallOut): Promise<Partial<store.CallOut>> {
  const point = openPoint(alert.id, alert.sealed_point);
  const last = lastOf(order.vehicle);
  if (!point || !last) return {};
  const distance_m = Math.round(metres(point, last));
  return { distance_m, ...etaOf(distance_m, hourOf(h.now), await paceFor(h, alert.unit)), eta_at: h.now };
}

/** A shift as its crew sees it. */
export type ShiftFacts = {
  id: string;
  vehicle: string;
  call_sign: string;
  from: Temporal.Instant;
  to: Temporal.Instant | null;
};

/**
 * Begins the shift of a vehicle: a crew of its own, the control room of any in its area. Beginning twice is once.
 * @throws Refusal `not-found`, `not-your-power`
 */
export async function beginShift(a: Act, called: string | undefined): Promise<ShiftFacts> {
  const { actor } = a;
  if (actor.kind !== 'officer') return refuse('not-your-power');
  const crew = actor.post_kind === 'vehicle';
  if (!crew && actor.post_kind !== 'control-room') return refuse('not-your-power');
  const id = crew ? actor.post : (vehicleCalled(called ?? '')?.id ?? refuse('not-found', 'vehicle'));
  if (crew && called !== undefined && vehicleCalled(called)?.id !== actor.post) return refuse('not-found', 'vehicle');
  const vehicle = (await store.vehiclesOf(a, [id]))[0] ?? (crew ? await newlyWritten(a, id) : undefined);
  if (!vehicle) return refuse('not-found', 'vehicle');
  return asHouse(a, async (h) => {
    const open = await store.openShiftOf(h, id);
    // a shift that a fix began is the crew's own once it says so
    const shift = open ?? {
      id: newId(),
      vehicle: id,
      officer: crew ? actor.officer : null,
      from_at: h.now,
      to_at: null,
      begun_by: crew ? ('crew' as const) : ('control-room' as const),
      ended_by: null,
    };
    if (!open) await store.addShift(h, shift);
    await refresh(h, [id]);
    return { id: shift.id, vehicle: id, call_sign: vehicle.call_sign, from: shift.from_at, to: null };
  });
}

// a crew whose post is newer than the last look at the fleet does not wait for the next one
async function newlyWritten(a: Act, id: string) {
  await asHouse(a, store.enrolVehicles);
  return (await store.vehiclesOf(a, [id]))[0];
}

/** Ends a shift. With an open order it goes on until that is over. @throws Refusal `not-found`, `needs-order-over` */
export async function endShift(a: Act, id: string): Promise<ShiftFacts> {
  const { actor } = a;
  const shift = (await store.findShift(a, id)) ?? refuse('not-found');
  const own = actor.kind === 'officer' && (actor.post === shift.vehicle || actor.post_kind === 'control-room');
  if (!own) return refuse('not-found');
  const [vehicle] = await store.vehiclesOf(a, [shift.vehicle]);
  return asHouse(a, async (h) => {
    const open = await store.openOrdersOf(h, shift.vehicle);
    if (open.some(isComing)) return refuse('needs-order-over');
    if (shift.to_at === null) {
      for (const { id: one, alert: of } of open.toSorted((x, y) => (x.alert < y.alert ? -1 : 1))) {
        // the alarm first, as everywhere: the crew may be pressing just now
        const alert = (await store.lockAlert(h, of)) ?? refuse('not-found');
        const order = await store.findOrder(h, one);
        if (!order || order.ended_at !== null) continue;
        if (isComing(order)) return refuse('needs-order-over');
        await endOrder(h, order, 'declined', 'shift-over');
        await replace(h, alert);
      }
      await store.endShift(h, id, actor.kind === 'officer' && actor.post === shift.vehicle ? 'crew' : 'control-room');
    }
    await refresh(h, [shift.vehicle]);
    return {
      id,
      vehicle: shift.vehicle,
      call_sign: vehicle?.call_sign ?? '',
      from: shift.from_at,
      to: shift.to_at ?? h.now,
    };
  });
}
/** The open shift of the acting crew. */
export async function myShift(r: Reading): Promise<ShiftFacts | undefined> {
  if (r.actor.kind !== 'officer') return undefined;
  const shift = await store.openShiftOf(r, r.actor.post);
  const [vehicle] = await store.vehiclesOf(r, [r.actor.post]);
  return (
    shift && {
      id: shift.id,
      vehicle: shift.vehicle,
      call_sign: vehicle?.call_sign ?? '',
      from: shift.from_at,
      to: null,
    }
  );
}
