// Her side of an alarm that was raised: followed, cancelled, answered, closed when both have said it.
import { type Act, act, type Actor, house, keys, read, refuse, tell } from '#foundation';
import { herNumber, theyAreHere } from './arriving.ts';
import { endOrder, nameShort, sealPoint, tellOf, topicOfOrders } from './dispatch.ts';
import type { HerFixesForm, SafeForm } from './forms.ts';
import { etaLeft, type HerAlert, herView, sealPlace, subjectOf } from './her-view.ts';
import { byOurClock } from './phone-clock.ts';
import { hasReported, isOpen, whyNotClose } from './rules.ts';
import { sendIfPlaced, unitOf } from './written-down.ts';
import * as store from './store.ts';

/**
 * Her alarm, found for whoever may follow it: the device that raised it, the key it got, or – for a woman nobody knows – whoever knows
 * its random name, which stands nowhere but on her screen.
 * @throws Refusal `not-found`
 */
export function mine(alert: store.Alert | undefined, actor: Actor | null): store.Alert {
  if (!alert) return refuse('not-found');
  const subject = subjectOf(actor);
  const hers = alert.registration === null || subject === alert.registration || subject === alert.id;
  return hers ? alert : refuse('not-found');
}
export const lockMine = async (h: Act, actor: Actor | null, id: string): Promise<store.Alert> =>
  mine(await store.lockAlert(h, id), actor);
/** Whether this is surely her: the device or the key, not merely somebody who read the name of an alarm. */
export const surely = (actor: Actor | null, alert: store.Alert): boolean => {
  const subject = subjectOf(actor);
  return subject !== null && (subject === alert.registration || subject === alert.id);
};
// her own number is told to nobody but her: who knows it is believed to be with her
const shownTo = async (
  r: Parameters<typeof herView>[0],
  actor: Actor | null,
  alert: store.Alert,
): Promise<HerAlert> => {
  const view = await herView(r, alert);
  const tells = surely(actor, alert) && isOpen(alert) && !alert.shown_cancelled && !alert.drill;
  return tells ? { ...view, her_number: herNumber(alert.id) } : view;
};
const asHerself = <T>(deed: string, id: string, work: (h: Act) => Promise<T>): Promise<T> =>
  act(house(), deed, work, { subject: id });

/** What she is shown now. @throws Refusal `not-found` */
export const readMine = (actor: Actor | null, id: string): Promise<HerAlert> =>
  read(house(), 'sos.show', async (r) => shownTo(r, actor, mine(await store.findAlert(r, id), actor)));

/** The alarm of this device that is open, or was closed within a quarter of an hour; undefined if there is none. */
export const myLatest = (actor: Actor | null): Promise<HerAlert | undefined> =>
  read(house(), 'sos.show', async (r) => {
    const subject = subjectOf(actor);
    if (!subject) return undefined;
    const own = await store.findAlert(r, subject);
    const found = own ?? (await store.latestOf(r, subject));
    if (!found) return undefined;
    const old = found.closed_at && Temporal.Instant.compare(found.closed_at, r.now.subtract({ hours: 12 })) < 0;
    return old ? undefined : shownTo(r, actor, found);
  });

/** She sends where she is; what waited on the phone comes with it. The newest counts. */
export const addFixes = (actor: Actor | null, id: string, form: HerFixesForm): Promise<HerAlert> =>
  asHerself('sos.follow', id, async (h) => {
    const alert = await lockMine(h, actor, id);
    if (!isOpen(alert)) return herView(h, alert);
    const fixes = form.fixes.map((fix) => ({ ...fix, at: byOurClock(fix.at, form.sent_at, h.now) }));
    await store.addFixes(
      h,
      fixes.map((fix) => ({
        alert: id,
        at: fix.at,
        heard_at: h.now,
        sealed: sealPoint(id, { lat: fix.lat, lon: fix.lon, accuracy_m: fix.accuracy_m }),
      })),
    );
    const newest = fixes.toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))[0];
    // a place that is known is moved by her own key alone: her crews know the alarm's name, and go where it says
    const counts = surely(actor, alert) || alert.sealed_point === null;
    if (newest && counts && (!alert.fixed_at || Temporal.Instant.compare(newest.at, alert.fixed_at) > 0)) {
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
    return shownTo(h, actor, (await store.findAlert(h, id)) ?? alert);
  });

/**
 * She says that they are there, that she is safe, or where she is. Safe, to what the lead has reported or when help was there, closes it.
 * Whoever merely knows the name of an alarm, as its crews do, is heard: what he says stands in its story, and moves nothing that is known.
 */
export const say = (actor: Actor | null, id: string, { word, place_text }: SafeForm): Promise<HerAlert> =>
  asHerself('sos.say', id, async (h) => {
    const alert = await lockMine(h, actor, id);
    if (!isOpen(alert)) return herView(h, alert);
    if (place_text) {
      if (surely(actor, alert) || !alert.sealed_place)
        await store.changeAlert(h, id, { sealed_place: sealPlace(id, place_text) });
      await store.addEvent(h, id, 'place-told');
    } else if (surely(actor, alert)) {
      await store.changeAlert(h, id, { her_word: word, her_word_at: h.now });
      await store.addEvent(h, id, word === 'here' ? 'she-says-here' : 'she-says-safe');
      if (word === 'here') await theyAreHere(h, alert, (order) => etaLeft(order, h.now) ?? 0);
      await closeIfBothSay(h, id);
      await nameShort(h, id);
    } else await store.addEvent(h, id, 'said-without-key', { why: word });
    await tellOf(h, alert);
    return shownTo(h, actor, (await store.findAlert(h, id)) ?? alert);
  });

/** Both have said it: the lead crew's report lies there and she is safe. Closes by itself. As the house. */
export async function closeIfBothSay(h: Act, id: string): Promise<boolean> {
  const alert = (await store.findAlert(h, id)) ?? refuse('not-found');
  const orders = await store.ordersOf(h, [id]);
  if (whyNotClose(alert, orders, null)) return false;
  const told = orders.findLast(hasReported)?.why;
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
