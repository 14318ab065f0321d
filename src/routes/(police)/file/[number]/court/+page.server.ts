// The report, what the court has made of it, what she objects to and says of it.
import { courtOf } from '#court';
import { signedIn } from '../../../signed-in.ts';
import { partOf } from '../reading.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  return { number, part: await partOf({ staff, number, request_id: event.locals.request_id }, courtOf) };
};
