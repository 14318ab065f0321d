// What a report to the court means, in plain sentences, for her page and the API.
import { type Lang, words } from './words.ts';

type Sent = { kind: 'charge-sheet' | 'final-report'; sheet: string | null; reason: string | null };

/**
 * What was sent to court and what it means.
 * @param report its kind; which charge sheet; of a report that closes, the reason of the form (IIF-V)
 */
export function meaningOf(lang: Lang, { kind, sheet, reason }: Sent): readonly string[] {
  const m = words(lang).ending.meaning;
  if (kind === 'charge-sheet') return sheet === 'supplementary' ? m.supplementary : m.original;
  const known = (Object.keys(m) as (keyof typeof m)[]).find((code) => code === reason);
  return [...m.closing, ...(known ? m[known] : [])];
}
