// The roll of a State: its units, the posts in them and who holds them, as a table that an administrator fills in. Said again it adds what is
// new, seats whoever has come to a vacant post, and leaves what is there as it is: posts are handed over at /posts, by whoever stands above.
import { z } from 'zod';
import { type Act, newId } from '#foundation';
import { istDay } from '#law';
import * as store from './store.ts';

const PATH = /^in(?:\.[a-z0-9_]{1,60}){0,7}$/;
/** How far down a unit of a level lies; a district is a commissionerate's like. */
const DEPTH: Record<string, number> = {
  nation: 0,
  state: 1,
  commissionerate: 2,
  district: 2,
  zone: 3,
  circle: 4,
  station: 5,
  outpost: 6,
};
const ROWS_AT_ONCE = 1000;

const text = z.string().trim().max(200).default('');
const yes = z
  .enum(['yes', 'no', ''])
  .default('')
  .transform((said) => said === 'yes');
/** One line: a unit, where it has a level; a post in that unit, where it has a kind; and who holds the post now, where that is known. */
export const rollLine = z.strictObject({
  unit: z.string().trim().regex(PATH),
  level: z.enum(['', ...Object.keys(DEPTH)]).default(''),
  kind: z.enum(['', ...store.POST_KINDS]).default(''),
  under: z.enum(['', ...store.POST_KINDS]).default(''),
  name_hi: text.pipe(z.string().min(1)),
  name_en: text.pipe(z.string().min(1)),
  phone: text,
  women_only: yes,
  officer_hi: text,
  officer_en: text,
  rank_hi: text,
  rank_en: text,
  woman: yes,
});
export type RollLine = z.output<typeof rollLine>;
/** What is wrong with a line; the first has the number 1. */
export type RollFault = { line: number; why: string };
export type Rolled = { units: number; posts: number; seated: number; vacant: number; faults: RollFault[] };

type Known = { id: string; path: string; kind: string; name_en: string };
const above = (path: string): string => path.split('.').slice(0, -1).join('.');

function unitFault(line: RollLine, levels: ReadonlyMap<string, string>): string | undefined {
  if (line.officer_en || line.under || line.phone) return 'a unit has no officer, no phone and stands under nobody';
  if (line.unit === 'in') return line.level === 'nation' ? undefined : 'in is the nation';
  const over = levels.get(above(line.unit));
  if (!over) return `there is no unit ${above(line.unit)}`;
  if (DEPTH[over]! >= DEPTH[line.level]!) return `a ${line.level} does not lie in a ${over}`;
  return undefined;
}
function postFault(line: RollLine, levels: ReadonlyMap<string, string>): string | undefined {
  if (!levels.has(line.unit)) return `there is no unit ${line.unit}`;
  const officer = [line.officer_hi, line.officer_en, line.rank_hi, line.rank_en].filter(Boolean).length;
  if (officer !== 0 && officer !== 4) return 'an officer has a name and a rank, in both languages';
  if (officer && !store.mayHold(line, line)) return 'this post is for women';
  return undefined;
}

/** The posts as lines name them: a kind in a unit, the first of them, and one of its name there. */
const namesOf = ({ path, kind, name_en }: Omit<Known, 'id'>): string[] => [
  `${path} ${kind}`,
  `${path} ${kind} ${name_en}`,
];
function keep(posts: Map<string, string>, post: Known): void {
  for (const name of namesOf(post)) if (!posts.has(name)) posts.set(name, post.id);
}
/** The post of a kind in a unit, or in the nearest one above. */
function findAbove(posts: ReadonlyMap<string, string>, unit: string, kind: string): string | undefined {
  for (let at = unit; at; at = above(at)) {
    const found = posts.get(`${at} ${kind}`);
    if (found) return found;
  }
  return undefined;
}
async function inParts<T>(rows: readonly T[], add: (part: T[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) await add(rows.slice(from, from + ROWS_AT_ONCE));
}

/**
 * Lays a roll down. As the house. With a fault in any line nothing is kept.
 * @param lines each a unit or a post, a unit before what lies in it
 * @returns how many were new, and what is wrong, by the number of the line
 */
export async function loadRoll(h: Act, lines: readonly RollLine[]): Promise<Rolled> {
  const today = istDay(h.now);
  const standing = await store.units(h, today, {});
  const unitIds = new Map(standing.map(({ path, id }) => [path, id]));
  const levels = new Map(standing.map(({ path, level }) => [path, level]));
  const open: Known[] = await store.postsUnder(h, 'in');
  const posts = new Map<string, string>();
  for (const post of open) keep(posts, post);
  const ids = new Set(open.map(({ id }) => id));
  const holders = ids.size > 0 ? await store.holdersAt(h, [...ids], h.now) : [];
  const held = new Set(holders.map(({ post }) => post));
  const faults: RollFault[] = [];
  const units: Parameters<typeof store.addUnits>[1] = [];
  const added: Parameters<typeof store.addPosts>[1] = [];
  const officers: Parameters<typeof store.addOfficers>[1] = [];
  const tenures: Parameters<typeof store.addTenures>[1] = [];
  const seen = new Set<string>();
  for (const [n, line] of lines.entries()) {
    const { unit, level, kind, under, name_hi, name_en } = line;
    const key = level ? unit : `${unit} ${kind} ${name_en}`;
    const why =
      (level === '') === (kind === '')
        ? 'a line is a unit with a level, or a post with a kind'
        : seen.has(key)
          ? 'this line stands here twice'
          : level
            ? unitFault(line, levels)
            : postFault(line, levels);
    seen.add(key);
    if (why) {
      faults.push({ line: n + 1, why });
      continue;
    }
    if (level) {
      if (unitIds.has(unit)) continue;
      const id = newId();
      units.push({ id, path: unit, level, name_hi, name_en, sample: false, valid_from: today, valid_to: null });
      unitIds.set(unit, id);
      levels.set(unit, level);
      continue;
    }
    let post = posts.get(`${unit} ${kind} ${name_en}`);
    if (!post) {
      post = newId();
      const over = under === '' ? null : findAbove(posts, unit, under);
      if (over === undefined) {
        faults.push({ line: n + 1, why: `there is no post ${under} here or above` });
        continue;
      }
      added.push({
        id: post,
        unit: unitIds.get(unit) ?? '',
        path: unit,
        kind: kind as store.PostKind,
        under: over,
        name_hi,
        name_en,
        office_phone: line.phone || null,
        women_only: line.women_only,
        opened_on: today,
        closed_on: null,
      });
      keep(posts, { id: post, path: unit, kind, name_en });
      ids.add(post);
    }
    if (!line.officer_en || held.has(post)) continue;
    const officer = newId();
    officers.push({
      id: officer,
      name_hi: line.officer_hi,
      name_en: line.officer_en,
      rank_hi: line.rank_hi,
      rank_en: line.rank_en,
      woman: line.woman,
      demo: false,
    });
    tenures.push({ id: newId(), post, officer, from_at: h.now, to_at: null, note: null });
    held.add(post);
  }
  if (faults.length === 0) {
    await inParts(units, (part) => store.addUnits(h, part));
    await inParts(added, (part) => store.addPosts(h, part));
    await inParts(officers, (part) => store.addOfficers(h, part));
    await inParts(tenures, (part) => store.addTenures(h, part));
  }
  const vacant = [...ids].filter((id) => !held.has(id)).length;
  return { units: units.length, posts: added.length, seated: tenures.length, vacant, faults };
}
