// What each post may see, said a second time and in other words than the database says it: the oracle of test/sight.test.ts.
import { sql } from 'kysely';
import { callbackQueue } from '#callback';
import { calendarOf, DESK_KINDS, onDesk } from '#casework';
import { attentionOf } from '#deadlines';
import { type Actor, read, type Reading } from '#foundation';
import { openingsOf } from '#sealed-identity';
import type { TestHouse } from './house.ts';
import { AFTER, AFTER_HOUSE, AFTER_OFFICERS, oughtAfter } from './sight-after.ts';

export type Post = { id: string; kind: string; path: string; under: string | null; officer: string | null };
type Case = { id: string; number: string | null; desk: string };
export type World = { posts: Map<string, Post>; cases: Map<string, Case> };

const HEADS: Record<string, string> = { 2: 'state', 1: 'national' };
export const SUPERVISORS = ['sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national'];
export const within = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);

/** Where posts hang and who holds them, read once; from then on the world is kept by whoever changes it. */
export async function worldOf(h: TestHouse): Promise<World> {
  const posts = await h.sql<Post>(`select p.id, p.kind, p.path::text as path, p.under,
    (select t.officer from posts.tenure t where t.post = p.id and t.to_at is null) as officer from posts.post p`);
  const cases = await h.sql<Case>('select id, number, desk_post as desk from casework.file');
  return { posts: new Map(posts.map((p) => [p.id, p])), cases: new Map(cases.map((c) => [c.id, c])) };
}

export const canHold = (post: Post): boolean => (DESK_KINDS as readonly string[]).includes(post.kind);

/** Is a case in this post's sight: it lies there, or on a desk of a unit that the post supervises. */
export function inSight(world: World, me: Post | undefined, file: string): boolean {
  const desk = world.posts.get(world.cases.get(file)?.desk ?? '');
  if (!me || !desk) return false;
  return desk.id === me.id || (SUPERVISORS.includes(me.kind) && within(desk.path, me.path));
}

function above(world: World, post: Post): Post | undefined {
  if (post.under) return world.posts.get(post.under);
  const heads = [...world.posts.values()].filter(
    (p) => p.id !== post.id && within(post.path, p.path) && isHead(p) && p.path.length <= post.path.length,
  );
  return heads.sort((a, b) => b.path.length - a.path.length)[0];
}
// of a station the SHO, of a circle the ACP, and so on up; a district has a commissioner or a superintendent
const isHead = ({ kind, path }: Post): boolean => {
  const depth = path.split('.').length;
  const named = HEADS[depth];
  if (named) return kind === named;
  return depth === 3 ? kind === 'cp' || kind === 'sp' : kind === ({ 4: 'dcp', 5: 'acp', 6: 'sho' } as const)[depth];
};
const vacant = (world: World, post: Post): boolean =>
  post.officer === null &&
  !(post.kind === 'callback-desk' && [...world.posts.values()].some((p) => p.under === post.id && p.officer !== null));

/** The post that works a desk now: itself, or the first above it that somebody holds. */
function workedBy(world: World, desk: Post): Post | undefined {
  let at: Post | undefined = desk;
  while (at && vacant(world, at)) at = above(world, at);
  return at;
}

/** Everything an actor is shown, door by door, as sorted lines. */
type Seen = Record<string, string[]>;

const RAW: [string, string][] = [
  ['casework.look_up', 'select id from casework.look_up'],
  ['casework.look_up_sign', 'select id from casework.look_up_sign'],
  ['casework.file', 'select id from casework.file'],
  ['casework.stay', 'select distinct file from casework.stay'],
  ['casework.step', 'select distinct file from casework.step'],
  ['casework.diary', 'select distinct file from casework.diary'],
  ['casework.handover', 'select distinct file from casework.handover'],
  ['casework.arrival', 'select distinct file from casework.arrival'],
  ['casework.summon_answer', 'select id from casework.summon_answer'],
  ['casework.law_change', 'select id from casework.law_change'],
  ['casework.change_file', 'select distinct file from casework.change_file'],
  ['casework.changeover', 'select distinct file from casework.changeover'],
  ['deadlines.deadline', 'select distinct file from deadlines.deadline'],
  ['deadlines.wake', 'select deadline from deadlines.wake'],
  ['deadlines.stage', 'select distinct deadline from deadlines.stage'],
  ['deadlines.delay', 'select distinct file from deadlines.delay'],
  ['deadlines.attention', 'select id from deadlines.attention'],
  ['callback.promise', 'select id from callback.promise'],
  ['callback.attempt', 'select distinct promise from callback.attempt'],
  ['callback.code', 'select distinct promise from callback.code'],
  ['evidence.upload', 'select id from evidence.upload'],
  ['evidence.exhibit', 'select id from evidence.exhibit'],
  ['evidence.custody', 'select distinct exhibit from evidence.custody'],
  ['hearing.hearing', 'select id from hearing.hearing'],
  ['hearing.slot', 'select distinct hearing from hearing.slot'],
  ['hearing.event', 'select distinct hearing from hearing.event'],
  ['hearing.consent', 'select distinct hearing from hearing.consent'],
  ['hearing.recording', 'select distinct hearing from hearing.recording'],
];
/** Seen with the file, and by the post that hears her. */
const HEARD = ['hearing.hearing', 'hearing.slot', 'hearing.event', 'hearing.consent', 'hearing.recording'];
const OFFICERS_ONLY: [string, string][] = [
  ['evidence.answer', 'select distinct report from evidence.answer'],
  ['evidence.voice_note', 'select exhibit from evidence.voice_note'],
  ['casework.due', 'select distinct file from casework.due'],
  ['casework.line', 'select file from casework.line'],
  ['casework.saved_filter', 'select id from casework.saved_filter'],
  ['casework.diary_draft', 'select file from casework.diary_draft'],
  ['sealed.name_token', 'select distinct subject from sealed.name_token'],
  ['sealed.opening', 'select id from sealed.opening'],
  ['sealed.opening_end', 'select opening from sealed.opening_end'],
];
const HOUSE_ONLY: [string, string][] = [
  ['sealed.case_key', 'select distinct subject from sealed.case_key'],
  ['sealed.item', 'select distinct subject from sealed.item'],
  ['sealed.blind', 'select distinct subject from sealed.blind'],
  ['sealed.name_token', 'select distinct subject from sealed.name_token'],
  ['sealed.name_mark', 'select only_row from sealed.name_mark'],
  ['intake.complaint', 'select id from intake.complaint'],
  ['casework.desk_try', 'select id from casework.desk_try'],
  ['casework.look_up_beyond', 'select id from casework.look_up_beyond'],
  ['deadlines.desk', 'select file from deadlines.desk'],
  ['deadlines.notice', 'select deadline from deadlines.notice'],
  ['deadlines.rung', 'select distinct ladder from deadlines.rung'],
  ['deadlines.sweep_mark', 'select only_row from deadlines.sweep_mark'],
  ['evidence.held', 'select id from evidence.held'],
  ['evidence.left_behind', 'select id from evidence.left_behind'],
  ['notify.message', 'select id from notify.message'],
  ['hearing.guest', 'select id from hearing.guest'],
  ['hearing.seat', 'select id from hearing.seat'],
  ['hearing.signal', 'select id from hearing.signal'],
  ['hearing.piece', 'select distinct recording from hearing.piece'],
  ['foundation.idempotency', 'select subject from foundation.idempotency'],
  ['posts.session', 'select id from posts.session'],
];
const raw = (tables: [string, string][]) =>
  sql.raw(tables.map(([name, ids]) => `select '${name}' as t, x::text as id from (${ids}) y (x)`).join(' union all '));

const tablesFor = (actor: Actor): [string, string][] =>
  actor.kind === 'officer'
    ? [...RAW, ...AFTER, ...OFFICERS_ONLY, ...AFTER_OFFICERS]
    : [...RAW, ...AFTER, ...HOUSE_ONLY, ...AFTER_HOUSE];

async function inTables(r: Reading, tables: [string, string][]): Promise<Seen> {
  const { rows } = await (raw(tables) as ReturnType<typeof sql<{ t: string; id: string }>>).execute(r.db);
  const seen: Seen = Object.fromEntries(tables.map(([t]) => [t, []]));
  for (const { t, id } of rows) seen[t]?.push(id);
  for (const list of Object.values(seen)) list.sort();
  return seen;
}

/** What this actor is shown of one table; undefined where his role may not select from it. */
export async function looksAt(actor: Actor, table: string): Promise<string[] | undefined> {
  const one = tablesFor(actor).filter(([name]) => name === table);
  return one.length === 0 ? undefined : (await read(actor, 'test.look', (r) => inTables(r, one)))[table];
}

/** Asks every door as this actor, in one transaction. */
export function looks(actor: Actor): Promise<Seen> {
  return read(actor, 'test.look', async (r) => {
    const seen = await inTables(r, tablesFor(actor));
    if (actor.kind === 'officer') {
      seen.onDesk = (await onDesk(r)).map(({ number }) => number);
      const { overdue, days } = await calendarOf(r, { from: Temporal.PlainDate.from('2026-01-01'), days: 92 });
      const due = [...overdue, ...days.flatMap(({ entries }) => entries)];
      seen.calendarOf = [...new Set(due.flatMap(({ number }) => number ?? []))];
      seen.attentionOf = [...new Set((await attentionOf(r)).map((a) => `${a.file} ${a.rule} ${a.to_post}`))];
      seen.callbackQueue = (await callbackQueue(r)).map(({ id }) => id);
    }
    for (const list of Object.values(seen)) list.sort();
    return seen;
  });
}

type Facts = Record<string, { id: string; file: string; desk: string; to_post: string; rule: string; open: boolean }[]>;

/** What there is at all, seen by the superuser: whose it is the oracle decides. */
export async function factsIn(h: TestHouse): Promise<Facts> {
  const of = (text: string) => h.sql<Facts[string][number]>(text);
  return {
    'casework.stay': await of('select distinct file as id, file from casework.stay'),
    'casework.step': await of('select distinct file as id, file from casework.step'),
    'casework.diary': await of('select distinct file as id, file from casework.diary'),
    'casework.handover': await of('select distinct file as id, file from casework.handover'),
    'casework.arrival': await of('select distinct file as id, file from casework.arrival'),
    'casework.summon_answer': await of('select id, file from casework.summon_answer'),
    'casework.change_file': await of('select distinct file as id, file from casework.change_file'),
    'casework.changeover': await of('select distinct file as id, file from casework.change_file'),
    // a plan lies with a unit, not with a file: its path stands where else a desk does
    change: await of('select id, path::text as desk from casework.law_change'),
    'deadlines.deadline': await of('select distinct file as id, file from deadlines.deadline'),
    'casework.due': await of('select distinct file as id, file from casework.due'),
    'casework.line': await of('select id, id as file from casework.file where number is not null'),
    'sealed.name_token': await of('select distinct subject as id, subject as file from sealed.name_token'),
    // what a post has kept for itself, and what it has begun to write: nobody above sees it
    kept: await of('select id, post as to_post from casework.saved_filter'),
    begun: await of('select file as id, file, post as to_post from casework.diary_draft'),
    signs: await of('select id, to_post, post as file, to_path::text as desk from casework.look_up_sign'),
    'look-ups': await of('select id, post as to_post, path::text as desk from casework.look_up'),
    'deadlines.wake': await of('select deadline as id, file from deadlines.wake'),
    'deadlines.stage': await of(
      'select distinct s.deadline as id, d.file from deadlines.stage s join deadlines.deadline d on d.id = s.deadline',
    ),
    'deadlines.delay': await of('select distinct file as id, file from deadlines.delay'),
    'sealed.opening': await of('select id, subject as file from sealed.opening'),
    'sealed.opening_end': await of(
      'select e.opening as id, o.subject as file from sealed.opening_end e join sealed.opening o on o.id = e.opening',
    ),
    'evidence.upload': await of('select id, file from evidence.upload'),
    'evidence.exhibit': await of('select id, file from evidence.exhibit'),
    'evidence.custody': await of(
      'select distinct e.id, e.file from evidence.custody c join evidence.exhibit e on e.id = c.exhibit',
    ),
    'evidence.voice_note': await of('select exhibit as id, file from evidence.voice_note'),
    'evidence.answer': await of(
      'select distinct e.id, e.file from evidence.answer a join evidence.exhibit e on e.id = a.report',
    ),
    heard: await of('select id, file, post as to_post from hearing.hearing'),
    attention: await of('select id, file, to_post, rule, acknowledged_at is null as open from deadlines.attention'),
    'callback.promise': await of(`select id, desk, state <> 'confirmed' as open from callback.promise`),
    'callback.attempt': await of(
      'select distinct a.promise as id, p.desk from callback.attempt a join callback.promise p on p.id = a.promise',
    ),
    'callback.code': await of(
      'select distinct c.promise as id, p.desk from callback.code c join callback.promise p on p.id = c.promise',
    ),
  };
}

/** What an actor ought to be shown. `me` is undefined for whoever holds no post with an open session. */
export function ought(
  world: World,
  facts: Facts,
  after: Parameters<typeof oughtAfter>[1],
  actor: Actor,
  me: Post | undefined,
): Seen {
  const seen: Seen = Object.fromEntries(tablesFor(actor).map(([t]) => [t, []]));
  const mine = (desk: Post) => me !== undefined && (desk.id === me.id || workedBy(world, desk)?.id === me.id);
  const posts = (id: string) => world.posts.get(id);
  if (me) {
    Object.assign(seen, oughtAfter(world, after, me));
    seen['casework.file'] = [...world.cases.keys()].filter((id) => inSight(world, me, id));
    for (const t of Object.keys(facts).filter(
      (t) =>
        !['attention', 'change', 'kept', 'begun', 'look-ups', 'heard', 'signs'].includes(t) &&
        !t.startsWith('callback.'),
    ))
      seen[t] = (facts[t] ?? []).filter(({ file }) => inSight(world, me, file)).map(({ id }) => id);
    for (const t of HEARD)
      seen[t] = (facts.heard ?? [])
        .filter(({ file, to_post }) => inSight(world, me, file) || to_post === me.id)
        .map(({ id }) => id);
    seen['casework.law_change'] = (facts.change ?? [])
      .filter(({ desk }) => within(desk, me.path) || within(me.path, desk))
      .map(({ id }) => id);
    const mineOnly = (t: string) => (facts[t] ?? []).filter(({ to_post }) => to_post === me.id);
    seen['casework.saved_filter'] = mineOnly('kept').map(({ id }) => id);
    seen['casework.diary_draft'] = mineOnly('begun').flatMap(({ id, file }) => (inSight(world, me, file) ? [id] : []));
    // of a sign, whom it was raised to and above, and the auditor of the land it lies in; never the post that looked
    seen['casework.look_up_sign'] = (facts['signs'] ?? [])
      .filter(
        ({ to_post, desk, file }) =>
          file !== me.id &&
          (to_post === me.id || ([...SUPERVISORS, 'auditor'].includes(me.kind) && within(desk, me.path))),
      )
      .map(({ id }) => id);
    seen['casework.look_up'] = (facts['look-ups'] ?? [])
      .filter(({ to_post, desk }) => to_post === me.id || (SUPERVISORS.includes(me.kind) && within(desk, me.path)))
      .map(({ id }) => id);
    const calls = (desk: string) =>
      desk === me.id ||
      (me.kind === 'callback' && me.under === desk) ||
      (SUPERVISORS.includes(me.kind) && within(posts(desk)?.path ?? '', me.path));
    for (const t of ['callback.promise', 'callback.attempt', 'callback.code'])
      seen[t] = (facts[t] ?? []).filter(({ desk }) => calls(desk)).map(({ id }) => id);
    const raised = (facts.attention ?? []).filter(({ file }) => inSight(world, me, file));
    seen['deadlines.attention'] = raised
      .filter(
        ({ to_post }) =>
          to_post === me.id || (SUPERVISORS.includes(me.kind) && within(posts(to_post)?.path ?? '', me.path)),
      )
      .map(({ id }) => id);
    const forMe = raised.filter(({ to_post, open }) => {
      const to = posts(to_post);
      // work comes up from a vacant desk on which a file lies
      return open && to && (to.id === me.id || (mine(to) && [...world.cases.values()].some((c) => c.desk === to.id)));
    });
    seen.attentionOf = [...new Set(forMe.map((a) => `${a.file} ${a.rule} ${a.to_post}`))];
    seen.callbackQueue = (facts['callback.promise'] ?? []).filter((p) => p.open && calls(p.desk)).map(({ id }) => id);
    seen.onDesk = [...world.cases.values()].flatMap(({ number, desk }) => {
      const at = posts(desk);
      return number && at && mine(at) ? [number] : [];
    });
    seen.calendarOf = (facts['casework.due'] ?? []).flatMap(({ file }) => {
      const one = world.cases.get(file);
      const at = posts(one?.desk ?? '');
      return one?.number && at && mine(at) ? [one.number] : [];
    });
  } else if (actor.kind === 'officer')
    Object.assign(seen, { onDesk: [], calendarOf: [], attentionOf: [], callbackQueue: [] });
  for (const list of Object.values(seen)) list.sort();
  return seen;
}

/** Whether the list of who opened this case's identity is shown. */
export const seesOpenings = (actor: Actor, file: string): Promise<boolean> =>
  read(actor, 'test.look', async (r) => (await openingsOf(r, file)).length > 0);
