// The live map: MapLibre on the project's own boundaries. No request leaves this server, unless somebody's tiles are configured; where the map cannot run, the lists are enough.
import type { GeoJSONSource, Map as LibreMap, SymbolLayerSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { PageData } from './$types';
import { groundLayers } from './ground.ts';
import { drawSigns } from './signs.ts';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';

type Place = { lat: number; lon: number };
export type Scene = {
  /** those that have an order, and those that are free */
  busy: Place[];
  free: Place[];
  /** those that come to the chosen alarm, by name */
  coming: (Place & { sign: string })[];
  alerts: (Place & { id: string; sign: string; fresh: boolean })[];
  /** orders that are open: from the vehicle to her */
  ways: { from: Place; to: Place }[];
};
const features = (list: readonly (Place & Record<string, unknown>)[]) => ({
  type: 'FeatureCollection' as const,
  features: list.map(({ lat, lon, ...properties }) => ({
    type: 'Feature' as const,
    properties,
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
  })),
});
// all vehicles of a kind in one: fifteen hundred features would be packed for the map's worker one by one, with every move
const crowd = (busy: boolean, list: readonly Place[]) => ({
  type: 'Feature' as const,
  properties: { busy },
  geometry: { type: 'MultiPoint' as const, coordinates: list.map(({ lat, lon }) => [lon, lat]) },
});
const crowds = ({ busy, free }: Pick<Scene, 'busy' | 'free'>) => ({
  type: 'FeatureCollection' as const,
  features: [crowd(false, free), crowd(true, busy)],
});
const lines = (list: Scene['ways']) => ({
  type: 'FeatureCollection' as const,
  features: list.map(({ from, to }) => ({
    type: 'Feature' as const,
    properties: {},
    geometry: {
      type: 'LineString' as const,
      coordinates: [
        [from.lon, from.lat],
        [to.lon, to.lat],
      ],
    },
  })),
});

const SIGN: NonNullable<SymbolLayerSpecification['layout']> = {
  'icon-image': ['get', 'sign'],
  'icon-allow-overlap': true,
  'icon-ignore-placement': true,
};

type TrustedTypes = { createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown };

/**
 * Draws the map into an element.
 * @param ground tiles to lie under it, where a source of them is configured
 * @param choose called with the alarm that was pressed
 * @returns shows a scene, looks at one place, or at several together; undefined where the device has no WebGL
 */
export async function drawMap(
  into: HTMLElement,
  ground: PageData['ground'],
  choose: (alert: string) => void,
): Promise<
  | { show: (scene: Scene) => void; look: (at: Place) => void; frame: (places: Place[]) => void; end: () => void }
  | undefined
> {
  const { Map: MapLibre, setWorkerUrl, NavigationControl } = await import('maplibre-gl');
  // MapLibre starts its worker by a plain address: this one and no other
  const own = new URL(worker, location.href).href;
  (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('default', {
    createScriptURL: (asked) => (new URL(asked, location.href).href === own ? asked : ''),
  });
  setWorkerUrl(own);
  const land = await (await fetch('/sos-board/boundaries')).json();
  const all = (land.features as { geometry: { coordinates: [number, number][][] } }[]).flatMap(
    (f) => f.geometry.coordinates[0] ?? [],
  );
  const lons = all.map(([lon]) => lon);
  const lats = all.map(([, lat]) => lat);
  const under = ground ? groundLayers(ground) : { sources: {}, layers: [] };
  let map: LibreMap;
  try {
    map = new MapLibre({
      container: into,
      attributionControl: false,
      dragRotate: false,
      fadeDuration: 0,
      bounds: [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)],
      fitBoundsOptions: { padding: 12 },
      style: {
        version: 8,
        sources: {
          ...under.sources,
          land: { type: 'geojson', data: land },
          vehicles: { type: 'geojson', data: features([]) },
          coming: { type: 'geojson', data: features([]) },
          alerts: { type: 'geojson', data: features([]) },
          ways: { type: 'geojson', data: lines([]) },
        },
        layers: [
          { id: 'ground', type: 'background', paint: { 'background-color': '#101918' } },
          {
            id: 'district',
            type: 'fill',
            source: 'land',
            filter: ['==', 'kind', 'district'],
            paint: { 'fill-color': '#18231f' },
          },
          ...under.layers,
          {
            id: 'edge',
            type: 'line',
            source: 'land',
            filter: ['==', 'kind', 'district'],
            paint: { 'line-color': '#3a4945', 'line-width': 1.5 },
          },
          {
            id: 'ward',
            type: 'line',
            source: 'land',
            filter: ['==', 'kind', 'ward'],
            paint: { 'line-color': '#33413d', 'line-width': 0.7 },
          },
          {
            id: 'ways',
            type: 'line',
            source: 'ways',
            paint: { 'line-color': '#7fd1c0', 'line-width': 1.5, 'line-dasharray': [3, 2] },
          },
          // around an alarm that nobody has taken: the eye finds it from afar, and it stands still
          {
            id: 'rings',
            type: 'circle',
            source: 'alerts',
            filter: ['get', 'fresh'],
            paint: {
              'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 16, 13, 34],
              'circle-color': 'rgba(0, 0, 0, 0)',
              'circle-stroke-color': '#ff9a86',
              'circle-stroke-width': 1.5,
            },
          },
          // full: it has an order; hollow: free. Fifteen hundred circles cost the page a tenth of fifteen hundred pictures
          {
            id: 'vehicles',
            type: 'circle',
            source: 'vehicles',
            paint: {
              'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 3.5, 13, 6],
              'circle-color': ['case', ['get', 'busy'], '#7fd1c0', '#06201b'],
              'circle-stroke-color': ['case', ['get', 'busy'], '#06201b', '#7fd1c0'],
              'circle-stroke-width': 1.5,
            },
          },
          { id: 'coming', type: 'symbol', source: 'coming', layout: SIGN },
          { id: 'alerts', type: 'symbol', source: 'alerts', layout: SIGN },
        ],
      },
    });
  } catch {
    return undefined;
  }
  drawSigns(map);
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on('click', 'alerts', (event) => {
    const id = event.features?.[0]?.properties.id;
    if (typeof id === 'string') choose(id);
  });
  await new Promise<void>((loaded) => map.once('load', () => loaded()));
  // what has not changed is not drawn again
  const shown = new Map<string, string>();
  const put = (name: string, data: ReturnType<typeof features | typeof crowds | typeof lines>): void => {
    const text = JSON.stringify(data);
    if (shown.get(name) === text) return;
    shown.set(name, text);
    void map.getSource<GeoJSONSource>(name)?.setData(data);
  };
  return {
    show(scene) {
      put('vehicles', crowds(scene));
      put('coming', features(scene.coming));
      put('alerts', features(scene.alerts));
      put('ways', lines(scene.ways));
    },
    look: ({ lat, lon }) => map.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), 12), duration: 400 }),
    frame(places) {
      const lons = places.map(({ lon }) => lon);
      const lats = places.map(({ lat }) => lat);
      map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], {
        padding: 48,
        maxZoom: 15,
        animate: false,
      });
    },
    end: () => map.remove(),
  };
}
