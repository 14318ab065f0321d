// The ways of an alarm in words: where she was and where its vehicles were, for the first entries of her complaint. The complaint keeps them;
// the alarm's own are erased on schedule.
import { createHash } from 'node:crypto';
import type { Act } from '#foundation';
import { openPoint } from './dispatch.ts';
import * as store from './store.ts';

type Stop = { at: Temporal.Instant; lat: number; lon: number };
/** Characters of a place with its hour, and so many of them on a line. */
const WORTH = 30;
const A_LINE = 4;

/** Of so many places at most, evenly spread over the way; the first and the last are always among them. */
export function thinned<T>(way: readonly T[], most: number): T[] {
  if (way.length <= most) return [...way];
  if (most < 2) return most === 1 ? way.slice(-1) : [];
  return Array.from({ length: most }, (_, n) => way[Math.round((n * (way.length - 1)) / (most - 1))] as T);
}
const written = ({ at, lat, lon }: Stop): string => `${lat.toFixed(5)},${lon.toFixed(5)} ${at.toString()}`;
const hour = (at: Temporal.Instant): string =>
  at.toZonedDateTimeISO('Asia/Kolkata').toPlainTime().toString({ smallestUnit: 'second' });
const said = ({ at, lat, lon }: Stop): string => `${hour(at)} ${lat.toFixed(5)},${lon.toFixed(5)}`;

function lines(name: string, way: readonly Stop[], most: number): string[] {
  const hash = createHash('sha256');
  for (const stop of way) hash.update(`${written(stop)}\n`);
  const shown = thinned(way, most);
  const of = shown.length < way.length ? `${way.length} में से ${shown.length}` : `${way.length}`;
  const rows = Array.from({ length: Math.ceil(shown.length / A_LINE) }, (_, n) =>
    shown
      .slice(n * A_LINE, (n + 1) * A_LINE)
      .map(said)
      .join(' · '),
  );
  return [`${name}: ${of} निशान, सबका SHA-256 ${hash.digest('hex')}`, ...rows];
}

/**
 * The ways, hers first. What is longer than there is room for is thinned, and says how many places there were and the hash of all of them.
 * @param before what was heard by then; a complaint that was filed stays as it is
 * @param room characters
 */
export async function waysOf(
  h: Act,
  alert: store.Alert,
  before: (heard: Temporal.Instant) => boolean,
  room: number,
): Promise<string[]> {
  const hers = (await store.fixesOf(h, alert.id))
    .filter(({ heard_at }) => before(heard_at))
    .flatMap(({ at, sealed }): Stop[] => {
      const point = openPoint(alert.id, sealed);
      return point ? [{ at, lat: point.lat, lon: point.lon }] : [];
    });
  const tracks = (await store.tracksOf(h, alert.id)).filter(({ heard_at }) => heard_at === null || before(heard_at));
  const vehicles = [...Map.groupBy(tracks, ({ vehicle }) => vehicle)];
  const names = await store.callSigns(
    h,
    vehicles.map(([vehicle]) => vehicle),
  );
  // each way has a line that says what it is
  const places = Math.max(0, Math.floor((room - 130 * (vehicles.length + 1)) / WORTH));
  const own = Math.min(hers.length, vehicles.length === 0 ? places : Math.ceil(places / 2));
  const each = Math.floor((places - own) / Math.max(1, vehicles.length));
  return [
    ...lines('उनकी जगह', hers, own),
    ...vehicles.flatMap(([vehicle, way]) => lines(`${names.get(vehicle) ?? ''} की राह`, way, each)),
  ];
}
