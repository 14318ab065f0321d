// The officer's side of the room, for the post that hears her: no name and no file, only what it is about and when.
import { error } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { readHearing } from '#hearing';
import { clockTime } from '../../../../words/format.ts';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { id } = event.params;
  if (!UUID.test(id)) error(404, { message: 'not-found' });
  try {
    const one = await read(staff, 'hearing.read', (r) => readHearing(r, id), { request_id: event.locals.request_id });
    // whoever sees the file but does not hear her has its page, not the room
    if (one.post !== staff.post) error(404, { message: 'not-found' });
    return {
      id,
      one,
      from: one.why_not_join === 'not-open-yet' && one.opens_at ? clockTime(one.opens_at) : null,
    };
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
};
