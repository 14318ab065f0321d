// Who there is in a case, by roles and numbers; who they are lies under seal.
import { readPeople } from '#casework';
import { signedIn } from '../../../signed-in.ts';
import { partOf } from '../reading.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  return { number, part: await partOf({ staff, number, request_id: event.locals.request_id }, readPeople) };
};
