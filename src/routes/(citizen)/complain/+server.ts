// A door with an address of its own, for posters and other sites: it leads to the neutral address and is not seen again.
import { redirect } from '@sveltejs/kit';
import { dropView } from '../view-cookie.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ cookies }) => {
  dropView(cookies);
  redirect(303, '/');
};
