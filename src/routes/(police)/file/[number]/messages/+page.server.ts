// The thread of a file: read by whoever sees it, answered by the desk that has it; the next progress message as a draft.
import { z } from 'zod';
import { addToProgress, filesToSend, messageForm, openThread, progressForm, writeToHer } from '#correspondence';
import { act, newId } from '#foundation';
import { formAction } from '../../../../form-action.ts';
import { once } from '../../../once.ts';
import { signedIn } from '../../../signed-in.ts';
import { fileOf } from '../reading.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { number } = event.params;
  const { request_id } = event.locals;
  const { file } = await fileOf({ staff, number, request_id }, async () => undefined);
  // opened at the desk that has the file, her messages count as read: that is written down
  const { thread, files } = await act(
    staff,
    'correspondence.open-thread',
    async (a) => ({ thread: await openThread(a, number), files: await filesToSend(a, number) }),
    { request_id },
  );
  const done = event.url.searchParams.get('done');
  return {
    number,
    fir: file.fir,
    now: file.as_of,
    thread,
    files,
    form_id: newId(),
    done: done === 'sent' || done === 'kept' ? done : null,
  };
};

const formId = z.object({ form_id: z.uuid('not-understood') });
export const actions: Actions = {
  answer: formAction(
    formId.and(messageForm),
    'correspondence.write-to-her',
    (a, form, event: RequestEvent) =>
      once(
        a,
        form,
        event.url.pathname,
        async () => void (await writeToHer(a, event.params.number, form)),
        async () => undefined,
      ),
    (_, event) => `/file/${event.params.number}/messages?done=sent`,
  ),
  progress: formAction(
    formId.and(progressForm),
    'correspondence.add-to-progress',
    (a, form, event: RequestEvent) =>
      once(
        a,
        form,
        event.url.pathname,
        () => addToProgress(a, event.params.number, form),
        async () => undefined,
      ),
    (_, event) => `/file/${event.params.number}/messages?done=kept`,
  ),
};
