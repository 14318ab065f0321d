// What she does in her thread and past a desk. A form that is pressed twice is one form.
import {
  concernForm,
  messageForm,
  myDeskSilence,
  myThreadFile,
  openMyThread,
  raiseConcern,
  writeToDesk,
} from '#correspondence';
import { type Act, act, read, refuse } from '#foundation';
import { words } from '#words';
import { type FileDeed, type FilePress, leadTo } from './file-deeds.ts';
import { chosenOnly, takeBack } from './her-files.ts';
import { asked, once, wrongWith } from './once.ts';
import { typedBehind } from './outcomes.ts';

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
  if (chosenOnly(sent))
    return { errors: [{ input: 'file', text: words(lang).form.files.notAdded }], typed: typedBehind(sent) };
  const form = messageForm.safeParse({ text: sent.get('text') ?? '', uploads: sent.getAll('uploads') });
  if (!form.success) return wrongWith(lang, form.error, sent);
  const work = (a: Act) => once(a, press, () => writeToDesk(a, form.data));
  await act(citizen, 'correspondence.write-to-desk', work, asked(press));
  return leadTo(press, 'messages', 'message-sent');
};

/** The script has sent a file: the page comes back with it, and with what is typed. */
const fileHere: FileDeed = async ({ sent }) => ({ typed: typedBehind(sent) });

const takeFileBack: FileDeed = async ({ event, sent, rest }) => {
  await takeBack(event, rest);
  return { typed: typedBehind(sent) };
};

/** One file of the thread, by its number in her case. */
const seeFile: FileDeed = async (press) => {
  await read(
    press.event.locals.citizen,
    'correspondence.see-file',
    (r) => myThreadFile(r, numberIn(press)),
    asked(press),
  );
  return leadTo(press, 'file', undefined, press.rest);
};
const numberIn = ({ rest }: FilePress): number => (/^[1-9]\d{0,5}$/.test(rest) ? Number(rest) : refuse('not-found'));

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
  'see-file': seeFile,
  'send-message': sendMessage,
  'file-here': fileHere,
  'take-back': takeFileBack,
  'send-concern': sendConcern,
};
