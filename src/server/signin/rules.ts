// Rules of signing in: who may make a link for whom, and how long things live. Codes only, no clock.
import { liesIn } from '#posts';

/** How long a link, a challenge and the choice of a post are good for. The database holds the same lengths. */
export const LIFE = {
  link: { hours: 24 },
  challenge: { minutes: 5 },
  choice: { minutes: 5 },
  vouch: { minutes: 10 },
  journey: { minutes: 10 },
} as const;

export type Asking = { kind: string; post_kind?: string; officer?: string; unit?: string };

/**
 * Why an actor may not make an enrolment link for an officer; undefined: may.
 * An administrator may for officers who hold a post in the administrator's own unit or below it, but never for himself:
 * his own further devices he adds as everybody does.
 * @param who the actor
 * @param officer whose link it would be
 * @param paths the units at which that officer holds posts now
 * @returns `not-your-power` | `not-found` | `link-for-yourself` | undefined
 */
export function whyNotInvite(who: Asking, officer: string, paths: readonly string[]): string | undefined {
  if (who.kind !== 'officer' || who.post_kind !== 'administrator') return 'not-your-power';
  if (who.officer === officer) return 'link-for-yourself';
  const mine = who.unit ?? '';
  if (!paths.some((path) => liesIn(path, mine))) return 'not-found';
  return undefined;
}

export type Link = { used_at: Temporal.Instant | null; dead_at: Temporal.Instant | null; expires_at: Temporal.Instant };

/** Is a link still good at an instant? */
export const isLive = (link: Link, at: Temporal.Instant): boolean =>
  link.used_at === null && link.dead_at === null && Temporal.Instant.compare(at, link.expires_at) < 0;

/**
 * Name and rank of the first administrator: "name, rank".
 * @returns undefined when it cannot be read so
 */
export function nameAndRank(text: string): { name: string; rank: string } | undefined {
  const [name, rank, ...more] = text.split(',').map((part) => part.trim().normalize('NFC'));
  if (!name || !rank || more.length > 0 || name.length > 120 || rank.length > 120) return undefined;
  return { name, rank };
}

/** Kinds of post that may say who sits there, and those among them that stand above every other post of their own unit. */
export const VOUCHES: readonly string[] = [
  'sho',
  'acp',
  'adcp-women',
  'dcp',
  'cp',
  'sp',
  'state',
  'national',
  'callback-desk',
  'control-room',
];
const HEADS: readonly string[] = ['cp', 'sp', 'state', 'national'];

/**
 * Why an actor may not give a code for an officer; undefined: may. A superior may, for whoever holds a post below: never for himself,
 * never for an equal of the same unit.
 * @param seats where that officer sits now
 * @returns `not-your-power` | `not-found` | `code-for-yourself` | undefined
 */
export function whyNotVouch(
  who: Asking,
  officer: string,
  seats: readonly { path: string; post_kind: string }[],
): string | undefined {
  const { post_kind = '', unit = '' } = who;
  if (who.kind !== 'officer' || !VOUCHES.includes(post_kind)) return 'not-your-power';
  if (who.officer === officer) return 'code-for-yourself';
  const below = seats.some(
    ({ path, post_kind: theirs }) =>
      liesIn(path, unit) &&
      theirs !== post_kind &&
      (path !== unit || HEADS.includes(post_kind) || !VOUCHES.includes(theirs)),
  );
  return below ? undefined : 'not-found';
}

/** How often the two codes may be tried together before the superior's code is dead. */
export const MOST_TRIES = 5;

/**
 * Why an actor may not look after machines; undefined: may.
 * @returns `not-your-power` | undefined
 */
export const whyNotMachines = (who: Asking): string | undefined =>
  who.kind === 'officer' && who.post_kind === 'administrator' ? undefined : 'not-your-power';
