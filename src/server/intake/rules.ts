// What follows from a form, told the time: periods, faults of the day, whether she was a child, whose district it is. Pure.
import { instantFrom } from '#foundation';
import { ageOn, isChild, istDay, istMidnight } from '#law';
import type { ComplaintForm } from './forms.ts';

/** A stretch of time as she knows it: its first and last instant, its first day, and how many of year, month and day are known. */
export type Period = { start: Temporal.Instant; end: Temporal.Instant; day: Temporal.PlainDate; parts: 1 | 2 | 3 };

/**
 * What "2026", "2026-03", "2026-03-05" or an instant means. An instant without an offset is one in India.
 * @returns undefined if there is no such day or hour
 */
export function periodOf(text: string): Period | undefined {
  const read = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(T.+)?)?)?$/.exec(text);
  if (!read) return undefined;
  const [, year, month, date, time] = read;
  try {
    if (time) {
      const start = instantFrom(text);
      return start && { start, end: start, day: istDay(start), parts: 3 };
    }
    const day = Temporal.PlainDate.from(
      { year: Number(year), month: Number(month ?? 1), day: Number(date ?? 1) },
      { overflow: 'reject' },
    );
    const parts = date ? 3 : month ? 2 : 1;
    const next = day.add(parts === 3 ? { days: 1 } : parts === 2 ? { months: 1 } : { years: 1 });
    return { start: istMidnight(day), end: istMidnight(next).subtract({ milliseconds: 1 }), day, parts };
  } catch {
    return undefined;
  }
}

/** What is wrong with a form on the day it arrives. */
export type Fault = { path: string; code: string };

/**
 * Everything in a form that cannot be true at this instant: what lies in the future, what happened before she was born.
 * @param now the instant of filing
 * @returns faults by path, empty if there are none
 */
export function faultsAt(form: ComplaintForm, now: Temporal.Instant): Fault[] {
  const today = istDay(now);
  const faults: Fault[] = [];
  const born = form.affected.born_on ? Temporal.PlainDate.from(form.affected.born_on) : undefined;
  if (born && Temporal.PlainDate.compare(born, today) > 0)
    faults.push({ path: 'affected.born_on', code: 'date-future' });
  else if (born && ageOn(born, today) > 120) faults.push({ path: 'affected.born_on', code: 'age-range' });
  for (const end of ['from', 'to'] as const) {
    const text = form.when[end];
    const period = text ? periodOf(text) : undefined;
    if (!period) continue;
    if (Temporal.Instant.compare(period.start, now) > 0) faults.push({ path: `when.${end}`, code: 'date-future' });
    if (
      end === 'from' &&
      born &&
      Temporal.PlainDate.compare(born, today) <= 0 &&
      Temporal.Instant.compare(period.end, istMidnight(born)) < 0
    ) {
      faults.push({ path: 'when.from', code: 'before-birth' });
    }
  }
  const { on, year } = form.earlier ?? {};
  if (on && Temporal.PlainDate.compare(Temporal.PlainDate.from(on), today) > 0)
    faults.push({ path: 'earlier.on', code: 'date-future' });
  if (year && year > today.year) faults.push({ path: 'earlier.year', code: 'date-future' });
  return faults;
}

/**
 * Whether she was under 18 when it happened (POCSO 2(1)(d)), every doubt answered for the child: of a month or a year that is all
 * she remembers, its first day counts.
 * @param now the instant of filing, when her age was asked
 */
export function childBy(form: ComplaintForm, now: Temporal.Instant): boolean {
  const born_on = form.affected.born_on ? Temporal.PlainDate.from(form.affected.born_on) : undefined;
  const first = form.when.from ? periodOf(form.when.from)?.day : undefined;
  // born within the month or year that is all she remembers: then the birthday itself is the first day it can have been
  const incident_on = first && born_on && Temporal.PlainDate.compare(first, born_on) < 0 ? born_on : first;
  return isChild({ born_on, age: form.affected.age, age_asked_on: istDay(now), incident_on });
}

/** The district that calls her: that of the station she chose, else the one she lives in. Units are nation.state.district.… */
export const districtOf = (form: Pick<ComplaintForm, 'station' | 'address_now'>): string =>
  form.station === 'any' ? form.address_now.district : form.station.split('.').slice(0, 3).join('.');

/** How she tells it. */
export const accountKind = (account: ComplaintForm['account']): 'text' | 'upload' | 'defer' =>
  'text' in account ? 'text' : 'upload' in account ? 'upload' : 'defer';

/** JSON with its keys sorted: equal forms have equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** Digits as they are read aloud: in groups of four. */
export const inFours = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ');

/** After this many failures within an hour a wrong code is answered with "wait", for at most a minute. */
export const FAILURES_AN_HOUR = 10;
export const BRAKE_SECONDS = 60;

/**
 * How long to wait, if at all.
 * @param failures how many in the last hour from this origin, and the last of them
 * @returns whole seconds from 1 to 60, or 0
 */
export function brake(failures: { n: number; last: Temporal.Instant | null }, now: Temporal.Instant): number {
  if (failures.n < FAILURES_AN_HOUR || !failures.last) return 0;
  const passed = failures.last.until(now).total('seconds');
  return passed >= BRAKE_SECONDS ? 0 : Math.min(BRAKE_SECONDS, Math.max(1, Math.ceil(BRAKE_SECONDS - passed)));
}
