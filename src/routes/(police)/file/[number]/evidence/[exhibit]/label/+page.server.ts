// The label of an exhibit, to be printed and fixed to the thing.
import { create } from 'qrcode';
import { error } from '@sveltejs/kit';
import { labelOf } from '#evidence';
import { read, Refusal } from '#foundation';
import { signedIn } from '../../../../../signed-in.ts';
import { exhibitIn } from '../../which.ts';
import type { PageServerLoad } from './$types';

/** The dark squares as one path, a unit a square: it needs no image and no markup of anybody else's. */
function pathOf(text: string): { side: number; path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  let path = '';
  for (let y = 0; y < modules.size; y++)
    for (let x = 0; x < modules.size; x++) if (modules.get(y, x)) path += `M${x} ${y}h1v1h-1z`;
  return { side: modules.size, path };
}

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  if (!/^\d{12}$/.test(number)) error(404, { message: 'not-found' });
  try {
    const label = await read(staff, 'evidence.print-label', (r) => labelOf(r, number, exhibitIn(event.params)), {
      request_id: event.locals.request_id,
    });
    return { number, label, qr: pathOf(label.code) };
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
};
