// What a line of a file's history is about, beside the name of its step: codes and numbers, never words.
import type * as store from './store.ts';

/** What a correction points to: the number of a diary entry, or the id of a step. */
export type Corrects = { entry: number } | { of_step: string };

/** The code that says what a step was about, where it can be about several things. */
const ABOUT: Partial<Record<string, string>> = {
  'record-event': 'event',
  'court-order': 'kind',
  'court-date': 'for',
  outcome: 'kind',
  statement: 'kind',
  medical: 'about',
  'test-identification': 'result',
  release: 'how',
  summon: 'why',
  'summon-result': 'result',
  'submit-report': 'sheet',
};

/** What a step was about: the event, the order, what happened in court; null where its name says it all. */
export function aboutOf({ step, form }: Pick<store.Step, 'step' | 'form'>): string | null {
  const field = ABOUT[step];
  const about = field === undefined ? null : form[field];
  return typeof about === 'string' ? about : null;
}

/** What a correction points to. */
export function correctsOf({ step, form }: Pick<store.Step, 'step' | 'form'>): Corrects | null {
  if (step !== 'correct') return null;
  return typeof form.entry === 'number' ? { entry: form.entry } : { of_step: String(form.of_step) };
}

/** The corrections of diary entries, by the number of the entry, in order of time. */
export function correctionsIn(
  history: readonly { corrects: Corrects | null; at: Temporal.Instant; note: string | null }[],
): Map<number, { at: Temporal.Instant; text: string | null }[]> {
  const found = new Map<number, { at: Temporal.Instant; text: string | null }[]>();
  for (const { corrects, at, note } of history)
    if (corrects && 'entry' in corrects)
      found.set(corrects.entry, [...(found.get(corrects.entry) ?? []), { at, text: note }]);
  return found;
}
