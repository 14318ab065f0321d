// What the board says of an alarm: who comes to it, how it is marked, where it stands on the map.
import type { PageData } from './$types';
import type { Scene } from './map.ts';
import { alarmSign, nameSign } from './signs.ts';

export type Board = PageData['board'];
export type Alert = Board['alerts'][number];
export type Words = PageData['w'];
export type Story = {
  events: { at: string; kind: string; call_sign: string | null; n: number | null; why: string | null }[];
  report: string | null;
  sounds: { id: string; at: string }[];
};
/** A deed of the control room on the chosen alarm; without one, its story is asked for. */
export type Ask = (deed?: string, form?: Record<string, unknown>) => Promise<void>;

const open = (a: Alert) => a.units.filter((u) => !u.over);

/** The vehicles that took their order. */
export const coming = (a: Alert): Alert['units'] => open(a).filter((u) => u.state !== 'ordered');

/** How an alarm is marked: nobody took it yet, they are at it, it waits for its end. */
export const tone = (a: Alert): 'new' | 'wait' | 'run' =>
  !a.drill && ['waiting', 'ordered', 'held'].includes(a.state)
    ? 'new'
    : ['reported', 'handed-to-112'].includes(a.state)
      ? 'wait'
      : 'run';

/** Names that can be read beside each other on a map; each is a picture that the map draws anew with every change. */
const MOST_NAMED = 30;
/** The alarms that carry their names: the chosen one, then those that nobody has taken, then the newest. */
function named(alerts: readonly Alert[], chosen: string | null): Set<string> {
  const rank = (a: Alert): number => (a.alert === chosen ? 0 : tone(a) === 'new' ? 1 : 2);
  const first = alerts.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST_NAMED);
  return new Set(first.map((a) => a.alert));
}

/** The board as the map shows it. @param chosen whose vehicles carry their names */
export function sceneOf(board: Board, chosen: string | null): Scene {
  const at = new Map(board.vehicles.map((v) => [v.vehicle, v]));
  const names = named(board.alerts, chosen);
  return {
    busy: board.vehicles.filter((v) => v.alert !== null),
    free: board.vehicles.filter((v) => v.alert === null),
    coming: board.vehicles.flatMap((v) =>
      v.alert !== null && v.alert === chosen ? [{ sign: nameSign(v.call_sign), lat: v.lat, lon: v.lon }] : [],
    ),
    alerts: board.alerts.flatMap((a) => {
      const { point } = a.place;
      const fresh = tone(a) === 'new';
      const name = names.has(a.alert) ? `A-${a.number}` : '';
      return point ? [{ id: a.alert, sign: alarmSign(name, fresh), fresh, lat: point.lat, lon: point.lon }] : [];
    }),
    ways: board.alerts.flatMap((a) =>
      open(a).flatMap((u) => {
        const from = at.get(u.vehicle);
        return from && a.place.point ? [{ from, to: a.place.point }] : [];
      }),
    ),
  };
}
