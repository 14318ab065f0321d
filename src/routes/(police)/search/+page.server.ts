// Searching for files: openly by an address, with a reason by a form that leaves nothing in an address.
import { error, redirect } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import {
  DESK_KINDS,
  type Found,
  LOOK_UP_REASONS,
  LOOK_UP_SIGNS,
  LOOK_UPS,
  lookUp,
  lookUpForm,
  MOST_LOOK_UPS,
  PLACES,
  search,
  searchForm,
  STATES,
} from '#casework';
import { type FieldError, fieldErrors } from '../../form-action.ts';
import { answerAction } from '../answer-action.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const FIELDS = Object.keys(searchForm.shape);
const SIGNS = {
  hour: LOOK_UP_SIGNS['many-in-an-hour'].more_than,
  day: LOOK_UP_SIGNS['many-in-a-day'].more_than,
};
// of a complaint, an FIR or a register: what names one file
const NUMBER = /^[\d०-९\s/-]+$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!(DESK_KINDS as readonly string[]).includes(staff.post_kind)) error(404, { message: 'not-found' });
  const params = event.url.searchParams;
  const typed = Object.fromEntries(
    FIELDS.flatMap((name) => {
      const value = params.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const shown = {
    typed,
    places: PLACES,
    states: STATES,
    reasons: LOOK_UP_REASONS,
    bys: LOOK_UPS,
    most: MOST_LOOK_UPS,
    signs: SIGNS,
  };
  const nothing = { ...shown, found: null as Found | null, wrong: [] as FieldError[], at: null };
  if (Object.keys(typed).length === 0) return nothing;
  const asked = searchForm.safeParse(typed);
  if (!asked.success) return { ...nothing, wrong: fieldErrors(asked.error) };
  try {
    const { found, at } = await read(
      staff,
      'casework.search',
      async (r) => ({ found: await search(r, asked.data), at: r.now }),
      { request_id: event.locals.request_id },
    );
    const only = found.rows.length === 1 && Object.keys(typed).length === 1 ? found.rows[0] : undefined;
    if (only && NUMBER.test(typed.q ?? '')) redirect(303, `/file/${only.number}`);
    return { ...shown, found, wrong: [] as FieldError[], at };
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    return { ...nothing, wrong: [{ path: refused.about ?? '', code: refused.code }] };
  }
};

export const actions: Actions = {
  look_up: answerAction(lookUpForm, 'casework.look-up', async (a, form) => ({ ...(await lookUp(a, form)), at: a.now })),
};
