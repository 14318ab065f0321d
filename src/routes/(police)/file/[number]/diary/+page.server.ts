// The whole case diary of a file, and nothing else of it.
import { readDiary } from '#casework';
import { signedIn } from '../../../signed-in.ts';
import { partOf } from '../reading.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  return { number, part: await partOf({ staff, number, request_id: event.locals.request_id }, readDiary) };
};
