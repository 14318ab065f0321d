// A file by the page's own form, without a script: read as it arrives, looked at like any other, up to fifty megabytes.
import { error, fail, redirect } from '@sveltejs/kit';
import { addVoice, beginUpload, carryOn, drawId, exhibitOf, FILE_KINDS, saidHash } from '#evidence';
import { act, Refusal, refuse } from '#foundation';
import { fieldErrors, type Refused } from '../../../../../form-action.ts';
import { toObject, typed } from '../../../../../form-fields.ts';
import { formWithFile } from '../../../../../form-with-file.ts';
import { NotAForm } from '../../../../../multipart.ts';
import { statusOf } from '../../../../../refusal-status.ts';
import { signedIn } from '../../../../signed-in.ts';
import { toAddTo } from '../adding.ts';
import { fileTold } from '../told.ts';
import type { Actions, PageServerLoad } from './$types';

const MOST = 50 * 1024 * 1024;
const entryIn = (said: string | null): number | null => (/^[1-9]\d{0,5}$/.test(said ?? '') ? Number(said) : null);

// the same press again: the voice belongs to its entry already
const once = (why: unknown): void => {
  if (!(why instanceof Refusal) || why.code !== 'already-done') throw why;
};

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  return {
    ...(await toAddTo({ staff, number, request_id: event.locals.request_id })),
    kinds: FILE_KINDS,
    // for an entry of the diary: then it is a voice, and nothing else is asked
    entry: entryIn(event.url.searchParams.get('entry')),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const actor = event.locals.staff;
    if (!actor) redirect(303, '/signin');
    const { fields, file, rest } = await formWithFile(event);
    const no = (status: number, errors: Refused['errors'], refused: string | null) => {
      // what was not read goes by unread, so that the browser hears the answer
      rest();
      return fail(status, { errors, refused, values: typed(fields) } satisfies Refused);
    };
    const entry = entryIn(event.url.searchParams.get('entry'));
    const told = fileTold.safeParse({
      ...toObject(fields),
      ...(entry ? { kind: 'audio' } : {}),
      filename: file?.name,
    });
    if (!told.success) return no(422, fieldErrors(told.error), null);
    const options = { request_id: event.locals.request_id };
    const { number } = event.params;
    const { form_id, ...form } = told.data;
    let exhibit: number;
    try {
      if (!file || (file.name === '' && file.size === 0))
        return no(422, [{ path: 'file', code: 'file-missing' }], null);
      if (file.size > MOST) refuse('file-too-large', 'file');
      const repeat = {
        scope: `page ${actor.post} ${event.url.pathname}`,
        key: form_id,
        body_hash: saidHash(JSON.stringify(typed(fields)), String(file.size)),
      };
      const id = drawId(repeat);
      await beginUpload(actor, { id, number, size: file.size, form, repeat }, options);
      await carryOn(actor, id, 0, file.bytes, options);
      exhibit = await exhibitOf(actor, id, options);
      if (entry)
        await act(actor, 'evidence.add-voice', (a) => addVoice(a, number, { entry, upload: id }), options).catch(once);
    } catch (fault) {
      if (fault instanceof NotAForm) error(400, { message: 'not-understood' });
      if (!(fault instanceof Refusal)) throw fault;
      const { about, code } = fault;
      return about ? no(statusOf(code), [{ path: about, code }], null) : no(statusOf(code), [], code);
    }
    rest();
    redirect(303, entry ? `/file/${number}?done=diary#diary` : `/file/${number}/evidence?done=file-${exhibit}`);
  },
};
