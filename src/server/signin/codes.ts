// Where a passkey is not at hand: a code app, and only together with a code that a superior gives who sees the officer before him.
import { randomBytes } from 'node:crypto';
import {
  type Act,
  act,
  type Actor,
  asHouse,
  house,
  keys,
  newId,
  nobody,
  note,
  read,
  refuse,
  refuseIf,
} from '#foundation';
import { confirmSession, type Device, mustBeConfirmed, mySession, type Seat, seatsBelow, seatsOf } from '#posts';
import { whereWeStand } from './place.ts';
import { beginOrChoose, type Entered, no, type No, type ToChoose } from './shift.ts';
import { LIFE, MOST_TRIES, VOUCHES, whyNotVouch } from './rules.ts';
import * as store from './store-ways.ts';
import { appAddress, base32, stepOfCode } from './totp.ts';

const SECRET_BYTES = 20;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 12;
const NAME = 'ITSSO';

const officerIn = (actor: Actor): Extract<Actor, { kind: 'officer' }> =>
  actor.kind === 'officer' ? actor : refuse('not-your-power');
const placeOf = (app: string): string => `signin.app|${app}`;
const macOf = (code: string): Buffer => keys.mac('vouch', code);

/** What a new code app is told, once. */
export type NewApp = { secret: string; address: string };

/**
 * Begins a code app for the officer who is signed in. It counts from its first code on; the one before goes on until then.
 * @returns the secret as text and as the address in the square: told this once
 * @throws Refusal `confirm-yourself`, `not-your-power`, `holds-no-post`
 */
export async function beginApp(a: Act): Promise<NewApp> {
  const { officer } = officerIn(a.actor);
  await mustBeConfirmed(a);
  return asHouse(a, async (h) => {
    const [seat] = await seatsOf(h, officer);
    if (!seat) return refuse('holds-no-post');
    const [id, secret] = [newId(), randomBytes(SECRET_BYTES)];
    await store.dropBegunApps(h, officer);
    await store.addApp(h, { id, officer, sealed: keys.seal('code-app', placeOf(id), secret), made_at: h.now });
    return { secret: base32(secret), address: appAddress(secret, `${NAME} ${whereWeStand().host}`, seat.name.en) };
  });
}

/**
 * The first code of the app that was begun: from here on it counts, and the officer's earlier one has ended.
 * @returns undefined, or `code-not-accepted`
 */
export const confirmApp = (a: Act, { code }: { code: string }): Promise<No | undefined> => {
  const { officer } = officerIn(a.actor);
  return asHouse(a, async (h) => {
    const app = await store.lockApp(h, officer, 'begun');
    const step = app && (await stepFor(h, app, code));
    if (!app || step === undefined) return no(h, officer, 'code-not-accepted');
    await store.endApps(h, officer);
    await store.changeApp(h, app.id, { confirmed_at: h.now, last_step: step });
    await note(h, 'signin.code-app-made', officer);
    return undefined;
  });
};

/** Ends the code app of the officer who is signed in. @throws Refusal `confirm-yourself`, `not-your-power` */
export async function endMyApp(a: Act): Promise<void> {
  const { officer } = officerIn(a.actor);
  await mustBeConfirmed(a);
  await asHouse(a, async (h) => {
    await store.dropBegunApps(h, officer);
    await store.endApps(h, officer);
    await note(h, 'signin.code-app-ended', officer);
  });
}

/** Since when the officer who is signed in has a code app; null: has none. */
export async function myApp(actor: Actor): Promise<Temporal.Instant | null> {
  if (actor.kind !== 'officer') return null;
  const { officer } = actor;
  return (await read(house(), 'signin.look-for-app', (r) => store.appSince(r, officer))) ?? null;
}

async function stepFor(h: Act, app: store.App, code: string): Promise<number | undefined> {
  return stepOfCode(keys.open('code-app', placeOf(app.id), app.sealed), code, await store.realNow(h), app.last_step);
}

/** Whom the acting officer may give a code: whoever sits below. Empty for who is no superior. */
export async function whomToVouchFor(actor: Actor): Promise<Seat[]> {
  if (actor.kind !== 'officer' || !VOUCHES.includes(actor.post_kind)) return [];
  const { unit } = actor;
  const below = await read(house(), 'signin.list-below', (r) => seatsBelow(r, unit));
  return below.filter((seat) => whyNotVouch(actor, seat.officer, [seat]) === undefined);
}

/**
 * A superior says that an officer sits there: a code of 60 bits, good for ten minutes, once, with the officer's own app. An earlier one dies.
 * @throws Refusal `not-your-power`, `code-for-yourself`, `not-found`, `has-no-code-app`, `confirm-yourself`
 */
export async function vouchFor(
  a: Act,
  officer: string,
): Promise<{ code: string; expires_at: Temporal.Instant; officer: string }> {
  const who = officerIn(a.actor);
  await mustBeConfirmed(a);
  return asHouse(a, async (h) => {
    refuseIf(whyNotVouch(who, officer, await seatsOf(h, officer)));
    if (!(await store.appSince(h, officer))) refuse('has-no-code-app', 'officer');
    const code = Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte & 31]).join('');
    const expires_at = h.now.add(LIFE.vouch);
    await store.endVouches(h, officer);
    await store.addVouch(h, {
      id: newId(),
      mac: macOf(code),
      officer,
      by_post: who.post,
      by_officer: who.officer,
      made_at: h.now,
      expires_at,
    });
    await note(h, 'signin.vouched', officer);
    return { code: code.replaceAll(/(.{4})(?=.)/g, '$1-'), expires_at, officer };
  });
}

type Codes = { vouch: string; code: string };

// both or nothing, and one answer for every no: it tells neither which of the two was wrong nor whether there is such an officer
async function officerByCodes(
  h: Act,
  { vouch, code }: Codes,
): Promise<{ officer: string } | { stranger: string | null }> {
  const given = await store.tryVouch(h, macOf(vouch), MOST_TRIES);
  if (!given) return { stranger: null };
  const app = await store.lockApp(h, given.officer, 'in-use');
  const step = app && (await stepFor(h, app, code));
  if (!app || step === undefined) return { stranger: given.officer };
  await store.changeApp(h, app.id, { last_step: step });
  await store.useVouch(h, given.id);
  return { officer: given.officer };
}

/**
 * Signs in with both codes. An officer of several posts is asked at which.
 * @returns a session, or a ticket for `choosePost`, or `codes-not-accepted` | `holds-no-post`
 */
export const enterWithCodes = (form: Codes, device?: Device): Promise<Entered | ToChoose | No> =>
  act(nobody, 'signin.enter-with-codes', (a) =>
    asHouse(a, async (h) => {
      const found = await officerByCodes(h, form);
      if ('stranger' in found) return no(h, found.stranger, 'codes-not-accepted');
      return beginOrChoose(h, { officer: found.officer, way: 'codes' }, device);
    }),
  );

/**
 * Asks again who sits there, by both codes anew. Good for five minutes.
 * @returns undefined when it is the officer of this shift, or `codes-not-accepted`
 */
export const confirmWithCodes = (actor: Actor, form: Codes): Promise<No | undefined> =>
  act(actor, 'signin.confirm', async (a) => {
    const { officer } = officerIn(actor);
    const session = (await mySession(a)) ?? refuse('not-your-power');
    return asHouse(a, async (h) => {
      const found = await officerByCodes(h, form);
      if ('stranger' in found || found.officer !== officer) return no(h, officer, 'codes-not-accepted');
      await confirmSession(h, session);
      return undefined;
    });
  });
