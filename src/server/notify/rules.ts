// Whether a message fits, whether it may go at all, when it is tried again, and when the house may repeat it. Asks nothing.
import { segmentsOf } from './segments.ts';

export type Channel = 'sms' | 'email';

/** Why a message did not go, or did not arrive. `refused` and `undelivered` are the network's word, the others our own. */
export const REASONS = [
  'not-connected',
  'throttled',
  'sign-in-refused',
  'no-answer',
  'link-lost',
  'partly',
  'stopped-midway',
  'refused',
  'undelivered',
  'too-late',
  'overtaken',
  'over-budget',
  'number-block',
  'no-number',
] as const;
export type Reason = (typeof REASONS)[number];

/** Whether a text is one part on the air. Every template is: a test reads them all. */
export const fitsOneSms = (text: string): boolean => segmentsOf(text).parts.length === 1;

/**
 * Why a message is held back for good. "Never in a way she has not marked safe": without contact nothing goes at all; what she did
 * not ask for goes only by a way she chose, and by e-mail nothing goes that she did not choose.
 * @param modes how she may be contacted
 * @param at_once whether she asked for it herself
 */
export function isWithheld(modes: readonly string[], at_once: boolean, channel: Channel = 'sms'): boolean {
  return modes.includes('no_contact') || ((!at_once || channel === 'email') && !modes.includes(channel));
}

const STEPS_SECONDS = [10, 30, 60, 120, 300, 600] as const;
const LONGEST_SECONDS = 900;

/**
 * How long a message waits after a try that certainly failed: ten seconds at first, then longer, at most a quarter of an hour, so that
 * after the longest outage what waits goes within a quarter of an hour.
 * @param tries how many there were, this one counted
 * @param id the message: spreads those that failed together over a tenth of the wait, always in the same way
 */
export function backOff(tries: number, id: string): Temporal.Duration {
  const seconds = STEPS_SECONDS[Math.max(tries, 1) - 1] ?? LONGEST_SECONDS;
  const spread = Number.parseInt(id.slice(-4), 16) / 0xffff || 0;
  return Temporal.Duration.from({ seconds: Math.round(seconds * (1 + spread / 10)) });
}

/**
 * After this long without a word from whoever was handing it over, a message counts as stopped midway. The ways out end their waiting
 * before; an answer that comes later all the same is believed.
 */
export const STOPPED_AFTER = Temporal.Duration.from({ minutes: 3 });
/** A dead letter that nobody has looked at for so long is shown as late. */
export const DEAD_LATE_AFTER = Temporal.Duration.from({ hours: 4 });
/** So many failures one after another, and the way counts as down: one is no news. */
export const DOWN_AFTER = 3;

/** Where the day's money stands, in hundredths: half, four fifths, all. At each the administrator is told. */
export const BUDGET_MARKS = { half_at: 50, most_at: 80, all_at: 100 } as const;
export type Spent = { paise: number; limit_paise: number };

/**
 * Whether a message may be paid for: what answers an alarm always, anything else while the day's money lasts.
 * @param cost of this message, in paise
 */
export const mayBePaid = ({ paise, limit_paise }: Spent, cost: number, whatever: boolean): boolean =>
  whatever || paise + cost <= limit_paise;

/** The marks that a spending passes. @param before and after, in paise */
export const marksPassed = (before: number, after: number, limit_paise: number): (keyof typeof BUDGET_MARKS)[] =>
  (Object.keys(BUDGET_MARKS) as (keyof typeof BUDGET_MARKS)[]).filter((mark) => {
    const at = (limit_paise * BUDGET_MARKS[mark]) / 100;
    return before < at && after >= at;
  });

/** Numbers that differ in so many last digits are of one block. */
export const BLOCK_TAIL = 3;
/** Of one block so many numbers are written to within so many minutes, and so many in a day; alarms and numbers written to before go on. */
export const BLOCK_MINUTES = 10;
export const BLOCK_IN_MINUTES = 5;
export const BLOCK_IN_A_DAY = 30;

/** Why one more number of a block has to wait; `minutes`: the short time is over first. */
export function mayBeWritten(others: { minutes: number; day: number }): 'minutes' | 'day' | undefined {
  if (others.day >= BLOCK_IN_A_DAY) return 'day';
  return others.minutes >= BLOCK_IN_MINUTES ? 'minutes' : undefined;
}
