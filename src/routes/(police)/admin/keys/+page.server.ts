// The keys of the house by their names: which wraps, which still open, and what was changed when. No key is shown, there or anywhere.
import { error } from '@sveltejs/kit';
import { keyState, read } from '#foundation';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

const KEEPERS: readonly string[] = ['administrator', 'auditor'];

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!KEEPERS.includes(staff.post_kind)) error(404, { message: 'not-found' });
  const { request_id, lang } = event.locals;
  return { lang, ...(await read(staff, 'foundation.key-state', keyState, { request_id, note: true })) };
};
