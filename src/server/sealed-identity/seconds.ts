// What takes two posts, what one may do alone in danger, and what keeps a case from being destroyed.
import { type Act, type Actor, asHouse, newId, note, type Reading, refuse } from '#foundation';
import { mustBeConfirmed } from '#posts';
import { openText, sealText, unwrapKey } from './cipher.ts';
import type { Identity } from './fields.ts';
import { type HoldReason, isPurpose, mayKeep, OPEN_MINUTES, SECOND_HOURS, SHRED_YEARS } from './rules.ts';
import * as store from './seconds-store.ts';
import { narrativeKey } from './store.ts';

export type { Asked, Hold, Review } from './seconds-store.ts';
type Officer = Extract<Actor, { kind: 'officer' }>;
const officerIn = (a: Pick<Act, 'actor'>): Officer => (a.actor.kind === 'officer' ? a.actor : refuse('not-your-power'));

const keeperIn = (a: Pick<Act, 'actor'>): Officer => {
  const who = officerIn(a);
  return mayKeep(who.post_kind) ? who : refuse('not-your-power');
};

async function ask(a: Act, subject: string, kind: 'opening' | 'shredding', purpose: string | null): Promise<void> {
  const who = officerIn(a);
  await store.addRequest(a, {
    id: newId(),
    subject,
    kind,
    purpose,
    post: who.post,
    officer: who.officer,
    path: who.unit,
    at: a.now,
    ends_at: a.now.add({ hours: SECOND_HOURS }),
  });
  await note(a, 'identity.ask-second', subject, { kind, ...(purpose ? { purpose } : {}) });
}

/**
 * Asks a second post to agree to an opening by this one. Good for eight hours, once.
 * @throws Refusal `purpose-unknown`, `not-your-power`
 */
export async function askToOpen(a: Act, subject: string, purpose: string): Promise<void> {
  if (!isPurpose(purpose)) refuse('purpose-unknown', 'purpose');
  await ask(a, subject, 'opening', purpose);
}

/** Asks a second post to agree that the seals of a closed case are destroyed. @throws Refusal `not-your-power`, `file-held`, `not-yet-over`, `confirm-yourself` */
export async function askToShred(a: Act, subject: string, closed_at: Temporal.Instant | null): Promise<void> {
  keeperIn(a);
  await mustBeConfirmed(a);
  const over = closed_at?.toZonedDateTimeISO('Asia/Kolkata').add({ years: SHRED_YEARS }).toInstant();
  if (!over || Temporal.Instant.compare(over, a.now) > 0) refuse('not-yet-over');
  if ((await store.holdsOf(a, subject)).some(({ lifted_at }) => lifted_at === null)) refuse('file-held');
  await ask(a, subject, 'shredding', null);
}

/** What other posts have asked and this one may agree to: files in its sight. */
export const askedHere = (r: Reading): Promise<store.Asked[]> =>
  r.actor.kind === 'officer' ? store.waiting(r, r.actor.post, r.actor.officer, r.now) : Promise.resolve([]);

const NO: Readonly<Record<string, string>> = { IT009: 'not-yet-over', IT010: 'file-held', IT008: 'not-found' };

/**
 * Agrees, or does not. An opening may then be made by the post that asked; a destruction is done in this act.
 * @returns how many keys were destroyed
 * @throws Refusal `not-found` (unknown, own, decided, over, out of sight), `file-held`, `not-yet-over`, `confirm-yourself`
 */
export async function decideAsked(a: Act, id: string, agreed: boolean): Promise<number> {
  const who = officerIn(a);
  const asked = (await askedHere(a)).find((one) => one.id === id) ?? refuse('not-found');
  if (agreed) await mustBeConfirmed(a);
  await store.decide(a, id, { post: who.post, officer: who.officer, agreed });
  await note(a, 'identity.decide-second', asked.subject, { kind: asked.kind, agreed });
  if (asked.kind !== 'shredding' || !agreed) return 0;
  return asHouse(a, async (h) => {
    try {
      const keys = await store.shred(h, id, SHRED_YEARS);
      await note(h, 'identity.shred', asked.subject, { keys });
      return keys;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? NO[String(error.code)] : undefined;
      if (code) refuse(code);
      throw error;
    }
  });
}

/** Holds a case: while a hold is open nothing of it is destroyed. @throws Refusal `not-your-power`, `already-done` where it is held for this reason */
export async function setHold(a: Act, subject: string, reason: HoldReason): Promise<void> {
  const who = keeperIn(a);
  if ((await store.holdsOf(a, subject)).some((one) => one.reason === reason && one.lifted_at === null))
    refuse('already-done', 'reason');
  await store.addHold(a, { id: newId(), subject, reason, post: who.post, officer: who.officer, at: a.now });
  await note(a, 'identity.hold', subject, { reason });
}

/** Lifts a hold. @throws Refusal `not-your-power`, `not-found`, `confirm-yourself` */
export async function liftHold(a: Act, id: string): Promise<void> {
  const who = keeperIn(a);
  await mustBeConfirmed(a);
  const subject =
    (await store.liftHold(a, id, { post: who.post, officer: who.officer, at: a.now })) ?? refuse('not-found');
  await note(a, 'identity.lift-hold', subject, {});
}

/** The holds of a case, open and lifted, the newest first. */
export const holdsOf = (r: Reading, subject: string): Promise<store.Hold[]> => store.holdsOf(r, subject);

/** When the seals of a case were destroyed; undefined while they are there. */
export const shreddedAt = (r: Reading, subject: string): Promise<Temporal.Instant | undefined> =>
  store.shreddedAt(r, subject);

/**
 * Her life is in danger: the identity opens at once, to a post of the file's circle or one that answers alarms there, for fifteen minutes,
 * without a second post. It is told to the posts above, shown to her, and has to be looked at within 24 hours.
 * @param why in words, sealed with the case
 * @param tell_posts the posts that are told
 * @throws Refusal `not-found`
 */
export async function openInDanger(
  a: Act,
  subject: string,
  why: string,
  tell_posts: readonly string[],
): Promise<Identity> {
  officerIn(a);
  const opening = newId();
  const sealed = await asHouse(a, async (h) => {
    const wrapped = (await narrativeKey(h, subject)) ?? refuse('not-found');
    return sealText(await unwrapKey('narrative', subject, wrapped), 'narrative', `danger:${opening}`, subject, why);
  });
  const rows = await store.breakGlass(a, { opening, subject, why: sealed, at: a.now, tell_posts });
  await note(a, 'identity.open-in-danger', subject, { opening, minutes: OPEN_MINUTES });
  const [first] = rows;
  if (!first) return refuse('not-found');
  const key = await unwrapKey('identity', subject, first.wrapped);
  return Object.fromEntries(
    rows.map((row) => [row.field, JSON.parse(openText(key, 'identity', row.field, subject, row.sealed))]),
  ) as Identity;
}

/** Openings in danger that this post was told of, or that were of a file it supervises, and nobody has looked at yet. */
export async function reviewsHere(r: Reading): Promise<(store.Review & { why: string | null })[]> {
  if (r.actor.kind !== 'officer') return [];
  const rows = await store.reviewsWaiting(r, r.actor.officer);
  return Promise.all(
    rows.map(async ({ wrapped, sealed_why, ...row }) => ({
      ...row,
      why:
        wrapped && sealed_why
          ? openText(
              await unwrapKey('narrative', row.subject, wrapped),
              'narrative',
              `danger:${row.opening}`,
              row.subject,
              sealed_why,
            )
          : null,
    })),
  );
}

/** Says whether an opening in danger was right. @throws Refusal `not-found` for one's own, unknown, or looked at already */
export async function reviewOpening(a: Act, opening: string, right: boolean): Promise<void> {
  const who = officerIn(a);
  const subject = await store.review(a, opening, { post: who.post, officer: who.officer, at: a.now, right });
  if (!subject) refuse('not-found');
  await note(a, 'identity.review-danger', subject ?? null, { right });
}

/** How many of {@link askedHere} and {@link reviewsHere} wait, without opening a text. */
export async function secondsCount(r: Reading): Promise<number> {
  if (r.actor.kind !== 'officer') return 0;
  const [asked, reviews] = await Promise.all([askedHere(r), store.reviewCount(r, r.actor.officer)]);
  return asked.length + reviews;
}

/** What is kept of a case and until when: its holds, whether its seals are destroyed, and whether this post decides about it. */
export async function keepingOf(r: Reading, subject: string, closed_at: Temporal.Instant | null) {
  return {
    may: r.actor.kind === 'officer' && mayKeep(r.actor.post_kind),
    holds: await store.holdsOf(r, subject),
    shredded_at: (await store.shreddedAt(r, subject)) ?? null,
    over_at: closed_at?.toZonedDateTimeISO('Asia/Kolkata').add({ years: SHRED_YEARS }).toInstant() ?? null,
  };
}
