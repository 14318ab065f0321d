// Presses are written down: those of known women find their open alarm, the others get theirs, with all orders, in one statement each for all.
import { type Act, type Actor, keys, newId, refuse, tell } from '#foundation';
import { claim, dispatch, paceFor, sealPoint, sendMore, tellOf, wantOf } from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import { freeAround, zoneAround } from './fleet.ts';
import { type Picked, pick } from './picking.ts';
import { WORK } from './fleet-words.ts';
import { heldBack } from './flood.ts';
import type { AlertForm } from './forms.ts';
import { sealPlace, subjectOf } from './her-view.ts';
import { keptFor } from './kept.ts';
import { byOurClock } from './phone-clock.ts';
import { districtAt, middleOf } from './place.ts';
import { type Kind, TIMERS, wantedOf } from './rules.ts';
import * as store from './store.ts';
import { isOff } from './store-programme.ts';

const NOWHERE = 'in.up';

export type Way = store.Alert['way'];
/** One press, before it is written. */
export type Press = {
  id: string;
  actor: Actor | null;
  form: AlertForm;
  way: Way;
  caller: Buffer | null;
  request_id: string | undefined;
  /** a drill by the clock names its zone */
  zone?: string;
};
/** Whose press it is, found among those that are known. */
type Known = store.Whose & { home: string | null };
/** A drill of a zone, by the clock: the same way, nobody is sent. As the house. */
export const practise = (h: Act, form: AlertForm, unit: string): Promise<unknown> =>
  writeDown(h, [{ id: newId(), actor: null, form, way: 'drill', caller: null, request_id: undefined, zone: unit }]);

/** What counts of each press: whose it is, whether that one's alarm is open, how many there were in a day. */
async function lookUp(h: Act, presses: readonly Press[]) {
  const subjects = presses.flatMap(({ actor }) => subjectOf(actor) ?? []);
  const registered = new Map(
    (await store.findRegistrations(h, subjects)).filter(({ state }) => state === 'confirmed').map((r) => [r.id, r]),
  );
  const whose = presses.map(({ actor, caller }): Known => {
    const registration = registered.get(subjectOf(actor) ?? '');
    return registration
      ? { registration: registration.id, caller: null, home: registration.home }
      : { registration: null, caller, home: null };
  });
  const known = whose.filter((w, n) => (w.registration ?? w.caller) !== null && !presses[n]?.form.drill);
  if (known.length === 0) return { whose, open: [], many: [] };
  await store.takeTurns(
    h,
    known.map((w) => w.caller ?? Buffer.from(w.registration ?? '')),
  );
  return {
    whose,
    open: await store.openAlertsOf(h, known),
    many: await store.alertsSince(h, known, h.now.subtract({ hours: 24 })),
  };
}
const isOf = (of: store.Whose, whose: store.Whose): boolean =>
  whose.registration !== null
    ? of.registration === whose.registration
    : (whose.caller !== null && of.caller?.equals(whose.caller)) === true;

/** What became of a press: its alarm, whether that was there before, and whether whoever pressed is registered. */
export type Written = { id: string; again: boolean; registered: boolean };
export async function writeDown(h: Act, presses: readonly Press[]): Promise<Written[]> {
  const { whose, open, many } = await lookUp(h, presses);
  const fresh: Fresh[] = [];
  const found = new Map<string, { id: string; again: boolean }>();
  for (const [n, press] of presses.entries()) {
    const who = whose[n];
    if (!who) continue;
    const own = press.form.drill
      ? undefined
      : open.find((alert) => isOf({ registration: alert.registration, caller: alert.caller_mac }, who));
    if (own) found.set(press.id, { id: await pressedAgain(h, own, press.form), again: true });
    else {
      const times = many.find((of) => isOf(of, who))?.n ?? 0;
      const form = placedDrill(press.form, who.home);
      fresh.push({ row: await rowOf(h, { ...press, form }, who, times), point: form.point });
    }
  }
  const rows = fresh.map(({ row }) => row);
  const toSend = fresh.filter(({ row }) => row.state === 'open');
  const picked = await pickFor(h, toSend);
  // both go out together: nothing is claimed for an alarm that turns out to be there already
  const [written, sent] = await Promise.all([store.writeAlerts(h, rows), claim(h, picked)]);
  for (const { asked, id, again } of written) found.set(asked, { id, again });
  if (!isOwner()) for (const row of rows) await tell(h, WORK, row.id);
  const begun = toSend.filter(({ row }) => found.get(row.id)?.again === false);
  for (const { row } of begun) await fillUp(h, row, sent.filter(({ alert }) => alert === row.id).length);
  return presses.map(({ id }, n) => ({
    ...(found.get(id) ?? refuse('not-found')),
    registered: (whose[n]?.registration ?? null) !== null,
  }));
}

// the whole path is practised also where the phone does not say where it is
const placedDrill = (form: AlertForm, home: string | null): AlertForm =>
  form.drill && !form.point ? { ...form, point: middleOf(form.district ?? home ?? '') } : form;

// each alarm as it will stand in its table
async function rowOf(h: Act, { id, form, way, zone }: Press, whose: Known, many: number): Promise<store.NewAlert> {
  const point = form.point ?? null;
  const kind: Kind = form.silent ? 'silent' : 'alarm';
  const district = point ? (districtAt(point) ?? NOWHERE) : (form.district ?? whose.home ?? NOWHERE);
  const unit = zone ?? (point && district !== NOWHERE ? zoneAround(point, district) : district);
  const want = await wantOf(h, kind, unit);
  const free = point && want.reserve ? freeAround(point, h.now) : Number.POSITIVE_INFINITY;
  // switched off there: it is written down and handed to 112 at once, for nobody is sent
  const off = !form.drill && (await keptFor(`off ${district}`, () => isOff(h, district)));
  const { wanted, short_of } = wantedOf(want, free, many);
  const sends = point !== null && form.hold_s === 0 && isOwner() && !off;
  const unknown = whose.registration === null && whose.caller === null && !form.drill;
  const held_back = sends && unknown ? heldBack(id, point, wanted, h.now, want) : 0;
  const due = (seconds: number) => h.now.add({ seconds }).toString();
  const timers = off
    ? [{ kind: 'hand-112', due_at: due(form.hold_s) }]
    : form.hold_s > 0
      ? [{ kind: 'hold', due_at: due(form.hold_s) }]
      : sends
        ? form.drill
          ? [{ kind: 'practice', due_at: due(60) }]
          : Object.entries(TIMERS).map(([kind, seconds]) => ({ kind, due_at: due(seconds) }))
        : point
          ? []
          : [{ kind: form.drill ? 'practice' : 'hand-112', due_at: due(TIMERS['hand-112']) }];
  const pressed_at = byOurClock(form.at ?? form.sent_at ?? h.now, form.sent_at, h.now);
  const written = (bytes: Buffer | null | undefined): string | null => bytes?.toString('base64') ?? null;
  return {
    id,
    client: form.form_id ? written(keys.mac('sos-form', whose.registration ?? '', form.form_id)) : null,
    registration: whose.registration,
    caller: written(whose.caller),
    way: form.drill ? 'drill' : way,
    kind,
    drill: form.drill,
    pressed_at,
    received_at: h.now,
    state: form.hold_s > 0 && !off ? 'held' : sends ? 'open' : 'waiting',
    unit,
    point: point && written(sealPoint(id, { lat: point.lat, lon: point.lon, accuracy_m: point.accuracy_m })),
    fixed_at: point ? (fixedAt(h, form) ?? pressed_at) : null,
    place: form.place_text ? written(sealPlace(id, form.place_text)) : null,
    wanted: wanted - held_back,
    held_back,
    short_of: off ? 'programme-off' : !point ? 'no-place' : held_back > 0 ? 'many-unknown' : short_of,
    timers,
  };
}

// how old the place itself is, where the phone says it
const fixedAt = (h: Act, { point, sent_at }: AlertForm): Temporal.Instant | undefined =>
  point?.fixed_at && byOurClock(point.fixed_at, sent_at, h.now);

type Fresh = { row: store.NewAlert; point: AlertForm['point'] };
/** The nearest vehicles of each, out of reach for the others at once. */
async function pickFor(h: Act, alarms: readonly Fresh[]): Promise<Picked[]> {
  const picked: Picked[] = [];
  for (const { row, point } of alarms) {
    if (!point) continue;
    const pace = await paceFor(h, row.unit);
    picked.push(pick(point, row.wanted, h.now, new Set(), pace, { alert: row.id, practice: row.drill }));
  }
  return picked;
}
/** Whoever got fewer vehicles than wanted is looked after by itself. @param has so many have their order */
async function fillUp(h: Act, row: store.NewAlert, has: number): Promise<void> {
  if (has >= row.wanted) return;
  const sealed_point = row.point === null ? null : Buffer.from(row.point, 'base64');
  const { id, unit, drill, kind, registration } = row;
  const caller_mac = row.caller === null ? null : Buffer.from(row.caller, 'base64');
  const alert = { id, sealed_point, unit, drill, kind, registration, caller_mac, vouched_at: null };
  const n = has + (await sendMore(h, alert, row.wanted - has)).length;
  if (n >= row.wanted || (row.short_of && row.held_back === 0)) return;
  await store.changeAlert(h, row.id, { short_of: 'no-vehicle' });
  await store.addEvent(h, row.id, 'short', { why: 'no-vehicle', n });
}

// the same woman presses once more: what she adds counts, nothing is sent twice
async function pressedAgain(h: Act, open: store.Alert, form: AlertForm): Promise<string> {
  await store.addEvent(h, open.id, 'pressed-again');
  const change: Partial<store.Alert> = {};
  if (open.shown_cancelled) change.shown_cancelled = false;
  if (form.place_text) change.sealed_place = sealPlace(open.id, form.place_text);
  const fixed_at = fixedAt(h, form) ?? byOurClock(form.at ?? h.now, form.sent_at, h.now);
  // an SMS that was long on its way does not bring back where she was
  if (form.point && !(open.fixed_at && Temporal.Instant.compare(fixed_at, open.fixed_at) < 0)) {
    change.sealed_point = sealPoint(open.id, form.point);
    change.fixed_at = fixed_at;
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
export const sendIfPlaced = async (h: Act, before: store.Alert, change: Partial<store.Alert>): Promise<void> => {
  if (before.state === 'waiting' && change.short_of === null) await dispatch(h, { ...before, ...change });
};
export const unitOf = (point: { lat: number; lon: number }): string => {
  const district = districtAt(point) ?? NOWHERE;
  return district === NOWHERE ? district : zoneAround(point, district);
};
