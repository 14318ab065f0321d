// Appointments as they are read: by the posts of the file, by the post that hears, by her.
import { type Act, asHouse, type Reading, refuse } from '#foundation';
import { findHolder, findPosts, type Named, namesById, postName } from '#posts';
import { openNarrative } from '#sealed-identity';
import { hearers, hoursAsked, wordsPlace } from './appointment.ts';
import type { GuestRole, HearingAbout, HearingKind, HearingState } from './forms.ts';
import { roomHours } from './hers.ts';
import { hoursOf, onOffer, whyNot } from './rules.ts';
import * as store from './store.ts';

type Instant = Temporal.Instant;
/** What happened to an appointment. `post_name` null: she, or the house. */
export type HearingEvent = {
  what: store.EventName;
  at: Instant;
  post_name: Named | null;
  form: Record<string, unknown>;
  words: string | null;
};
/** An appointment. `times`: those on offer now. */
export type HearingFacts = {
  id: string;
  kind: HearingKind;
  about: HearingAbout;
  text: string | null;
  post: string;
  post_name: Named | null;
  woman: boolean;
  state: HearingState;
  starts_at: Instant | null;
  opens_at: Instant | null;
  times: { n: number; at: Instant }[];
  /** whether the room is open now, and why not */
  why_not_join: string | null;
  /** her last word on a recording; null: never asked */
  consent: boolean | null;
  recordings: { id: string | null; at: Instant; ended_at: Instant | null; exhibit: number | null }[];
  events: HearingEvent[];
};
/** As she sees it: who sits with her, too. */
export type HerHearing = HearingFacts & { guests: { role: GuestRole; used: boolean; shut: boolean }[] };
/** Everything the page of a file needs. `offers`: the acting post works the desk. */
export type FileHearings = {
  hearings: HearingFacts[];
  offers: boolean;
  me: string;
  hours: readonly { from: string; to: string }[];
  no_contact: boolean;
  posts: { id: string; name: Named; officer: Named | null; woman: boolean }[];
};

type Gathered = {
  hearings: readonly store.Hearing[];
  slots: readonly store.Slot[];
  events: readonly store.Event[];
  consents: readonly store.Consent[];
  recordings: readonly (store.HerRecording & { id?: string })[];
  posts: ReadonlyMap<string, Named>;
};

async function facts(r: Reading, all: Gathered, words: boolean): Promise<HearingFacts[]> {
  const open = async (file: string, id: string, sealed: Buffer | null) =>
    sealed && words ? openNarrative(r, file, wordsPlace(id), sealed) : null;
  const of = <T extends { hearing: string }>(rows: readonly T[], id: string) =>
    rows.filter(({ hearing }) => hearing === id);
  return Promise.all(
    all.hearings.map(async (one) => {
      const { id, file, kind, about, post, woman, state, starts_at } = one;
      const events: HearingEvent[] = [];
      for (const { id: event, what, at, post: by, form, sealed_words } of of(all.events, id))
        events.push({
          what,
          at,
          post_name: (by && all.posts.get(by)) || null,
          form,
          words: await open(file, event, sealed_words),
        });
      return {
        id,
        kind,
        about,
        text: await open(file, id, one.sealed_about),
        post,
        post_name: all.posts.get(post) ?? null,
        woman,
        state,
        starts_at,
        opens_at: starts_at && roomHours(starts_at).opens_at,
        times: ['offered', 'chosen', 'lapsed'].includes(state)
          ? onOffer(of(all.slots, id), r.now).map(({ n, starts_at: at }) => ({ n, at }))
          : [],
        why_not_join: whyNot('join', one, r.now) ?? null,
        consent: of(all.consents, id).at(-1)?.given ?? null,
        recordings: of(all.recordings, id).map(({ id: recording, at, ended_at, exhibit }) => ({
          id: recording ?? null,
          at,
          ended_at,
          exhibit,
        })),
        events,
      };
    }),
  );
}

async function gather(r: Reading, hearings: readonly store.Hearing[]): Promise<Gathered> {
  const ids = hearings.map(({ id }) => id);
  const events = await store.eventsOf(r, ids);
  const posts = [...new Set([...hearings.map(({ post }) => post), ...events.flatMap(({ post }) => post ?? [])])];
  return {
    hearings,
    events,
    slots: await store.slotsOf(r, ids),
    consents: await store.consentsOf(r, ids),
    recordings: await store.recordingsOf(r, ids),
    posts: namesById(await findPosts(r, posts)),
  };
}

/** The appointments of a file in sight, the newest first. @throws Refusal `not-found` */
export async function hearingsOf(r: Reading, number: string): Promise<HearingFacts[]> {
  const it = (await store.caseOf(r, number)) ?? refuse('not-found');
  return (await facts(r, await gather(r, await store.hearingsOf(r, it.file)), true)).reverse();
}

/** A line of a file's history: what happened to an appointment of it, without a word of anybody. */
export type HearingPast = { id: string; at: Instant; what: store.EventName; post_name: Named | null };

/** What happened to the appointments of a file in sight, in order of time. */
export async function hearingPast(r: Reading, file: string): Promise<HearingPast[]> {
  const events = await store.eventsOf(
    r,
    (await store.hearingsOf(r, file)).map(({ id }) => id),
  );
  const posts = namesById(await findPosts(r, [...new Set(events.flatMap(({ post }) => post ?? []))]));
  return events.map(({ id, at, what, post }) => ({ id, at, what, post_name: (post && posts.get(post)) || null }));
}

/**
 * The page of a file's appointments, with her hours: they lie under seal, and whoever works the desk needs them to offer a time.
 * @throws Refusal `not-found`
 */
export async function openHearings(a: Act, number: string): Promise<FileHearings> {
  const it = (await store.caseOf(a, number)) ?? refuse('not-found');
  const asked = it.held ? await asHouse(a, (h) => hoursAsked(h, it.file)) : { windows: [], no_contact: false };
  const posts: FileHearings['posts'] = [];
  for (const post of it.held ? await hearers(a, it) : []) {
    const holder = await findHolder(a, post.id);
    posts.push({ id: post.id, name: postName(post), officer: holder?.name ?? null, woman: holder?.woman ?? false });
  }
  return {
    hearings: await hearingsOf(a, number),
    offers: it.held,
    me: a.actor.kind === 'officer' ? a.actor.post : '',
    hours: hoursOf(asked.windows),
    no_contact: asked.no_contact,
    posts,
  };
}

/** One appointment for the post that hears it, or a post of the file; no words where the file is out of sight. @throws Refusal `not-found` */
export async function readHearing(r: Reading, id: string): Promise<HearingFacts & { number: string | null }> {
  const found = (await store.findHearing(r, id)) ?? refuse('not-found');
  const it = await store.caseBy(r, found.file);
  const [one] = await facts(r, await gather(r, [found]), it !== undefined);
  if (!one) return refuse('not-found');
  return { ...one, number: it?.number ?? null };
}

/** Appointments that wait: of the acting post, and of the files on the desks it works. */
export const hearingsHere = store.here;

/** Her appointments, the newest first. Empty without an open session for a file. */
export async function myHearings(r: Reading): Promise<HerHearing[]> {
  const hearings = await store.myHearings(r);
  if (hearings.length === 0) return [];
  const all = await facts(
    r,
    {
      hearings,
      slots: await store.mySlots(r),
      events: await store.myEvents(r),
      consents: await store.myConsents(r),
      recordings: await store.myRecordings(r),
      posts: namesById(await store.myPosts(r)),
    },
    true,
  );
  const guests = await store.myGuests(r);
  return all
    .map((one) => ({
      ...one,
      guests: guests.flatMap(({ hearing, role, used, shut }) => (hearing === one.id ? [{ role, used, shut }] : [])),
    }))
    .reverse();
}

/** The one whose room she would open: chosen or lapsed, the nearest that is not over. */
export const roomOf = <T extends Pick<HearingFacts, 'why_not_join' | 'starts_at'>>(
  hearings: readonly T[],
): T | undefined =>
  hearings
    .filter(({ why_not_join }) => why_not_join === null || why_not_join === 'not-open-yet')
    .toSorted((a, b) => (a.starts_at && b.starts_at ? Temporal.Instant.compare(a.starts_at, b.starts_at) : 0))[0];
