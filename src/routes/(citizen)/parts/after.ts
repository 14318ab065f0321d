// What stands under the reckoning of a date of hers.
import type { Words } from '#words';
import type { DueView } from '../views.ts';

/** What the section says, that the date never moves, and what stops the clock. */
export const afterOf = (w: Words, due: DueView): string[] => [
  ...(due.text ? [w.law.sectionText(due.text)] : []),
  `${w.law.never} ${due.stops}`,
];
