// The desk of a post: what lies on it, what lies on vacant desks that have come up to it, and handing a desk over.
import { type Act, note, type Reading, refuse } from '#foundation';
import { chainsOf, type ClockFacts } from '#deadlines';
import { istDay, istMidnight } from '#law';
import { findPosts, handOver, liesIn, type Named, type PostKind, postName, postsOf, readPost } from '#posts';
import {
  DESK_GROUPS,
  type DeskAsked,
  type DeskFilter,
  type DeskGroup,
  type DeskShow,
  type Mark,
  readMark,
  sectionAsked,
  writeMark,
} from './desk-asked.ts';
import * as lines from './desk-store.ts';
import type { HandOverForm } from './forms.ts';
import { OPEN, STATES, type State } from './powers.ts';
import { nextFor } from './rules.ts';
import type { Cited } from './store.ts';

export type DeskRow = {
  number: string;
  fir: string | null;
  sections: Cited[];
  state: State;
  desk_since: Temporal.Instant;
  submitted_at: Temporal.Instant;
  due: {
    on: Temporal.PlainDate;
    at: Temporal.Instant;
    kind: ClockFacts['kind'];
    rule: string;
    state: ClockFacts['state'];
  } | null;
  next: string;
  child: boolean;
  /** the reason of delay that still holds: what is waited for */
  waits_for: string | null;
  group: DeskGroup;
  /** shown here because that post is vacant */
  vacant_post: Named | null;
  /** shown here because the next act is this post's own, though the file lies with that post */
  waits_at: Named | null;
  post_name: Named;
};
/** How many files each way of narrowing the desk shows, and how many there are of each state. */
export type DeskCounts = { shows: Record<DeskShow, number>; states: { state: State; n: number }[] };
export type DeskPart = {
  rows: DeskRow[];
  counts: DeskCounts;
  /** marks for `before` and `after`; null where nothing lies beyond */
  newer: string | null;
  older: string | null;
  at: Temporal.Instant;
};

/**
 * What waits for an officer in charge on other desks of the station: the FIR to be registered, and then the officer to be named.
 * `with`: the kind of the station's own posts it lies with; null: wherever it lies.
 */
const WAITING: readonly { state: State; with: PostKind | null }[] = [
  { state: 'signed', with: null },
  { state: 'investigating', with: 'help-desk' },
];
const SOON_DAYS = 7;
/** Where a file is shown in its place, so many lines stand above it. */
const ABOVE = 10;
/** Whoever works under an officer in charge waits for that one's steps. */
const UNDER_SHO: readonly string[] = ['io', 'help-desk'];

type Officer = Extract<Reading['actor'], { kind: 'officer' }>;
const officerOf = ({ actor }: Reading): Officer => (actor.kind === 'officer' ? actor : refuse('not-your-power'));

async function hereOf(r: Reading, actor: Officer): Promise<lines.Here> {
  const waiting: { state: State; desks: readonly string[] | null }[] = [];
  for (const { state, with: kind } of actor.post_kind === 'sho' ? WAITING : [])
    waiting.push({ state, desks: kind && (await postsOf(r, actor.unit, kind)).map(({ id }) => id) });
  // a refusal lies with the post above the officer in charge until that post has decided
  const decides = actor.post_kind !== 'sho' && !UNDER_SHO.includes(actor.post_kind);
  return { open: decides ? [...OPEN, 'refused'] : OPEN, waiting };
}

function ranksOf(actor: Officer, now: Temporal.Instant): lines.Ranks {
  const today = istDay(now);
  const under = UNDER_SHO.includes(actor.post_kind);
  const isMine = (state: State) => {
    const { what, who } = nextFor({ state });
    return !['investigate', 'court', 'nothing'].includes(what) && (who === 'desk' || !under);
  };
  const isOthers = (state: State) => {
    const { what, who } = nextFor({ state });
    return what === 'court' || (who === 'sho' && under);
  };
  return {
    now,
    today: istMidnight(today),
    soon: today.add({ days: SOON_DAYS }),
    mine: [...OPEN, 'refused' as const].filter(isMine),
    others: OPEN.filter(isOthers),
  };
}

/**
 * How many files a desk shows and how many of them are late, without reading them.
 * @throws Refusal `not-your-power` for anybody but an officer
 */
export async function deskCounts(r: Reading): Promise<{ open: number; late: number }> {
  return lines.countLines(r, await hereOf(r, officerOf(r)), r.now);
}

/** Where a file stands on this desk by its limit: which of how many, and the number of the next; undefined elsewhere. */
export const placeOnDesk = async (
  r: Reading,
  number: string,
): Promise<{ nth: number; of: number; next: string | null } | undefined> =>
  lines.placeOf(r, await hereOf(r, officerOf(r)), number);

/**
 * A part of the acting post's desk: the open files that lie here, those on vacant desks whose work has come up to it, and, for an officer
 * in charge, those that wait on other desks of the station for the FIR or for an investigating officer. The counts are those of the
 * whole desk as narrowed, from the same statement as the rows. A part asked for by a mark keeps the groups of its first part.
 * @param asked the filter, the order, and which part: from the top, beyond a mark, or around one file
 * @throws Refusal `not-your-power` for anybody but an officer; `not-understood` for a mark that is none
 */
export async function deskOf(r: Reading, asked: DeskAsked): Promise<DeskPart> {
  const actor = officerOf(r);
  const here = await hereOf(r, actor);
  const mark = markOf(asked);
  const ranks = ranksOf(actor, mark?.as_of ?? r.now);
  const ask = (part: lines.Part) =>
    lines.readPart(r, { here, ranks, narrow: narrowBy(asked), shown: shownBy(asked.show), sort: asked.sort, part });
  const { limit } = asked;
  const place = asked.at ? await lines.findLine(r, here, ranks, asked.at) : undefined;
  const from = place ? lines.keyOf(asked.sort, place) : mark?.key;
  const back = !place && asked.before !== undefined;
  const found = await ask({ from, back, with: place !== undefined, most: limit + 1 });
  // one more than asked for was read: whether anything lies beyond
  const beyond = found.lines.length > limit;
  const part = back ? found.lines.slice(beyond ? 1 : 0) : found.lines.slice(0, limit);
  const above = place ? await ask({ from, back: true, with: false, most: Math.min(ABOVE, limit - 1) + 1 }) : undefined;
  const over = above ? above.lines.slice(-Math.min(ABOVE, limit - 1)) : [];
  const shown = [...over, ...part].slice(0, limit);
  const cut = over.length + part.length > limit;
  const hasNewer = above ? above.lines.length > over.length : back ? beyond : mark !== undefined;
  const hasOlder = back ? true : beyond || cut;
  const markAt = (line: lines.DeskLine | undefined, is: boolean) =>
    is && line ? writeMark({ as_of: ranks.now, key: lines.keyOf(asked.sort, line) }) : null;
  return {
    rows: await rowsOf(r, actor, here, shown),
    counts: countsOf(found.tallies),
    newer: markAt(shown[0], hasNewer),
    older: markAt(shown.at(-1), hasOlder),
    at: r.now,
  };
}

/** The whole desk, what is due first on top. For lists that are known to be short; pages ask {@link deskOf}. */
export async function onDesk(r: Reading): Promise<DeskRow[]> {
  const actor = officerOf(r);
  const here = await hereOf(r, actor);
  const { lines: all } = await lines.readPart(r, {
    here,
    ranks: ranksOf(actor, r.now),
    narrow: { facets: [] },
    shown: 'all',
    sort: 'due',
    part: { from: undefined, back: false, with: false, most: null },
  });
  return rowsOf(r, actor, here, all);
}

function markOf({ after, before, at }: DeskAsked): Mark | undefined {
  const text = at ? undefined : (after ?? before);
  return text === undefined ? undefined : (readMark(text) ?? refuse('not-understood', after ? 'after' : 'before'));
}

const shownBy = (show: DeskShow): lines.Shown => {
  const isGroup = (one: DeskShow): one is DeskGroup => (DESK_GROUPS as readonly string[]).includes(one);
  return isGroup(show) ? { rank: DESK_GROUPS.indexOf(show) } : show;
};

function narrowBy({ state, category, section }: DeskFilter): lines.Narrow {
  const cited = section === undefined ? undefined : sectionAsked(section);
  const facets = [
    ...(category ? [`category:${category}`] : []),
    ...(cited ? [`section:${cited.act} ${cited.section}`] : []),
  ];
  return { state, facets };
}

function countsOf(tallies: readonly lines.Tally[]): DeskCounts {
  const sum = (of: (tally: lines.Tally) => number) => tallies.reduce((n, tally) => n + of(tally), 0);
  const group = (at: number) => sum(({ ranks }) => ranks[at] ?? 0);
  const [late, week, fresh, others, rest] = DESK_GROUPS.map((_, at) => group(at)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const [all, law, child] = [sum((t) => t.all), sum((t) => t.law), sum((t) => t.child)];
  const shows = { all, late, week, new: fresh, others, rest, law, child, 'no-fir': sum((t) => t.no_fir) };
  const n = new Map(tallies.map((tally) => [tally.state, tally.all]));
  return { shows, states: STATES.flatMap((state) => (n.has(state) ? [{ state, n: n.get(state) ?? 0 }] : [])) };
}

async function rowsOf(
  r: Reading,
  actor: Officer,
  here: lines.Here,
  found: readonly lines.DeskLine[],
): Promise<DeskRow[]> {
  const posts = new Map(
    (await findPosts(r, [...new Set(found.map(({ post }) => post))])).map((p) => [p.id, postName(p)]),
  );
  return found.flatMap((line) => {
    const post_name = posts.get(line.post);
    if (!post_name) return [];
    const waits = here.waiting.some((w) => w.state === line.state && (w.desks?.includes(line.post) ?? true));
    const lies = line.post === actor.post ? 'here' : waits ? 'elsewhere' : 'vacant';
    return [rowOf(line, post_name, lies, r.now)];
  });
}

/** The clock of a line that belongs to what comes next, as it is shown. */
export function dueOf(line: lines.Line, now: Temporal.Instant): DeskRow['due'] {
  const { due_at, due_on, due_rule, due_kind } = line;
  if (!due_at || !due_on || !due_rule || !due_kind) return null;
  const state = Temporal.Instant.compare(due_at, now) < 0 ? 'late' : 'running';
  return { on: due_on, at: due_at, kind: due_kind, rule: due_rule, state };
}

function rowOf(
  line: lines.DeskLine,
  post_name: Named,
  lies: 'here' | 'elsewhere' | 'vacant',
  now: Temporal.Instant,
): DeskRow {
  return {
    number: line.number,
    fir: line.fir_number && `${line.fir_number}/${line.fir_year}`,
    sections: line.sections,
    state: line.state,
    desk_since: line.desk_since,
    submitted_at: line.submitted_at,
    due: dueOf(line, now),
    next: nextFor(line).what,
    child: line.child,
    waits_for: line.waits_for,
    group: DESK_GROUPS[line.rank] ?? 'rest',
    vacant_post: lies === 'vacant' ? post_name : null,
    waits_at: lies === 'elsewhere' ? post_name : null,
    post_name,
  };
}

/**
 * Hands a post over: its sessions end at once, its files stay where they are. Who may: a post above it, or an administrator, for
 * posts of the own unit and below, and never to himself: whoever gives out sight has none.
 * @param told the post, the successor (null leaves it vacant), from when, and why
 * @throws Refusal `not-your-power`, and as #posts `handOver`
 */
export async function handOverDesk(a: Act, told: HandOverForm & { post: string }): Promise<void> {
  const { actor } = a;
  if (actor.kind !== 'officer') refuse('not-your-power');
  if (actor.post_kind === 'administrator') await refuseAdministrator(a, actor, told);
  else {
    const above = ((await chainsOf(a, [told.post])).get(told.post) ?? []).slice(1);
    if (!above.some(({ post }) => post === actor.post)) refuse('not-your-power');
  }
  await handOver(a, { post: told.post, to_officer: told.to_officer, from: told.from, note: told.note });
  await note(a, 'casework.hand-over', told.post);
}

async function refuseAdministrator(
  a: Act,
  actor: { unit: string; officer: string },
  told: { post: string; to_officer: string | null },
): Promise<void> {
  const { path } = await readPost(a, told.post);
  if (!liesIn(path, actor.unit) || told.to_officer === actor.officer) refuse('not-your-power');
}
