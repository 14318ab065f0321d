// Enrolment links: who may have one made, what it says, and that it works once.
import { createHash, randomBytes } from 'node:crypto';
import { type Act, type Actor, act, asHouse, house, newId, note, read, refuse, refuseIf } from '#foundation';
import { mustBeConfirmed, type Seat, seatFirstAdministrator, seatsBelow, seatsOf } from '#posts';
import { whereWeStand } from './place.ts';
import { isLive, LIFE, whyNotInvite } from './rules.ts';
import * as store from './store.ts';

/** A link as it is handed over, once. Nothing in the house can show it again. */
export type MadeLink = { link: string; expires_at: Temporal.Instant };
/** What the page behind a link says. */
export type OpenLink = { officer: string; adds: boolean; expires_at: Temporal.Instant; seats: Seat[] };

/** The hash under which a token or ticket is known. */
export const hashOf = (secret: string | Uint8Array): Buffer => createHash('sha256').update(secret).digest();
/** A secret of 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

async function makeLink(h: Act, officer: string, by: { post: string; officer: string } | null): Promise<MadeLink> {
  const token = newSecret();
  const expires_at = h.now.add(LIFE.link);
  await store.endLiveLinks(h, officer);
  await store.addInvitation(h, {
    id: newId(),
    token_hash: hashOf(token),
    officer,
    adds: by?.officer === officer,
    by_post: by?.post ?? null,
    by_officer: by?.officer ?? null,
    made_at: h.now,
    expires_at,
  });
  return { link: `${whereWeStand().origin}/enrol/${token}`, expires_at };
}

/**
 * Makes an enrolment link for another officer. An earlier link of that officer dies. When the link is used, the officer's earlier
 * passkeys and sessions end: whoever used a link that was not meant for him is noticed at once.
 * @param officer uuid of an officer who holds a post in the administrator's unit or below it
 * @throws Refusal `not-your-power` (not an administrator), `not-found` (no such officer there), `link-for-yourself`, `confirm-yourself`
 */
export const inviteOfficer = async (a: Act, officer: string): Promise<MadeLink> => {
  const who = a.actor;
  if (who.kind !== 'officer') return refuse('not-your-power');
  await mustBeConfirmed(a);
  return asHouse(a, async (h) => {
    const seats = await seatsOf(h, officer);
    refuseIf(
      whyNotInvite(
        who,
        officer,
        seats.map((seat) => seat.path),
      ),
    );
    await note(h, 'signin.link-made', officer);
    return makeLink(h, officer, who);
  });
};

/**
 * Makes a link for a further device of the officer who is signed in. It adds; nothing else ends.
 * @throws Refusal `not-your-power` (nobody is signed in), `confirm-yourself`: a desk left alone must not become somebody's own way in
 */
export const inviteMyself = async (a: Act): Promise<MadeLink> => {
  const who = a.actor;
  if (who.kind !== 'officer') return refuse('not-your-power');
  await mustBeConfirmed(a);
  return asHouse(a, (h) => makeLink(h, who.officer, who));
};

/**
 * Seats the first administrator if there is none yet, and makes a link. For the command line of the server.
 * @param named name and rank, used only when there is no administrator yet
 * @returns the link, and whether an administrator was seated now
 */
export const enrolAdministrator = (named: { name: string; rank: string }): Promise<MadeLink & { seated: boolean }> =>
  act(house(), 'signin.enrol-administrator', async (h) => {
    const { officer, seated } = await seatFirstAdministrator(h, named);
    return { ...(await makeLink(h, officer, null)), seated };
  });

/** Is there nobody yet who holds an administrator's post? Then the first start prints a link. */
export const lacksAdministrator = (): Promise<boolean> =>
  read(
    house(),
    'signin.look-for-administrator',
    async (r) => !(await seatsBelow(r, 'in')).some((seat) => seat.post_kind === 'administrator'),
  );

/**
 * What stands behind a link; undefined when there is no such link, or it was used, replaced or is over. Looking uses nothing up.
 * @param token the last part of the link
 */
export const openLink = (token: string): Promise<OpenLink | undefined> =>
  read(house(), 'signin.open-link', async (r) => {
    const found = await store.invitationOf(r, hashOf(token));
    if (!found || !isLive(found, r.now)) return undefined;
    const { officer, adds, expires_at } = found;
    return { officer, adds, expires_at, seats: await seatsOf(r, officer) };
  });

export type ToEnrol = Seat & { passkeys: number };
const SHOWN = 60;

/**
 * The officers for whom this administrator may make a link, with their posts and how many passkeys they have.
 * @param actor the administrator
 * @param wanted a part of a name, a post or a unit, in either language; empty: from the top
 * @returns at most 60, and how many there are in all
 * @throws Refusal `not-your-power`
 */
export async function officersToEnrol(actor: Actor, wanted = ''): Promise<{ found: ToEnrol[]; total: number }> {
  if (actor.kind !== 'officer' || actor.post_kind !== 'administrator') return refuse('not-your-power');
  const { unit, officer: me } = actor;
  const sought = wanted.trim().toLowerCase();
  const says = (seat: Seat) =>
    [seat.name, seat.rank, seat.post_name, seat.unit_name]
      .flatMap((name) => [name.hi, name.en])
      .some((text) => text.toLowerCase().includes(sought));
  return read(house(), 'signin.list-officers', async (r) => {
    const all = (await seatsBelow(r, unit)).filter((seat) => seat.officer !== me && (!sought || says(seat)));
    const shown = all.slice(0, SHOWN);
    const passkeys = await store.passkeysOf(r, [...new Set(shown.map((seat) => seat.officer))]);
    const count = (officer: string) => passkeys.filter((passkey) => passkey.officer === officer).length;
    return { found: shown.map((seat) => ({ ...seat, passkeys: count(seat.officer) })), total: all.length };
  });
}

/** When the passkeys of the officer who is signed in were made and last used. */
export async function myPasskeys(
  actor: Actor,
): Promise<{ made_at: Temporal.Instant; used_at: Temporal.Instant | null; synced: boolean }[]> {
  if (actor.kind !== 'officer') return [];
  const { officer } = actor;
  return read(house(), 'signin.list-passkeys', async (r) =>
    (await store.passkeysOf(r, [officer])).map(({ made_at, used_at, synced }) => ({ made_at, used_at, synced })),
  );
}
