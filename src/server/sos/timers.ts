// What happens to an alarm when nobody answers: each timer fires once, in the act that does what it says.
import { type Act, tell } from '#foundation';
import { dispatch, endOrder, isLost, laterBy, nameShort, replace, sendMore, tellOf } from './dispatch.ts';
import { isOwner } from './dispatcher.ts';
import {
  AGAIN_SECONDS,
  districtOf,
  hasReported,
  isComing,
  isSettled,
  missing,
  MOST_VEHICLES,
  TIMERS,
} from './rules.ts';
import * as store from './store.ts';

/** What a timer does when it has run out. As the house; the timer is marked in the same act, and fires never again. */
async function fire(h: Act, timer: store.Timer): Promise<string> {
  const alert = await store.lockAlert(h, timer.alert);
  if (!alert || alert.state === 'closed' || alert.state === 'cancelled') return 'over';
  if (timer.kind === 'hold') {
    if (alert.state !== 'held') return 'over';
    if (!alert.sealed_point) return unplaced(h, alert);
    return `sent-${(await dispatch(h, alert)).length}`;
  }
  if (timer.kind === 'practice') {
    await store.changeAlert(h, alert.id, { state: 'closed', closed_at: h.now, outcome: 'practice' });
    await store.addEvent(h, alert.id, 'closed', { why: 'practice' });
    return 'closed';
  }
  if (alert.short_of === 'programme-off') {
    await store.changeAlert(h, alert.id, { at_112: alert.at_112 ?? h.now });
    await store.addEvent(h, alert.id, 'handed-to-112');
    await tellOf(h, alert);
    return 'programme-off';
  }
  const orders = await store.ordersOf(h, [alert.id]);
  if (timer.kind === 'silent') {
    const order = orders.find(({ id }) => id === timer.about);
    if (order?.state !== 'ordered' || order.ended_at !== null) return 'answered';
    await endOrder(h, order, 'silent');
    const sent = await replace(h, alert);
    await tellOf(h, alert);
    return `replaced-${sent.length}`;
  }
  if (timer.kind === 'again') {
    const sent = await lookAgain(h, alert, orders);
    // what another process asked for is done once; the minute of the alarm itself goes on
    if (timer.about === alert.id)
      await store.addTimer(h, alert.id, 'again', alert.id, laterBy(h, AGAIN_SECONDS), timer.n + 1);
    return `sent-${sent}`;
  }
  if (timer.kind === 'hand-112') await store.addTimer(h, alert.id, 'again', alert.id, laterBy(h, AGAIN_SECONDS));
  if (orders.some(isComing) || orders.some(hasReported)) return 'answered';
  return escalate(h, alert, orders, timer.kind as keyof typeof TIMERS);
}

// It was held, and nobody knows where she is: nobody can be sent, so her control room and its neighbours are called at once, and 112 in a
// minute, as for an alarm without a place that was not held.
async function unplaced(h: Act, alert: store.Alert): Promise<string> {
  await store.changeAlert(h, alert.id, { state: 'waiting' });
  await store.addTimer(h, alert.id, alert.drill ? 'practice' : 'hand-112', alert.id, laterBy(h, TIMERS['hand-112']));
  if (!alert.drill) await tell(h, `sos-unanswered:${districtOf(alert.unit)}`, alert.id);
  await tellOf(h, alert);
  return 'no-place';
}

// as long as an alarm is open, somebody looks every minute whether enough are really coming
async function lookAgain(h: Act, alert: store.Alert, orders: readonly store.CallOut[]): Promise<number> {
  if (isSettled(alert.wanted, orders)) {
    await nameShort(h, alert.id);
    return 0;
  }
  // only the owner of the fleet knows who is heard of; it looks as soon as it is asked
  const lost = isOwner() ? orders.filter((o) => isLost(o, h.now)).length : 0;
  const sent = await sendMore(h, alert, missing(alert.wanted, orders, lost));
  if (lost > 0 && (await lostBefore(h, alert.id)) !== lost) await store.addEvent(h, alert.id, 'lost', { n: lost });
  await nameShort(h, alert.id);
  if (sent.length > 0 || lost > 0) await tellOf(h, alert);
  return sent.length;
}
const lostBefore = async (h: Act, alert: string): Promise<number> =>
  (await store.eventsOf(h, alert)).findLast(({ kind }) => kind === 'lost')?.n ?? 0;

async function escalate(
  h: Act,
  alert: store.Alert,
  orders: readonly store.CallOut[],
  kind: keyof typeof TIMERS,
): Promise<string> {
  // where nobody could be asked, for want of a place, more vehicles are no answer
  const more = alert.sealed_point === null ? 0 : kind === 'widen' ? 1 : 2;
  const wanted = Math.min(MOST_VEHICLES, alert.wanted + more);
  if (kind === 'bring-in') {
    // the whole district sees it, and with the next ring its neighbours
    const district = districtOf(alert.unit);
    const around = orders.map(({ path }) => path.split('.').slice(0, 4).join('.'));
    await store.changeAlert(h, alert.id, { also: [...new Set([district, ...around])] });
  }
  if (kind === 'hand-112') {
    await store.changeAlert(h, alert.id, { at_112: h.now });
    await store.addEvent(h, alert.id, 'handed-to-112');
  }
  await store.changeAlert(h, alert.id, { wanted });
  const sent = await sendMore(h, alert, missing(wanted, orders));
  await store.addEvent(h, alert.id, kind, { n: sent.length });
  await nameShort(h, alert.id);
  await tell(h, `sos-unanswered:${districtOf(alert.unit)}`, alert.id);
  await tellOf(h, alert);
  return `sent-${sent.length}`;
}

const AT_ONCE = 50;
/** Fires what has run out and sends for alarms that another process wrote down. `true` asks to be called again. As the house. */
export async function chase(h: Act): Promise<boolean> {
  await store.settleTimers(h);
  const timers = await store.dueTimers(h, AT_ONCE);
  for (const timer of timers) await store.fired(h, timer, await fire(h, timer));
  // what another process wrote down waits for the owner of the fleet
  const waiting = isOwner() ? await store.waitingAlerts(h, AT_ONCE) : [];
  for (const alert of waiting) await dispatch(h, alert);
  return timers.length === AT_ONCE || waiting.length === AT_ONCE;
}
