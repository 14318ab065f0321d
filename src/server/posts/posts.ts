// The door of the posts: units, posts and who holds them, and the sessions that stand for them. Work belongs to the post, not to the person.
import { createHash, randomBytes } from 'node:crypto';
import { type Act, asHouse, newId, type Reading, refuse, tell } from '#foundation';
import { istDay } from '#law';
import { mustBeAbleToHold } from './leave.ts';
import { endLeaves } from './leave-store.ts';
import { lastBegun, planHolders } from './plan.ts';
import { type Device, GONE, mustBeConfirmed, onDevice } from './sessions.ts';
import * as store from './store.ts';

export { type Answerable, whyNotDecide, whyNotName } from './answering.ts';
export { label, liesIn, practiceUnits, STATES_OF_INDIA, type UnitSeed } from './units.ts';
export { listAbroad, type StationAbroad, stationAbroad, stationsAbroad } from './abroad-store.ts';
export { endSessionsOfOfficer, type Seat, seatFirstAdministrator, seatsBelow, seatsOf } from './officers.ts';
export {
  type Absence,
  absencesOf,
  endLeave,
  grantLeave,
  type LeaveForm,
  noteOfTransfer,
  orderTransfer,
  type TransferForm,
} from './leave.ts';
export { seedPractice } from './practice.ts';
export { loadRoll, type RollFault, type RollLine, rollLine } from './roll.ts';
export { LEAVE_KINDS, type LeaveKind, transfersOf } from './leave-store.ts';
export { type Officer, POST_KINDS, type Post, type PostKind, type Tenure, type Unit } from './store.ts';
export {
  type Colleague,
  colleaguesOf,
  confirmSession,
  type Device,
  deviceLost,
  endOtherShifts,
  endShift,
  GONE,
  isConfirmed,
  limitSession,
  mustBeConfirmed,
  type MyShift,
  myShifts,
  mySession,
} from './sessions.ts';
export { myOfficers, myPosts, officersOf, tenuresOf, endMySession, turnSession } from './store.ts';

/** A name in both languages; pages choose. */
export type Named = { hi: string; en: string };
export type Holder = { officer: string; name: Named; rank: Named; woman: boolean; since: Temporal.Instant };

const today = (r: Pick<Reading, 'now'>): Temporal.PlainDate => istDay(r.now);

/** Name of a post with its unit, in both languages: "जांच अधिकारी 2, थाना कल्याणपुर". */
export const postName = (p: { name_hi: string; name_en: string }): Named => ({ hi: p.name_hi, en: p.name_en });

/** Names of posts or officers by their ids. */
export const namesById = (rows: readonly { id: string; name_hi: string; name_en: string }[]): Map<string, Named> =>
  new Map(rows.map((row) => [row.id, postName(row)]));

/** Which kinds of post supervise a unit. The database's posts.supervised() draws sight from the same list. */
export const SUPERVISING = ['sho', 'acp', 'dcp', 'adcp-women', 'cp', 'sp', 'state', 'national'] as const;

/** A post by id, or undefined. */
export const findPost = store.findPost;
/** Several posts by id, in no order. */
export const findPosts = store.findPosts;
/** A post by id. @throws Refusal `not-found` */
export const readPost = async (r: Pick<Reading, 'db'>, id: string): Promise<store.Post> =>
  (await store.findPost(r, id)) ?? refuse('not-found');
/** The posts that hang on exactly this unit. */
export const postsOf = store.postsAt;
/** The posts on this unit and on every unit below it. */
export const postsBelow = store.postsUnder;

/** Who holds a post now, or at an instant; undefined when it is vacant. */
export async function findHolder(
  r: Pick<Reading, 'db' | 'now'>,
  post: string,
  at: Temporal.Instant = r.now,
): Promise<Holder | undefined> {
  const o = await store.holderAt(r, post, at);
  return (
    o && {
      officer: o.id,
      name: { hi: o.name_hi, en: o.name_en },
      rank: { hi: o.rank_hi, en: o.rank_en },
      woman: o.woman,
      since: o.since,
    }
  );
}

/** The post that answers for this one: the superior named on it, else the head of the nearest unit above. Undefined for the nation. */
export async function superiorOf(r: Pick<Reading, 'db'>, post: string): Promise<store.Post | undefined> {
  const id = await store.superiorId(r, post);
  return id ? store.findPost(r, id) : undefined;
}

/** The ids of the posts above each of these, the nearest first, as {@link superiorOf} goes up; nothing for a post with nobody above. */
export async function postsAbove(r: Pick<Reading, 'db'>, posts: readonly string[]): Promise<Map<string, string[]>> {
  const found = Map.groupBy(await store.idsAbove(r, posts), ({ of_post }) => of_post);
  return new Map([...found].map(([of_post, rows]) => [of_post, rows.map(({ post }) => post)]));
}

const HEAD: Record<string, store.PostKind> = {
  station: 'sho',
  circle: 'acp',
  zone: 'dcp',
  commissionerate: 'cp',
  district: 'sp',
  state: 'state',
  nation: 'national',
};
/** The post that heads a unit; undefined when the unit has none. */
export async function headOf(r: Pick<Reading, 'db' | 'now'>, path: string): Promise<store.Post | undefined> {
  const unit = await findUnit(r, path);
  const kind = unit && HEAD[unit.level];
  return kind ? (await store.postsAt(r, path, kind))[0] : undefined;
}

/** A unit that exists today, by its path. */
export const findUnit = (r: Pick<Reading, 'db' | 'now'>, path: string): Promise<store.Unit | undefined> =>
  store.unitAt(r, path, today(r));
/** Units that exist today, by level and place, in the order of their English names. */
export const listUnits = (
  r: Pick<Reading, 'db' | 'now'>,
  only: { levels?: readonly string[]; under?: string } = {},
): Promise<store.Unit[]> => store.units(r, today(r), only);
/** Units that exist today and lie right below one, in the order of their English names. */
export const partsOf = (r: Pick<Reading, 'db' | 'now'>, path: string): Promise<store.Unit[]> =>
  store.unitsRightBelow(r, path, today(r));

/** The names of units by their paths; what is no unit of the house is not in it. */
export const unitNames = async (
  r: Pick<Reading, 'db'>,
  paths: readonly string[],
): Promise<ReadonlyMap<string, Named>> =>
  new Map(
    (paths.length > 0 ? await store.unitsByPath(r, paths) : []).map(({ path, name_hi, name_en }) => [
      path,
      { hi: name_hi, en: name_en },
    ]),
  );

/** Who holds each of these posts now; the vacant ones are not in it. */
export async function holdersNow(
  r: Pick<Reading, 'db' | 'now'>,
  posts: readonly string[],
): Promise<ReadonlyMap<string, Named>> {
  const rows = posts.length > 0 ? await store.holdersAt(r, posts, r.now) : [];
  return new Map(rows.map(({ post, name_hi, name_en }) => [post, { hi: name_hi, en: name_en }]));
}

/** Everyone who has held a post, oldest first. */
export async function holdersOf(
  r: Pick<Reading, 'db' | 'now'>,
  post: string,
): Promise<{ officer: string; name: Named; rank: Named; from: Temporal.Instant; to: Temporal.Instant | null }[]> {
  const tenures = await store.tenuresOf(r, [post]);
  const officers = new Map(
    (await store.officersOf(r, [...new Set(tenures.map((t) => t.officer))])).map((o) => [o.id, o]),
  );
  return tenures.flatMap((t) => {
    const o = officers.get(t.officer);
    return o
      ? [
          {
            officer: o.id,
            name: { hi: o.name_hi, en: o.name_en },
            rank: { hi: o.rank_hi, en: o.rank_en },
            from: t.from_at,
            to: t.to_at,
          },
        ]
      : [];
  });
}

/**
 * Hands a post over: ends the tenure, ends the post's open sessions at once, begins the successor's. Files stay where they are.
 * Of two who hand over one post at once, the later is refused: what was decided was decided about another holder.
 * @param to_officer the successor, or null to leave the post vacant
 * @throws Refusal `not-found` (post or officer), `not-in-the-future`, `before-the-last-hand-over`, `already-holds-it`,
 *   `handed-over-meanwhile`, `post-closed`, `post-for-women`, `confirm-yourself`
 */
export async function handOver(
  a: Act,
  form: { post: string; to_officer: string | null; from?: Temporal.Instant | undefined; note: string },
): Promise<void> {
  await mustBeConfirmed(a);
  const post = await readPost(a, form.post);
  if (post.closed_on) refuse('post-closed', 'post');
  const at = form.from ?? a.now;
  if (Temporal.Instant.compare(at, a.now) > 0) refuse('not-in-the-future', 'from');
  const before = await lastTenure(a, form.post);
  await asHouse(a, async (h) => {
    await store.takeTurn(h, form.post);
    const last = await lastTenure(h, form.post);
    const held = last && (last.to_at === null || Temporal.Instant.compare(last.to_at, a.now) > 0);
    if (held && last.to_at === null && last.officer === form.to_officer) refuse('already-holds-it', 'to_officer');
    if (last?.id !== before?.id || last?.to_at?.toString() !== before?.to_at?.toString())
      refuse('handed-over-meanwhile');
    if (last && Temporal.Instant.compare(at, held ? last.from_at : (last.to_at ?? at)) < (held ? 1 : 0))
      refuse('before-the-last-hand-over', 'from');
    if (form.to_officer !== null) await mustBeAbleToHold(h, post, form.to_officer, 'to_officer');
    await endLeaves(h, form.post);
    await planHolders(h, form.post, [{ officer: form.to_officer, from: at, to: null }], form.note);
    await store.endSessionsOf(h, form.post, a.now);
    // whoever held it may hear something at this moment
    if (before) await tell(h, GONE, before.officer);
  });
}

const lastTenure = async (r: Pick<Reading, 'db' | 'now'>, post: string): Promise<store.Tenure | undefined> =>
  lastBegun(await store.tenuresOf(r, [post]), r.now);

/** What stands behind a session: her draft or file, an officer at a post, or a machine with rights. */
export type SessionFor =
  | { kind: 'citizen' | 'device'; subject: string }
  | { kind: 'officer'; officer: string; post: string; device?: Device | undefined }
  | { kind: 'machine'; name: string; rights: string[] };
// safety: hers is short and idles out after 15 minutes; an officer's lasts a shift; a machine's until its key is changed
const LIFE = {
  citizen: ['8 hours', '15 minutes'],
  // a phone that is known to rapid response has to be known when it matters, and an alarm lasts as long as it lasts
  device: ['2 years', '2 years'],
  alarm: ['2 days', '2 days'],
  officer: ['10 hours', '10 hours'],
  machine: ['10 years', '10 years'],
} as const;

/**
 * Opens a session for each of several alarms, in one statement. As the house.
 * @returns the tokens, in the order of the alarms
 */
export async function openAlarmSessions(h: Act, alarms: readonly string[]): Promise<string[]> {
  const [lives, idles] = LIFE.alarm;
  const made = alarms.map((subject) => ({ subject, token: randomBytes(32).toString('base64url') }));
  const rows = made.map(({ subject, token }) => ({
    id: newId(),
    subject,
    hash: createHash('sha256').update(token).digest(),
  }));
  if (rows.length > 0) await store.openHerSessions(h, rows, lives, idles);
  return made.map(({ token }) => token);
}

/**
 * Opens a session and returns its secret, 256 bits, which is stored nowhere: only its hash is.
 * @returns the token to hand to the person, and when it ends at the latest
 */
export async function openSession(a: Act, who: SessionFor): Promise<{ token: string; expires_at: Temporal.Instant }> {
  const token = randomBytes(32).toString('base64url');
  const [lives, idles] = LIFE[who.kind];
  const id = newId();
  const expires_at = await asHouse(a, async (h) => {
    const ends = await store.openSession(h, {
      id,
      hash: createHash('sha256').update(token).digest(),
      kind: who.kind === 'device' ? 'citizen' : who.kind,
      officer: who.kind === 'officer' ? who.officer : null,
      post: who.kind === 'officer' ? who.post : null,
      subject: 'subject' in who ? who.subject : null,
      name: who.kind === 'machine' ? who.name : null,
      rights: who.kind === 'machine' ? who.rights : [],
      lives,
      idles,
    });
    if (who.kind === 'officer' && who.device) await onDevice(h, id, who.device);
    return ends;
  });
  return { token, expires_at };
}
