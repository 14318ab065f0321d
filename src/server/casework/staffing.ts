// Who works where below a post, who is away, and how much lies with whom: what a superior looks at to see who needs help.
import { type Act, type Reading, refuse, refuseIf } from '#foundation';
import {
  absencesOf,
  findUnit,
  liesIn,
  listUnits,
  type Named,
  officersOf,
  type Post,
  type PostKind,
  postName,
  postsBelow,
  SUPERVISING,
  tenuresOf,
} from '#posts';
import * as charge from './charge-store.ts';
import { DESK_KINDS, OPEN } from './powers.ts';
import { takeStep } from './steps.ts';

/** What lies on a desk or on those of a unit. `stuck`: for longer than fifteen days without a change of desk. */
export type Load = { open: number; late: number; stuck: number; oldest: Temporal.Instant | null };
/** Away: from when to when, and who stands in. */
export type Away = { from: Temporal.Instant; to: Temporal.Instant; kind: string; officer: Named; deputy: Named | null };
export type PostRow = {
  post: string;
  kind: PostKind;
  name: Named;
  holder: { officer: string; name: Named; rank: Named; since: Temporal.Instant } | null;
  away: Away | null;
  load: Load;
};
export type Staffing = {
  unit: { path: string; name: Named };
  /** the unit above, as far as this post looks */
  above: string | null;
  /** the parts of a unit with too many posts for one list; then `rows` are only the unit's own */
  parts: { path: string; name: Named; posts: number; vacant: number; load: Load }[];
  rows: PostRow[];
};

/** More posts than one list can show are told by the parts of the unit. */
const ONE_LIST = 60;
const NOTHING: Load = { open: 0, late: 0, stuck: 0, oldest: null };

const sum = (loads: readonly Load[]): Load =>
  loads.reduce(
    (all, one) => ({
      open: all.open + one.open,
      late: all.late + one.late,
      stuck: all.stuck + one.stuck,
      oldest: earlier(all.oldest, one.oldest),
    }),
    NOTHING,
  );
const earlier = (a: Temporal.Instant | null, b: Temporal.Instant | null) =>
  a && b ? (Temporal.Instant.compare(a, b) <= 0 ? a : b) : (a ?? b);

/**
 * The posts of a unit, who holds them, who is away, and what lies with them: most late first. Counts are of what the acting post may see.
 * @param path of a unit within the acting post's own; its own when left out
 * @throws Refusal `not-your-power` for a post that supervises nothing; `not-found` for a unit outside
 */
export async function staffingOf(r: Reading, path?: string): Promise<Staffing> {
  const { actor } = r;
  if (actor.kind !== 'officer' || !(SUPERVISING as readonly string[]).includes(actor.post_kind))
    return refuse('not-your-power');
  const asked = path ?? actor.unit;
  if (!liesIn(asked, actor.unit)) refuse('not-found');
  const unit = (await findUnit(r, asked)) ?? refuse('not-found');
  const posts = (await postsBelow(r, asked)).filter(({ kind }) => (DESK_KINDS as readonly string[]).includes(kind));
  const rows = await rowsOf(r, posts);
  const split = posts.length > ONE_LIST;
  const own = split ? rows.filter((_, n) => posts[n]?.path === asked) : rows;
  return {
    unit: { path: asked, name: { hi: unit.name_hi, en: unit.name_en } },
    above: asked === actor.unit ? null : asked.split('.').slice(0, -1).join('.'),
    parts: split ? await partsOf(r, asked, posts, rows) : [],
    rows: own.toSorted((a, b) => b.load.late - a.load.late || b.load.open - a.load.open),
  };
}

async function partsOf(r: Reading, path: string, posts: readonly Post[], rows: readonly PostRow[]) {
  const depth = path.split('.').length + 1;
  const groups = Map.groupBy(
    rows.map((row, n) => ({ row, at: posts[n]?.path ?? path })).filter(({ at }) => at !== path),
    ({ at }) => at.split('.').slice(0, depth).join('.'),
  );
  const units = new Map((await listUnits(r, { under: path })).map((unit) => [unit.path, unit]));
  const parts = [...groups].map(([part, inside]) => ({
    path: part,
    name: { hi: units.get(part)?.name_hi ?? part, en: units.get(part)?.name_en ?? part },
    posts: inside.length,
    vacant: inside.filter(({ row }) => row.holder === null).length,
    load: sum(inside.map(({ row }) => row.load)),
  }));
  return parts.sort((a, b) => b.load.late - a.load.late || b.load.open - a.load.open);
}

async function rowsOf(r: Reading, posts: readonly Post[]): Promise<PostRow[]> {
  const ids = posts.map(({ id }) => id);
  const [loads, tenures, absences] = [
    new Map((await charge.loads(r, ids)).map((one) => [one.post, one])),
    Map.groupBy(await tenuresOf(r, ids), ({ post }) => post),
    Map.groupBy(await absencesOf(r, ids), ({ post }) => post),
  ];
  const held = new Map(
    ids.map((id) => [
      id,
      tenures
        .get(id)
        ?.find(
          ({ from_at, to_at }) =>
            Temporal.Instant.compare(from_at, r.now) <= 0 && (!to_at || Temporal.Instant.compare(to_at, r.now) > 0),
        ),
    ]),
  );
  const people = [...held.values()].flatMap((one) => (one ? [one.officer] : []));
  const others = [...absences.values()].flat().flatMap((one) => [one.officer, ...(one.deputy ? [one.deputy] : [])]);
  const officers = new Map((await officersOf(r, [...new Set([...people, ...others])])).map((o) => [o.id, o]));
  const nameOf = (id: string): Named => ({ hi: officers.get(id)?.name_hi ?? '', en: officers.get(id)?.name_en ?? '' });
  return posts.map((post) => {
    const now = held.get(post.id);
    const officer = now && officers.get(now.officer);
    const away = absences.get(post.id)?.[0];
    const load = loads.get(post.id);
    return {
      post: post.id,
      kind: post.kind,
      name: postName(post),
      holder:
        now && officer
          ? {
              officer: now.officer,
              name: nameOf(now.officer),
              rank: { hi: officer.rank_hi, en: officer.rank_en },
              since: now.from_at,
            }
          : null,
      away: away
        ? {
            from: away.from,
            to: away.to,
            kind: away.kind,
            officer: nameOf(away.officer),
            deputy: away.deputy ? nameOf(away.deputy) : null,
          }
        : null,
      load: load ? { open: load.open, late: load.late, stuck: load.stuck, oldest: load.oldest } : NOTHING,
    };
  });
}

/** One file on a desk, to choose from. */
export type DeskChoice = charge.OnDeskLine;
/** More than this is moved in parts: each file is a step of its own, in one transaction. */
export const MOST_AT_ONCE = 50;

/** The open files on a desk below, the longest stay first, no identity. Row security decides which. */
export const filesOnDesk = (r: Reading, post: string): Promise<DeskChoice[]> =>
  charge.choicesOn(r, post, OPEN, 4 * MOST_AT_ONCE);

/**
 * Moves several files to one post with one reason: each is a step in its own history, and either all go or none.
 * @param form complaint numbers, 1 to 50; the post they go to; the reason, sealed in each file
 * @throws Refusal `choose-files`, `too-many-at-once`, and as the step `move` for the first file that may not go
 */
export async function moveFiles(
  a: Act,
  form: { numbers: readonly string[]; to_post: string; reason: string },
): Promise<number> {
  const numbers = [...new Set(form.numbers)].sort();
  refuseIf(numbers.length === 0 ? 'choose-files' : undefined);
  if (numbers.length > MOST_AT_ONCE) refuse('too-many-at-once', 'numbers');
  // one after the other and always in the same order: two who move the same files wait, and do not block each other
  for (const number of numbers) await takeStep(a, number, { step: 'move', to_post: form.to_post, reason: form.reason });
  return numbers.length;
}
