// The changeover plan: a change of law lies ahead; which open files should be finished before, how far that is, what crosses over.
import { type Act, asHouse, newId, note, type Reading, Refusal, refuse } from '#foundation';
import { clocksOf } from '#deadlines';
import { istDay } from '#law';
import { findPosts, findUnit, liesIn, listUnits, type Named, postName, unitNames } from '#posts';
import type { ChangeForm } from './changeover-forms.ts';
import { type Phase, phaseOf, rollUp, type Standing, standingOf, sumOf, type Tally } from './changeover-rules.ts';
import * as store from './changeover-store.ts';
import type { DeskRow } from './desk.ts';
import { clockToShow, nextFor } from './rules.ts';
import type { Cited } from './store.ts';

/** A change of law that was scheduled. `unit`: whose desks it concerns. `days_left`: to the day; 0 on it and after. */
export type ChangeFacts = {
  id: string;
  name: Named;
  in_force_from: Temporal.PlainDate;
  days_left: number;
  phase: Phase;
  acts: string[];
  sections: Cited[];
  goal: string;
  unit: Named;
  scheduled_at: Temporal.Instant;
  by: Named;
  withdrawn: { at: Temporal.Instant; by: Named; why: string } | null;
  may_withdraw: boolean;
};
/** A file as the plan shows it. `number` is null until she was called. */
export type ChangeFile = Pick<DeskRow, 'fir' | 'sections' | 'state' | 'submitted_at' | 'due' | 'next' | 'child'> & {
  number: string | null;
  post_name: Named;
  standing: Standing;
  arrived: boolean;
  finished_at: Temporal.Instant | null;
};
export type ChangePlan = ChangeFacts & {
  as_of: Temporal.Instant;
  all: Tally;
  /** the unit that is looked at, and those above it up to the own one */
  at: { path: string; name: Named };
  above: { path: string; name: Named }[];
  units: (Tally & { path: string; name: Named })[];
  posts: (Tally & { post: string; name: Named })[];
  /** none for an administrator: he gives out sight and has none */
  files: ChangeFile[];
};
/** What of a plan is asked for: a unit of the own circle, one post of it, which files. */
export type PlanView = Partial<store.FilesOf> & { limit?: number };

type Officer = Extract<Act['actor'], { kind: 'officer' }>;
/** The kinds of post that schedule changes of law and take them back. */
export const SCHEDULES_CHANGES: readonly string[] = ['administrator', 'state', 'national'];
const MOST_FILES = 500;
const UNKNOWN: Named = { hi: '–', en: '–' };

function officerOf({ actor }: Pick<Reading, 'actor'>): Officer {
  return actor.kind === 'officer' ? actor : refuse('not-your-power');
}
function scheduler(a: Act): Officer {
  const actor = officerOf(a);
  return SCHEDULES_CHANGES.includes(actor.post_kind) ? actor : refuse('not-your-power');
}

/**
 * Schedules a change of law for the own unit and everything below it, and writes down which open files it concerns now.
 * The law itself counts by date without this; here is only the plan.
 * @param form parsed by `changeForm`
 * @returns its id and how many open files it concerns
 * @throws Refusal `not-your-power`, `day-not-ahead` (today or before), `already-scheduled` (same unit, day, acts and sections)
 */
export async function scheduleChange(a: Act, form: ChangeForm): Promise<{ id: string; concerned: number }> {
  const actor = scheduler(a);
  if (Temporal.PlainDate.compare(form.in_force_from, istDay(a.now)) <= 0) refuse('day-not-ahead', 'in_force_from');
  const id = newId();
  const { unit: path, post, officer } = actor;
  // a page's form carries more than its plan
  const { name_hi, name_en, in_force_from, acts, sections, goal } = form;
  const plan = { name_hi, name_en, in_force_from, acts, sections, goal };
  const concerned = await asHouse(a, async (h) => {
    await addOrSay(h, { id, path, ...plan, scheduled_at: a.now, post, officer });
    return store.addConcerned(h, id);
  });
  await note(a, 'law-change.scheduled', id, { concerned });
  return { id, concerned };
}

async function addOrSay(h: Act, row: Parameters<typeof store.addChange>[1]): Promise<void> {
  try {
    await store.addChange(h, row);
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'one_plan_for_a_change')
      throw new Refusal('already-scheduled');
    throw error;
  }
}

/**
 * Takes a plan back, before its day: the change was put off, or the plan was wrong. It stays on record with the reason.
 * @throws Refusal `not-found` out of sight, `not-your-power` for a post below the plan's unit, `already-withdrawn`, `already-in-force`
 */
export async function withdrawChange(a: Act, id: string, told: { reason: string }): Promise<void> {
  const actor = scheduler(a);
  if (!(await store.findChange(a, id))) refuse('not-found');
  await asHouse(a, async (h) => {
    const change = await store.lockChange(h, id);
    if (!liesIn(change.path, actor.unit)) refuse('not-your-power');
    if (change.withdrawn_at) refuse('already-withdrawn');
    if (phaseOf(change, a.now) === 'in-force') refuse('already-in-force');
    await store.withdraw(h, id, { withdrawn_at: a.now, withdrawn_by: actor.post, withdrawn_why: told.reason });
  });
  await note(a, 'law-change.withdrawn', id);
}

/** The plans in sight, the next day first, with how many files of the own circle are not finished; past and withdrawn ones too. */
export async function changesAhead(r: Reading): Promise<(ChangeFacts & { all: Tally })[]> {
  officerOf(r);
  const rows = await store.changes(r);
  const facts = await factsOf(r, rows);
  // a handful of plans at a time
  const all = new Map<string, Tally>();
  for (const { id, withdrawn_at } of rows) all.set(id, sumOf(withdrawn_at ? [] : await tallies(r, id)));
  return facts.map((one) => ({ ...one, all: all.get(one.id) ?? sumOf([]) }));
}

const tallies = (r: Reading, id: string) =>
  officerOf(r).post_kind === 'administrator' ? store.countsOf(r, id) : store.talliesOf(r, id);

/**
 * A plan with its progress, as seen from a unit of the own circle: the count per unit below, per post that hangs on it, and the
 * files on these posts. Row security draws the circle; an administrator sees counts only.
 * @param view `at`: path of a unit within the own one (else the own one); `post`; `show`: which files
 * @throws Refusal `not-found`
 */
export async function changePlan(r: Reading, id: string, view: PlanView = {}): Promise<ChangePlan> {
  const actor = officerOf(r);
  const change = (await store.findChange(r, id)) ?? refuse('not-found');
  const asked = view.at !== undefined && liesIn(view.at, actor.unit) ? await findUnit(r, view.at) : undefined;
  const at = asked?.path ?? actor.unit;
  const withdrawn = change.withdrawn_at !== null;
  const rows = withdrawn ? [] : await tallies(r, id);
  // a file of the list may lie outside by now: from the own unit it is still seen
  const here = at === actor.unit ? rows : rows.filter(({ desk_path }) => liesIn(desk_path, at));
  const { units, posts } = rollUp(here, at);
  const concerned =
    withdrawn || actor.post_kind === 'administrator'
      ? []
      : await store.filesOf(
          r,
          id,
          { at, post: view.post ?? null, show: view.show ?? 'left' },
          Math.min(view.limit ?? MOST_FILES, MOST_FILES),
        );
  const desks = [...new Set([...posts.map(({ post }) => post), ...concerned.map(({ desk_post }) => desk_post)])];
  const postNames = new Map((await findPosts(r, desks)).map((p) => [p.id, postName(p)]));
  const unitNames = await namesOfUnits(r, at);
  const path = (one: string) => ({ path: one, name: unitNames.get(one) ?? UNKNOWN });
  const [facts] = await factsOf(r, [change]);
  return {
    ...(facts ?? refuse('not-found')),
    as_of: r.now,
    all: sumOf(here),
    at: path(at),
    above: await aboveOf(r, at, actor.unit),
    units: units.map((unit) => ({ ...unit, ...path(unit.path) })).sort(byName),
    posts: posts.map((post) => ({ ...post, name: postNames.get(post.post) ?? UNKNOWN })).sort(byName),
    files: await filesOf(r, concerned, postNames),
  };
}

const byName = (a: { name: Named }, b: { name: Named }): number => (a.name.en < b.name.en ? -1 : 1);

async function namesOfUnits(r: Reading, at: string): Promise<Map<string, Named>> {
  const units = await listUnits(r, { under: at });
  return new Map(units.map((unit) => [unit.path, { hi: unit.name_hi, en: unit.name_en }]));
}

async function aboveOf(r: Reading, at: string, own: string): Promise<{ path: string; name: Named }[]> {
  const labels = at.split('.');
  const paths = labels.map((_, n) => labels.slice(0, n + 1).join('.')).filter((one) => liesIn(one, own) && one !== at);
  const names = await unitNames(r, paths);
  return paths.flatMap((path) => {
    const name = names.get(path);
    return name ? [{ path, name }] : [];
  });
}

async function filesOf(
  r: Reading,
  files: readonly store.Concerned[],
  names: ReadonlyMap<string, Named>,
): Promise<ChangeFile[]> {
  const ids = files.map(({ file }) => file);
  const clocks = Map.groupBy(await clocksOf(r, ids), ({ file }) => file);
  return files.map((file) => {
    const due = clockToShow(file, clocks.get(file.file) ?? []);
    return {
      number: file.number,
      fir: file.fir_number && `${file.fir_number}/${file.fir_year}`,
      sections: file.sections,
      state: file.state,
      submitted_at: file.submitted_at,
      due: due && { on: due.due_on, at: due.due_at, kind: due.kind, rule: due.rule, state: due.state },
      next: nextFor(file).what,
      child: file.child,
      post_name: names.get(file.desk_post) ?? UNKNOWN,
      standing: standingOf(file, r.now),
      arrived: file.arrived,
      finished_at: file.finished_at,
    };
  });
}

async function factsOf(r: Reading, rows: readonly store.LawChange[]): Promise<ChangeFacts[]> {
  const actor = officerOf(r);
  const posts = [...new Set(rows.flatMap(({ post, withdrawn_by }) => (withdrawn_by ? [post, withdrawn_by] : [post])))];
  const names = new Map((await findPosts(r, posts)).map((p) => [p.id, postName(p)]));
  const named = (post: string | null): Named => (post && names.get(post)) || UNKNOWN;
  const units = await unitNames(
    r,
    rows.map(({ path }) => path),
  );
  return rows.map((row) => {
    const phase = phaseOf(row, r.now);
    const { withdrawn_at, withdrawn_by, withdrawn_why } = row;
    return {
      id: row.id,
      name: { hi: row.name_hi, en: row.name_en },
      in_force_from: row.in_force_from,
      days_left: Math.max(0, istDay(r.now).until(row.in_force_from, { largestUnit: 'days' }).days),
      phase,
      acts: row.acts,
      sections: row.sections.map(({ act, section }) => ({ act, section })),
      goal: row.goal,
      unit: units.get(row.path) ?? UNKNOWN,
      scheduled_at: row.scheduled_at,
      by: named(row.post),
      withdrawn: withdrawn_at && { at: withdrawn_at, by: named(withdrawn_by), why: withdrawn_why ?? '' },
      may_withdraw: phase === 'ahead' && SCHEDULES_CHANGES.includes(actor.post_kind) && liesIn(row.path, actor.unit),
    };
  });
}

/** The changes that lie ahead, and how many files on the desks this officer works should be finished before each. */
export const changesHere = async (
  r: Reading,
): Promise<{ id: string; name: Named; in_force_from: Temporal.PlainDate; mine: number }[]> =>
  (await store.aheadHere(r)).map(({ id, name_hi, name_en, in_force_from, mine }) => ({
    id,
    name: { hi: name_hi, en: name_en },
    in_force_from,
    mine,
  }));
