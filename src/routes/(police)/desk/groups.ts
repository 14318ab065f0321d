// How a desk is ordered and filtered: by what has passed, what is due this week, what waits for this post, and the rest.
import type { DeskRow } from '#casework';
import { asciiDigits } from '#law';
import { daysFrom, istDay } from '../../../words/format.ts';

export const GROUPS = ['late', 'week', 'new', 'rest'] as const;
export type Group = (typeof GROUPS)[number];
export const SHOWS = ['all', 'late', 'week', 'new', 'law', 'child'] as const;
export type Show = (typeof SHOWS)[number];

const WEEK = 7;
// steps that wait for somebody at this desk, not for the investigation
const WAITING = ['receive', 'sign', 'register-fir', 'approve-report', 'forward-report'];

/** The one group a file stands in. */
export function groupOf(row: DeskRow, now: Temporal.Instant): Group {
  if (row.due && Temporal.Instant.compare(row.due.at, now) < 0) return 'late';
  if (row.due && daysFrom(istDay(now), row.due.on) <= WEEK) return 'week';
  return isNew(row, now) ? 'new' : 'rest';
}

const isNew = (row: DeskRow, now: Temporal.Instant): boolean =>
  WAITING.includes(row.next) || daysFrom(istDay(row.desk_since), istDay(now)) < 1;

/** Whether a file belongs under a filter. */
export function isShown(row: DeskRow, show: Show, now: Temporal.Instant): boolean {
  switch (show) {
    case 'all':
      return true;
    case 'late':
    case 'week':
      return groupOf(row, now) === show;
    case 'new':
      return isNew(row, now);
    case 'law':
      return row.due?.kind === 'law';
    case 'child':
      return row.child;
  }
}

/** What was asked for, as plain as a number can be: Devanagari digits, no spaces. */
export const plainNumber = (asked: string): string => asciiDigits(asked).replace(/[\s-]/g, '');

/**
 * The files of this desk that were asked for: by FIR number (412, 412/26, 412/2026) or by a section (64, BNS 74).
 * @param asked what was typed
 */
export function findOnDesk(rows: readonly DeskRow[], asked: string): DeskRow[] {
  const said = asciiDigits(asked).trim().toLowerCase();
  const fir = /^(\d{1,5})(?:\s*\/\s*(\d{2}|\d{4}))?$/.exec(said);
  const byFir = fir ? rows.filter((row) => isFir(row.fir, fir[1] ?? '', fir[2])) : [];
  if (byFir.length > 0) return byFir;
  const section = said.replace(/\s+/g, '');
  return section === ''
    ? []
    : rows.filter((row) =>
        row.sections.some((s) =>
          [s.section, `${s.act}${s.section}`].some((own) => own.toLowerCase().startsWith(section)),
        ),
      );
}

const isFir = (fir: string | null, number: string, year: string | undefined): boolean => {
  const [n, y] = fir?.split('/') ?? [];
  return n !== undefined && Number(n) === Number(number) && (year === undefined || (y?.endsWith(year) ?? false));
};
