// What all ways in lead to: a shift at the officer's post, or the question at which of several; and a no that stays in the ledger.
import { type Act, act, asHouse, nobody, note } from '#foundation';
import { type Device, openSession, type Seat, seatsOf } from '#posts';
import { hashOf, newSecret } from './invitations.ts';
import { LIFE } from './rules.ts';
import * as store from './store.ts';

/** No is an answer here, not an exception: what was tried stays used up, and the ledger keeps that somebody tried. */
export type No = { refused: string };
export type Entered = { token: string; expires_at: Temporal.Instant; post_kind: string };
export type ToChoose = { ticket: string; seats: Seat[] };
/** Who was recognised, and how. `passkey`: its id; while the post is chosen it has to stay alive. */
export type Recognised = { officer: string; way: 'passkey' | 'codes' | 'state'; passkey?: string };

/** Notes that somebody was refused, and says so. */
export async function no(h: Act, officer: string | null, refused: string): Promise<No> {
  await note(h, 'signin.refused', officer, { reason: refused });
  return { refused };
}

/** An officer of one post begins the shift; an officer of several gets a ticket and is asked at which. As the house. */
export async function beginOrChoose(h: Act, who: Recognised, device?: Device): Promise<Entered | ToChoose | No> {
  const seats = await seatsOf(h, who.officer);
  const [seat] = seats;
  if (!seat) return no(h, who.officer, 'holds-no-post');
  if (seats.length === 1) return begin(h, seat, who.way, device);
  const ticket = newSecret();
  await store.sweepMoments(h);
  await store.addChoice(h, {
    ticket_hash: hashOf(ticket),
    passkey: who.passkey ?? null,
    officer: who.passkey ? null : who.officer,
    way: who.way,
    made_at: h.now,
    expires_at: h.now.add(LIFE.choice),
  });
  return { ticket, seats };
}

/**
 * Begins the shift at one of the officer's posts.
 * @param ticket from whichever way the officer was recognised: five minutes, once
 * @returns a session, or `choice-over` | `not-found` (not a post of this officer)
 */
export const choosePost = (form: { ticket: string; post: string }, device?: Device): Promise<Entered | No> =>
  act(nobody, 'signin.choose-post', (a) =>
    asHouse(a, async (h) => {
      const taken = await store.takeChoice(h, hashOf(form.ticket));
      if (!taken) return no(h, null, 'choice-over');
      const seat = (await seatsOf(h, taken.officer)).find(({ post }) => post === form.post);
      return seat ? begin(h, seat, taken.way, device) : no(h, taken.officer, 'not-found');
    }),
  );

async function begin(h: Act, seat: Seat, way: string, device?: Device): Promise<Entered> {
  const { officer, post, post_kind } = seat;
  await note(h, 'signin.shift-begun', officer, { way });
  return { ...(await openSession(h, { kind: 'officer', officer, post, device })), post_kind };
}
