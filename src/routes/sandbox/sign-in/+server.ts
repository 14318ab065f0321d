// POST /sandbox/sign-in: opens a session for a member of the practice cast; a browser gets the cookie too.
import type { RequestHandler } from '@sveltejs/kit';
import { z } from 'zod';
import { sandboxSignIn } from '#signin';
import { bodyOf, practice } from '../../api/v1/practice.ts';
import { iso } from '../../api/v1/time.ts';
import { setStaff } from '../../cookies.ts';
import { deviceOf } from '../../device-of.ts';

const signInForm = z.object({ id: z.string('missing').max(60, 'not-found') });
const MACHINES = new Set(['cctns', 'sms', 'fleet']);

export const POST: RequestHandler = practice(async ({ request, cookies }) => {
  const { id } = await bodyOf(request, signInForm);
  const { token, expires_at } = await sandboxSignIn(id, deviceOf(request));
  // a machine opens no pages
  if (!MACHINES.has(id)) setStaff(cookies, token);
  return { token, expires_at: iso(expires_at) };
});
