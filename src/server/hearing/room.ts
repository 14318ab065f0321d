// The room: who sits in it, what browsers say to each other so that they connect, the keys of the relay. Nothing of it stays.
import { type Act, type Actor, asHouse, keepBooks, keys, newId, type Reading, refuse, refuseIf } from '#foundation';
import { findHolder } from '#posts';
import { done, officer, ofHers } from './appointment.ts';
import type { HearingKind, Role, TalkForm } from './forms.ts';
import { passHash } from './hers.ts';
import { type Ice, iceFor } from './ice.ts';
import { whyNot } from './rules.ts';
import * as store from './store.ts';
import * as room from './store-room.ts';

/** Who asks to come in: she or the officer by their session, somebody with her by the pass that the code was changed for. */
export type Asking = { hearing: string } | { pass: string };
export type Seat = { seat: string; role: Role; kind: HearingKind };
/** One round of talk: who else is there, what they said, and how the room stands. */
export type Talked = {
  seats: { id: string; role: Role; way: string }[];
  signals: { id: string; from: string; text: string }[];
  consent: boolean;
  recording: boolean;
  asks_call: boolean;
};

type Found = { id: string; role: Role; kind: HearingKind; guest: string | null; seen: store.Hearing | undefined };
type Standing = { state: store.Hearing['state']; kind: HearingKind; starts_at: Temporal.Instant | null };

async function found(r: Reading, asking: Asking): Promise<Found & Standing> {
  if ('pass' in asking) {
    const { hearing, role, guest, ...it } =
      (await room.byPass(r, passHash(asking.pass))) ?? refuse('join-code-unknown');
    return { id: hearing, role, guest, seen: undefined, ...it };
  }
  if (r.actor.kind === 'citizen') {
    const { id, kind, state, starts_at, ...rest } = await ofHers(r, asking.hearing);
    return { id, role: 'her', guest: null, kind, state, starts_at, seen: { id, kind, state, starts_at, ...rest } };
  }
  const me = officer(r);
  const seen = (await store.findHearing(r, asking.hearing)) ?? refuse('not-found');
  refuseIf(seen.post === me.post ? undefined : 'not-your-hearing');
  if (seen.woman) refuseIf((await findHolder(r, me.post))?.woman ? undefined : 'women-only');
  const { id, kind, state, starts_at } = seen;
  return { id, role: 'officer', guest: null, kind, state, starts_at, seen };
}

/**
 * Sits down in the room. Each role has one seat; who opens the room a second time sits there, and the first page is told so.
 * @throws Refusal `not-found`, `session-over`, `join-code-unknown`, `not-your-hearing` for a post that does not hear her, `women-only`,
 *   `not-open-yet`, `not-chosen-yet`, `hearing-over`, `heard-by-phone`
 */
export async function join(a: Act, asking: Asking): Promise<Seat> {
  const it = await found(a, asking);
  refuseIf(whyNot('join', it, a.now));
  const seat = newId();
  const by = it.role === 'officer' ? officer(a) : undefined;
  if (it.seen)
    await done(a, it.seen, 'join', {
      what: 'joined',
      form: { role: it.role },
      ...(by ? { set: { due_at: null } } : {}),
    });
  await asHouse(a, async (h) => {
    await store.lockHearing(h, it.id);
    await room.takeSeat(h, {
      id: seat,
      hearing: it.id,
      role: it.role,
      post: by?.post ?? null,
      officer: by?.officer ?? null,
      guest: it.guest,
      at: h.now,
      seen_at: h.now,
    });
  });
  return { seat, role: it.role, kind: it.kind };
}

const place = (from: string, to: string) => `${from} ${to}`;

/**
 * One round of talk from a seat. It is no deed and leaves no mark, because nothing of what is said stays: taken once, erased after two
 * minutes, and with the room.
 * @throws Refusal `seat-gone` when the seat is not the asker's (any more) or the hearing is over
 */
export function talk(
  actor: Actor,
  asking: { pass?: string | undefined },
  form: TalkForm,
  request_id: string,
): Promise<Talked> {
  return keepBooks(
    actor,
    async (a) => {
      const told = await room.talk(a, {
        seat: form.seat,
        pass_hash: asking.pass === undefined ? null : passHash(asking.pass),
        way: form.way,
        call_me: form.call_me,
        got: form.got,
        said: form.said.map(({ to, text }) => ({
          id: newId(),
          to_seat: to,
          sealed: keys.seal('hearing-signal', place(form.seat, to), text).toString('base64'),
        })),
      });
      const { signals, ...rest } = told ?? refuse('seat-gone');
      const open = (one: (typeof signals)[number]) => ({
        id: one.id,
        from: one.from,
        text: keys
          .open('hearing-signal', place(one.from, form.seat), Buffer.from(one.sealed, 'base64'))
          .toString('utf8'),
      });
      return { ...rest, signals: signals.map(open) };
    },
    { request_id },
  );
}

/**
 * Keys of the relay, for ten minutes at most. She and the officer may try the connection out as soon as a time is chosen; who sits with her
 * gets them in the hours of the room.
 * @throws Refusal as {@link join}, but for the hour
 */
export async function iceOf(r: Reading, asking: Asking): Promise<Ice> {
  const it = await found(r, asking);
  const why = whyNot('join', it, r.now);
  refuseIf(why === 'not-open-yet' && it.role !== 'support' && it.role !== 'interpreter' ? undefined : why);
  return iceFor(await room.realSeconds(r));
}

/** What somebody who sits with her may know: what she is there, when, and whether there is a picture. @throws Refusal `join-code-unknown` */
export async function guestRoom(r: Reading, pass: string) {
  const { role, kind, starts_at } = await found(r, { pass });
  return { role, kind, starts_at };
}
