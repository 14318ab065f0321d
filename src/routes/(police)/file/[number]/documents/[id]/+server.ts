// A paper as it was printed. It is saved, not shown, under a name that is only its number, and no browser keeps it.
import { error, redirect } from '@sveltejs/kit';
import { act, Refusal } from '#foundation';
import { fetchDocument } from '#documents';
import { signedIn } from '../../../../signed-in.ts';
import type { RequestHandler } from './$types';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const { id, number } = event.params;
  if (!ID.test(id)) error(404, { message: 'not-found' });
  try {
    const { pdf, name } = await act(staff, 'documents.fetch-paper', (a) => fetchDocument(a, id), {
      request_id: event.locals.request_id,
    });
    return new Response(new Uint8Array(pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${name}"`,
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'no-store',
      },
    });
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'needs-opening') redirect(303, `/file/${number}/documents?sealed`);
    error(404, { message: 'not-found' });
  }
};
