// The officer's side of an appointment: times inside her hours, other times, calling it off, calling her, writing down how it ended.
import { OPEN, stepForm, takeStep } from '#casework';
import { type Act, asHouse, newId, refuse, refuseIf } from '#foundation';
import { findPost, postName } from '#posts';
import { dialFor, sealNarrative } from '#sealed-identity';
import { closeRoom, done, hoursAsked, mustBeAbleToHear, ofFile, officer, tellHer, wordsPlace } from './appointment.ts';
import type { CancelForm, HearingKind, OfferForm, OutcomeForm, TimesForm } from './forms.ts';
import { turnReady } from './ice.ts';
import { faultOfTimes, hoursOf, inHours, whyNot } from './rules.ts';
import * as store from './store.ts';
import * as room from './store-room.ts';

// a room shows addresses of machines to each other unless a relay stands between them
const mustHaveARoom = (kind: HearingKind): void =>
  refuseIf(kind !== 'phone' && !turnReady() ? 'no-relay-here' : undefined, 'kind');

async function mustBeHers(a: Act, file: string, kind: HearingKind, times: readonly Temporal.Instant[]): Promise<void> {
  const { windows, no_contact } = await asHouse(a, (h) => hoursAsked(h, file));
  refuseIf(kind === 'phone' && no_contact ? 'no-contact' : undefined, 'kind');
  const fault = faultOfTimes(times, windows, a.now);
  if (!fault) return;
  const hours = hoursOf(windows).map(({ from, to }) => `${from}–${to}`);
  refuse(fault, 'times', fault === 'outside-her-hours' ? { hours: hours.join(', ') } : undefined);
}

const slots = (
  hearing: string,
  before: readonly store.Slot[],
  times: readonly Temporal.Instant[],
  now: Temporal.Instant,
) => {
  const round = Math.max(0, ...before.map((slot) => slot.round)) + 1;
  return times
    .toSorted(Temporal.Instant.compare)
    .map((starts_at, i) => ({ hearing, n: before.length + i + 1, round, starts_at, offered_at: now }));
};

/**
 * Offers her times to be heard. She is told, without a word of it, that something is new.
 * @param number the complaint number
 * @returns the appointment's id
 * @throws Refusal `not-found`, `not-on-your-desk`, `not-confirmed-yet`, `file-closed`, `choose-a-post`, `post-is-vacant`, `women-only`,
 *   `no-relay-here`, `no-contact`, `outside-her-hours` (with her hours), `not-in-the-past`, `too-far-ahead`, `same-time-twice`
 */
export async function offerHearing(a: Act, number: string, form: OfferForm): Promise<string> {
  const me = officer(a);
  const it = (await store.caseOf(a, number)) ?? refuse('not-found');
  refuseIf(it.held ? undefined : 'not-on-your-desk');
  refuseIf((OPEN as readonly string[]).includes(it.state) || it.state === 'forwarded' ? undefined : 'file-closed');
  const post = form.post ?? me.post;
  const woman = await mustBeAbleToHear(a, it, { post, about: form.about, wished: false });
  mustHaveARoom(form.kind);
  await mustBeHers(a, it.file, form.kind, form.times);
  const id = newId();
  const sealed_about = form.text ? await sealNarrative(a, it.file, wordsPlace(id), form.text) : null;
  await asHouse(a, async (h) => {
    await store.addHearing(h, {
      id,
      file: it.file,
      kind: form.kind,
      about: form.about,
      sealed_about,
      post,
      woman,
      state: 'offered',
      starts_at: null,
      due_at: null,
      at: h.now,
      by_post: me.post,
      officer: me.officer,
    });
    await store.addSlots(h, slots(id, [], form.times, h.now));
    await store.addEvent(h, {
      id: newId(),
      hearing: id,
      what: 'offered',
      at: h.now,
      post: me.post,
      officer: me.officer,
      form: { kind: form.kind, times: form.times.length },
      sealed_words: null,
    });
    await tellHer(h, it.file);
  });
  return id;
}

/**
 * Offers other times, by another post or in another way where she asked for that. What she chose before counts no more.
 * @throws Refusal as {@link offerHearing}, `hearing-over`
 */
export async function offerOtherTimes(a: Act, number: string, id: string, form: TimesForm): Promise<void> {
  const { it, found } = await ofFile(a, number, id);
  refuseIf(it.held ? undefined : 'not-on-your-desk');
  refuseIf(whyNot('offer-again', found, a.now));
  const [post, kind] = [form.post ?? found.post, form.kind ?? found.kind];
  const woman = await mustBeAbleToHear(a, it, { post, about: found.about, wished: found.woman });
  mustHaveARoom(kind);
  await mustBeHers(a, it.file, kind, form.times);
  await done(a, found, 'offer-again', {
    what: 'offered',
    form: { kind, times: form.times.length },
    set: { state: 'offered', kind, post, woman, starts_at: null, due_at: null },
  });
  await asHouse(a, async (h) => {
    await store.addSlots(h, slots(id, await store.slotsOf(h, [id]), form.times, h.now));
    await room.clearRoom(h, id);
    await tellHer(h, it.file);
  });
}

/** Calls an appointment off, with a reason that she reads. @throws Refusal `not-found`, `not-on-your-desk`, `hearing-over` */
export async function cancelHearing(a: Act, number: string, id: string, form: CancelForm): Promise<void> {
  const { it, found } = await ofFile(a, number, id);
  refuseIf(it.held || found.post === officer(a).post ? undefined : 'not-on-your-desk');
  await done(a, found, 'cancel', {
    what: 'cancelled',
    form: { reason: form.reason },
    words: form.text,
    set: { state: 'cancelled', due_at: null },
  });
  await asHouse(a, async (h) => {
    await closeRoom(h, id);
    await tellHer(h, found.file);
  });
}

/**
 * The number to call her at her time: chosen by phone, or because the net did not hold. It is opened for that, and she sees it.
 * @returns a `tel:` address
 * @throws Refusal `not-found`, `not-open-yet`, `not-chosen-yet`, `hearing-over`, `no-contact`, `not-callable-now` outside her hours
 */
export async function callHer(a: Act, number: string, id: string): Promise<{ dial: string }> {
  const { it, found } = await ofFile(a, number, id);
  refuseIf(it.held || found.post === officer(a).post ? undefined : 'not-on-your-desk');
  const { windows, no_contact } = await asHouse(a, (h) => hoursAsked(h, it.file));
  refuseIf(no_contact ? 'no-contact' : undefined);
  refuseIf(inHours(windows, a.now) ? undefined : 'not-callable-now');
  await done(a, found, 'call', { what: 'called', set: { due_at: null } });
  return { dial: `tel:${await dialFor(a, it.file)}` };
}

/**
 * Writes down how an appointment ended. Heard by phone because the net was poor counts as held. Her statement to the police can be entered
 * in the same act, with the hearing as its proof.
 * @throws Refusal `not-found`, `not-on-your-desk`, `not-open-yet`, `not-chosen-yet`, `hearing-over`, and as the step `statement`
 */
export async function writeOutcome(a: Act, number: string, id: string, form: OutcomeForm): Promise<void> {
  const { it, found } = await ofFile(a, number, id);
  const me = officer(a);
  refuseIf(it.held || found.post === me.post ? undefined : 'not-on-your-desk');
  refuseIf(whyNot('write-outcome', found, a.now));
  if (form.outcome === 'not-held') {
    await done(a, found, 'write-outcome', {
      what: 'not-held',
      form: { reason: form.reason },
      set: { state: 'not-held', due_at: null },
    });
  } else {
    const statement = form.statement ? await enterStatement(a, number, found, form.how) : undefined;
    await done(a, found, 'write-outcome', {
      what: 'held',
      form: { how: form.how, minutes: form.minutes, ...(statement ? { statement } : {}) },
      set: { state: 'held', due_at: null },
    });
  }
  await asHouse(a, async (h) => {
    await closeRoom(h, id);
    await tellHer(h, found.file);
  });
}

// where she was she chose herself; audio-video only where a recording says so
async function enterStatement(a: Act, number: string, found: store.Hearing, how: HearingKind): Promise<string> {
  const post = await findPost(a, found.post);
  const began = (await store.eventsOf(a, [found.id])).find(({ what }) => what === 'joined' || what === 'called')?.at;
  const filmed = how === 'video' && (await store.recordingsOf(a, [found.id])).length > 0;
  const view = await takeStep(
    a,
    number,
    stepForm.parse({
      step: 'statement',
      kind: 'police',
      at: (began ?? a.now).toString(),
      by: post ? postName(post).hi : '–',
      place: 'her-choice',
      ...(found.woman ? { woman_officer: 'yes' } : {}),
      audio_video: filmed ? 'yes' : 'no',
    }),
  );
  const entered = view.history.findLast(({ step }) => step === 'statement');
  return entered?.id ?? refuse('not-found');
}
