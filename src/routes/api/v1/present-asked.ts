// The times she was asked to come, as the API says them to her and to the posts of her file.
import type { z } from 'zod';
import { type Asked, type FileView, SUMMON_RESULTS } from '#casework';
import { type Lang, pick, words } from '#words';
import type * as shape from './shapes.ts';
import { iso } from './time.ts';

type Said = z.input<typeof shape.appearances>;

/** One time she was asked to come. */
export const presentAsked = (one: Asked, lang: Lang): Said['items'][number] => ({
  id: one.id,
  why: one.why,
  why_text: pick(words(lang).visits.reasons, one.why, one.why),
  law: one.law,
  beyond: one.beyond,
  asked_at: iso(one.asked_at),
  at: iso(one.at),
  post_name: one.post_name[lang],
  told: one.told,
  cannot: one.cannot,
  agreed: one.agreed,
  answers: one.answers.map(({ answer, at, text }) => ({ answer, at: iso(at), text })),
  result: one.result && { result: resultOf(one.result.result), at: iso(one.result.at) },
});
const resultOf = (code: string) => SUMMON_RESULTS.find((known) => known === code) ?? 'not-held';

/** All of a file, as its posts see them. */
export const appearancesOf = ({ appearances: items }: FileView, lang: Lang): Said => ({
  planned: items.length,
  promised: 1,
  asked: items.length,
  attended: items.filter(({ result }) => result?.result === 'attended').length,
  reasons: items.map(({ why }) => why),
  items: items.map((one) => presentAsked(one, lang)),
});
