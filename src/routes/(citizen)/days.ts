// Dates and hours as she types them: three short texts, or “10:30”; partly known dates are fine where the screen says so.
import { type Answers, digitsOf, latinDigits, textOf } from './answers.ts';

/** What three texts amount to. `known`: how far the date is known. */
export type Typed =
  | { state: 'empty' }
  | { state: 'unreal' }
  | { state: 'typed'; known: 'day' | 'month' | 'year' | 'scraps'; from: Temporal.PlainDate; to: Temporal.PlainDate };

/**
 * The date typed into a field of three texts.
 * @param answers the answers
 * @param name the field
 * @returns empty, not in the calendar, or the first and last day it can mean
 */
export function typedDate(answers: Answers, name: string): Typed {
  const texts = (['d', 'm', 'y'] as const).map((part) => textOf(answers, `${name}_${part}`));
  if (texts.every((text) => text === '')) return { state: 'empty' };
  if (texts.some((text) => text !== '' && !/^\d{1,4}$/.test(latinDigits(text)))) return { state: 'unreal' };
  const [d, m, y] = texts.map((text) => (text === '' ? undefined : Number(digitsOf(text))));
  if (y === undefined || String(y).length !== 4) {
    return y === undefined ? { state: 'typed', known: 'scraps', from: FAR, to: FAR } : { state: 'unreal' };
  }
  if (m === undefined) {
    return d === undefined
      ? span('year', date(y, 1, 1), date(y, 12, 31))
      : { state: 'typed', known: 'scraps', from: FAR, to: FAR };
  }
  const first = date(y, m, d ?? 1);
  return d === undefined ? span('month', first, first?.with({ day: first.daysInMonth })) : span('day', first, first);
}

const FAR = Temporal.PlainDate.from('9999-12-31');

function date(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return undefined; // 31 November: not in the calendar
  }
}

function span(
  known: 'day' | 'month' | 'year',
  from: Temporal.PlainDate | undefined,
  to: Temporal.PlainDate | undefined,
): Typed {
  return from && to ? { state: 'typed', known, from, to } : { state: 'unreal' };
}

/**
 * A typed hour as HH:MM.
 * @param typed “10”, “10:30”, “10.30”, “1030”, Devanagari digits too
 * @returns undefined if it is no hour of a day
 */
export function typedTime(typed: string): string | undefined {
  const found = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/.exec(latinDigits(typed).trim());
  if (!found) return undefined;
  const hour = Number(found[1]);
  const minute = Number(found[2] ?? '0');
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
