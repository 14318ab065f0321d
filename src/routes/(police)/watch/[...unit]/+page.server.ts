// Figures of a unit and of those below it. Read with the rights of oversight: no case and nobody is in reach of this page.
import { redirect } from '@sveltejs/kit';
import { read } from '#foundation';
import { SUPERVISING } from '#posts';
import { unsent } from '../../../unsent.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf, foundOr404, notFound } from '../asked.ts';
import { drawnPage } from '../drawn.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!(SUPERVISING as readonly string[]).includes(staff.post_kind)) notFound();
  if (event.params.unit === '') redirect(303, `/watch/${staff.unit.replaceAll('.', '/')}`);
  const page = askedOf(event.params.unit, event.url.searchParams);
  if (!page) return notFound();
  const { lang, request_id } = event.locals;
  return unsent(
    await foundOr404(() =>
      read(staff, 'oversight.watch', (r) => drawnPage(r, page, { lang, unit: staff.unit }), {
        as: 'watch',
        request_id,
      }),
    ),
  );
};
