// The control room: every open alarm with its orders and timers, every vehicle on duty, and what may be decided from there.
import { randomInt } from 'node:crypto';
import { type Act, asHouse, keys, newId, note, type Reading, refuse, refuseIf, tell } from '#foundation';
import { unitNames } from '#posts';
import { contactOf } from '#sealed-identity';
import { closeAlert } from './alarms.ts';
import { dispatch, hourOf, isLost, sealPoint, sendMore, tellOf } from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import { mark, vehicleCalled } from './fleet.ts';
import { emergencyContact } from './registrations.ts';
import { VEHICLE } from './fleet-words.ts';
import type { ControlForm } from './forms.ts';
import { placeOf } from './her-view.ts';
import { districtAt } from './place.ts';
import {
  type AlertState,
  etaOf,
  isOpen,
  type Kind,
  mayDecide,
  metres,
  missing,
  MOST_VEHICLES,
  type OrderState,
  stateOf,
  whyNotClose,
} from './rules.ts';
import * as store from './store.ts';
import { soundsBy, soundsOf } from './store-sound.ts';

export type BoardUnit = {
  order: string;
  vehicle: string;
  call_sign: string;
  state: OrderState;
  lead: boolean;
  eta_s: number;
  eta_by: string;
  eta_at: Temporal.Instant;
  match_code: string;
  answer_by: Temporal.Instant;
  arrival_proof: string | null;
  why: string | null;
  lost: boolean;
  over: boolean;
};
export type BoardAlert = {
  alert: string;
  number: number;
  state: AlertState;
  kind: Kind;
  drill: boolean;
  at: Temporal.Instant;
  unit: string;
  /** the name of that unit; null where it has none */
  area: { hi: string; en: string } | null;
  wanted: number;
  short_of: string | null;
  registered: boolean;
  /** her number is known: she can be called */
  callable: boolean;
  way: string;
  place: ReturnType<typeof placeOf>;
  her_word: string | null;
  at_112: Temporal.Instant | null;
  /** how many pieces of sound can be heard */
  sounds: number;
  units: BoardUnit[];
  why_not_close: string | null;
};
export type BoardVehicle = {
  vehicle: string;
  call_sign: string;
  unit: string;
  lat: number;
  lon: number;
  at: Temporal.Instant;
  alert: string | null;
};

// who works a board: the control room and whoever stands above it
const SEES = ['control-room', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national'];
/** Whether a post of this kind has a board. */
export const seesBoard = (post_kind: string): boolean => SEES.includes(post_kind);
/** Whether an alarm is in sight of the acting post. */
export const seesAlert = async (r: Reading, id: string): Promise<boolean> =>
  (await store.findAlert(r, id)) !== undefined;
/** The acting officer of a post that works a board. @throws Refusal `not-your-power` */
export const officerOf = (r: Pick<Reading, 'actor'>) => {
  const { actor } = r;
  return actor.kind === 'officer' && seesBoard(actor.post_kind) ? actor : refuse('not-your-power');
};

/**
 * The board of the acting post.
 * @param unit only alarms and vehicles of this unit and below
 * @throws Refusal `not-your-power`
 */
export async function board(
  r: Reading,
  unit?: string,
): Promise<{ alerts: BoardAlert[]; vehicles: BoardVehicle[]; at: Temporal.Instant }> {
  const actor = officerOf(r);
  const inside = (path: string) => !unit || path === unit || path.startsWith(`${unit}.`) || unit.startsWith(`${path}.`);
  const alerts = (await store.openAlerts(r)).filter((alert) => inside(alert.unit));
  const orders = await store.ordersOf(
    r,
    alerts.map(({ id }) => id),
  );
  const vehicles = await store.onDutyVehicles(r);
  const names = await store.callSigns(
    r,
    orders.map((o) => o.vehicle),
  );
  const areas = await unitNames(r, [...new Set(alerts.map((alert) => alert.unit))]);
  const sounds = await soundsBy(
    r,
    alerts.map(({ id }) => id),
  );
  const by = { post_kind: actor.post_kind, reason: true };
  return {
    at: r.now,
    alerts: alerts.map((alert) => {
      const own = orders.filter((o) => o.alert === alert.id);
      return {
        alert: alert.id,
        number: alert.n,
        state: stateOf(alert, own),
        kind: alert.kind,
        drill: alert.drill,
        at: alert.pressed_at,
        unit: alert.unit,
        area: areas.get(alert.unit) ?? null,
        wanted: alert.wanted,
        short_of: alert.short_of,
        registered: alert.registration !== null,
        callable: alert.registration !== null || alert.way === 'sms',
        way: alert.way,
        place: placeOf(alert),
        her_word: alert.her_word,
        at_112: alert.at_112,
        sounds: sounds.get(alert.id) ?? 0,
        why_not_close: whyNotClose(alert, own, by) ?? null,
        units: own.map((o) => ({
          order: o.id,
          vehicle: o.vehicle,
          call_sign: names.get(o.vehicle) ?? '',
          state: o.state,
          lead: o.lead,
          eta_s: o.eta_s,
          eta_by: o.eta_by,
          eta_at: o.eta_at,
          match_code: o.match_code,
          answer_by: o.answer_by,
          arrival_proof: o.arrival_proof,
          why: o.why,
          lost: isLost(o, r.now),
          over: o.ended_at !== null,
        })),
      };
    }),
    vehicles: vehicles
      .filter((v) => inside(v.path))
      .map((v) => ({
        vehicle: v.id,
        call_sign: v.call_sign,
        unit: v.path,
        lat: v.lat,
        lon: v.lon,
        at: v.at,
        alert: v.alert,
      })),
  };
}

export type AlertStory = {
  at: Temporal.Instant;
  kind: string;
  call_sign: string | null;
  n: number | null;
  why: string | null;
}[];
/** What happened to an alarm, oldest first, the lead's report, and the pieces of sound that can be heard. @throws Refusal `not-found` */
export async function storyOf(
  r: Reading,
  id: string,
): Promise<{ events: AlertStory; report: string | null; sounds: { id: string; at: Temporal.Instant }[] }> {
  officerOf(r);
  if (!(await store.findAlert(r, id))) refuse('not-found');
  const events = await store.eventsOf(r, id);
  const orders = await store.ordersOf(r, [id]);
  const names = await store.callSigns(
    r,
    events.flatMap(({ vehicle }) => vehicle ?? []),
  );
  const told = orders.find((o) => o.sealed_report);
  return {
    events: events.map((e) => ({
      at: e.at,
      kind: e.kind,
      call_sign: e.vehicle && (names.get(e.vehicle) ?? null),
      n: e.n,
      why: e.why,
    })),
    report: told?.sealed_report
      ? keys.open('sos-words', `${told.id}/report`, told.sealed_report).toString('utf8')
      : null,
    sounds: (await soundsOf(r, id)).map((piece) => ({ id: piece.id, at: piece.at })),
  };
}

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

export const CONTROL_DEEDS = ['widen', 'reinforce', 'place', 'hand-112', 'close'] as const;
export type ControlDeed = (typeof CONTROL_DEEDS)[number];

/**
 * What the control room decides of an alarm: more vehicles, a vehicle by name, where she is, over to 112, closed.
 * @throws Refusal `not-found` out of sight, `wrong-state`, `not-your-power`, `needs-crew-report`, `needs-her-yes`, `say-why`, `choose-an-outcome`,
 *   `vehicle-not-free`
 */
export async function decide(a: Act, id: string, deed: ControlDeed, form: ControlForm): Promise<void> {
  const actor = officerOf(a);
  if (!(await store.findAlert(a, id))) refuse('not-found');
  await asHouse(a, async (h) => {
    const alert = (await store.lockAlert(h, id)) ?? refuse('not-found');
    const orders = await store.ordersOf(h, [id]);
    if (!isOpen(alert)) return refuse('wrong-state');
    const by = { post: actor.post, officer: actor.officer };
    switch (deed) {
      case 'widen':
      case 'reinforce': {
        const wanted = Math.min(MOST_VEHICLES, alert.wanted + (form.vehicles ?? (deed === 'widen' ? 1 : 2)));
        await store.changeAlert(h, id, { wanted, ...(alert.short_of === 'many-alarms' ? { short_of: null } : {}) });
        const sent = form.vehicle
          ? await sendNamed(h, alert, form.vehicle)
          : (await sendMore(h, alert, missing(wanted, orders))).length;
        await store.addEvent(h, id, deed === 'widen' ? 'widened' : 'reinforced', { ...by, n: sent });
        if (form.vehicle && sent === 0) refuse('vehicle-not-free', 'vehicle');
        break;
      }
      case 'place': {
        const point = form.point ?? refuse('missing', 'point');
        const change = {
          sealed_point: sealPoint(id, point),
          fixed_at: h.now,
          unit: districtAt(point) ?? alert.unit,
          short_of: alert.short_of === 'no-place' ? null : alert.short_of,
        };
        await store.changeAlert(h, id, change);
        await store.addEvent(h, id, 'placed', by);
        if (alert.state === 'waiting') await dispatch(h, { ...alert, ...change });
        break;
      }
      case 'hand-112':
        await store.changeAlert(h, id, { at_112: alert.at_112 ?? h.now });
        await store.addEvent(h, id, 'handed-to-112', by);
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

// a vehicle by its call sign, however far it stands
async function sendNamed(h: Act, alert: store.Alert, called: string): Promise<number> {
  const vehicle = vehicleCalled(called) ?? refuse('not-found', 'vehicle');
  const at = placeOf(alert).point;
  const distance_m = at ? Math.round(metres(at, vehicle)) : 0;
  const candidate = {
    id: newId(),
    alert: alert.id,
    vehicle: vehicle.id,
    practice: alert.drill,
    match: String(randomInt(100)).padStart(2, '0'),
    distance_m,
    ...etaOf(distance_m, hourOf(h.now), undefined),
  };
  const sent = await store.send(h, [candidate]);
  mark(
    sent.map((order) => order.vehicle),
    alert.id,
  );
  if (!isOwner()) for (const order of sent) await tell(h, VEHICLE, order.vehicle);
  return sent.length;
}
