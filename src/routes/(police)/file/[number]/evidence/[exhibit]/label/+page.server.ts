// The label of an exhibit, to be printed and fixed to the thing.
import { error } from '@sveltejs/kit';
import { labelOf } from '#evidence';
import { read, Refusal } from '#foundation';
import { squareCode } from '../../../../../../square-code.ts';
import { signedIn } from '../../../../../signed-in.ts';
import { exhibitIn } from '../../which.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  if (!/^\d{12}$/.test(number)) error(404, { message: 'not-found' });
  try {
    const label = await read(staff, 'evidence.print-label', (r) => labelOf(r, number, exhibitIn(event.params)), {
      request_id: event.locals.request_id,
    });
    return { number, label, qr: squareCode(label.code) };
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
};
