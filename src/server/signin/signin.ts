// The door of signing in: turns a secret into an actor; links and passkeys for officers; the practice cast, which needs neither.
import {
  type Act,
  act,
  type Acting,
  type Actor,
  asHouse,
  house,
  type Looked,
  lookIn,
  type Reading,
  read,
  refuse,
  whoIs,
} from '#foundation';
import {
  confirmSession,
  type Device,
  findHolder,
  holdersNow,
  mySession,
  type Named,
  openSession,
  type Post,
  postName,
  postsBelow,
} from '#posts';
import { CAST, type CastMember, MACHINES } from './cast.ts';

export { CAST } from './cast.ts';
export {
  beginApp,
  confirmApp,
  confirmWithCodes,
  endMyApp,
  enterWithCodes,
  myApp,
  vouchFor,
  whomToVouchFor,
} from './codes.ts';
export {
  appForm,
  chooseForm,
  codesForm,
  enrolForm,
  enterForm,
  inviteForm,
  machineForm,
  machineKeyForm,
  secret,
  stateIdentityForm,
  vouchForm,
} from './forms.ts';
export {
  enrolAdministrator,
  inviteMyself,
  inviteOfficer,
  lacksAdministrator,
  type MadeLink,
  myPasskeys,
  officersToEnrol,
  openLink,
} from './invitations.ts';
export { endMachine, type MachineFacts, machinesOf, registerMachine, rotateMachineKey } from './machines.ts';
export { confirmWithPasskey, enrol, enrolOptions, enterWithPasskey, entryOptions } from './passkeys.ts';
export { standAt } from './place.ts';
export { nameAndRank } from './rules.ts';
export { choosePost, type Entered, type No, type ToChoose } from './shift.ts';
export {
  comeFromState,
  goToState,
  nameAtState,
  namesAtState,
  type StateProvider,
  stateName,
  trustState,
} from './state.ts';

export type CastEntry = {
  id: string;
  kind: string;
  name: Named;
  post: string | null;
  post_name: Named | null;
  unit: string | null;
};

/**
 * Who stands behind a session's secret. The answer is for rules and pages; what may be seen the database decides for itself.
 * @param options.looks false where nobody looks (an open stream): the session is not kept awake by it
 * @returns undefined when no open session answers to the secret
 */
export async function actorOf(secret: string, { looks = true } = {}): Promise<Actor | undefined> {
  const who = await whoIs(secret, looks);
  return who && actorFrom(who, secret);
}

/**
 * The same, and where it is she, in the same look at the database all that her page shows.
 * @returns `looked`: what was read, for `readLooked` of the foundation; only with her
 */
export async function lookOf(secret: string): Promise<{ actor: Actor; looked: Looked | undefined } | undefined> {
  const found = await lookIn(secret);
  const actor = found && actorFrom(found.who, secret);
  return actor && { actor, looked: found.looked };
}

function actorFrom(who: Acting, secret: string): Actor | undefined {
  if (who.kind === 'officer' && who.officer && who.post && who.post_kind && who.unit) {
    return {
      kind: 'officer',
      secret,
      officer: who.officer,
      post: who.post,
      post_kind: who.post_kind,
      unit: who.unit,
      under: who.under,
    };
  }
  if (who.kind === 'machine') return { kind: 'machine', secret, name: who.name ?? '', rights: who.rights };
  if (who.kind === 'citizen') return { kind: 'citizen', secret, subject: who.subject };
  return undefined;
}

async function castPosts(r: Reading): Promise<Map<CastMember, Post>> {
  const all = await postsBelow(r, 'in');
  const found = new Map<CastMember, Post>();
  for (const member of CAST) {
    const post = all
      .filter((p) => p.path === member.unit && p.kind === member.post_kind)
      .sort((x, y) => x.name_en.localeCompare(y.name_en))[member.nth - 1];
    if (post) found.set(member, post);
  }
  return found;
}

// whatever page asks: outside practice nobody is let in, or even named, without a passkey
const practice = (): boolean => process.env.ITSSO_MODE !== 'production';

/**
 * The people and machines one can sign in as in the sandbox. Posts that are vacant now still show, and refuse the sign-in.
 * In production nobody.
 */
export const sandboxCast = (): Promise<CastEntry[]> =>
  read(house(), 'signin.list-cast', async (r) => {
    if (!practice()) return [];
    const posts = await castPosts(r);
    const holders = await holdersNow(
      r,
      [...posts.values()].map(({ id }) => id),
    );
    const entries = [...posts].map(
      ([member, post]): CastEntry => ({
        id: member.id,
        kind: member.kind,
        name: holders.get(post.id) ?? { hi: 'पद खाली', en: 'vacant' },
        post: post.id,
        post_name: postName(post),
        unit: post.path,
      }),
    );
    for (const name of MACHINES)
      entries.push({
        id: name,
        kind: 'machine',
        name: { hi: name, en: name },
        post: null,
        post_name: null,
        unit: null,
      });
    return entries;
  });

/**
 * Opens a session for a member of the practice cast.
 * @throws Refusal `not-found` for a stranger and in production, `post-vacant` when nobody holds the post now
 */
export const sandboxSignIn = (id: string, device?: Device): Promise<{ token: string; expires_at: Temporal.Instant }> =>
  act(house(), 'signin.open', async (a) => {
    if (!practice()) refuse('not-found');
    if ((MACHINES as readonly string[]).includes(id))
      return openSession(a, { kind: 'machine', name: id, rights: [id] });
    const member = CAST.find((m) => m.id === id) ?? refuse('not-found');
    const post = (await castPosts(a)).get(member) ?? refuse('not-found');
    return signInAt(a, post.id, device);
  });

async function signInAt(
  a: Act,
  post: string,
  device?: Device,
): Promise<{ token: string; expires_at: Temporal.Instant }> {
  const holder = (await findHolder(a, post)) ?? refuse('post-vacant');
  return openSession(a, { kind: 'officer', officer: holder.officer, post, device });
}

/**
 * In practice the officer who sits there says so, and that is believed; there is no passkey to ask for.
 * @throws Refusal `not-found` in production, `not-your-power` for who is no officer
 */
export const confirmInPractice = (actor: Actor): Promise<void> =>
  act(actor, 'signin.confirm', async (a) => {
    if (!practice()) refuse('not-found');
    const session = await mySession(a);
    if (actor.kind !== 'officer' || !session) return refuse('not-your-power');
    await asHouse(a, (h) => confirmSession(h, session));
  });
