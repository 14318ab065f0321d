// A file of her thread, behind the gate: shown elsewhere, where no cookie is taken. No list of visited pages keeps this address.
import { error, redirect } from '@sveltejs/kit';
import { fromElsewhere, PARTS } from '../../../../bytes-out.ts';
import { linkTo } from '../../../../shown-link.ts';
import { readView } from '../../../view-cookie.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ params, request, locals, cookies }) => {
  const part = PARTS.find((one) => one === params.part);
  const { subject } = locals.citizen;
  if (!part || !/^[1-9]\d{0,5}$/.test(params.n)) error(404, { message: 'not-found' });
  if (!subject || readView(cookies).shown !== subject || fromElsewhere(request)) error(404, { message: 'not-found' });
  redirect(303, await linkTo(locals.citizen, { number: null, exhibit: Number(params.n), part }));
};
