// How alarms, orders and the board look over the API and on the hydrated pages: one shape for both.
import type { z } from 'zod';
import type { AlertStory, board as boardOf, HerAlert, Order, Raised, ShiftFacts } from '#sos';
import type { Lang } from '#words';
import type * as shape from './sos-shapes.ts';
import { iso, isoOrNull } from './time.ts';

type Place = {
  point: { lat: number; lon: number; accuracy_m?: number | undefined } | null;
  text: string | null;
  fixed_at: Temporal.Instant | null;
};
const presentPlace = ({ point, text, fixed_at }: Place) => ({
  point: point && {
    lat: point.lat,
    lon: point.lon,
    ...(point.accuracy_m === undefined ? {} : { accuracy_m: point.accuracy_m }),
  },
  text,
  fixed_at: isoOrNull(fixed_at),
});

export const presentHers = ({ until: _, ...her }: HerAlert): z.input<typeof shape.herAlert> => ({
  ...her,
  at: iso(her.at),
  units: her.units.map((unit) => ({ ...unit, eta_by: unit.eta_by as 'distance' })),
  place: { known: her.place.known, written: her.place.written, fixed_at: isoOrNull(her.place.fixed_at) },
  call: '112',
});
export const presentRaised = ({ token, again, ...her }: Raised): z.input<typeof shape.raised> => ({
  ...presentHers(her),
  token,
  again,
});
export const presentOrder = (order: Order): z.input<typeof shape.order> => ({
  ...order,
  eta_by: order.eta_by as 'distance',
  ordered_at: iso(order.ordered_at),
  answer_by: iso(order.answer_by),
  place: order.place && presentPlace(order.place),
});
export const presentShift = (shift: ShiftFacts): z.input<typeof shape.shift> => ({
  ...shift,
  from: iso(shift.from),
  to: isoOrNull(shift.to),
});
export const presentBoard = (seen: Awaited<ReturnType<typeof boardOf>>, lang: Lang): z.input<typeof shape.board> => ({
  at: iso(seen.at),
  alerts: seen.alerts.map((alert) => ({
    ...alert,
    area: alert.area?.[lang] ?? null,
    at: iso(alert.at),
    at_112: isoOrNull(alert.at_112),
    next: alert.next.map(({ kind, at }) => ({ kind, at: iso(at) })),
    place: presentPlace(alert.place),
    units: alert.units.map((unit) => ({
      ...unit,
      eta_by: unit.eta_by as 'distance',
      eta_at: iso(unit.eta_at),
      answer_by: iso(unit.answer_by),
    })),
  })),
  vehicles: seen.vehicles.map((vehicle) => ({ ...vehicle, at: iso(vehicle.at) })),
});
export const presentStory = ({
  events,
  report,
  sounds,
}: {
  events: AlertStory;
  report: string | null;
  sounds: { id: string; at: Temporal.Instant }[];
}): z.input<typeof shape.story> => ({
  events: events.map((event) => ({ ...event, at: iso(event.at) })),
  report,
  sounds: sounds.map((piece) => ({ ...piece, at: iso(piece.at) })),
});
