// What is kept of a case: holds, and asking for its seals to be destroyed, which takes two posts.
import { z } from 'zod';
import { askToShredFile, holdFile, holdForm, liftForm, liftHoldOf, readKeeping } from '#casework';
import { findPosts, postName } from '#posts';
import { HOLD_REASONS, SHRED_YEARS } from '#sealed-identity';
import { formAction } from '../../../../form-action.ts';
import { signedIn } from '../../../signed-in.ts';
import { partOf } from '../reading.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const asked = { staff, number, request_id: event.locals.request_id };
  const keeping = await partOf(asked, async (r, of) => {
    const found = await readKeeping(r, of);
    const posts = [...new Set(found.holds.map(({ post }) => post))];
    const names = new Map((await findPosts(r, posts)).map((post) => [post.id, postName(post)]));
    return {
      ...found,
      now: r.now,
      holds: found.holds.map((hold) => ({ ...hold, set_by: names.get(hold.post) ?? null })),
    };
  });
  return {
    lang: event.locals.lang,
    number,
    keeping,
    reasons: HOLD_REASONS,
    years: SHRED_YEARS,
    done: event.url.searchParams.get('done'),
  };
};

const back = (done: string) => (_: unknown, event: RequestEvent) => `/file/${event.params.number}/keep?done=${done}`;

export const actions: Actions = {
  hold: formAction(
    holdForm,
    'casework.hold',
    (a, form, event: RequestEvent) => holdFile(a, event.params.number, form),
    back('held'),
  ),
  lift: formAction(
    liftForm,
    'casework.lift-hold',
    (a, form, event: RequestEvent) => liftHoldOf(a, event.params.number, form),
    back('lifted'),
  ),
  shred: formAction(
    z.object({}),
    'casework.ask-to-shred',
    (a, _form, event: RequestEvent) => askToShredFile(a, event.params.number),
    back('asked'),
  ),
};
