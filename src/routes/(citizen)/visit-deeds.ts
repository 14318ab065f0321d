// What she answers to a summons.
import { answerSummon, summonAnswerForm } from '#casework';
import { type Act, act } from '#foundation';
import { type FileDeed, leadTo } from './file-deeds.ts';
import { asked, once, wrongWith } from './once.ts';

/** Leads to the form of one summons. */
const seeVisit: FileDeed = async (press) => leadTo(press, 'visits', undefined, press.rest);

const answerVisit: FileDeed = async (press) => {
  const { event, sent, rest } = press;
  const { citizen, lang } = event.locals;
  const form = summonAnswerForm.safeParse({ answer: sent.get('answer'), text: sent.get('text') ?? '' });
  if (!form.success) return wrongWith(lang, form.error, sent);
  const work = (a: Act) => once(a, press, () => answerSummon(a, rest, form.data));
  await act(citizen, 'casework.answer-summon', work, asked(press));
  return leadTo(press, 'visits', 'answer-sent');
};

/** Her deeds here, by the button's name. */
export const VISIT_DEEDS: Readonly<Record<string, FileDeed>> = {
  'see-visit': seeVisit,
  'answer-summon': answerVisit,
};
