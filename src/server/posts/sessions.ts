// Shifts as an officer sees them: on which devices they are open, ending one or all, a colleague's device that is lost, and whether it was asked lately who sits there.
import { sql } from 'kysely';
import { type Act, type Actor, asHouse, note, type Reading, refuse, tell } from '#foundation';
import { seatsBelow, seatsOf } from './officers.ts';

/** What a shift runs on, as its browser says: a family and a system, nothing that tells one device from another of its kind. */
export type Device = { device: 'desk' | 'mobile'; label: string };
/** One of my open shifts. `mine`: the one that asks. */
export type MyShift = Device & {
  id: string;
  post: string;
  opened_at: Temporal.Instant;
  seen_at: Temporal.Instant;
  expires_at: Temporal.Instant;
  mine: boolean;
};
export type EndedWhy = 'over' | 'from-my-list' | 'everywhere' | 'lost' | 'handed-over' | 'new-passkey';
/** The topic on which it is told that shifts of an officer have ended, so that open streams ask again. */
export const GONE = 'gone';

/** Says on which device a shift runs; whether it is carried about decides how long it may lie unused. As the house. */
export const onDevice = (h: Act, session: string, { device, label }: Device): Promise<unknown> =>
  sql`select posts.on_device(${session}, ${device}, ${label.slice(0, 60)})`.execute(h.db);

/** Notes that the officer has just shown who sits there. As the house. */
export const confirmSession = (h: Act, session: string): Promise<unknown> =>
  sql`select posts.confirm_session(${session})`.execute(h.db);

/**
 * A machine's key ends at an instant, and not later than it would have ended anyway. As the house.
 * @param hash SHA-256 of the key
 */
export const limitSession = (h: Act, hash: Buffer, at: Temporal.Instant): Promise<unknown> =>
  sql`select posts.limit_session(${hash}, ${at})`.execute(h.db);

/** Whether the acting officer has shown within five minutes who sits there. */
export const isConfirmed = async (r: Pick<Reading, 'db'>): Promise<boolean> =>
  (await sql<{ yes: boolean }>`select posts.confirmed() as yes`.execute(r.db)).rows[0]?.yes ?? false;

/**
 * What is sensitive asks who sits there, if that was not asked within five minutes.
 * @throws Refusal `confirm-yourself`
 */
export async function mustBeConfirmed(r: Pick<Reading, 'db' | 'actor'>): Promise<void> {
  if (r.actor.kind === 'officer' && !(await isConfirmed(r))) refuse('confirm-yourself');
}

/** The id of the acting session. */
export const mySession = async (r: Pick<Reading, 'db'>): Promise<string | undefined> =>
  (await sql<{ id: string | null }>`select (posts.acting()).session as id`.execute(r.db)).rows[0]?.id ?? undefined;

/** My open shifts, the newest first. Empty for who is no officer. */
export const myShifts = (r: Pick<Reading, 'db'>): Promise<MyShift[]> =>
  sql<MyShift>`select * from posts.my_sessions()`.execute(r.db).then(({ rows }) => rows);

/** Ends open shifts, tells open streams to ask again. As the house. @returns how many ended */
async function end(
  h: Act,
  which: { officer: string; session?: string | undefined; but?: string | undefined },
  by: string,
  why: EndedWhy,
): Promise<number> {
  const { numAffectedRows } =
    await sql`update posts.session set ended_at = ${h.now}, ended_by = ${by}, ended_why = ${why}
    where officer = ${which.officer} and kind = 'officer' and ended_at is null
      and (${which.session ?? null}::uuid is null or id = ${which.session ?? null}::uuid)
      and (${which.but ?? null}::uuid is null or id <> ${which.but ?? null}::uuid)`.execute(h.db);
  await tell(h, GONE, which.officer);
  return Number(numAffectedRows ?? 0n);
}

const officerIn = (actor: Actor): string => (actor.kind === 'officer' ? actor.officer : refuse('not-your-power'));

/**
 * Ends one of my shifts.
 * @throws Refusal `not-found` when it is none of mine or no longer open
 */
export async function endShift(a: Act, session: string): Promise<void> {
  const officer = officerIn(a.actor);
  const ended = await asHouse(a, (h) => end(h, { officer, session }, officer, 'from-my-list'));
  if (ended === 0) refuse('not-found');
}

/** Ends all my shifts but this one. @returns how many ended */
export async function endOtherShifts(a: Act): Promise<number> {
  const officer = officerIn(a.actor);
  const but = await mySession(a);
  return asHouse(a, (h) => end(h, { officer, but }, officer, 'everywhere'));
}

/** A colleague whose device I may report lost. */
export type Colleague = {
  officer: string;
  name: { hi: string; en: string };
  rank: { hi: string; en: string };
  post_name: { hi: string; en: string };
};

/** Officers who hold a post in the acting officer's unit or below it. */
export async function colleaguesOf(r: Reading): Promise<Colleague[]> {
  if (r.actor.kind !== 'officer') return [];
  const { unit, officer } = r.actor;
  const seats = (await seatsBelow(r, unit)).filter((seat) => seat.officer !== officer);
  return [...new Map(seats.map((seat) => [seat.officer, seat])).values()].map(({ name, rank, post_name, ...seat }) => ({
    officer: seat.officer,
    name,
    rank,
    post_name,
  }));
}

/**
 * A colleague's device is lost: all his shifts end at once, whoever says so. That it was said, and by whom, is in the ledger under the
 * officer; the officer begins a new shift with his passkey, so a false alarm costs a minute.
 * @returns how many shifts ended
 * @throws Refusal `not-found` when the officer holds no post in this unit or below it, `not-your-power`
 */
export async function deviceLost(a: Act, officer: string): Promise<number> {
  const by = officerIn(a.actor);
  const unit = a.actor.kind === 'officer' ? a.actor.unit : '';
  return asHouse(a, async (h) => {
    const seats = await seatsOf(h, officer);
    if (!seats.some(({ path }) => path === unit || path.startsWith(`${unit}.`))) refuse('not-found');
    const ended = await end(h, { officer }, by, 'lost');
    await note(h, 'posts.device-lost', officer, { ended });
    return ended;
  });
}
