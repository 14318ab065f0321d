// Files are shown at a path, or at a host, that takes no cookie: a sealed link says who asked for what, for a minute. The page that was
// asked has looked who it is and whether he may; the link ends with the shift or session it was made in, and each use is in the ledger.
import { actorOf } from '#signin';
import type { Part } from '#evidence';
import { type Actor, keys, read } from '#foundation';

const PURPOSE = 'shown-file';
/** How long a link opens, in seconds: what is played asks for its parts again and again. */
const LIVES: Record<Part, number> = { view: 60, original: 60, play: 600 };

/** What a link leads to: an exhibit of a file for an officer, or a file of her own thread. */
export type Linked = { number: string | null; exhibit: number; part: Part };
type Sealed = Linked & { secret: string; until: number };

/** The host that shows files and nothing else; undefined where they are shown at the house's own, under the same path. */
export const filesOrigin = (): string | undefined => process.env.ITSSO_FILES_ORIGIN || undefined;

const seconds = async (actor: Actor): Promise<number> =>
  (await read(actor, 'evidence.ask-time', async (r) => r.now)).epochMilliseconds / 1000;

/** The address under which this reader, and nobody else, is shown this for a minute. @param actor whose session it ends with */
export async function linkTo(actor: Actor, linked: Linked): Promise<string> {
  if (!actor.secret) throw new Error('a link is bound to somebody');
  const told: Sealed = { ...linked, secret: actor.secret, until: (await seconds(actor)) + LIVES[linked.part] };
  const token = keys.seal(PURPOSE, 'link', JSON.stringify(told)).toString('base64url');
  return `${filesOrigin() ?? ''}/shown/${token}`;
}

/** Who asked for what; undefined for what this house has not sealed, what is over, and a session that has ended: the same answer. */
export async function openLink(token: string): Promise<{ actor: Actor; linked: Linked } | undefined> {
  let told: Sealed;
  try {
    told = JSON.parse(keys.open(PURPOSE, 'link', Buffer.from(token, 'base64url')).toString('utf8'));
  } catch {
    return undefined;
  }
  const { secret, until, ...linked } = told;
  const actor = await actorOf(secret);
  return actor && (await seconds(actor)) <= until ? { actor, linked } : undefined;
}
