// A door with an address of its own: it leads to the neutral address, to where a code is asked for.
import { redirect } from '@sveltejs/kit';
import { setView } from '../view-cookie.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals, cookies }) => {
  if (!locals.citizen.secret) setView(cookies, { door: 'receipt' });
  redirect(303, '/');
};
