// Passkeys: made behind a link, used to begin a shift. The device signs a challenge that lives five minutes and counts once.
import { randomBytes } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { type Act, act, type Actor, asHouse, newId, nobody, note, refuse } from '#foundation';
import { confirmSession, type Device, endSessionsOfOfficer, mySession, seatsOf } from '#posts';
import type { MadePasskey, SignedPasskey } from './forms.ts';
import { hashOf } from './invitations.ts';
import { whereWeStand } from './place.ts';
import { isLive, LIFE } from './rules.ts';
import { beginOrChoose, type Entered, no, type No, type ToChoose } from './shift.ts';
import * as store from './store.ts';
import { endApps } from './store-ways.ts';

// EdDSA, ES256, RS256: what devices in use can do, and what Node checks without an experiment
const ALGORITHMS = [-8, -7, -257];
const NAME = 'ITSSO';
const PATIENCE_MS = 240_000;

// loaded with the first passkey that is made or used: some three hundred modules, a tenth of what starting the house costs
const webauthn = () => import('@simplewebauthn/server');
const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);
const handleOf = (officer: string): Uint8Array<ArrayBuffer> => bytes(Buffer.from(officer.replaceAll('-', ''), 'hex'));

async function newChallenge(h: Act, kind: 'enrol' | 'enter', invitation: string | null): Promise<Buffer> {
  const challenge = randomBytes(32);
  await store.sweepMoments(h);
  await store.addChallenge(h, {
    hash: hashOf(challenge),
    kind,
    invitation,
    made_at: h.now,
    expires_at: h.now.add(LIFE.challenge),
  });
  return challenge;
}

/** The challenge that a device says it signed; whether it really did, the check of the signature tells. */
function challengeIn(clientDataJSON: string): string | undefined {
  try {
    const told = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown };
    return typeof told.challenge === 'string' && told.challenge.length <= 100 ? told.challenge : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the officer's browser needs to make a passkey: resident, with user verification.
 * @param token of the link
 * @throws Refusal `link-over`
 */
export const enrolOptions = (token: string) =>
  act(nobody, 'signin.begin-enrolment', (a) =>
    asHouse(a, async (h) => {
      const link = await store.invitationOf(h, hashOf(token));
      if (!link || !isLive(link, h.now)) return refuse('link-over');
      const [seat] = await seatsOf(h, link.officer);
      if (!seat) return refuse('holds-no-post');
      // an officer's own second device must be another one; a replacing link may come to the same
      const known = link.adds ? await store.passkeysOf(h, [link.officer]) : [];
      const { generateRegistrationOptions } = await webauthn();
      return generateRegistrationOptions({
        rpName: NAME,
        rpID: whereWeStand().host,
        userID: handleOf(link.officer),
        userName: `${seat.rank.en} ${seat.name.en}`,
        userDisplayName: `${seat.rank.hi} ${seat.name.hi}`,
        challenge: bytes(await newChallenge(h, 'enrol', link.id)),
        timeout: PATIENCE_MS,
        attestationType: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        supportedAlgorithmIDs: ALGORITHMS,
        excludeCredentials: known.map(({ credential, transports }) => ({ id: credential, transports })),
      });
    }),
  );

/**
 * Keeps the new passkey and uses the link up. A replacing link ends the officer's earlier passkeys and sessions in the same act.
 * @returns the officer, or `link-over` | `passkey-not-accepted` | `passkey-known`
 */
export const enrol = (token: string, made: MadePasskey): Promise<{ officer: string } | No> =>
  act(nobody, 'signin.enrol', (a) =>
    asHouse(a, async (h) => {
      const link = await store.lockInvitation(h, hashOf(token));
      if (!link || !isLive(link, h.now)) return no(h, link?.officer ?? null, 'link-over');
      const challenge = challengeIn(made.response.clientDataJSON);
      const taken = challenge && (await store.takeChallenge(h, hashOf(Buffer.from(challenge, 'base64url')), 'enrol'));
      if (!challenge || !taken || taken.invitation !== link.id) return no(h, link.officer, 'passkey-not-accepted');
      const { origin, host } = whereWeStand();
      const { verifyRegistrationResponse } = await webauthn();
      const told = await verifyRegistrationResponse({
        response: made as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: host,
        requireUserVerification: true,
        supportedAlgorithmIDs: ALGORITHMS,
      }).catch(() => undefined);
      if (!told?.verified) return no(h, link.officer, 'passkey-not-accepted');
      const { credential, credentialDeviceType } = told.registrationInfo;
      if (await store.knowsCredential(h, credential.id)) return no(h, link.officer, 'passkey-known');
      if (!link.adds) {
        await store.endPasskeys(h, link.officer);
        await endApps(h, link.officer);
        await endSessionsOfOfficer(h, link.officer);
      }
      await store.addPasskey(h, {
        id: newId(),
        credential: credential.id,
        officer: link.officer,
        invitation: link.id,
        public_key: Buffer.from(credential.publicKey),
        counter: credential.counter,
        transports: made.response.transports ?? [],
        synced: credentialDeviceType === 'multiDevice',
        made_at: h.now,
      });
      await store.useInvitation(h, link.id);
      await note(h, 'signin.passkey-made', link.officer, { adds: link.adds });
      return { officer: link.officer };
    }),
  );

/** What a browser needs to ask whoever sits before it for a passkey of this house. */
export const entryOptions = () =>
  act(nobody, 'signin.begin-entry', (a) =>
    asHouse(a, async (h) => {
      const { generateAuthenticationOptions } = await webauthn();
      return generateAuthenticationOptions({
        rpID: whereWeStand().host,
        challenge: bytes(await newChallenge(h, 'enter', null)),
        timeout: PATIENCE_MS,
        userVerification: 'required',
      });
    }),
  );

/**
 * Signs in with a passkey. An officer of one post begins the shift; an officer of several is asked at which.
 * @returns a session, or a ticket for `choosePost`, or `passkey-not-accepted` | `holds-no-post`
 */
export const enterWithPasskey = (signed: SignedPasskey, device?: Device): Promise<Entered | ToChoose | No> =>
  act(nobody, 'signin.enter', (a) =>
    asHouse(a, async (h) => {
      const passkey = await assertion(h, signed);
      if ('stranger' in passkey) return no(h, passkey.stranger, 'passkey-not-accepted');
      return beginOrChoose(h, { officer: passkey.officer, way: 'passkey', passkey: passkey.id }, device);
    }),
  );

/**
 * Asks again who sits there: the officer of this shift, with one of his passkeys. Good for five minutes.
 * @returns undefined when it is he, or `passkey-not-accepted`
 */
export const confirmWithPasskey = (actor: Actor, signed: SignedPasskey): Promise<No | undefined> =>
  act(actor, 'signin.confirm', async (a) => {
    const session = await mySession(a);
    if (actor.kind !== 'officer' || !session) return refuse('not-your-power');
    return asHouse(a, async (h) => {
      const passkey = await assertion(h, signed);
      if ('stranger' in passkey || passkey.officer !== actor.officer)
        return no(h, actor.officer, 'passkey-not-accepted');
      await confirmSession(h, session);
      return undefined;
    });
  });

/** The passkey that has signed a challenge of this house, once. @returns whose it says it is, when it has not */
async function assertion(h: Act, signed: SignedPasskey): Promise<store.Passkey | { stranger: string | null }> {
  const challenge = challengeIn(signed.response.clientDataJSON);
  if (!challenge || !(await store.takeChallenge(h, hashOf(Buffer.from(challenge, 'base64url')), 'enter')))
    return { stranger: null };
  const passkey = await store.lockPasskey(h, signed.id);
  if (!passkey) return { stranger: null };
  const handle = Buffer.from(handleOf(passkey.officer)).toString('base64url');
  const { origin, host } = whereWeStand();
  const { verifyAuthenticationResponse } = await webauthn();
  const told = await verifyAuthenticationResponse({
    response: signed as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: host,
    requireUserVerification: true,
    credential: { id: passkey.credential, publicKey: bytes(passkey.public_key), counter: passkey.counter },
  }).catch(() => undefined);
  if (!told?.verified || signed.response.userHandle !== handle) return { stranger: passkey.officer };
  await store.usedPasskey(h, passkey.id, told.authenticationInfo.newCounter);
  return passkey;
}
