// What she does in her thread and past a desk. A form that is pressed twice is one form.
import type { z } from 'zod';
import { concernForm, messageForm, myDeskSilence, openMyThread, raiseConcern, writeToDesk } from '#correspondence';
import { type Act, act, bodyHash, firstTime, read } from '#foundation';
import { type Lang, reason } from '#words';
import { type FileDeed, type FilePress, leadTo } from './file-deeds.ts';
import { type Outcome, typedBehind } from './outcomes.ts';

/** A form drawn for one page; without it, or with another's, its text alone says whether it came before. */
async function once(a: Act, { file, sent }: FilePress, work: () => Promise<unknown>): Promise<void> {
  const fields = [...sent].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  const body_hash = bodyHash(fields);
  const id = String(sent.get('form_id') ?? '').slice(0, 40);
  const key = `${id} ${body_hash.toString('hex').slice(0, 32)}`;
  if (await firstTime(a, { scope: `page ${file} correspondence`, key, body_hash }, file)) await work();
}

const wrongWith = (lang: Lang, error: z.ZodError, sent: FormData): Outcome => ({
  errors: error.issues.map(({ path, message }) => ({ input: String(path[0] ?? 'main'), text: reason(lang, message) })),
  typed: typedBehind(sent),
});
const asked = ({ event }: FilePress) => ({ request_id: event.locals.request_id });

/** She opens the thread: from now on she has seen what the desk wrote. */
const seeMessages: FileDeed = async (press) => {
  await act(press.event.locals.citizen, 'correspondence.open-my-thread', openMyThread, asked(press));
  return leadTo(press, 'messages');
};

const seeConcern: FileDeed = async (press) => {
  // refused before she was called: no desk has had her file yet
  await read(press.event.locals.citizen, 'correspondence.my-desks', myDeskSilence, asked(press));
  return leadTo(press, 'concern');
};

const sendMessage: FileDeed = async (press) => {
  const { event, sent } = press;
  const { citizen, lang } = event.locals;
  const form = messageForm.safeParse({ text: sent.get('text') ?? '', uploads: sent.getAll('uploads') });
  if (!form.success) return wrongWith(lang, form.error, sent);
  const work = (a: Act) => once(a, press, () => writeToDesk(a, form.data));
  await act(citizen, 'correspondence.write-to-desk', work, asked(press));
  return leadTo(press, 'messages', 'message-sent');
};

const sendConcern: FileDeed = async (press) => {
  const { event, sent } = press;
  const { citizen, lang } = event.locals;
  const desk = sent.get('desk');
  const form = concernForm.safeParse({
    reason: sent.get('reason'),
    text: sent.get('text') ?? '',
    ...(desk ? { desk } : {}),
  });
  if (!form.success) return wrongWith(lang, form.error, sent);
  const work = (a: Act) => once(a, press, () => raiseConcern(a, form.data));
  await act(citizen, 'correspondence.raise-concern', work, asked(press));
  return leadTo(press, 'concern', 'concern-sent');
};

/** Her deeds here, by the button's name. */
export const CORRESPONDENCE_DEEDS: Readonly<Record<string, FileDeed>> = {
  'see-messages': seeMessages,
  'see-concern': seeConcern,
  'send-message': sendMessage,
  'send-concern': sendConcern,
};
