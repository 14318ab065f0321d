// Which rights stand where: by what is happening to her, and by how far her application has come. Only what is verified is shown.
import { helplines, type Right, verifiedRights } from '#law';
import { type Lang, pick, type Words, words } from '#words';

export type Situation = keyof Words['rights']['situations'];
type Told = { rights: readonly string[]; numbers: readonly string[] };

/** What each situation shows: rights by their ids, numbers as they are dialled. */
export const SITUATIONS: Record<Situation, Told> = {
  now: {
    rights: ['any_station', 'woman_officer', 'medical', 'free_treatment', 'free_copy', 'identity'],
    numbers: ['112', '181', '108'],
  },
  doctor: { rights: ['free_treatment', 'medical', 'identity'], numbers: ['108', '112', '181'] },
  refused: {
    rights: ['refusal', 'any_station', 'electronic', 'free_copy', 'lawyer'],
    numbers: ['1090', '181', '15100', '1076'],
  },
  child: {
    rights: ['child', 'medical', 'free_treatment', 'identity', 'in_camera', 'bail_presence'],
    numbers: ['1098', '112', '14416'],
  },
  threat: {
    rights: ['any_station', 'woman_officer', 'not_called', 'no_withdrawal', 'lawyer'],
    numbers: ['112', '1090'],
  },
  home: { rights: ['dv', 'not_called', 'lawyer', 'any_station'], numbers: ['112', '181', '15100'] },
  images: { rights: ['woman_officer', 'electronic', 'identity', 'refusal'], numbers: ['1930', '1090', '14416'] },
  work: { rights: ['workplace', 'any_station', 'woman_officer', 'lawyer'], numbers: ['181', '15100'] },
  official: {
    rights: ['any_station', 'electronic', 'refusal', 'identity', 'arrest_night', 'lawyer'],
    numbers: ['14490', '15100', '112'],
  },
  access: { rights: ['disability', 'home_statement', 'not_called'], numbers: ['181', '112'] },
  caste: { rights: ['scst', 'lawyer', 'compensation'], numbers: ['15100', '112'] },
};

export type Stage = keyof Words['track']['stages'];
/** What helps her at each stage of her application. */
export const STAGES: Record<Stage, readonly string[]> = {
  sent: ['any_station', 'electronic', 'woman_officer', 'privacy'],
  called: ['free_copy', 'refusal', 'woman_officer'],
  'on-record': ['free_copy', 'refusal', 'identity'],
  inquiry: ['home_statement', 'not_called', 'magistrate', 'two_months', 'progress', 'compensation'],
  report: ['progress', 'closure_hearing', 'lawyer'],
  court: ['copies', 'in_camera', 'lawyer', 'no_withdrawal', 'compensation'],
};

/** A right as a page says it, with the section it rests on. */
export type Said = { id: string; text: string; law: string; scope: string };
const said = (right: Right, lang: Lang): Said => ({
  id: right.id,
  text: lang === 'hi' ? right.text_hi : right.text_en,
  law: (lang === 'hi' && right.law_hi) || right.law,
  scope: pick(words(lang).info.rights.scopeNames, right.scope, right.scope),
});

/** These rights in this order; one that is not verified, or not there, is left out. */
export function rightsSaid(ids: readonly string[], lang: Lang, verified = verifiedRights()): Said[] {
  return ids.flatMap((id) => {
    const right = verified.find((one) => one.id === id);
    return right ? [said(right, lang)] : [];
  });
}

/** The verified rights that no stage and no situation shows, such as a later table may bring: they stand below the stages. */
export function otherRights(lang: Lang, verified = verifiedRights()): Said[] {
  const shown = new Set([...Object.values(STAGES), ...Object.values(SITUATIONS).map(({ rights }) => rights)].flat());
  return verified.filter(({ id }) => !shown.has(id)).map((right) => said(right, lang));
}

/** Numbers to call, in the order asked for; only verified ones. */
export function numbersSaid(asked: readonly string[], lang: Lang): { number: string; name: string }[] {
  const lines = helplines();
  return asked.flatMap((number) => {
    const line = lines.find((one) => one.number === number);
    return line ? [{ number, name: lang === 'hi' ? line.name_hi : line.name_en }] : [];
  });
}

/** Whether an address names a situation. */
export const isSituation = (name: string): name is Situation => Object.hasOwn(SITUATIONS, name);
