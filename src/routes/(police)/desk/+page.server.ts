// The desk: what lies here, in the order of what has to be done, in parts; and the filters that the post keeps.
import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { waitingHere } from '#correspondence';
import { type Reading, read, Refusal } from '#foundation';
import { hearingsHere } from '#hearing';
import {
  answersHere,
  DESK_KINDS,
  type DeskAsked,
  deskForm,
  deskOf,
  digestOf,
  forgetFilter,
  saveFilter,
  saveFilterForm,
  savedFilters,
  sentElsewhere,
} from '#casework';
import { formAction } from '../../form-action.ts';
import { homeOf, signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

// what an address asks for, field by field: a part that is not understood is as if it were not there
function askedIn(params: URLSearchParams): DeskAsked {
  const said = Object.fromEntries([...params].filter(([name, value]) => name in deskForm.shape && value !== ''));
  const whole = deskForm.safeParse(said);
  if (whole.success) return whole.data;
  const wrong = new Set(whole.error.issues.map(({ path }) => path[0]));
  return deskForm.parse(Object.fromEntries(Object.entries(said).filter(([name]) => !wrong.has(name))));
}

async function partOf(r: Reading, asked: DeskAsked) {
  try {
    return await deskOf(r, asked);
  } catch (refused) {
    // a mark out of an old address: the desk from its top
    if (!(refused instanceof Refusal) || refused.code !== 'not-understood') throw refused;
    return deskOf(r, { ...asked, after: undefined, before: undefined });
  }
}

// more than these are found on the files themselves
const LETTERS = 5;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (homeOf(staff.post_kind) === '/callbacks') redirect(303, '/callbacks');
  const params = event.url.searchParams;
  const q = params.get('q');
  if (q) redirect(303, `/search?q=${encodeURIComponent(q)}`);
  const hasDesk = (DESK_KINDS as readonly string[]).includes(staff.post_kind);
  const asked = askedIn(params);
  return read(
    staff,
    'casework.list-desk',
    async (r) => ({
      at: r.now,
      part: hasDesk ? await partOf(r, asked) : null,
      // what she wrote and nobody has answered
      letters: hasDesk ? (await waitingHere(r)).slice(0, LETTERS) : [],
      // what she answered to a summons
      answers: hasDesk ? (await answersHere(r)).slice(0, LETTERS) : [],
      // when somebody is to be heard, and where she asked for another time
      hearings: hasDesk ? (await hearingsHere(r)).slice(0, LETTERS) : [],
      saved: hasDesk ? await savedFilters(r) : [],
      digest: (await digestOf(r)) ?? null,
      // what this station has recorded and another has not taken yet: out of sight here, but not out of mind
      elsewhere: staff.post_kind === 'sho' ? (await sentElsewhere(r)).filter(({ accepted }) => !accepted).length : 0,
      asked,
      moved: params.has('moved'),
      said: params.has('kept') ? ('kept' as const) : params.has('gone') ? ('gone' as const) : null,
    }),
    { request_id: event.locals.request_id },
  );
};

export const actions: Actions = {
  save: formAction(
    saveFilterForm,
    'casework.save-filter',
    (a, form) => saveFilter(a, form),
    () => '/desk?kept=1',
  ),
  forget: formAction(
    z.object({ id: z.uuid('not-found') }),
    'casework.forget-filter',
    (a, { id }) => forgetFilter(a, id),
    () => '/desk?gone=1',
  ),
};
