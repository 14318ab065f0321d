// From which reports on a station's files something looks arranged. Pure; days are numbers since 1 January 2000. docs/figures.md says each in words.
import { addCalendarMonths } from '#law';
import { dayOf, numberOf } from './rules.ts';

export const SIGNS = ['burst', 'at_limit', 'reopened', 'by_transfer'] as const;
export type SignName = (typeof SIGNS)[number];
/** A sign: at which station, on which day it begins, `n` of `of`. */
export type Sign = { sign: SignName; unit: string; day: number; n: number; of: number };
export type StationCases = {
  unit: string;
  recorded: readonly number[];
  /** -1: pending */
  reported: readonly number[];
  kinds: readonly { ended: string; timely: boolean; reopened: number }[];
  n: readonly number[];
};

/** The last days of a month, before it is reviewed. */
const LAST_DAYS = 3;
const BURST_LEAST = 5;
/** As much of a month's reports in its last three days: a fifth would be twice its share. */
const BURST_SHARE = 0.5;
/** So many reports of one station on one day, each within so many days before its limit. */
const AT_LIMIT_LEAST = 4;
const LIMIT_DAYS = 3;
const REOPENED_LEAST = 2;
const REOPENED_SHARE = 0.1;
const TRANSFER_LEAST = 3;
const TRANSFER_SHARE = 0.2;

/**
 * The signs in one station's reports from a day up to and with another.
 * @param since number of a day
 * @param today number of a day
 */
export function signsIn(station: StationCases, since: number, today: number): Sign[] {
  const { unit, recorded, reported, kinds, n } = station;
  const months = new Map<string, { first: number; all: number; last: number }>();
  const days = new Map<number, { all: number; at_limit: number }>();
  let [ended, transferred, done, reopened] = [0, 0, 0, 0];
  for (let i = 0; i < recorded.length; i++) {
    const [out, kind, many] = [reported[i] ?? -1, kinds[i], n[i] ?? 0];
    if (!kind) continue;
    // a file taken up again is pending again, and a sign all the same
    if (kind.reopened > 0 && (recorded[i] ?? 0) >= since - 365) reopened += many;
    if (out < since || out > today) continue;
    ended += many;
    if (kind.ended === 'transferred') transferred += many;
    else done += many;
    const day = dayOf(out);
    const month = months.get(day.toString().slice(0, 7)) ?? {
      first: numberOf(day.with({ day: day.daysInMonth - LAST_DAYS + 1 })),
      all: 0,
      last: 0,
    };
    month.all += many;
    if (out >= month.first) month.last += many;
    months.set(day.toString().slice(0, 7), month);
    const due = numberOf(addCalendarMonths(dayOf(recorded[i] ?? 0), 2));
    const at = days.get(out) ?? { all: 0, at_limit: 0 };
    at.all += many;
    if (out <= due && due - out < LIMIT_DAYS) at.at_limit += many;
    days.set(out, at);
  }
  const found: Sign[] = [];
  for (const { first, all, last } of months.values())
    if (last >= BURST_LEAST && last >= all * BURST_SHARE)
      found.push({ sign: 'burst', unit, day: first, n: last, of: all });
  for (const [day, { all, at_limit }] of days)
    if (at_limit >= AT_LIMIT_LEAST) found.push({ sign: 'at_limit', unit, day, n: at_limit, of: all });
  if (reopened >= REOPENED_LEAST && reopened >= done * REOPENED_SHARE)
    found.push({ sign: 'reopened', unit, day: since, n: reopened, of: done });
  if (transferred >= TRANSFER_LEAST && transferred >= ended * TRANSFER_SHARE)
    found.push({ sign: 'by_transfer', unit, day: since, n: transferred, of: ended });
  return found.sort((a, b) => a.day - b.day);
}
