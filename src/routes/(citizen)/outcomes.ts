// What a press leads to, and how problems and refusals become lines that lead to their field.
import type { Refusal } from '#foundation';
import { type Lang, reason, type Words, words } from '#words';
import type { Problem } from './checks.ts';
import type { Kept } from './view-cookie.ts';

/** A line of the error summary: where it leads and what it says. */
export type ErrorLine = { input: string; text: string };
/**
 * What a press leads to: nothing but the redirect, or lines to put right with what was typed; typed texts alone come back as they are,
 * with nothing wrong. `view` is kept in the sealed cookie; null forgets it.
 */
export type Outcome = { errors?: ErrorLine[]; typed?: Record<string, string>; view?: Kept | null; status?: number };

/**
 * A problem in words.
 * @param lang hi or en
 * @param problem what the checks found
 */
export function problemText(lang: Lang, problem: Problem): string {
  const w: Words = words(lang);
  if (problem.code === 'missing') return w.fields[problem.field].missing || w.fields[problem.field].label;
  const text: unknown = w.problems[problem.code];
  return typeof text === 'function' ? String(text(...(problem.told ?? []))) : String(text);
}

/** Lines for the summary, one for each problem. */
export const problemLines = (lang: Lang, problems: readonly Problem[]): ErrorLine[] =>
  problems.map((problem) => ({ input: problem.input, text: problemText(lang, problem) }));

const TYPED = ['receipt', 'number', 'mobile', 'code', 'resume'];

/** What she typed at a door, to be shown again. */
export const typedAtDoor = (sent: FormData): Record<string, string> =>
  Object.fromEntries(
    TYPED.flatMap((name) => (typeof sent.get(name) === 'string' ? [[name, String(sent.get(name)).slice(0, 60)]] : [])),
  );

/** What she typed into a form of her open file, to be shown again: every text, by the name of its field. */
export const typedBehind = (sent: FormData): Record<string, string> =>
  Object.fromEntries(
    [...sent].flatMap(([name, value]) => (name !== 'do' && typeof value === 'string' ? [[name, value]] : [])),
  );

/** The house said no to a deed of her open file: one line at the field it speaks of, and all that she typed. */
export const refusedBehind = (lang: Lang, refusal: Refusal, sent: FormData): Outcome => ({
  errors: [{ input: refusal.about ?? 'main', text: reason(lang, refusal.code) }],
  typed: typedBehind(sent),
});

/** The house said no: one line at the first field of the door she stands at. */
export function refusalOutcome(lang: Lang, refusal: Refusal, sent: FormData): Outcome {
  const typed = typedAtDoor(sent);
  return { errors: [{ input: Object.keys(typed)[0] ?? 'main', text: reason(lang, refusal.code) }], typed };
}
