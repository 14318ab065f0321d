// Where a file lay, with whom, how long: stays of posts cut where officers came and went. No gap, and the seconds add up to its age.
import type { Named } from '#posts';

/** One stay of a file at a post: from when, to when (open while it lies there). */
export type Stay = { post: string; from_at: Temporal.Instant; to_at: Temporal.Instant | null; reason: string };
/** An officer's time at a post. */
export type Tenure = {
  post: string;
  from_at: Temporal.Instant;
  to_at: Temporal.Instant | null;
  officer: { name: Named; rank: Named };
};
/** What must be known of a post. `above`: who answers for it, nearest first. `shared`: worked by several, so never vacant. */
export type DeskPost = {
  post: string;
  kind: string;
  name: Named;
  unit_name: Named;
  above: readonly string[];
  shared: boolean;
};

/** One piece of the ledger. `held_by`: the post in charge while this one is vacant. */
export type DeskStay = {
  post: string;
  post_kind: string;
  post_name: Named;
  unit_name: Named;
  officer: { name: Named; rank: Named } | null;
  vacant: boolean;
  held_by: Named | null;
  from: Temporal.Instant;
  to: Temporal.Instant | null;
  seconds: number;
  reason: string;
};

const before = (a: Temporal.Instant, b: Temporal.Instant): boolean => Temporal.Instant.compare(a, b) < 0;
const SECOND_NS = 1_000_000_000n;

/**
 * The stays of a file, the last of them ended with the file: what is closed lies with nobody any longer, and nothing grows.
 * @param stays in order, the last open
 * @param closed_at when the file was closed, null while it is open
 */
export function endedWith(stays: readonly Stay[], closed_at: Temporal.Instant | null): Stay[] {
  return stays.map((stay) => {
    if (closed_at === null || stay.to_at !== null) return stay;
    // moved by another act in the very instant of closing: the last stay is still there, if only for a moment
    const least = stay.from_at.add({ microseconds: 1 });
    return { ...stay, to_at: before(closed_at, least) ? least : closed_at };
  });
}

/**
 * The ledger of desks: every stay, cut where the post changed hands or fell vacant.
 * @param stays in order, each beginning where the one before ended; the last is open or ends with the file
 * @param tenures of the posts and of those above them, in any order
 * @param posts by id: every post of the stays, and those above them by name
 * @param now the end of what is still open
 * @returns pieces in order, each beginning where the one before ended; the seconds add up to the whole seconds of the age
 */
export function deskLedger(
  stays: readonly Stay[],
  tenures: readonly Tenure[],
  posts: ReadonlyMap<string, DeskPost>,
  now: Temporal.Instant,
): DeskStay[] {
  const first = stays[0];
  if (!first) return [];
  const at = Map.groupBy(tenures, ({ post }) => post);
  const ledger = stays.flatMap((stay) => piecesOf(stay, at, posts, now));
  // whole seconds since the beginning, so that nothing is lost in rounding each piece
  const since = (end: Temporal.Instant) => Number((end.epochNanoseconds - first.from_at.epochNanoseconds) / SECOND_NS);
  return ledger.map((piece) => ({ ...piece, seconds: since(piece.to ?? now) - since(piece.from) }));
}

type Tenures = ReadonlyMap<string, readonly Tenure[]>;

function piecesOf(stay: Stay, at: Tenures, posts: ReadonlyMap<string, DeskPost>, now: Temporal.Instant): DeskStay[] {
  const desk = posts.get(stay.post);
  if (!desk) throw new Error('a stay at a post that is not known');
  const end = stay.to_at ?? now;
  const chain = [stay.post, ...desk.above];
  const changes = chain
    .flatMap((post) => at.get(post) ?? [])
    .flatMap(({ from_at, to_at }) => (to_at ? [from_at, to_at] : [from_at]))
    .filter((instant) => before(stay.from_at, instant) && before(instant, end))
    .sort(Temporal.Instant.compare);
  const pieces: DeskStay[] = [];
  for (const from of [stay.from_at, ...changes]) {
    const piece = pieceFrom(from, stay, desk, at, posts);
    const last = pieces.at(-1);
    if (last && sameHands(last, piece)) continue;
    if (last) last.to = from;
    pieces.push(piece);
  }
  const last = pieces.at(-1);
  if (last) last.to = stay.to_at;
  return pieces.filter(({ from, to }) => to === null || before(from, to));
}

function pieceFrom(
  from: Temporal.Instant,
  stay: Stay,
  desk: DeskPost,
  at: Tenures,
  posts: ReadonlyMap<string, DeskPost>,
): DeskStay {
  const officer = holderAt(at, stay.post, from);
  const vacant = !officer && !desk.shared;
  const above = vacant ? desk.above.find((post) => posts.get(post)?.shared || holderAt(at, post, from)) : undefined;
  return {
    post: stay.post,
    post_kind: desk.kind,
    post_name: desk.name,
    unit_name: desk.unit_name,
    officer,
    vacant,
    held_by: above ? (posts.get(above)?.name ?? null) : null,
    from,
    to: null,
    seconds: 0,
    reason: stay.reason,
  };
}

function holderAt(at: Tenures, post: string, instant: Temporal.Instant): DeskStay['officer'] {
  const found = at
    .get(post)
    ?.find(({ from_at, to_at }) => !before(instant, from_at) && (to_at === null || before(instant, to_at)));
  return found?.officer ?? null;
}

const sameHands = (a: DeskStay, b: DeskStay): boolean =>
  a.vacant === b.vacant &&
  a.held_by?.en === b.held_by?.en &&
  a.officer?.name.en === b.officer?.name.en &&
  a.officer?.rank.en === b.officer?.rank.en;
