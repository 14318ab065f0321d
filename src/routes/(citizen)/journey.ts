// Which screen comes next: the way through the form, drawn from the answers alone.
import { isChild } from '#law';
import { type Answers, digitsOf, type Page, textOf } from './answers.ts';
import { type Known, unfinished } from './checks.ts';
import { typedDate } from './days.ts';
import { SCREENS, type Screen, type ScreenId, screenOf } from './screens.ts';

/**
 * Whether the form treats her as a child: under 18 now, or on the first day it happened.
 * @param answers her answers so far
 * @param today the day in India
 */
export function mayBeChild(answers: Answers, today: Temporal.PlainDate): boolean {
  const born = typedDate(answers, 'born_on');
  const typed = digitsOf(textOf(answers, 'age'));
  const when = typedDate(answers, 'when_from');
  const born_on =
    born.state === 'typed' && born.known === 'day' && Temporal.PlainDate.compare(born.from, today) <= 0
      ? born.from
      : undefined;
  const age = typed ? Number(typed) : undefined;
  if (!born_on && (age === undefined || age > 120)) return false;
  const known = { born_on, age, age_asked_on: today };
  if (isChild(known)) return true;
  const incident_on = when.state === 'typed' && when.known !== 'scraps' ? when.from : undefined;
  if (!incident_on || Temporal.PlainDate.compare(incident_on, today) > 0) return false;
  if (born_on && Temporal.PlainDate.compare(incident_on, born_on) < 0) return false;
  return isChild({ ...known, incident_on });
}

/** Whether somebody writes this for her. */
export const forAnother = (answers: Answers): boolean => !['', 'self'].includes(textOf(answers, 'relation'));

/**
 * The screens of her form, in order. The writer is asked about only if she writes for another; the guardian question
 * comes only for a child, as soon as that is known.
 * @param answers her answers so far
 * @param today the day in India
 */
export function screensFor(answers: Answers, today: Temporal.PlainDate): Screen[] {
  const childNow = mayBeChild({ ...answers, when_from_y: '' }, today);
  const child = mayBeChild(answers, today);
  const wanted = SCREENS.filter(
    ({ id }) => id !== 'person' && id !== 'child' && (id !== 'reporter' || forAnother(answers)),
  );
  if (!child) return wanted;
  const at = wanted.findIndex(({ id }) => id === (childNow ? 'age' : 'when'));
  return wanted.toSpliced(at + 1, 0, { ...screenOf('child'), step: childNow ? 1 : 4 });
}

/**
 * The screen after one that is right. Once she has seen the last screen, every change leads back to it.
 * @param id the screen that is done
 * @param page the draft
 * @param known the day, the places
 */
export function screenAfter(id: ScreenId, page: Page, known: Known): ScreenId {
  const way = screensFor(page.answers, known.today);
  if (page.checked) return unfinished(way, page.answers, known)[0] ?? 'check';
  const at = way.findIndex((screen) => screen.id === (id === 'person' ? 'accused' : id));
  return way[at + 1]?.id ?? 'check';
}

/**
 * The screen before one; undefined before the first.
 * @param id the screen she is on
 * @param page the draft
 * @param today the day in India
 */
export function screenBefore(id: ScreenId, page: Page, today: Temporal.PlainDate): ScreenId | undefined {
  if (id === 'person') return 'accused';
  const way = screensFor(page.answers, today);
  return way[way.findIndex((screen) => screen.id === id) - 1]?.id;
}
