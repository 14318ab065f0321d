// The units of the practice state: all districts of Uttar Pradesh, Kanpur Nagar in full. Sample rows are labelled as such.
import districts from './up-districts.json' with { type: 'json' };
import states from './states.json' with { type: 'json' };
import kanpur from './kanpur-units.json' with { type: 'json' };

export type UnitSeed = { path: string; level: string; name_hi: string; name_en: string; sample: boolean };

/** A name as a label of a unit path: lower case, words joined by underscores. */
export const label = (name: string): string =>
  name
    .replace(/\(.*?\)/g, '')
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

const ZONES = [
  { name: 'East', label: 'east', circles: [1, 2, 3, 4] },
  { name: 'Central', label: 'central', circles: [5, 6, 7, 8] },
  { name: 'South', label: 'south', circles: [9, 10, 11] },
  { name: 'West', label: 'west', circles: [12, 13, 14] },
];

/** Kanpur Nagar: zones, circles 1 to 14 (their names were not found, so they bear numbers), stations spread over the circles of their zone. */
function kanpurUnits(root: string): UnitSeed[] {
  const units: UnitSeed[] = [];
  for (const zone of ZONES) {
    const found = kanpur.zones.find((z) => z.zone === zone.name);
    if (!found) throw new Error(`no zone ${zone.name} in the list of units`);
    const at = `${root}.${zone.label}`;
    units.push({
      path: at,
      level: 'zone',
      name_hi: `${found.zone_hi} जोन`,
      name_en: `${zone.name} zone`,
      sample: true,
    });
    for (const n of zone.circles)
      units.push({
        path: `${at}.circle_${n}`,
        level: 'circle',
        name_hi: `सर्किल ${n}`,
        name_en: `Circle ${n}`,
        sample: true,
      });
    const stations = [
      ...found.stations,
      ...(zone.name === 'West' ? kanpur.later_stations.filter((s) => s.zone_verified) : []),
    ];
    stations.forEach((station, i) => {
      // consecutive stations share a circle, as neighbours would
      const circle = zone.circles[Math.floor((i * zone.circles.length) / stations.length)];
      units.push({
        path: `${at}.circle_${circle}.${label(station.name_en)}`,
        level: 'station',
        name_hi: station.name_hi.includes('थाना') ? station.name_hi : `थाना ${station.name_hi}`,
        name_en: `${station.name_en} police station`.replace(
          "Mahila Thana (women's station) police station",
          "Mahila Thana (women's station)",
        ),
        sample: true,
      });
    });
  }
  return units;
}

/** Nation, states, every district of Uttar Pradesh, Kanpur in full, and one invented station in Lucknow for practice across districts. */
export function practiceUnits(): UnitSeed[] {
  const units: UnitSeed[] = [
    { path: 'in', level: 'nation', name_hi: 'भारत', name_en: 'India', sample: false },
    { path: 'in.up', level: 'state', name_hi: 'उत्तर प्रदेश', name_en: 'Uttar Pradesh', sample: false },
    ...states.map(([code = '', name_hi = '', name_en = '']) => ({
      path: `in.${code}`,
      level: 'state',
      name_hi,
      name_en,
      sample: false,
    })),
  ];
  for (const d of districts.districts) {
    const path = `in.up.${label(d.name_en)}`;
    units.push({
      path,
      level: d.commissionerate ? 'commissionerate' : 'district',
      name_hi: d.name_hi,
      name_en: d.name_en,
      sample: false,
    });
    if (d.name_en === 'Kanpur Nagar') units.push(...kanpurUnits(path));
    if (d.name_en === 'Lucknow') {
      units.push({
        path: `${path}.sample_zone`,
        level: 'zone',
        name_hi: 'नमूना जोन',
        name_en: 'Sample zone',
        sample: true,
      });
      units.push({
        path: `${path}.sample_zone.sample_circle`,
        level: 'circle',
        name_hi: 'नमूना सर्किल',
        name_en: 'Sample circle',
        sample: true,
      });
      units.push({
        path: `${path}.sample_zone.sample_circle.sample_station`,
        level: 'station',
        name_hi: 'नमूना थाना',
        name_en: 'Sample station',
        sample: true,
      });
    }
  }
  return units;
}

/**
 * Whether a unit is another or lies below it. The dot matters: in.up is not above in.upper.
 * @param inner path of the one
 * @param outer path of the other
 */
export const liesIn = (inner: string, outer: string): boolean => inner === outer || inner.startsWith(`${outer}.`);

/** The States and Union Territories, by the paths of their units. */
export const STATES_OF_INDIA: ReadonlyMap<string, { hi: string; en: string }> = new Map([
  ['in.up', { hi: 'उत्तर प्रदेश', en: 'Uttar Pradesh' }],
  ...states.map(([code = '', hi = '', en = '']) => [`in.${code}`, { hi, en }] as const),
]);
