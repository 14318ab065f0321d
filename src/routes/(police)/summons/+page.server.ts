// Who calls women to come: numbers of this post and of those it supervises, nobody's name but the officer's own.
import { read } from '#foundation';
import { summonsCounted } from '#casework';
import { signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  return {
    counted: await read(staff, 'casework.count-summons', summonsCounted, { request_id: event.locals.request_id }),
  };
};
