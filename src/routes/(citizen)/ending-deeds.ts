// What she does after the report: she reads of it, objects, says whether it is settled and how she was treated, looks at a paper.
import type { z } from 'zod';
import {
  feedbackForm,
  giveFeedback,
  myEnding,
  object,
  objectionForm,
  openEnding,
  saySettled,
  settledForm,
} from '#court';
import { type Act, act } from '#foundation';
import { type FileDeed, type FilePress, leadTo } from './file-deeds.ts';
import { asked, once, wrongWith } from './once.ts';
import type { Kept } from './view-cookie.ts';

/** She opens the page: the notice of the report has reached her. */
const seeEnding: FileDeed = async (press) => {
  await act(press.event.locals.citizen, 'court.open-ending', openEnding, asked(press));
  return leadTo(press, 'ending');
};

// a button's own word, “say-settled:no”, counts as the field it stands for
const textIn = ({ sent, rest }: FilePress, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, name === 'settled' ? rest : (sent.get(name) ?? '')]));

/** A form of hers: parsed, done once, then back to the page with one sentence. */
const formOf =
  <F extends z.ZodType>(
    form: F,
    names: readonly string[],
    deed: string,
    work: (a: Act, said: z.output<F>) => Promise<Kept['told']>,
  ): FileDeed =>
  async (press) => {
    const { citizen, lang } = press.event.locals;
    const said = form.safeParse(textIn(press, names));
    if (!said.success) return wrongWith(lang, said.error, press.sent);
    let told: Kept['told'];
    const once_only = (a: Act) =>
      once(a, press, async () => {
        told = await work(a, said.data);
      });
    await act(citizen, deed, once_only, asked(press));
    return leadTo(press, 'ending', told ?? 'said');
  };

/** Her deeds here, by the button's name. */
export const ENDING_DEEDS: Readonly<Record<string, FileDeed>> = {
  'see-ending': seeEnding,
  'see-paper': async (press) => leadTo(press, 'papers', undefined, press.rest),
  'send-objection': formOf(objectionForm, ['text'], 'court.object', async (a, said) => {
    await object(a, said);
    return 'objection-sent';
  }),
  'say-settled': formOf(settledForm, ['settled', 'text'], 'court.say-settled', async (a, said) => {
    const before = (await myEnding(a)).pleas.length;
    await saySettled(a, said);
    return (await myEnding(a)).pleas.length > before ? 'said-up' : 'said';
  }),
  'send-feedback': formOf(
    feedbackForm,
    ['respect', 'called', 'pressed', 'again', 'text'],
    'court.give-feedback',
    async (a, said) => {
      await giveFeedback(a, said);
      return 'feedback-sent';
    },
  ),
};
