// Who is asked about each trouble: the page puts together what operations, rapid response and the posts know.
import type { Reading } from '#foundation';
import { type Answers, RUNBOOK, type Since } from '#operations';
import { findHolder, type Named, postName, postsBelow } from '#posts';
import { serviceStatus } from '#sos';

/** `holder` null: nobody holds the post; undefined: who it is is not told here. */
export type Rung = { post: Named; holder?: Named | null; phone?: string | null };

// the administrator of the widest unit: who keeps the whole house running
async function keeper(r: Reading): Promise<Rung[]> {
  const [post] = (await postsBelow(r, 'in', ['administrator'])).sort(
    (a, b) => a.path.split('.').length - b.path.split('.').length || a.id.localeCompare(b.id),
  );
  if (!post) return [];
  return [{ post: postName(post), holder: (await findHolder(r, post.id))?.name ?? null, phone: post.office_phone }];
}

/** For each trouble, in its order, whom to ring. */
export async function whoToRing(r: Reading, found: readonly Since[], { parts }: Answers): Promise<Rung[][]> {
  const kinds = new Set(found.map(({ code }) => RUNBOOK[code]?.asks));
  const house = kinds.has('house') ? await keeper(r) : [];
  const service = kinds.has('service') || kinds.has('desk') ? (await serviceStatus()).parts : [];
  const within = (path: string, unit: string) => path === unit || path.startsWith(`${unit}.`);
  const answering = (wanted: (part: (typeof service)[number]) => boolean): Rung[] =>
    service
      .filter(wanted)
      .map(({ owner }) => ({ post: { hi: owner.hi, en: owner.en }, ...(owner.vacant ? { holder: null } : {}) }));
  return found.map(({ code, name, label }) => {
    switch (RUNBOOK[code]?.asks) {
      case 'upkeep':
        return parts
          .filter(({ part }) => part === label)
          .map(({ owner, holder, phone }) => ({ post: owner, holder, phone }));
      case 'desk':
        return answering(({ part, unit }) => part === 'callback-desk' && within(label, unit));
      case 'service':
        return name === 'part_missing'
          ? answering(({ part, state }) => part === label && state === 'missing')
          : answering(({ part, unit }) => part === 'vehicles' && unit === label);
      default:
        return house;
    }
  });
}
