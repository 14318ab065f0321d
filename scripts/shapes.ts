// Outlines of states and districts for the maps, from TopoJSON files (docs/figures.md names source and licence). Run by hand when those
// change: node scripts/shapes.ts STATES.topo.json UP.topo.json
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { label, practiceUnits } from '../src/server/posts/posts.ts';

type Topology = {
  transform: { scale: [number, number]; translate: [number, number] };
  arcs: [number, number][][];
  objects: Record<string, { geometries: Geometry[] }>;
};
type Geometry = { type: string; arcs: number[][] | number[][][]; properties: Record<string, string> };
type Point = [number, number];

const WIDTH = 420;
// corners that a map of this size does not show: the area of the triangle a point makes with its neighbours, in square pixels
const TOO_SMALL = 1.6;

/** Degrees to pixels, longitudes shortened as in the middle of the map; north is up. */
function projection(points: Point[]): { to: (p: Point) => Point; height: number } {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const squeeze = Math.cos((((y0 + y1) / 2) * Math.PI) / 180);
  const scale = (WIDTH - 4) / ((x1 - x0) * squeeze);
  return {
    to: ([x, y]) => [2 + (x - x0) * squeeze * scale, 2 + (y1 - y) * scale],
    height: Math.ceil((y1 - y0) * scale + 4),
  };
}

/** Leaves out the corners that show least, one after the other (Visvalingam); the ends stay, so that neighbours still meet. */
function simplify(line: Point[]): Point[] {
  const kept = [...line];
  const area = (i: number) => {
    const [[ax, ay], [bx, by], [cx, cy]] = [kept[i - 1]!, kept[i]!, kept[i + 1]!];
    return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
  };
  while (kept.length > 4) {
    let least = 1;
    for (let i = 2; i < kept.length - 1; i++) if (area(i) < area(least)) least = i;
    if (area(least) > TOO_SMALL) break;
    kept.splice(least, 1);
  }
  return kept;
}

function shapesOf(file: string, object: string, nameOf: (g: Geometry) => string | undefined) {
  const topology = JSON.parse(readFileSync(file, 'utf8')) as Topology;
  const { scale, translate } = topology.transform;
  const degrees = topology.arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]): Point => {
      x += dx;
      y += dy;
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
    });
  });
  const geometries = topology.objects[object]?.geometries ?? [];
  const used = new Set(geometries.flatMap((g) => (g.arcs as number[][][]).flat(2).map((n) => (n < 0 ? ~n : n))));
  const { to, height } = projection([...used].flatMap((n) => degrees[n]!));
  const arcs = degrees.map((arc, n) => (used.has(n) ? simplify(arc.map(to)) : []));
  const ring = (ids: number[]): Point[] =>
    ids.flatMap((id, n) => {
      const arc = id < 0 ? [...arcs[~id]!].reverse() : arcs[id]!;
      return n === 0 ? arc : arc.slice(1);
    });
  const areaOf = (points: Point[]) =>
    points.reduce((sum, [x, y], i) => {
      const [nx, ny] = points[(i + 1) % points.length]!;
      return sum + (x * ny - nx * y) / 2;
    }, 0);
  const drawn = (points: Point[]): string => {
    let [px, py] = [Math.round(points[0]![0]), Math.round(points[0]![1])];
    let text = `M${px} ${py}l`;
    const steps: string[] = [];
    for (const [x, y] of points.slice(1)) {
      const [rx, ry] = [Math.round(x), Math.round(y)];
      if (rx === px && ry === py) continue;
      steps.push(`${rx - px} ${ry - py}`);
      [px, py] = [rx, ry];
    }
    // an island of less than a pixel is still an island
    text += steps.length ? steps.join(' ') : '1 0 0 1';
    return `${text}z`;
  };
  const shapes = geometries.flatMap((g) => {
    const unit = nameOf(g);
    if (!unit) return [];
    const polygons = (g.type === 'Polygon' ? [g.arcs] : g.arcs) as number[][][];
    const outer = polygons.map((p) => ring(p[0]!));
    const biggest = outer.reduce((a, b) => (Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a));
    const shown = outer.filter((points) => Math.abs(areaOf(points)) > 2 || points === biggest);
    const total = areaOf(biggest) || 1;
    const centre = (axis: 0 | 1) =>
      biggest.reduce((sum, p, i) => {
        const q = biggest[(i + 1) % biggest.length]!;
        return sum + (p[axis] + q[axis]) * (p[0] * q[1] - q[0] * p[1]);
      }, 0) /
      (6 * total);
    return [
      {
        unit,
        d: shown.map(drawn).join(''),
        x: Math.round(centre(0)),
        y: Math.round(centre(1)),
        // where a figure of two digits has room
        room: Math.abs(areaOf(biggest)) > 700,
      },
    ];
  });
  return { width: WIDTH, height, shapes: shapes.sort((a, b) => a.unit.localeCompare(b.unit)) };
}

const units = new Map(practiceUnits().map(({ path: at, name_en }) => [at, name_en]));
const OLD_NAMES: Record<string, string> = {
  'in.up.allahabad': 'in.up.prayagraj',
  'in.up.faizabad': 'in.up.ayodhya',
  'in.up.jyotiba_phule_nagar': 'in.up.amroha',
  'in.up.sant_ravi_das_nagar': 'in.up.bhadohi',
  'in.up.mahamaya_nagar': 'in.up.hathras',
  'in.up.lakhimpur_kheri': 'in.up.kheri',
  'in.up.shrawasti': 'in.up.shravasti',
  'in.up.rae_bareli': 'in.up.raebareli',
  'in.up.kanshiram_nagar': 'in.up.kasganj',
};
const stateOf = (name: string): string | undefined =>
  [...units].find(([at, name_en]) => at.split('.').length === 2 && name_en === name)?.[0];
const known = (at: string): string | undefined => {
  const found = units.has(at) ? at : OLD_NAMES[at];
  if (!found) process.stderr.write(`no unit for ${at}\n`);
  return found;
};
const [states = '', districts = ''] = process.argv.slice(2);
const out = (name: string, what: unknown) =>
  writeFileSync(path.resolve(import.meta.dirname, '../src/ui/staff', name), `${JSON.stringify(what)}\n`);
out(
  'shapes-india.json',
  shapesOf(states, 'states', (g) => stateOf(g.properties.st_nm ?? '')),
);
out(
  'shapes-up.json',
  shapesOf(districts, 'districts', (g) => known(`in.up.${label(g.properties.district ?? '')}`)),
);
