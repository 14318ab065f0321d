// One exhibit: what it is, through whose hands it went, to move it on, and whether it is still what it was.
import { error, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { canBe, evidenceOf, moveExhibit, MOVES, verifyExhibit } from '#evidence';
import { newId } from '#foundation';
import { formAction } from '../../../../../form-action.ts';
import { answerAction } from '../../../../answer-action.ts';
import { typedNow } from '../../../../day-and-hour.ts';
import { once } from '../../../../once.ts';
import { signedIn } from '../../../../signed-in.ts';
import { fileOf } from '../../reading.ts';
import { moveTold } from '../told.ts';
import { exhibitIn } from '../which.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const which = exhibitIn(event.params);
  const { file, also } = await fileOf({ staff, number, request_id: event.locals.request_id }, (r) =>
    evidenceOf(r, number),
  );
  const exhibit = also.exhibits.find((one) => one.number === which) ?? error(404, { message: 'not-found' });
  const media = exhibit.digital?.media;
  return {
    number,
    fir: file.fir,
    exhibit,
    shown: { view: media ? canBe('view', media) : false, play: media ? canBe('play', media) : false },
    moves: exhibit.moves.map((move) => ({ move, person: MOVES[move].person })),
    why_not: also.why_not_move,
    form_id: newId(),
    now: typedNow(file.as_of),
    done: event.url.searchParams.get('done') === 'move',
  };
};

type Event = RequestEvent<{ number: string; exhibit: string }>;
const here = ({ params }: Event) => `/file/${params.number}/evidence/${params.exhibit}`;
const asked = z.object({
  number: z.string('not-found').regex(/^\d{12}$/, 'not-found'),
  exhibit: z.coerce.number('not-found').int('not-found').min(1, 'not-found'),
});

export const actions: Actions = {
  move: formAction(
    moveTold,
    'evidence.move-on',
    (a, form, event: Event) =>
      once(
        a,
        form,
        event.url.pathname,
        () => moveExhibit(a, event.params.number, exhibitIn(event.params), form),
        async () => undefined,
      ),
    (_moved, event) => `${here(event)}?done=move`,
  ),
  verify: answerAction(asked, 'evidence.verify-exhibit', (a, { number, exhibit }) => verifyExhibit(a, number, exhibit)),
};
