// The door of the sealed identity: who she is opens only with a purpose, for minutes, and she sees that it was opened.
import { type Act, asHouse, indexRead, indexWrite, newId, note, type Reading, refuse } from '#foundation';
import { blindIndex, openText, sealText, unwrapKey } from './cipher.ts';
import type { Contact, Earlier, Identity, Narrative, SealedFields } from './fields.ts';
import type { Purpose } from './forms.ts';
import { hashName } from './names.ts';
import { DIAL_MINUTES, fieldsFor, isPurpose, OPEN_MINUTES, type SealClass } from './rules.ts';
import * as store from './store.ts';

export { caseWraps, indexBooks } from './books.ts';
export { blindIndex } from './cipher.ts';
export type {
  Account,
  Accused,
  Address,
  Contact,
  Earlier,
  Identity,
  Narrative,
  Person,
  SealedFields,
} from './fields.ts';
export { PURPOSES, type Purpose, purposeForm } from './forms.ts';
export { jobs, watch } from './jobs.ts';
export { type Known, type Like, likeAccused, markAccused, plateOf } from './marks.ts';
export {
  type Asked,
  askedHere,
  askToOpen,
  askToShred,
  decideAsked,
  type Hold,
  holdsOf,
  keepingOf,
  liftHold,
  openInDanger,
  type Review,
  reviewOpening,
  reviewsHere,
  secondsCount,
  setHold,
  shreddedAt,
} from './seconds.ts';
export { soundsOf } from './phonetic.ts';
export { sealFields, sealNewCase } from './sealing.ts';
export { HOLD_REASONS, maskMobile, SHRED_YEARS, toE164 } from './rules.ts';
export type { Opening } from './store.ts';

declare module '#foundation' {
  interface Jobs {
    'sealed-identity.index': { subject: string };
  }
}

/** An identity that stands open: for whom it was opened is in the database, not here. */
export type Opened = { opening: string; purpose: Purpose; until: Temporal.Instant; identity: Identity };

/**
 * Makes a case findable by the number of its contact. As the house; doing it twice is doing it once.
 * @param ready the slow half of one number, done before this act: it counts if the number still is hers
 */
export async function indexMobile(h: Act, subject: string, ready: { mobile: string; slow: Buffer }): Promise<void> {
  const contact = await contactOf(h, subject);
  if (!contact) return;
  const slow = contact.mobile === ready.mobile ? ready.slow : undefined;
  const marked = await blindIndex('mobile', contact.mobile, () => indexWrite(h), slow);
  await store.addBlind(
    h,
    marked.map((mark) => ({ subject, kind: 'mobile', ...mark })),
  );
}

/**
 * Opens her identity to the acting post for fifteen minutes. The row that tells her is written before a byte is handed out.
 * @param purpose one of the listed purposes; `call-back` opens the contact alone
 * @throws Refusal `purpose-unknown`; `not-found` when the file is not in this post's sight or does not exist; `confirm-yourself`;
 *   `second-post-needed` in a sensitive case that lies with another post
 */
export async function openIdentity(a: Act, subject: string, purpose: string): Promise<Opened> {
  if (!isPurpose(purpose)) refuse('purpose-unknown', 'purpose');
  const opening = newId();
  const rows = await taken(a, {
    id: opening,
    subject,
    purpose,
    fields: fieldsFor(purpose),
    at: a.now,
    minutes: OPEN_MINUTES,
  });
  await note(a, 'identity.open', subject, { purpose, opening });
  return { opening, purpose, until: a.now.add({ minutes: OPEN_MINUTES }), identity: await identityFrom(rows, subject) };
}

/**
 * The opening of this very session that still runs, to look at the page again without a new opening.
 * @returns undefined when none runs, when it was closed, or when the file has left this post's sight
 */
export async function openAgain(r: Reading, subject: string): Promise<Opened | undefined> {
  const rows = await store.takeAgain(r, subject, r.now);
  const first = rows[0];
  if (!first) return undefined;
  return {
    opening: first.opening,
    purpose: first.purpose,
    until: first.until,
    identity: await identityFrom(rows, subject),
  };
}

/** Closes what this session has open of a case before its time. Closing twice is closing once. */
export async function closeOpening(a: Act, subject: string): Promise<void> {
  await store.endOpenings(a, subject, a.now);
}

/**
 * The number to dial, for the operator who has claimed the call (or a post of the file): the contact is opened for ten minutes,
 * which she sees, and nothing but the number leaves this room.
 * @returns E.164
 * @throws Refusal `not-found` without a running claim
 */
export async function dialFor(a: Act, subject: string): Promise<string> {
  const opening = newId();
  const rows = await taken(a, {
    id: opening,
    subject,
    purpose: 'call-back',
    fields: ['contact'],
    at: a.now,
    minutes: DIAL_MINUTES,
  });
  await note(a, 'identity.dial', subject, { opening });
  return (await identityFrom(rows, subject)).contact?.mobile ?? refuse('not-found');
}

/**
 * The word she says when somebody comes in, for the operator who has her on the line: she chose it so that the voice at the other end
 * knows it. Where she chose none, nothing is opened; otherwise her contact is, for ten minutes, which she sees, and only the word leaves.
 * @throws Refusal `not-found` without a running claim
 */
export async function codeWordFor(a: Act, subject: string): Promise<string | null> {
  const chosen = await asHouse(a, async (h) => (await contactOf(h, subject))?.code_word !== undefined);
  if (!chosen) return null;
  const opening = newId();
  const rows = await taken(a, {
    id: opening,
    subject,
    purpose: 'call-back',
    fields: ['contact'],
    at: a.now,
    minutes: DIAL_MINUTES,
  });
  await note(a, 'identity.code-word', subject, { opening });
  return (await identityFrom(rows, subject)).contact?.code_word ?? null;
}

/** The same word on a page that is looked at again. Null where the call is over, is another's, or its opening has ended. */
export async function codeWordAgain(r: Reading, subject: string): Promise<string | null> {
  return (await identityFrom(await store.takeOnCall(r, subject, r.now), subject)).contact?.code_word ?? null;
}

/** Her contact, for the house alone: to send what she asked for and to keep to her hours. Undefined for an unknown case. */
export async function contactOf(h: Reading, subject: string): Promise<Contact | undefined> {
  const found = await store.newestItem(h, subject, 'contact');
  if (!found) return undefined;
  return JSON.parse(
    openText(await unwrapKey('identity', subject, found.wrapped), 'identity', 'contact', subject, found.sealed),
  );
}

/**
 * Everything that is sealed of a case, to be sealed again to the State that goes on with it: for the house alone, within the act that
 * writes the parcel. It leaves its row in the ledger, with the case as its subject.
 */
export async function handOn(h: Act, subject: string): Promise<SealedFields> {
  const rows = await store.newestItems(h, subject);
  const of = (cls: SealClass) => rows.filter((row) => row.class === cls);
  await note(h, 'identity.hand-on', subject);
  return {
    ...(await parsed<Identity>(of('identity'), 'identity', subject)),
    ...(await parsed<Narrative>(of('narrative'), 'narrative', subject)),
  };
}

/** What is told in a case, for the posts that have it in sight. Empty for everybody else. */
export async function narrativeOf(r: Reading, subject: string): Promise<Narrative> {
  return parsed(await store.narrative(r, subject), 'narrative', subject);
}

/**
 * Seals a single text of a case for another room's table (a diary entry, a note, a message).
 * @param field names the place, e.g. `diary:7`; the same name is needed to open it
 * @throws Refusal `not-found` when the case is not in sight
 */
export async function sealNarrative(a: Reading | Act, subject: string, field: string, text: string): Promise<Buffer> {
  return sealText(await narrativeKey(a, subject), 'narrative', field, subject, text);
}

/**
 * Opens what {@link sealNarrative} sealed.
 * @throws Refusal `not-found` when the case is not in sight; Error when the text belongs to another case or place
 */
export async function openNarrative(r: Reading | Act, subject: string, field: string, sealed: Buffer): Promise<string> {
  return openText(await narrativeKey(r, subject), 'narrative', field, subject, sealed);
}

/** Who opened this case's identity, when and why; for posts that have the file in sight. */
export const openingsOf = (r: Reading, subject: string): Promise<store.Opening[]> => store.openings(r, subject);

/** The same for her, of her own file. */
export const myOpenings = (r: Reading): Promise<Omit<store.Opening, 'id'>[]> => store.myOpenings(r);

/** What she has told and given, for her own session alone. Both parts are empty without one. */
export async function mineOf(r: Reading): Promise<{ identity: Identity; narrative: Narrative }> {
  const rows = await store.mine(r);
  const subject = rows[0]?.subject;
  if (!subject) return { identity: {}, narrative: {} };
  const of = (cls: SealClass) => rows.filter((row) => row.class === cls);
  return {
    identity: await parsed(of('identity'), 'identity', subject),
    narrative: await parsed(of('narrative'), 'narrative', subject),
  };
}

/** Of what she has told, only an earlier complaint: nothing else is opened, or leaves the database. */
export async function myEarlier(r: Reading): Promise<Earlier | undefined> {
  const [row] = await store.myEarlier(r);
  return row && (await parsed<Narrative>([row], 'narrative', row.subject)).earlier;
}

/**
 * The cases a number was given for. As the house: a look-up by an officer is a verb of casework, with a reason.
 * @param mobile E.164
 */
export async function findByMobile(h: Act, mobile: string): Promise<string[]> {
  const marked = await blindIndex('mobile', mobile, async () => [await indexRead(h)]);
  const found = await Promise.all(marked.map(({ hash }) => store.findBlind(h, 'mobile', hash)));
  return found.flat().map((row) => row.subject);
}

/**
 * The cases in sight in which one of the accused has a name that sounds like this one: all its words, in any order and either script.
 * The database shows an officer only what lies in sight. A look-up by an officer is a verb of casework, with a reason.
 * @param most how many at most
 * @returns ids; empty for a name without a sound
 */
export async function findByAccused(r: Reading, name: string, most: number): Promise<string[]> {
  const tokens = hashName(name, await indexRead(r));
  return tokens.length > 0 ? store.findNames(r, tokens, most) : [];
}

// not in sight; nobody has shown lately who sits there; a sensitive case that this post does not hold
const TAKEN_NO: Readonly<Record<string, string>> = {
  IT003: 'not-found',
  IT007: 'confirm-yourself',
  IT008: 'second-post-needed',
};

async function taken(a: Act, o: Parameters<typeof store.take>[1]): Promise<store.Sealed[]> {
  try {
    const rows = await store.take(a, o);
    return rows.length > 0 ? rows : refuse('not-found');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? TAKEN_NO[String(error.code)] : undefined;
    if (code) refuse(code, code === 'second-post-needed' ? 'purpose' : undefined);
    throw error;
  }
}

const identityFrom = (rows: readonly store.Sealed[], subject: string): Promise<Identity> =>
  parsed(rows, 'identity', subject);

async function parsed<T extends Identity | Narrative>(
  rows: readonly store.Sealed[],
  cls: SealClass,
  subject: string,
): Promise<T> {
  const wrapped = rows[0]?.wrapped;
  if (!wrapped) return {} as T;
  const key = await unwrapKey(cls, subject, wrapped);
  const fields = rows.map(
    (row) => [row.field, JSON.parse(openText(key, cls, row.field, subject, row.sealed))] as const,
  );
  return Object.fromEntries(fields) as T;
}

// one unwrapping for all entries a page shows; forgotten with the act, and never shared between two who act
const opened = new WeakMap<object, Map<string, Promise<Buffer>>>();

function narrativeKey(r: Reading | Act, subject: string): Promise<Buffer> {
  const mine = opened.get(r) ?? new Map<string, Promise<Buffer>>();
  opened.set(r, mine);
  const known = mine.get(subject);
  if (known) return known;
  const asked = store
    .narrativeKey(r, subject)
    .then((wrapped) => unwrapKey('narrative', subject, wrapped ?? refuse('not-found')));
  mine.set(subject, asked);
  return asked;
}

/** Whether the house's key opens a case's wrapped data key: how a drill of restoring proves that key and backup belong together. */
export async function keyFits(cls: SealClass, subject: string, wrapped: Buffer): Promise<boolean> {
  try {
    return (await unwrapKey(cls, subject, wrapped)).length === 32;
  } catch {
    return false;
  }
}
