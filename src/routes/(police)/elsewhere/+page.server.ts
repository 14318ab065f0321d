// FIRs that this station has recorded for others: numbers, where each lies and since when.
import { read } from '#foundation';
import { sentElsewhere } from '#casework';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) =>
  read(signedIn(event), 'casework.sent-elsewhere', async (r) => ({ items: await sentElsewhere(r), at: r.now }), {
    request_id: event.locals.request_id,
  });
