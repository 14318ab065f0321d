// Anybody checks a paper by the code that stands on it. The code is sent as a form, so that no address and no list of pages keeps it.
import { fail } from '@sveltejs/kit';
import { nobody, read } from '#foundation';
import { verify, verifyForm } from '#documents';
import { formOf, toObject } from '../../form-fields.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const parsed = verifyForm.safeParse(toObject(await formOf(request)));
    if (!parsed.success) return fail(422, { found: null, problem: parsed.error.issues[0]?.message ?? 'no-such-paper' });
    const found = await read(nobody, 'documents.verify', (r) => verify(r, parsed.data.code), {
      request_id: locals.request_id,
    });
    // what nobody was given and what is no code at all answer alike
    return found ? { found, problem: null } : fail(404, { found: null, problem: 'no-such-paper' });
  },
};
