// Who decides how many vehicles come and who answers for a part of the service, and within which bounds. Pure.
import { type Answerable, liesIn, whyNotDecide, whyNotName } from '#posts';
import type { Part } from './store-watch.ts';

/** Never one alone: one careless station must not be alone with her. Kept back: never all that stand within a ring. */
export const BOUNDS = {
  vehicles: { least: 2, most: 10 },
  reserve: { least: 0, most: 30 },
  /** percent of the fresh vehicles around her that alarms without a number may hold in full (0106) */
  share: { least: 0, most: 100 },
  /** alarms without a number around her that are never many, however few vehicles there are */
  least: { least: 0, most: 50 },
  'on-duty': { least: 1, most: 200 },
  people: { least: 1, most: 20 },
} as const;
/** Parts of which there can be several; of the others there is one, which runs or does not. */
const SEVERAL: Partial<Record<Part, 'on-duty' | 'people'>> = {
  vehicles: 'on-duty',
  'control-room': 'people',
  'callback-desk': 'people',
};
/** How much of a part there may have to be. */
export const boundsOf = (part: Part): { least: number; most: number } => {
  const several = SEVERAL[part];
  return several ? BOUNDS[several] : { least: 1, most: 1 };
};

// the head of a zone, of a city or district, of the state, of the nation; no administrator, and no post beside the line
const HEADS = ['dcp', 'cp', 'sp', 'state', 'national'] as const;
/** Whether a post of this kind decides anything here. */
export const decidesSettings = (post_kind: string): boolean => (HEADS as readonly string[]).includes(post_kind);

type Decider = { post_kind: string; unit: string };
export type Want = { vehicles: number; reserve: number; share: number; least: number };
/**
 * Why a post may not decide how many vehicles an area gets; silence is consent.
 * @param to null: as the area above it
 */
export function whyNotWant(
  by: Decider,
  area: string,
  to: Want | null,
  was: Want | null,
): 'not-your-power' | 'area-not-yours' | 'nothing-above' | 'already-so' | undefined {
  if (!decidesSettings(by.post_kind)) return 'not-your-power';
  if (!liesIn(area, by.unit)) return 'area-not-yours';
  if (to === null && !area.includes('.')) return 'nothing-above';
  const same = (['vehicles', 'reserve', 'share', 'least'] as const).every((what) => to?.[what] === was?.[what]);
  return same ? 'already-so' : undefined;
}

export type Held = { minimum: number; owner: string };
/**
 * Why a post may not decide who answers for a part and how much of it there must be; silence is consent.
 * @param part.above the posts above the one that answers for it now
 * @param next who is to answer for it; undefined where that post is none that can
 */
export function whyNotPart(
  by: Decider & { post: string },
  part: { part: Part; unit: string; was: Held; above: readonly string[] },
  to: { minimum: number; owner: string },
  next: Answerable | undefined,
):
  | 'not-your-power'
  | 'answers-itself'
  | 'owner-elsewhere'
  | 'post-is-vacant'
  | 'minimum-is-one'
  | 'minimum-range'
  | 'already-so'
  | undefined {
  if (!decidesSettings(by.post_kind)) return 'not-your-power';
  const beside = whyNotDecide(by.post, part.above);
  if (beside) return beside;
  const { least, most } = boundsOf(part.part);
  if (to.minimum < least || to.minimum > most) return most === 1 ? 'minimum-is-one' : 'minimum-range';
  const unfit = to.owner === part.was.owner ? undefined : whyNotName(by.unit, next, part.unit);
  if (unfit) return unfit;
  return to.minimum === part.was.minimum && to.owner === part.was.owner ? 'already-so' : undefined;
}
