// Rules of signing in: who may make a link for whom, and how long things live. Codes only, no clock.
import { liesIn } from '#posts';

/** How long a link, a challenge and the choice of a post are good for. The database holds the same lengths. */
export const LIFE = { link: { hours: 24 }, challenge: { minutes: 5 }, choice: { minutes: 5 } } as const;

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
