// Her side of an alarm: raised once whatever is sent twice, followed, cancelled, answered. Written down before it is acknowledged.
import { randomUUID } from 'node:crypto';
import { type Act, act, type Actor, house, keys, type Reading, read, refuse, tell } from '#foundation';
import { openSession } from '#posts';
import {
  dispatch,
  endOrder,
  leadOn,
  openPoint,
  releaseOthers,
  sealPoint,
  sendMore,
  tellOf,
  topicOfOrders,
} from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import { fleetReady, freeAround, keptFor, zoneAround } from './fleet.ts';
import type { AlertForm, HerFixesForm, SafeForm } from './forms.ts';
import { districtAt } from './place.ts';
import { type AlertState, type Kind, type OrderState, stateOf, TIMERS, wantedOf, whyNotClose } from './rules.ts';
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
  place: { known: boolean; fixed_at: Temporal.Instant | null };
  short_of: string | null;
  wanted: number;
  her_word: string | null;
  complaint: boolean;
  report_waits: boolean;
  until: Temporal.Instant | null;
};
export type Raised = HerAlert & { token: string | null; again: boolean };

const subjectOf = (actor: Actor | null): string | null => (actor?.kind === 'citizen' ? actor.subject : null);
const sealPlace = (alert: string, text: string): Buffer => keys.seal('sos-words', alert, text);
/** The place in words, opened. */
export const openPlace = (alert: store.Alert): string | null =>
  alert.sealed_place && keys.open('sos-words', alert.id, alert.sealed_place).toString('utf8');

const NOWHERE = 'in.up';
const PRESSED_AHEAD_MINUTES = 5;

type Whose = { registration: string | null; caller: Buffer | null };
type Way = store.Alert['way'];

/** What counts of an alarm that was raised: how it came, and whose it is. */
async function whoseIs(
  h: Reading,
  actor: Actor | null,
  caller: Buffer | null,
): Promise<Whose & { home: string | null }> {
  const subject = subjectOf(actor);
  const registration = subject ? await store.findRegistration(h, subject) : undefined;
  if (registration?.state === 'confirmed')
    return { registration: registration.id, caller: null, home: registration.home };
  return { registration: null, caller, home: null };
}

/**
 * Raises an alarm. It is on the disk with all its orders before this returns. The same `form_id` again, or a second press while the first
 * alarm of a number is open, is the first alarm: nothing new is sent, the newer place counts.
 * @param actor her device by its token; null: an unregistered woman, who is helped just the same
 * @param caller keyed hash of the number behind an SMS
 */
export async function raise(
  actor: Actor | null,
  form: AlertForm,
  options: { way?: Way; caller?: Buffer | null; request_id?: string } = {},
): Promise<Raised> {
  const { way = 'phone', caller = null } = options;
  await fleetReady();
  const id = randomUUID();
  const done = await act(
    house(),
    form.drill ? 'sos.practise' : 'sos.raise',
    async (h) => {
      const whose = await whoseIs(h, actor, caller);
      const known = whose.registration !== null || whose.caller !== null;
      let found: { id: string; again: boolean } | undefined;
      if (known && !form.drill) {
        // two presses of one phone at once: the second waits and finds the first
        await store.takeTurn(h, whose.caller ?? Buffer.from(whose.registration ?? ''));
        const open = await store.openAlertOf(h, whose);
        if (open) found = { id: await pressedAgain(h, open, form), again: true };
      }
      found ??= await write(h, id, form, whose, way);
      // whoever is not known gets a key to this one alarm
      const keyless = actor?.kind === 'citizen' || way === 'sms' || found.again;
      const token = keyless ? null : (await openSession(h, { kind: 'alarm', subject: found.id })).token;
      const shown = await herView(h, (await store.findAlert(h, found.id)) ?? refuse('not-found'));
      return { ...shown, token, again: found.again };
    },
    { subject: id, ...(options.request_id ? { request_id: options.request_id } : {}) },
  );
  if (isOwner() || done.state !== 'waiting') return done;
  await answeredElsewhere(done.alert);
  const shown = await read(house(), 'sos.show', async (r) =>
    herView(r, (await store.findAlert(r, done.alert)) ?? refuse('not-found')),
  );
  return { ...shown, token: done.token, again: done.again };
}

async function write(h: Act, id: string, form: AlertForm, whose: Whose & { home: string | null }, way: Way) {
  const point = form.point ?? null;
  const kind: Kind = form.silent ? 'silent' : 'alarm';
  const district = point ? (districtAt(point) ?? NOWHERE) : (form.district ?? whose.home ?? NOWHERE);
  const unit = point && district !== NOWHERE ? zoneAround(point, district) : district;
  const want = await keptFor(`want ${kind} ${unit}`, () => store.wantFor(h, kind, unit));
  const many =
    whose.registration || whose.caller ? await store.alertsSince(h, whose, h.now.subtract({ hours: 24 })) : 0;
  const free = point && want?.reserve ? freeAround(point, h.now) : Number.POSITIVE_INFINITY;
  const { wanted, short_of } = wantedOf(want ?? { vehicles: 3, reserve: 0 }, free, many);
  const owner = isOwner();
  const sends = point !== null && form.hold_s === 0 && owner;
  const state = form.hold_s > 0 ? 'held' : sends ? 'open' : 'waiting';
  const due = (seconds: number) => h.now.add({ seconds }).toString();
  const timers =
    form.hold_s > 0
      ? [{ kind: 'hold', due_at: due(form.hold_s) }]
      : sends
        ? form.drill
          ? [{ kind: 'practice', due_at: due(60) }]
          : Object.entries(TIMERS).map(([kind, seconds]) => ({ kind, due_at: due(seconds) }))
        : point
          ? []
          : [{ kind: 'hand-112', due_at: due(TIMERS['hand-112']) }];
  const latest = h.now.add({ minutes: PRESSED_AHEAD_MINUTES });
  const said = form.at ?? h.now;
  const pressed_at = Temporal.Instant.compare(said, latest) > 0 ? h.now : said;
  const client = form.form_id ? keys.mac('sos-form', whose.registration ?? '', form.form_id) : null;
  const sealed_point = point && sealPoint(id, { lat: point.lat, lon: point.lon, accuracy_m: point.accuracy_m });
  const fixed_at = point ? (point.fixed_at ?? pressed_at) : null;
  const row = {
    id,
    registration: whose.registration,
    way: form.drill ? 'drill' : way,
    kind,
    drill: form.drill,
    pressed_at,
    received_at: h.now,
    state,
    unit,
    fixed_at,
    wanted,
    short_of: point ? short_of : 'no-place',
    timers,
  };
  const written = await store.writeAlert(h, row, {
    point: sealed_point,
    place: form.place_text ? sealPlace(id, form.place_text) : null,
    client,
    caller: whose.caller,
  });
  if (!written) throw new Error('the alarm was not written');
  if (written.again) return { id: written.id, again: true };
  if (!sends) return { id, again: false };
  const orders = await sendMore(h, { id, sealed_point, unit, drill: form.drill }, wanted, { first: true });
  if (orders.length < wanted && !short_of) {
    await store.changeAlert(h, id, { short_of: 'no-vehicle' });
    await store.addEvent(h, id, 'short', { why: 'no-vehicle', n: orders.length });
  }
  return { id, again: false };
}

// the same woman presses once more: what she adds counts, nothing is sent twice
async function pressedAgain(h: Act, open: store.Alert, form: AlertForm): Promise<string> {
  await store.addEvent(h, open.id, 'pressed-again');
  const change: Partial<store.Alert> = {};
  if (open.shown_cancelled) change.shown_cancelled = false;
  if (form.place_text) change.sealed_place = sealPlace(open.id, form.place_text);
  if (form.point) {
    change.sealed_point = sealPoint(open.id, form.point);
    change.fixed_at = form.point.fixed_at ?? h.now;
    if (open.short_of === 'no-place') {
      change.short_of = null;
      change.unit = unitOf(form.point);
    }
  }
  if (Object.keys(change).length > 0) await store.changeAlert(h, open.id, change);
  await sendIfPlaced(h, open, change);
  await tellOf(h, open);
  return open.id;
}
// now that it is known where she is
const sendIfPlaced = async (h: Act, before: store.Alert, change: Partial<store.Alert>): Promise<void> => {
  if (before.state === 'waiting' && change.short_of === null && isOwner()) await dispatch(h, { ...before, ...change });
};
const unitOf = (point: { lat: number; lon: number }): string => {
  const district = districtAt(point) ?? NOWHERE;
  return district === NOWHERE ? district : zoneAround(point, district);
};

// another process owns the fleet: it is told by the same commit, and has a second and a half before she is answered without orders
async function answeredElsewhere(id: string): Promise<void> {
  for (let tries = 0; tries < 30; tries++) {
    const state = await read(house(), 'sos.show', async (r) => (await store.findAlert(r, id))?.state);
    if (state !== 'waiting') return;
    await new Promise((go) => setTimeout(go, 50));
  }
}

const etaLeft = (order: store.CallOut, now: Temporal.Instant): number | null => {
  if (!['ordered', 'accepted', 'en-route', 'practice'].includes(order.state))
    return order.state === 'arrived' ? 0 : null;
  return Math.max(0, Math.round(order.eta_s - now.since(order.eta_at).total('seconds')));
};

/** Her view of an alarm. Under duress it shows what the one beside her wants to see. As the house. */
export async function herView(r: Reading, alert: store.Alert): Promise<HerAlert> {
  const orders = await store.ordersOf(r, [alert.id]);
  const shown = alert.shown_cancelled
    ? []
    : orders.filter((o) => !['declined', 'silent', 'released'].includes(o.state));
  const vehicles = new Map(
    (
      await store.vehiclesOf(
        r,
        shown.map((o) => o.vehicle),
      )
    ).map((v) => [v.id, v]),
  );
  return {
    alert: alert.id,
    number: alert.n,
    state: alert.shown_cancelled ? 'cancelled' : stateOf(alert, orders),
    at: alert.pressed_at,
    drill: alert.drill,
    silent: alert.kind !== 'alarm',
    units: shown.map((o) => ({
      order: o.id,
      call_sign: vehicles.get(o.vehicle)?.call_sign ?? '',
      plate: vehicles.get(o.vehicle)?.plate ?? '',
      state: o.state,
      lead: o.lead,
      eta_s: etaLeft(o, r.now),
      eta_by: o.eta_by,
      match_code: o.match_code,
    })),
    place: { known: alert.sealed_point !== null, fixed_at: alert.fixed_at },
    short_of: alert.shown_cancelled ? null : alert.short_of,
    wanted: alert.wanted,
    her_word: alert.her_word,
    complaint: alert.complaint !== null,
    report_waits: !alert.shown_cancelled && orders.some((o) => o.state === 'settled' && o.ended_at === null),
    until: alert.closed_at,
  };
}

/**
 * Her alarm, found for whoever may follow it: the device that raised it, the key it got, or – for a woman nobody knows – whoever knows
 * its random name, which stands nowhere but on her screen.
 * @throws Refusal `not-found`
 */
async function mine(h: Act, actor: Actor | null, id: string): Promise<store.Alert> {
  const alert = (await store.lockAlert(h, id)) ?? refuse('not-found');
  const subject = subjectOf(actor);
  const hers = alert.registration === null || subject === alert.registration || subject === alert.id;
  return hers ? alert : refuse('not-found');
}
/** Whether this is surely her: the device or the key, not merely somebody who read the name of an alarm. */
const surely = (actor: Actor | null, alert: store.Alert): boolean => {
  const subject = subjectOf(actor);
  return subject !== null && (subject === alert.registration || subject === alert.id);
};
const isOpen = (alert: store.Alert): boolean => ['held', 'waiting', 'open'].includes(alert.state);
const asHerself = <T>(deed: string, id: string, work: (h: Act) => Promise<T>): Promise<T> =>
  act(house(), deed, work, { subject: id });

/** What she is shown now. @throws Refusal `not-found` */
export const readMine = (actor: Actor | null, id: string): Promise<HerAlert> =>
  read(house(), 'sos.show', async (r) => {
    const alert = (await store.findAlert(r, id)) ?? refuse('not-found');
    const subject = subjectOf(actor);
    if (alert.registration !== null && subject !== alert.registration && subject !== alert.id) refuse('not-found');
    return herView(r, alert);
  });

/** The alarm of this device that is open, or was closed within a quarter of an hour; undefined if there is none. */
export const myLatest = (actor: Actor | null): Promise<HerAlert | undefined> =>
  read(house(), 'sos.show', async (r) => {
    const subject = subjectOf(actor);
    if (!subject) return undefined;
    const own = await store.findAlert(r, subject);
    const found = own ?? (await store.latestOf(r, subject));
    if (!found) return undefined;
    const old = found.closed_at && Temporal.Instant.compare(found.closed_at, r.now.subtract({ hours: 12 })) < 0;
    return old ? undefined : herView(r, found);
  });

/** She sends where she is; what waited on the phone comes with it. The newest counts. */
export const addFixes = (actor: Actor | null, id: string, { fixes }: HerFixesForm): Promise<HerAlert> =>
  asHerself('sos.follow', id, async (h) => {
    const alert = await mine(h, actor, id);
    if (!isOpen(alert)) return herView(h, alert);
    const limit = h.now.add({ minutes: PRESSED_AHEAD_MINUTES });
    const sane = fixes.filter(({ at }) => Temporal.Instant.compare(at, limit) <= 0);
    await store.addFixes(
      h,
      sane.map((fix) => ({
        alert: id,
        at: fix.at,
        heard_at: h.now,
        sealed: sealPoint(id, { lat: fix.lat, lon: fix.lon, accuracy_m: fix.accuracy_m }),
      })),
    );
    const newest = sane.toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))[0];
    if (newest && (!alert.fixed_at || Temporal.Instant.compare(newest.at, alert.fixed_at) > 0)) {
      const placed = alert.short_of === 'no-place';
      const change: Partial<store.Alert> = {
        sealed_point: sealPoint(id, { lat: newest.lat, lon: newest.lon, accuracy_m: newest.accuracy_m }),
        fixed_at: newest.at,
        ...(placed ? { short_of: null, unit: unitOf(newest) } : {}),
      };
      await store.changeAlert(h, id, change);
      await sendIfPlaced(h, alert, change);
      for (const order of await store.ordersOf(h, [id]))
        if (order.ended_at === null) await tell(h, topicOfOrders(order.vehicle), order.id);
      await tellOf(h, alert);
    }
    return herView(h, (await store.findAlert(h, id)) ?? alert);
  });

/**
 * She cancels. While it is held, nothing has gone out and nothing goes. Later the right PIN ends it; the duress PIN looks just the same to
 * whoever stands beside her, and help comes quietly. Without a PIN, or with a wrong one, it stays: an alarm that anybody can stop is none.
 * @throws Refusal `pin-wrong`, `pin-needed`, `not-found`
 */
export const cancel = (actor: Actor | null, id: string, pin: string | undefined): Promise<HerAlert> =>
  asHerself('sos.cancel', id, async (h) => {
    const alert = await mine(h, actor, id);
    if (!isOpen(alert) || alert.shown_cancelled) return herView(h, alert);
    const registration = alert.registration ? await store.findRegistration(h, alert.registration) : undefined;
    const mac = registration && pin ? keys.mac('sos-pin', registration.id, pin) : undefined;
    if (mac && registration?.duress_mac?.equals(mac)) {
      await store.changeAlert(h, id, { kind: 'duress', shown_cancelled: true, wanted: alert.wanted + 1 });
      await store.addEvent(h, id, 'duress');
      await tellOf(h, alert);
      return herView(h, { ...alert, shown_cancelled: true });
    }
    const right = mac !== undefined && registration?.pin_mac?.equals(mac) === true;
    if (registration && pin && !right) return refuse('pin-wrong', 'pin');
    if (alert.state !== 'held' && !right) return refuse('pin-needed', 'pin');
    await store.changeAlert(h, id, { state: 'cancelled', closed_at: h.now });
    for (const order of await store.ordersOf(h, [id]))
      if (order.ended_at === null) await endOrder(h, order, 'released');
    await store.addEvent(h, id, 'cancelled');
    await tellOf(h, alert);
    return herView(h, (await store.findAlert(h, id)) ?? alert);
  });

/** She says that they are there, that she is safe, or where she is. Safe, after help was there and the lead has reported, closes it. */
export const say = (actor: Actor | null, id: string, { word, place_text }: SafeForm): Promise<HerAlert> =>
  asHerself('sos.say', id, async (h) => {
    const alert = await mine(h, actor, id);
    if (!isOpen(alert)) return herView(h, alert);
    if (place_text) {
      await store.changeAlert(h, id, { sealed_place: sealPlace(id, place_text) });
      await store.addEvent(h, id, 'place-told');
    } else {
      // a word of somebody who only knows the alarm's name is passed on, but closes nothing
      if (surely(actor, alert) || word === 'here')
        await store.changeAlert(h, id, { her_word: word, her_word_at: h.now });
      await store.addEvent(h, id, word === 'here' ? 'she-says-here' : 'she-says-safe');
      if (word === 'here') await theyAreHere(h, alert);
      await closeIfBothSay(h, id);
    }
    await tellOf(h, alert);
    return herView(h, (await store.findAlert(h, id)) ?? alert);
  });

// what she says of an arrival is proof; of those on the way the nearest is meant
async function theyAreHere(h: Act, alert: store.Alert): Promise<void> {
  const orders = (await store.ordersOf(h, [alert.id])).filter((o) => o.ended_at === null);
  const there = orders.filter((o) => o.state === 'arrived' || o.state === 'settled');
  if (there.length > 0) {
    for (const order of there)
      if (order.arrival_proof === 'none') await store.changeOrder(h, order.id, { arrival_proof: 'her' });
  } else {
    const next = orders
      .filter((o) => ['accepted', 'en-route'].includes(o.state))
      .sort((a, b) => (etaLeft(a, h.now) ?? 0) - (etaLeft(b, h.now) ?? 0))[0];
    if (next) {
      await store.changeOrder(h, next.id, { state: 'arrived', arrived_at: h.now, arrival_proof: 'her' });
      await store.addEvent(h, alert.id, 'arrived', { vehicle: next.vehicle, why: 'her' });
    }
  }
  await leadOn(h, alert.id);
  await releaseOthers(h, alert);
}

/** Both have said it: the lead crew's report lies there and she is safe. Closes by itself. As the house. */
export async function closeIfBothSay(h: Act, id: string): Promise<boolean> {
  const alert = (await store.findAlert(h, id)) ?? refuse('not-found');
  const orders = await store.ordersOf(h, [id]);
  if (whyNotClose(alert, orders, null)) return false;
  const told = orders.find((o) => o.state === 'settled')?.why;
  await closeAlert(h, alert, orders, { outcome: told ?? 'settled', post: null, officer: null, reason: null });
  return true;
}

const SEES_MINUTES = 10;
/** Closes an alarm: every order ends, every vehicle is free. As the house. */
export async function closeAlert(
  h: Act,
  alert: store.Alert,
  orders: readonly store.CallOut[],
  how: { outcome: string; post: string | null; officer: string | null; reason: string | null },
): Promise<void> {
  for (const order of orders)
    if (order.ended_at === null)
      await endOrder(h, order, ['arrived', 'settled'].includes(order.state) ? 'done' : 'released');
  await store.changeAlert(h, alert.id, {
    state: 'closed',
    closed_at: h.now,
    outcome: how.outcome,
    closed_by: how.post,
    sealed_reason: how.reason ? keys.seal('sos-words', `${alert.id}/reason`, how.reason) : null,
    sees_until: h.now.add({ minutes: SEES_MINUTES }),
  });
  await store.addEvent(h, alert.id, 'closed', { why: how.outcome, post: how.post, officer: how.officer });
  await tellOf(h, alert);
}

/** An alarm by SMS: `SOS lat,lon` or a bare SOS. Another text is none. @returns undefined where the text is no alarm */
export async function raiseBySms(
  from: string,
  parts: { point: { lat: number; lon: number } | null },
  at: Temporal.Instant | undefined,
): Promise<Raised> {
  const caller = keys.mac('sos-mobile', from);
  const registration = await read(house(), 'sos.show', (r) => store.registrationBy(r, caller, 'confirmed'));
  const actor: Actor | null = registration ? { kind: 'citizen', secret: null, subject: registration.id } : null;
  return raise(actor, { at, point: parts.point, silent: true, drill: false, hold_s: 0 } as AlertForm, {
    way: 'sms',
    caller,
  });
}

/** Where she is, for those who may see the alarm; who asks has read the row under row security. */
export const placeOf = (alert: store.Alert) => ({
  point: openPoint(alert.id, alert.sealed_point),
  text: openPlace(alert),
  fixed_at: alert.fixed_at,
});
