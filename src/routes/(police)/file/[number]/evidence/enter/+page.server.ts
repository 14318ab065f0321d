// A thing, or a paper that lies in the file of paper.
import type { RequestEvent } from '@sveltejs/kit';
import { addThing, THING_KINDS } from '#evidence';
import { formAction } from '../../../../../form-action.ts';
import { once } from '../../../../once.ts';
import { signedIn } from '../../../../signed-in.ts';
import { toAddTo } from '../adding.ts';
import { thingTold } from '../told.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  return { ...(await toAddTo({ staff, number, request_id: event.locals.request_id })), kinds: THING_KINDS };
};

type Event = RequestEvent<{ number: string }>;
export const actions: Actions = {
  default: formAction(
    thingTold,
    'evidence.add-thing',
    (a, form, event: Event) =>
      once<number | null>(
        a,
        form,
        event.url.pathname,
        () => addThing(a, event.params.number, form),
        async () => null,
      ),
    (given, event) => `/file/${event.params.number}/evidence${given === null ? '' : `?done=thing-${given}`}`,
  ),
};
