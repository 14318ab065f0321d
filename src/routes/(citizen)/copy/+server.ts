// What proves her record, as a file to take along: when she asks, behind the gate, under a name that says nothing, kept by nobody on the way.
import { redirect } from '@sveltejs/kit';
import { proofsOf } from '#audit';
import { myRecord } from '#casework';
import { house, read } from '#foundation';
import { readView } from '../view-cookie.ts';
import type { RequestHandler } from './$types';

// opened again from the browser's list, this address shows nothing
export const GET: RequestHandler = () => redirect(303, '/');

export const POST: RequestHandler = async ({ locals, cookies }) => {
  const { citizen, request_id } = locals;
  // without her session, or before she has said that it is safe to read, this leads home
  if (!citizen.subject || readView(cookies).shown !== citizen.subject) redirect(303, '/');
  const rows = await read(citizen, 'casework.track', myRecord, { request_id });
  const proofs = await read(house(), 'audit.prove', (r) => proofsOf(r, rows), { request_id });
  return new Response(JSON.stringify(proofs, null, 1), {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': 'attachment; filename="document.txt"',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
};
