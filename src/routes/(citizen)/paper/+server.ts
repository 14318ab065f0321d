// A paper of hers as a file: after the warning, behind the gate, under a name that says nothing, kept by nobody on the way.
import { redirect } from '@sveltejs/kit';
import { openMyDocument } from '#documents';
import { act, Refusal } from '#foundation';
import { formOf } from '../../form-fields.ts';
import { readView } from '../view-cookie.ts';
import type { RequestHandler } from './$types';

const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

// opened again from the browser's list, this address shows nothing
export const GET: RequestHandler = () => redirect(303, '/');

export const POST: RequestHandler = async ({ request, locals, cookies }) => {
  const { citizen, request_id } = locals;
  const id = String((await formOf(request)).get('id') ?? '');
  // without her session, or before she has said that it is safe to read, this leads home
  if (!citizen.subject || readView(cookies).shown !== citizen.subject || !ID.test(id)) redirect(303, '/');
  try {
    const pdf = await act(citizen, 'documents.open-mine', (a) => openMyDocument(a, id), { request_id });
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="document.pdf"',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    });
  } catch (error) {
    if (error instanceof Refusal) redirect(303, '/');
    throw error;
  }
};
