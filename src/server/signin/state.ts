// A state's own identity provider (OpenID Connect, code flow): it says who somebody is, an administrator has said which officer that is.
// Nobody becomes an officer by it. PKCE, state and nonce lie sealed in a cookie of ten minutes; each way there and back counts once.
import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import {
  type Act,
  act,
  type Actor,
  asHouse,
  faultOf,
  house,
  keys,
  log,
  newId,
  nobody,
  note,
  read,
  refuse,
  refuseIf,
} from '#foundation';
import { confirmSession, type Device, mustBeConfirmed, mySession, seatsOf } from '#posts';
import { whereWeStand } from './place.ts';
import { LIFE, whyNotInvite } from './rules.ts';
import { beginOrChoose, type Entered, no, type No, type ToChoose } from './shift.ts';
import * as store from './store-ways.ts';

/** How a state's provider is reached, as the settings say. */
export type StateProvider = {
  issuer: string;
  client: string;
  secret: string;
  /** which claim of the identity token an administrator writes down for an officer */
  claim: string;
  /** the level of sign-in that is asked for and has to be in the answer; absent: the provider's own */
  acr?: string;
  /** its name on the button */
  name: { hi: string; en: string };
  /** plain http, for a provider on the machine itself in practice and tests */
  plain?: boolean;
};
/** What is kept in the browser between going and coming back. */
type Journey = {
  state: string;
  nonce: string;
  verifier: string;
  until: string;
  purpose: 'enter' | 'again';
  to: string;
};
/** The path to which the provider sends people back. */
const BACK = '/signin/state/back';
const PATIENCE_S = 10;
/** How old a sign-in at the provider may be when it is asked again who sits there, in seconds. */
const FRESH_S = 60;
const SCOPE = 'openid';

let provider: StateProvider | undefined;
let met: Promise<oidc.Configuration> | undefined;

/** Names the provider; undefined: there is none. Call once per process. */
export function trustState(one: StateProvider | undefined): void {
  provider = one;
  met = undefined;
}
/** What the button says; null where no provider is set. */
export const stateName = (): { hi: string; en: string } | null => provider?.name ?? null;
const known = (): StateProvider => provider ?? refuse('not-found');

// asked when first needed, and again when that failed: a provider that is down at the start is not down for ever
function meet(): Promise<oidc.Configuration> {
  const { issuer, client, secret, plain } = known();
  met ??= oidc
    .discovery(new URL(issuer), client, { client_secret: secret }, oidc.ClientSecretBasic(secret), {
      timeout: PATIENCE_S,
      // the signature of the identity token is looked at, not only the line it came by
      execute: [oidc.enableNonRepudiationChecks, ...(plain ? [oidc.allowInsecureRequests] : [])],
    })
    .catch((fault: unknown) => {
      met = undefined;
      throw fault;
    });
  return met;
}

const sealed = (journey: Journey): string =>
  keys.seal('state-journey', 'cookie', JSON.stringify(journey)).toString('base64url');
function opened(cookie: string): Journey | undefined {
  try {
    return JSON.parse(
      keys.open('state-journey', 'cookie', Buffer.from(cookie, 'base64url')).toString('utf8'),
    ) as Journey;
  } catch {
    return undefined;
  }
}

/**
 * The way to the provider.
 * @param purpose to begin a shift, or to show again who sits there: then the provider has to ask anew
 * @param to the page to go on to
 * @returns where the browser goes, and what it keeps meanwhile; or `state-out-of-reach`
 * @throws Refusal `not-found` where no provider is set
 */
export async function goToState(purpose: 'enter' | 'again', to: string): Promise<{ url: string; keep: string } | No> {
  const { acr } = known();
  let there: oidc.Configuration;
  try {
    there = await meet();
  } catch (fault) {
    log.warn(faultOf(fault), 'the state provider is out of reach');
    return { refused: 'state-out-of-reach' };
  }
  const now = await read(house(), 'signin.go-to-state', async (r) => r.now);
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
  const url = oidc.buildAuthorizationUrl(there, {
    redirect_uri: `${whereWeStand().origin}${BACK}`,
    scope: SCOPE,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(acr ? { acr_values: acr } : {}),
    ...(purpose === 'again' ? { prompt: 'login', max_age: '0' } : {}),
  });
  const until = now.add(LIFE.journey).toString();
  return { url: url.href, keep: sealed({ state, nonce, verifier, until, purpose, to }) };
}

type Told = { officer: string; journey: Journey } | { stranger: string | null; refused: string };

// asks the provider outside any transaction, then takes the way as used, whatever it led to
async function whoCameBack(query: string, cookie: string | undefined): Promise<Told> {
  const { issuer, claim, acr } = known();
  const journey = cookie === undefined ? undefined : opened(cookie);
  if (!journey) return { stranger: null, refused: 'journey-over' };
  let value: string | undefined;
  try {
    const tokens = await oidc.authorizationCodeGrant(
      await meet(),
      new URL(`${whereWeStand().origin}${BACK}?${query}`),
      {
        expectedState: journey.state,
        expectedNonce: journey.nonce,
        pkceCodeVerifier: journey.verifier,
        idTokenExpected: true,
        ...(journey.purpose === 'again' ? { maxAge: FRESH_S } : {}),
      },
    );
    const claims = tokens.claims();
    const said = claims?.[claim];
    if (typeof said === 'string' && (acr === undefined || claims?.['acr'] === acr)) value = said;
  } catch (fault) {
    log.warn(faultOf(fault), 'the state provider was not believed');
  }
  return act(nobody, 'signin.come-from-state', (a) =>
    asHouse(a, async (h) => {
      const inTime = Temporal.Instant.compare(h.now, Temporal.Instant.from(journey.until)) < 0;
      const first = await store.useJourney(h, createHash('sha256').update(journey.state).digest());
      if (!inTime || !first) return { stranger: null, refused: 'journey-over' };
      if (value === undefined) return { stranger: null, refused: 'state-not-believed' };
      const officer = await store.officerAtState(h, issuer, value);
      return officer ? { officer, journey } : { stranger: null, refused: 'not-known-here' };
    }),
  );
}

/**
 * Comes back from the provider and begins a shift, or shows who sits there.
 * @param query what stands behind the address that the provider sent the browser to
 * @param cookie what the browser kept
 * @param staff whose shift is open, where it is asked again who sits there
 * @returns a session, a ticket for `choosePost`, or `confirmed`, each with the page to go on to; or `journey-over` | `state-not-believed` |
 *   `not-known-here` | `holds-no-post` | `another-officer`
 * @throws Refusal `not-found` where no provider is set
 */
export async function comeFromState(
  query: string,
  cookie: string | undefined,
  staff: Actor | null,
  device?: Device,
): Promise<((Entered | ToChoose | { confirmed: true }) & { to: string }) | No> {
  const told = await whoCameBack(query, cookie);
  if ('refused' in told)
    return act(nobody, 'signin.enter-by-state', (a) => asHouse(a, (h) => no(h, told.stranger, told.refused)));
  const { officer, journey } = told;
  if (journey.purpose === 'again') {
    if (staff?.kind !== 'officer') return { refused: 'journey-over' };
    return act(staff, 'signin.confirm', async (a) => {
      const session = await mySession(a);
      return asHouse(a, async (h) => {
        if (!session || staff.officer !== officer) return no(h, staff.officer, 'another-officer');
        await confirmSession(h, session);
        return { confirmed: true as const, to: journey.to };
      });
    });
  }
  return act(nobody, 'signin.enter-by-state', (a) =>
    asHouse(a, async (h) => {
      const entered = await beginOrChoose(h, { officer, way: 'state' }, device);
      return 'refused' in entered ? entered : { ...entered, to: journey.to };
    }),
  );
}

/**
 * An administrator says by which name the provider knows an officer; an empty name takes it away. Officers must exist: none is made here.
 * @throws Refusal `not-your-power`, `not-found`, `link-for-yourself`, `name-taken` about `value`, `confirm-yourself`
 */
export async function nameAtState(a: Act, { officer, value }: { officer: string; value: string }): Promise<void> {
  const who = a.actor;
  if (who.kind !== 'officer') return refuse('not-your-power');
  const { issuer } = known();
  await mustBeConfirmed(a);
  await asHouse(a, async (h) => {
    const paths = (await seatsOf(h, officer)).map(({ path }) => path);
    refuseIf(whyNotInvite(who, officer, paths));
    const holds = value === '' ? undefined : await store.officerAtState(h, issuer, value);
    if (holds !== undefined && holds !== officer) refuse('name-taken', 'value');
    if (holds === officer) return;
    await store.endStateIdentity(h, issuer, officer);
    if (value !== '')
      await store.addStateIdentity(h, {
        id: newId(),
        issuer,
        value,
        officer,
        set_by_post: who.post,
        set_by_officer: who.officer,
        set_at: h.now,
      });
    await note(h, value === '' ? 'signin.state-name-ended' : 'signin.state-name-set', officer);
  });
}

/** By which names the provider knows these officers. For administrators. @throws Refusal `not-your-power` */
export async function namesAtState(actor: Actor, officers: readonly string[]): Promise<Map<string, string>> {
  if (actor.kind !== 'officer' || actor.post_kind !== 'administrator') return refuse('not-your-power');
  const issuer = provider?.issuer;
  if (!issuer) return new Map();
  const found = await read(house(), 'signin.list-state-names', (r) => store.stateIdentitiesOf(r, issuer, officers));
  return new Map(found.map(({ officer, value }) => [officer, value]));
}
