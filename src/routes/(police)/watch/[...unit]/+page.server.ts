// Figures of a unit and of those below it. Read with the rights of oversight: no case and nobody is in reach of this page.
import { error, redirect } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { SUPERVISING } from '#posts';
import { unsent } from '../../../unsent.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf } from '../asked.ts';
import { drawnPage } from '../drawn.ts';
import type { PageServerLoad } from './$types';

const notFound = () => error(404, { message: 'not-found' });

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!(SUPERVISING as readonly string[]).includes(staff.post_kind)) notFound();
  if (event.params.unit === '') redirect(303, `/watch/${staff.unit.replaceAll('.', '/')}`);
  const page = askedOf(event.params.unit, event.url.searchParams);
  if (!page) return notFound();
  const { lang, request_id } = event.locals;
  try {
    return unsent(
      await read(staff, 'oversight.watch', (r) => drawnPage(r, page, { lang, unit: staff.unit }), {
        as: 'watch',
        request_id,
      }),
    );
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') notFound();
    throw refused;
  }
};
