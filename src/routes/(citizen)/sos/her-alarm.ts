// Whose alarm this phone follows, and what its page says of it.
import type { Cookies } from '@sveltejs/kit';
import type { Actor } from '#foundation';
import { actorOf } from '#signin';
import { type HerAlert, myLatest } from '#sos';
import { type Lang, words } from '#words';
import { clockTime } from '../../../words/format.ts';
import { ALARM } from '../../cookies.ts';

/** The phone's own key, as an actor; null for a phone that has none. */
export async function phoneOf(cookies: Cookies): Promise<Actor | null> {
  const token = cookies.get(ALARM);
  const actor = token ? await actorOf(token) : undefined;
  return actor?.kind === 'citizen' ? actor : null;
}

const minutes = (seconds: number | null): number | null =>
  seconds === null ? null : Math.max(1, Math.round(seconds / 60));
const THERE = ['arrived', 'settled', 'done'];
const COMING = ['accepted', 'en-route'];

type By = 'distance' | 'learnt' | 'router';
// of the one that is there first
const byOf = (units: readonly HerAlert['units'][number][]): By =>
  (units.toSorted((a, b) => (a.eta_s ?? 0) - (b.eta_s ?? 0))[0]?.eta_by ?? 'distance') as By;

/** An alarm in words. `sign` changes when the page has to be made anew; minutes alone do not. */
export function inWords(lang: Lang, alert: HerAlert, now: Temporal.Instant) {
  const w = words(lang).sos.her;
  const at = (states: readonly string[]) => alert.units.filter(({ state }) => states.includes(state));
  const there = at(THERE).length;
  const coming = at(COMING).filter(({ lost }) => !lost);
  // minutes are promised by those who said yes
  const etas = coming.flatMap(({ eta_s }) => eta_s ?? []);
  const first = there > 0 || etas.length === 0 ? null : minutes(Math.min(...etas));
  const said =
    there > 0
      ? w.running.there(there)
      : coming.length > 0
        ? w.running.coming(coming.length)
        : alert.units.length > 0
          ? w.running.called(alert.units.length)
          : alert.place.known
            ? w.running.none
            : alert.place.written
              ? w.running.written
              : w.running.nowhere;
  const age = alert.place.fixed_at && Math.max(0, Math.round(now.since(alert.place.fixed_at).total('seconds')));
  return {
    alert: alert.alert,
    state: alert.state,
    drill: alert.drill,
    said,
    eta: first === null ? null : w.running.minutes(first),
    by: first === null ? '' : w.running.by[byOf(coming)],
    asked: there === 0 && coming.length === 0 && alert.units.length > 0 && !alert.drill,
    facts: `${w.running.pressed(clockTime(alert.at))} · ${age !== null ? w.running.fixed(age) : alert.place.written ? w.running.as_written : w.running.no_fix}`,
    short: alert.short_of === 'no-vehicle',
    off: alert.short_of === 'programme-off',
    call_112: alert.short_of !== 'programme-off' && alert.state === 'handed-to-112',
    told_112: alert.told_112,
    yes_asked: alert.report_waits,
    complaint: alert.complaint,
    her_number: alert.her_number,
    units: alert.units.map((unit) => ({
      order: unit.order,
      call_sign: unit.call_sign,
      plate: unit.plate,
      state: w.order[unit.state],
      eta: COMING.includes(unit.state) && unit.eta_s ? w.running.minutes(minutes(unit.eta_s) ?? 1) : '',
      match: unit.match_code,
      waits: unit.state === 'ordered',
      there: THERE.includes(unit.state),
    })),
    sign: [
      alert.state,
      alert.report_waits,
      alert.told_112,
      alert.short_of,
      ...alert.units.map(({ order, state }) => order + state),
    ].join(' '),
  };
}

/** The page's alarm, or nothing. */
export async function latest(cookies: Cookies): Promise<HerAlert | undefined> {
  return myLatest(await phoneOf(cookies));
}
