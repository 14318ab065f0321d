// The practice page: whose shift to play, what was sent, which time it is. In production there is no such page.
import { error, fail } from '@sveltejs/kit';
import { house, read } from '#foundation';
import { sentMessages } from '#notify';
import { sandboxCast } from '#signin';
import { fieldErrors } from '../form-action.ts';
import { formOf } from '../form-fields.ts';
import type { Actions, PageServerLoad } from './$types';
import { clockForm } from './clock-form.ts';
import { homeOf } from '../(police)/signed-in.ts';

const SHOWN = 100;

/** The receipts of the story told at the first start; none where it was not told. */
async function receipts(): Promise<{ receipt: string; note: { hi: string; en: string } }[]> {
  const { sampleReceipts } = await import('../../../seed/sandbox.ts');
  return sampleReceipts(process.env.ITSSO_DATA ?? './.itsso');
}

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
  if (locals.mode !== 'sandbox') error(404, { message: 'not-found' });
  setHeaders({ 'cache-control': 'no-store' });
  const { now, messages } = await read(house(), 'notify.list-sent', async (r) => ({
    now: r.now,
    messages: await sentMessages(r),
  }));
  return {
    lang: locals.lang,
    home: locals.staff ? homeOf(locals.staff.post_kind) : null,
    cast: (await sandboxCast()).filter(({ post }) => post !== null),
    messages: messages.toReversed().slice(0, SHOWN),
    sent: messages.length,
    receipts: await receipts(),
    now,
  };
};

export const actions: Actions = {
  // through the door of the API: the same limits, and two hands on the clock take turns there
  clock: async ({ request, locals, fetch }) => {
    if (locals.mode !== 'sandbox') error(404, { message: 'not-found' });
    const parsed = clockForm.safeParse(await formOf(request));
    if (!parsed.success) return fail(422, { errors: fieldErrors(parsed.error), moved: false });
    const answer = await fetch('/sandbox/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parsed.data),
    });
    if (answer.ok) return { errors: [], moved: true };
    const { code } = (await answer.json()) as { code?: string };
    return fail(answer.status, { errors: [{ path: 'to', code: code ?? 'unexpected' }], moved: false });
  },
};
