// Which district a place lies in: the project's own boundaries (docs/law-sources.md), simplified to about 400 metres.
import { liesIn } from '#posts';
import districts from './districts.json' with { type: 'json' };
import wards from './wards-kanpur.json' with { type: 'json' };
import type { Point } from './rules.ts';

type Ring = readonly (readonly number[])[];
const RINGS = Object.entries(districts as Record<string, Ring[]>).map(([name, rings]) => ({
  path: `in.up.${name}`,
  rings,
  box: boxOf(rings),
}));

function boxOf(rings: readonly Ring[]): [number, number, number, number] {
  const all = rings.flat();
  const lons = all.map(([lon]) => lon ?? 0);
  const lats = all.map(([, lat]) => lat ?? 0);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

function inRing(ring: Ring, { lat, lon }: Point): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? [];
    const [xj = 0, yj = 0] = ring[j] ?? [];
    if (yi > lat !== yj > lat && lon < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The path of the district a point lies in; undefined outside of Uttar Pradesh. */
export function districtAt(point: Point): string | undefined {
  const near = RINGS.filter(
    ({ box: [west, south, east, north] }) =>
      point.lon >= west && point.lon <= east && point.lat >= south && point.lat <= north,
  );
  return near.find(({ rings }) => rings.some((ring) => inRing(ring, point)))?.path;
}

/** Somewhere in the middle of a district: where a practice without a place is taken to be. Undefined where its boundary is not known. */
export function middleOf(district: string): Point | undefined {
  const found = RINGS.find(({ path }) => path === district);
  if (!found) return undefined;
  const [west, south, east, north] = found.box;
  return { lat: (south + north) / 2, lon: (west + east) / 2 };
}

/** The boundaries that the board draws below a unit: districts, and the wards of Kanpur where it is in it. GeoJSON. */
export function boundariesOf(unit: string): object {
  const feature = (ring: Ring, kind: string, name: string) => ({
    type: 'Feature',
    properties: { kind, name },
    geometry: { type: 'Polygon', coordinates: [ring] },
  });
  const own = RINGS.filter(({ path }) => liesIn(path, unit) || liesIn(unit, path));
  const kanpur = own.some(({ path }) => path === 'in.up.kanpur_nagar') && own.length < 5;
  return {
    type: 'FeatureCollection',
    features: [
      ...own.flatMap(({ path, rings }) => rings.map((ring) => feature(ring, 'district', path))),
      ...(kanpur ? (wards as Ring[]).map((ring) => feature(ring, 'ward', '')) : []),
    ],
  };
}
