// What a post decides of the service at its page: how many vehicles come and are kept back, who answers for a part and how much of it there must
// be. Each with a reason; what it was before stays, and the next alarm gets what is decided now.
import { type Act, asHouse, newId, type Reading, refuse, tell } from '#foundation';
import { findPosts, type Named, namesById, postsAbove, unitNames } from '#posts';
import { officerOf } from './board.ts';
import type { PartForm, WantForm } from './forms-settings.ts';
import { tellDecided } from './kept.ts';
import { boundsOf, decidesSettings, type Held, type Want, whyNotPart, whyNotWant } from './settings-rules.ts';
import * as store from './store-settings.ts';
import type { Part } from './store-watch.ts';

/** Whether a post of this kind decides anything of the service. */
export const decidesService = (post_kind: string): boolean => decidesSettings(post_kind);

// of which field a refusal is
const ABOUT: Partial<Record<string, string>> = {
  'area-not-yours': 'area',
  'nothing-above': 'area',
  'answers-itself': 'part',
  'owner-elsewhere': 'owner',
  'post-is-vacant': 'owner',
  'minimum-is-one': 'minimum',
  'minimum-range': 'minimum',
};
const refuseAbout = (why: string | undefined): void => {
  if (why) refuse(why, ABOUT[why]);
};

/**
 * Decides how many vehicles an alarm of a kind brings in an area and how many free ones stay back, or that it is there as in the area above.
 * @throws Refusal `not-your-power`, `area-not-yours`, `unit-unknown`, `nothing-above`, `already-so`
 */
export async function decideWant(a: Act, form: WantForm): Promise<void> {
  const { post, officer, post_kind, unit } = officerOf(a);
  const { kind, area, to, reason } = form;
  await asHouse(a, async (h) => {
    if (!(await unitNames(h, [area])).has(area)) return refuse('unit-unknown', 'area');
    await store.takeTurn(h, `${kind} ${area}`);
    const was = await store.ownWant(h, kind, area);
    refuseAbout(whyNotWant({ post_kind, unit }, area, to, was));
    await store.setWant(h, kind, area, to);
    const id = newId();
    await store.addWantChange(h, { id, post, officer, reason }, { kind, area, to, was });
    await tellDecided(h, id);
  });
}

/**
 * Decides which post answers for a part of the service and how much of it there must be. Never the post that answers for it now: one above it.
 * @throws Refusal `not-found` out of sight, `not-your-power`, `answers-itself`, `owner-elsewhere`, `post-is-vacant`, `minimum-is-one`,
 *   `minimum-range`, `already-so`
 */
export async function decidePart(a: Act, form: PartForm): Promise<void> {
  const by = officerOf(a);
  const { part, unit } = form.part;
  if (!(await store.partHeld(a, part, unit))) return refuse('not-found', 'part');
  await asHouse(a, async (h) => {
    await store.takeTurn(h, `${part} ${unit}`);
    const was = (await store.partHeld(h, part, unit)) ?? refuse('not-found', 'part');
    const to = { minimum: form.minimum ?? was.minimum, owner: form.owner ?? was.owner };
    const next = (await store.answerable(h, by.unit)).find(({ id }) => id === to.owner);
    const above = (await postsAbove(h, [was.owner])).get(was.owner) ?? [];
    refuseAbout(whyNotPart(by, { part, unit, was, above }, to, next));
    await store.setPart(h, { part, unit, ...to });
    const id = newId();
    await store.addPartChange(
      h,
      { id, post: by.post, officer: by.officer, reason: form.why },
      { part, unit, ...to },
      was,
    );
    await tell(h, 'parts', id);
  });
}

export type ServiceWant = store.WantRow & { yours: boolean };
export type ServiceHeld = {
  part: Part;
  unit: string;
  owner: Named | null;
  minimum: number;
  most: number;
  yours: boolean;
};
export type ServiceChange = { id: string; at: Temporal.Instant; post: Named | null; reason: string; unit: string } & (
  | { about: 'want'; kind: store.WantRow['kind']; to: Want | null; was: Want | null }
  | { about: 'part'; part: Part; to: HeldBy; was: HeldBy }
);
export type HeldBy = { minimum: number; owner: Named | null };
export type ServiceSettings = {
  wants: ServiceWant[];
  parts: ServiceHeld[];
  changes: ServiceChange[];
  /** posts that can be named to answer for a part, by the units that they stand over */
  owners: { id: string; path: string; name: Named; vacant: boolean }[];
};

/** What is decided of the service as the acting post sees it, what of it this post may decide, and what was decided before. @throws Refusal `not-your-power` */
export async function serviceSettings(r: Reading): Promise<ServiceSettings> {
  const by = officerOf(r);
  const held = await store.partsHeld(r);
  const changes = await store.changes(r);
  const owners = [...new Set(held.map(({ owner }) => owner))];
  const mentioned = changes.flatMap((c) => (c.about === 'part' ? [c.post, c.to.owner, c.was.owner] : [c.post]));
  const names = namesById(await findPosts(r, [...new Set([...owners, ...mentioned])]));
  const nameOf = (id: string): Named | null => names.get(id) ?? null;
  const above = await postsAbove(r, decidesSettings(by.post_kind) ? owners : []);
  const below = new Set([...above].filter(([, posts]) => posts.includes(by.post)).map(([owner]) => owner));
  const heldBy = ({ minimum, owner }: Held): HeldBy => ({ minimum, owner: nameOf(owner) });
  return {
    wants: (await store.wants(r)).map((want) => ({
      ...want,
      yours: whyNotWant(by, want.area, want, null) === undefined,
    })),
    parts: held.map(({ part, unit, owner, minimum }) => ({
      part,
      unit,
      owner: nameOf(owner),
      minimum,
      most: boundsOf(part).most,
      yours: below.has(owner),
    })),
    changes: changes.map((change) =>
      change.about === 'want'
        ? { ...change, post: nameOf(change.post) }
        : { ...change, post: nameOf(change.post), to: heldBy(change.to), was: heldBy(change.was) },
    ),
    owners:
      below.size === 0
        ? []
        : (await store.answerable(r, by.unit)).map((post) => ({
            id: post.id,
            path: post.path,
            name: { hi: post.name_hi, en: post.name_en },
            vacant: post.vacant,
          })),
  };
}
