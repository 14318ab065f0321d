// Under which code the deed is judged: an FIR may not cite the code that was not in force on its day. Pure.
import { periodOf } from '#intake';
import { istDay, normaliseAct, whichCode } from '#law';
import type { Fault } from './guards.ts';
import type { Cited, Happened } from './store.ts';

/** What the officer answers where the days do not: the old code, the new one, or both. */
export const CODES_OF_DEED = ['IPC', 'BNS', 'both'] as const;
type Code = (typeof CODES_OF_DEED)[number];

type Days = { from: Temporal.PlainDate; to: Temporal.PlainDate };
type Told = {
  sections: readonly Cited[];
  recorded_at: Temporal.Instant;
  offence_on?: Temporal.PlainDate | undefined;
  code?: Code | undefined;
};

/**
 * Why the sections of an FIR cannot stand under the code of their day: the day of the deed picks IPC or BNS, the day of recording the
 * procedure (BNSS 531(2)(a); Deepu v State of U.P., Allahabad HC, 2024:AHC:126843-DB). A deed that spans 1 July 2024, or whose days
 * nobody knows, asks the officer; sections of neither code are no question.
 * @param form of the FIR; its `offence_on` stands for what she said, unless it lies within days of hers that span the change
 * @param happened what she said of when it happened
 * @returns `which-code` about `code`; `section-of-old-code` or `section-of-new-code` about the section's field; undefined if it may stand
 */
export function faultOfCode(form: Told, happened: Pick<Happened, 'from' | 'to' | 'precision'>): Fault | undefined {
  const acts = form.sections.map(({ act }) => normaliseAct(act));
  if (!acts.includes('IPC') && !acts.includes('BNS')) return undefined;
  const days = daysOf(form.offence_on, happened);
  const { substantive } = whichCode({ ...days, recorded_on: istDay(form.recorded_at) });
  const code = substantive === 'ask-officer' ? form.code : substantive;
  if (!code) return { code: 'which-code', about: 'code' };
  if (code === 'both') return undefined;
  const wrong = acts.findIndex((act) => act === (code === 'BNS' ? 'IPC' : 'BNS'));
  if (wrong < 0) return undefined;
  return { code: code === 'BNS' ? 'section-of-old-code' : 'section-of-new-code', about: `sections.${wrong}.act` };
}

function daysOf(offence_on: Temporal.PlainDate | undefined, happened: Pick<Happened, 'from' | 'to' | 'precision'>) {
  const hers = hersOf(happened);
  if (!offence_on) return hers;
  const one: Days = { from: offence_on, to: offence_on };
  // the one day of the form may be the first of many: days she knows are not made one by it
  const exact = happened.precision === 'day' || happened.precision === 'exact';
  return exact && hers && holds(hers, offence_on) ? hers : one;
}

// a month or a year may be any of its days
function hersOf({ from, to, precision }: Pick<Happened, 'from' | 'to' | 'precision'>): Days | undefined {
  if (precision === 'unknown' || !from) return undefined;
  const length = precision === 'year' ? 4 : precision === 'month' ? 7 : from.length;
  const first = periodOf(from.slice(0, length));
  const last = periodOf((to ?? from).slice(0, precision === 'year' || precision === 'month' ? length : undefined));
  if (!first || !last) return undefined;
  const days = { from: istDay(first.start), to: istDay(last.end) };
  return Temporal.PlainDate.compare(days.to, days.from) < 0 ? undefined : days;
}

const holds = ({ from, to }: Days, on: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(on, from) >= 0 && Temporal.PlainDate.compare(on, to) <= 0;
