// What every deed on an appointment shares: finding it with the rights of whoever asks, changing it as the house, writing down what happened.
import { type Act, asHouse, newId, type Reading, refuse, refuseIf, tell } from '#foundation';
import { sendSms } from '#notify';
import { findHolder, findPosts, type Post, postsOf } from '#posts';
import { contactOf, sealNarrative } from '#sealed-identity';
import { type Deed, womanNeeded, whyNot } from './rules.ts';
import * as store from './store.ts';
import * as room from './store-room.ts';

/** Kinds of posts at a station that hear somebody. */
const HEARS: readonly string[] = ['help-desk', 'io', 'sho'];

/** The place of words under the key of the case. */
export const wordsPlace = (event: string) => `hearing:${event}`;

/** The acting officer. @throws Refusal `not-your-power` for anybody else */
export const officer = (r: Reading) => (r.actor.kind === 'officer' ? r.actor : refuse('not-your-power'));

/** Her hours as they stand now, and whether she wants no contact. As the house. */
export async function hoursAsked(h: Act, file: string) {
  const contact = await contactOf(h, file);
  return { windows: contact?.windows ?? [], no_contact: contact?.modes.includes('no_contact') ?? false };
}

/** The posts that may hear her: the desk of the file, and those of its station. */
export async function hearers(r: Reading, it: store.Case): Promise<Post[]> {
  const there = await postsOf(r, it.station_path ?? it.desk_path);
  const posts = there.filter(({ kind, closed_on }) => HEARS.includes(kind) && closed_on === null);
  const desk = posts.some(({ id }) => id === it.desk) ? [] : await findPosts(r, [it.desk]);
  return [...desk, ...posts];
}

/**
 * Whether a post may hear her, and only a woman officer where that is asked for.
 * @throws Refusal `choose-a-post`, `post-is-vacant`, `women-only`, each about `post`
 */
export async function mustBeAbleToHear(
  r: Reading,
  it: store.Case,
  told: { post: string; about: store.Hearing['about']; wished: boolean },
): Promise<boolean> {
  if (!(await hearers(r, it)).some(({ id }) => id === told.post)) refuse('choose-a-post', 'post');
  const holder = (await findHolder(r, told.post)) ?? refuse('post-is-vacant', 'post');
  const woman = womanNeeded({ ...told, sections: it.sections, child: it.child });
  refuseIf(woman && !holder.woman ? 'women-only' : undefined, 'post');
  return woman;
}

/**
 * An appointment of a file in sight.
 * @throws Refusal `not-found`
 */
export async function ofFile(r: Reading, number: string, id: string) {
  const it = (await store.caseOf(r, number)) ?? refuse('not-found');
  const found = await store.findHearing(r, id);
  return found && found.file === it.file ? { it, found } : refuse('not-found');
}

/** Her own appointment. @throws Refusal `session-over`, `not-found` */
export async function ofHers(r: Reading, id: string): Promise<store.Hearing> {
  if (r.actor.kind !== 'citizen' || !r.actor.subject) return refuse('session-over');
  return (await store.myHearings(r)).find((one) => one.id === id) ?? refuse('not-found');
}

type Said = { what: store.EventName; form?: Record<string, unknown>; words?: string | undefined; set?: store.Change };

/**
 * Does something to an appointment: asked again under its lock, changed and written down in one stroke, as the house, in the name of
 * whoever acts.
 * @param seen the appointment as it was found with the rights of whoever asks
 * @throws Refusal as `whyNot` of the rules says
 */
export async function done(a: Act, seen: store.Hearing, deed: Deed | undefined, said: Said): Promise<string> {
  const id = newId();
  const sealed = said.words ? await sealNarrative(a, seen.file, wordsPlace(id), said.words) : null;
  const by =
    a.actor.kind === 'officer' ? { post: a.actor.post, officer: a.actor.officer } : { post: null, officer: null };
  await asHouse(a, async (h) => {
    const now = (await store.lockHearing(h, seen.id)) ?? refuse('not-found');
    if (deed) refuseIf(whyNot(deed, now, h.now));
    await store.addEvent(h, {
      id,
      hearing: seen.id,
      what: said.what,
      at: h.now,
      ...by,
      form: said.form ?? {},
      sealed_words: sealed,
    });
    if (said.set) await store.change(h, seen.id, said.set);
    const it = await store.caseBy(h, seen.file);
    if (it) await tell(h, `desk:${it.desk}`, seen.file);
    await tell(h, `desk:${seen.post}`, seen.file);
  });
  return id;
}

/** She is told that there is something new, never what. As the house. */
export async function tellHer(h: Act, file: string): Promise<void> {
  const it = await store.caseBy(h, file);
  if (it)
    await sendSms(h, { subject: file, purpose: 'hearing', template: 'update', language: it.language, params: {} });
}

/** Nobody sits there any more and nothing of what was said stays. As the house. */
export async function closeRoom(h: Act, hearing: string): Promise<void> {
  await room.clearRoom(h, hearing);
  await room.endGuests(h, hearing);
  await room.endRecordings(h, hearing);
}
