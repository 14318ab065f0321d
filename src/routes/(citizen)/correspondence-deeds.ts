// What she does in her thread and past a desk. A form that is pressed twice is one form.
import { concernForm, messageForm, myDeskSilence, openMyThread, raiseConcern, writeToDesk } from '#correspondence';
import { type Act, act, read } from '#foundation';
import { type FileDeed, leadTo } from './file-deeds.ts';
import { asked, once, wrongWith } from './once.ts';

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
