// The ground under the board's own layers: raster tiles as they are, darkened; of vector tiles water, woods, buildings and ways, by the names
// that the two usual schemas give them (Protomaps, OpenMapTiles). No letters: they would need fonts from somewhere.
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { PageData } from './$types';

type Ground = NonNullable<PageData['ground']>;
const GROUND = 'ground-tiles';

const area = (id: string, names: readonly string[], color: string): LayerSpecification[] =>
  names.map((name) => ({
    id: `${id}-${name}`,
    type: 'fill',
    source: GROUND,
    'source-layer': name,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': color },
  }));
const ways = (name: string): LayerSpecification => ({
  id: `ways-${name}`,
  type: 'line',
  source: GROUND,
  'source-layer': name,
  filter: ['==', ['geometry-type'], 'LineString'],
  paint: { 'line-color': '#42514d', 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.4, 15, 2.4] },
});

/** The source of the ground and its layers, to lie under everything else. */
export function groundLayers(ground: Ground): {
  sources: Record<string, SourceSpecification>;
  layers: LayerSpecification[];
} {
  const [minzoom, maxzoom] = ground.zooms;
  const tiles = [new URL(ground.tiles, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}')];
  const of = { tiles, minzoom, maxzoom };
  if (ground.kind === 'raster')
    return {
      sources: { [GROUND]: { type: 'raster', tileSize: 256, ...of } },
      layers: [
        {
          id: 'ground-raster',
          type: 'raster',
          source: GROUND,
          // a map made for daylight does not outshine what it is there for
          paint: { 'raster-brightness-max': 0.45, 'raster-saturation': -0.7, 'raster-fade-duration': 0 },
        },
      ],
    };
  return {
    sources: { [GROUND]: { type: 'vector', ...of } },
    layers: [
      ...area('green', ['landuse', 'landcover', 'park'], '#1a2a22'),
      ...area('water', ['water'], '#122a38'),
      ...area('house', ['buildings', 'building'], '#22302c'),
      ways('roads'),
      ways('transportation'),
    ],
  };
}
