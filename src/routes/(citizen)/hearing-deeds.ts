// What she does with a time to be heard: chooses, asks for others, calls off, takes a code for somebody who sits with her.
import type { z } from 'zod';
import { type Act, act } from '#foundation';
import { askForOthers, bringSomebody, callOff, chooseForm, chooseTime, guestForm, othersForm } from '#hearing';
import { type FileDeed, type FilePress, leadTo } from './file-deeds.ts';
import { fours } from '../../words/format.ts';
import { asked, once, wrongWith } from './once.ts';
import type { Outcome } from './outcomes.ts';
import type { Kept } from './view-cookie.ts';

const seeHearings: FileDeed = async (press) => leadTo(press, 'hearings', undefined, press.rest || undefined);

/** The appointment that a form is about; the room says whether it is hers. */
const which = ({ sent }: FilePress): string => {
  const said = String(sent.get('hearing') ?? '');
  return /^[0-9a-f-]{36}$/.test(said) ? said : '00000000-0000-4000-8000-000000000000';
};

async function send<S extends z.ZodType>(
  press: FilePress,
  schema: S,
  deed: string,
  work: (a: Act, id: string, form: z.output<S>) => Promise<unknown>,
  told: Kept['told'],
): Promise<Outcome> {
  const { event, sent } = press;
  const { citizen, lang } = event.locals;
  const form = schema.safeParse(Object.fromEntries([...sent].filter(([, value]) => typeof value === 'string')));
  if (!form.success) return wrongWith(lang, form.error, sent);
  const id = which(press);
  await act(citizen, deed, (a) => once(a, press, () => work(a, id, form.data)), asked(press));
  return leadTo(press, 'hearings', told, id);
}

const bring: FileDeed = async (press) => {
  const form = guestForm.safeParse({ role: press.rest });
  if (!form.success) return {};
  const id = which(press);
  const { citizen } = press.event.locals;
  const { code } = await act(citizen, 'hearing.bring', (a) => bringSomebody(a, id, form.data.role), asked(press));
  const led = leadTo(press, 'hearings', 'hearing-code', id);
  return { ...led, view: led.view ? { ...led.view, once: fours(code).join(' ') } : null };
};

/** Her deeds here, by the button's name. */
export const HEARING_DEEDS: Readonly<Record<string, FileDeed>> = {
  'see-hearings': seeHearings,
  'choose-time': (press) => send(press, chooseForm, 'hearing.choose', chooseTime, 'time-chosen'),
  'other-times': (press) => send(press, othersForm, 'hearing.ask-others', askForOthers, 'others-asked'),
  'call-off': (press) =>
    send(press, othersForm, 'hearing.call-off', (a, id, { text }) => callOff(a, id, { text }), 'called-off'),
  bring,
};
