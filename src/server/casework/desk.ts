// The desk of a post: what lies on it, what lies on vacant desks that have come up to it, and handing a desk over.
import { type Act, note, type Reading, refuse } from '#foundation';
import { chainsOf, type ClockFacts, clocksOf } from '#deadlines';
import { findPosts, handOver, liesIn, type Named, type PostKind, postName, postsOf, readPost } from '#posts';
import type { HandOverForm } from './forms.ts';
import { OPEN, type State } from './powers.ts';
import { CLOCKS_TO_SHOW, clockToShow, nextFor } from './rules.ts';
import * as store from './store.ts';

export type DeskRow = {
  number: string;
  fir: string | null;
  sections: store.Cited[];
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
  /** shown here because that post is vacant */
  vacant_post: Named | null;
  /** shown here because the next act is this post's own, though the file lies with that post */
  waits_at: Named | null;
  post_name: Named;
};

/**
 * What waits for an officer in charge on other desks of the station: the FIR to be registered, and then the officer to be named.
 * `with`: the kind of the station's own posts it lies with; null: wherever it lies.
 */
const WAITING: readonly { state: State; with: PostKind | null }[] = [
  { state: 'signed', with: null },
  { state: 'investigating', with: 'help-desk' },
];
const waitsFor = (actor: { post_kind: string }) => (actor.post_kind === 'sho' ? WAITING : []);

async function waitingFor(r: Reading, actor: { post_kind: string; unit: string }): Promise<store.Waiting[]> {
  const waiting: store.Waiting[] = [];
  for (const { state, with: kind } of waitsFor(actor)) {
    const desks = kind && (await postsOf(r, actor.unit, kind)).map(({ id }) => id);
    if (!desks) waiting.push({ state });
    else if (desks.length) waiting.push({ state, desks });
  }
  return waiting;
}

/** A reading of the desk's lines, for an officer. */
function linesHere({ actor }: Reading): store.LinesOf {
  if (actor.kind !== 'officer') refuse('not-your-power');
  return { states: OPEN, waiting: waitsFor(actor), clocks: CLOCKS_TO_SHOW };
}

/**
 * How many files {@link onDesk} shows, and how many of them are late, without reading them.
 * @throws Refusal `not-your-power` for anybody but an officer
 */
export const deskCounts = async (r: Reading): Promise<{ open: number; late: number }> =>
  store.countLines(r, linesHere(r), r.now);

/** Where a file stands among those {@link onDesk} shows: which of how many, and the number of the next; undefined elsewhere. */
export const placeOnDesk = async (
  r: Reading,
  number: string,
): Promise<{ nth: number; of: number; next: string | null } | undefined> => store.findLine(r, linesHere(r), number);

/**
 * The open files on the acting post's desk, on the vacant desks whose work has come up to it, and, for an officer in charge, those
 * that wait on other desks of the station for the FIR or for an investigating officer; what is due first on top.
 * @throws Refusal `not-your-power` for anybody but an officer
 */
export async function onDesk(r: Reading): Promise<DeskRow[]> {
  const { actor } = r;
  if (actor.kind !== 'officer') refuse('not-your-power');
  const waiting = await waitingFor(r, actor);
  const files = await store.filesHere(r, OPEN, waiting);
  const clocks = Map.groupBy(
    await clocksOf(
      r,
      files.map(({ id }) => id),
    ),
    ({ file }) => file,
  );
  const posts = new Map(
    (await findPosts(r, [...new Set(files.map((f) => f.desk_post))])).map((p) => [p.id, postName(p)]),
  );
  const rows = files.flatMap((file) => {
    const post_name = posts.get(file.desk_post);
    if (!file.number || !post_name) return [];
    const waits = waiting.some((w) => w.state === file.state && (w.desks?.includes(file.desk_post) ?? true));
    const lies = file.desk_post === actor.post ? 'here' : waits ? 'elsewhere' : 'vacant';
    return [rowOf(file, file.number, clocks.get(file.id) ?? [], post_name, lies)];
  });
  return rows.sort(dueFirst);
}

function rowOf(
  file: store.File,
  number: string,
  clocks: readonly ClockFacts[],
  post_name: Named,
  lies: 'here' | 'elsewhere' | 'vacant',
): DeskRow {
  const due = clockToShow(file, clocks);
  return {
    number,
    fir: file.fir_number && `${file.fir_number}/${file.fir_year}`,
    sections: file.sections,
    state: file.state,
    desk_since: file.desk_since,
    submitted_at: file.submitted_at,
    due: due && { on: due.due_on, at: due.due_at, kind: due.kind, rule: due.rule, state: due.state },
    next: nextFor(file).what,
    child: file.child,
    vacant_post: lies === 'vacant' ? post_name : null,
    waits_at: lies === 'elsewhere' ? post_name : null,
    post_name,
  };
}

function dueFirst(a: DeskRow, b: DeskRow): number {
  if (a.due && b.due) return Temporal.Instant.compare(a.due.at, b.due.at) || (a.number < b.number ? -1 : 1);
  if (a.due || b.due) return a.due ? -1 : 1;
  return Temporal.Instant.compare(a.submitted_at, b.submitted_at) || (a.number < b.number ? -1 : 1);
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
