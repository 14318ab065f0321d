// An alarm is raised: once whatever is sent twice, written down with all its orders before it is acknowledged.
import { randomUUID } from 'node:crypto';
import { type Act, act, type Actor, house, keys, type Reading, read, refuse } from '#foundation';
import { openSession } from '#posts';
import { dispatch, sealPoint, sendMore, tellOf } from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import { fleetReady, freeAround, keptFor, zoneAround } from './fleet.ts';
import type { AlertForm } from './forms.ts';
import { type HerAlert, herView, sealPlace, subjectOf } from './her-view.ts';
import { districtAt } from './place.ts';
import { type Kind, TIMERS, wantedOf } from './rules.ts';
import * as store from './store.ts';

export type Raised = HerAlert & { token: string | null; again: boolean };

const NOWHERE = 'in.up';
export const PRESSED_AHEAD_MINUTES = 5;

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

/** A drill of a zone, by the clock: the same way, nobody is sent. As the house. */
export const practise = (h: Act, form: AlertForm, unit: string): Promise<unknown> =>
  write(h, randomUUID(), form, { registration: null, caller: null, home: null }, 'drill', unit);

async function write(
  h: Act,
  id: string,
  form: AlertForm,
  whose: Whose & { home: string | null },
  way: Way,
  zone?: string,
): Promise<{ id: string; again: boolean }> {
  const point = form.point ?? null;
  const kind: Kind = form.silent ? 'silent' : 'alarm';
  const district = point ? (districtAt(point) ?? NOWHERE) : (form.district ?? whose.home ?? NOWHERE);
  const unit = zone ?? (point && district !== NOWHERE ? zoneAround(point, district) : district);
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
export const sendIfPlaced = async (h: Act, before: store.Alert, change: Partial<store.Alert>): Promise<void> => {
  if (before.state === 'waiting' && change.short_of === null && isOwner()) await dispatch(h, { ...before, ...change });
};
export const unitOf = (point: { lat: number; lon: number }): string => {
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
