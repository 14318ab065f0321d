// What women think of how they were treated, station by station, for the posts above: numbers, and none small enough to tell who said it.
import type { Reading } from '#foundation';
import { type Named, unitNames } from '#posts';
import { FEEDBACK, type FeedbackQuestion } from './forms.ts';
import { byStation, type Told } from './rules.ts';
import * as store from './store.ts';

/** Answers to each question, by answer; null where fewer than ten have answered it. */
export type FeedbackTally = { [Q in FeedbackQuestion]: Record<(typeof FEEDBACK)[Q][number], number> | null };
/** `others`: stations that are too small to stand alone, together; null where there are none, or they are too few together too. */
export type FeedbackCount = {
  days: number;
  stations: (FeedbackTally & { unit_name: Named })[];
  others: FeedbackTally | null;
};

/** The days over which it is counted: a year, because few answer. */
const DAYS = 365;

/**
 * What was answered about each station below the acting post in the last year. A question that fewer than ten have answered at a station is
 * left out there and counted with those of other small stations. A station is not told what is said of it.
 */
export async function feedbackCounted(r: Reading): Promise<FeedbackCount> {
  const told = await store.feedbackCounted(r, r.now.subtract({ hours: 24 * DAYS }));
  const { shown, others } = byStation(told);
  const names = await unitNames(r, [...shown.keys()]);
  const stations = [...shown].map(([path, some]) => ({
    unit_name: names.get(path) ?? { hi: '', en: '' },
    ...tallyOf(some),
  }));
  return { days: DAYS, stations, others: others.length > 0 ? tallyOf(others) : null };
}

function tallyOf(told: readonly Told[]): FeedbackTally {
  const of = <Q extends FeedbackQuestion>(question: Q): FeedbackTally[Q] => {
    const some = told.filter((one) => one.question === question);
    if (some.length === 0) return null;
    const counted = FEEDBACK[question].map((answer) => [
      answer,
      some.filter((one) => one.answer === answer).reduce((sum, { n }) => sum + n, 0),
    ]);
    return Object.fromEntries(counted) as NonNullable<FeedbackTally[Q]>;
  };
  return { respect: of('respect'), called: of('called'), pressed: of('pressed'), again: of('again') };
}
