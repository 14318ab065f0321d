// How the house itself is doing, for whoever keeps it running: counts, copies, backups. No case.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { overview, troubles } from '#operations';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  // who is no administrator is told nothing of it, not even that it is there
  if (staff.post_kind !== 'administrator') error(404, 'not-found');
  const seen = await read(staff, 'operations.look', overview, { request_id: event.locals.request_id });
  return { ...seen, troubles: troubles(seen.gauges) };
};
