// What courts have ordered in a case, and its days in court, as they stand beside its dates: recorded, shown, and moving none of them.
import { COURT_DATES, COURT_EVENTS, COURT_ORDERS } from './form-codes.ts';
import type * as store from './store.ts';

/** Leave to go on (BNSS 193(9)) is a court's order too, with a step of its own. */
const KINDS = [...COURT_ORDERS, 'further-investigation'] as const;

/** An order: its kind and the day it was given. Its words stay in the file. */
export type CourtOrder = { kind: (typeof KINDS)[number]; on: Temporal.Instant };
/** A day in court and what it is for. */
export type CourtDate = { on: Temporal.PlainDate; for: (typeof COURT_DATES)[number] };

/** What a court has done, the day it did it, of which accused and with which result where there is one. */
export type CourtEvent = {
  kind: (typeof COURT_EVENTS)[number];
  on: Temporal.Instant;
  accused: number | null;
  result: string | null;
};

type Taken = Pick<store.Step, 'step' | 'form'>;

/**
 * The orders among the steps of a file, in order of time.
 * @param steps of one file
 */
export const ordersIn = (steps: readonly Taken[]): CourtOrder[] =>
  steps
    .flatMap(({ step, form }) => {
      if (step === 'further-investigation' && typeof form.permitted_at === 'string')
        return [{ kind: step, on: Temporal.Instant.from(form.permitted_at) } as const];
      const kind = step === 'court-order' && KINDS.find((known) => known === form.kind);
      return kind ? [{ kind, on: Temporal.Instant.from(String(form.at)) }] : [];
    })
    .sort((a, b) => Temporal.Instant.compare(a.on, b.on));

/**
 * The days in court among the steps of a file, in order of the calendar.
 * @param steps of one file
 */
export const datesIn = (steps: readonly Taken[]): CourtDate[] =>
  steps
    .flatMap(({ step, form }) => {
      const about = step === 'court-date' && COURT_DATES.find((known) => known === form.for);
      return about ? [{ on: Temporal.PlainDate.from(String(form.on)), for: about }] : [];
    })
    .sort((a, b) => Temporal.PlainDate.compare(a.on, b.on));

/** Whether the last word of a court on a stay is that it stands. */
export const isStayed = (orders: readonly CourtOrder[]): boolean =>
  orders.findLast(({ kind }) => kind === 'stay' || kind === 'stay-lifted')?.kind === 'stay';

/**
 * What courts have done, among the steps of a file, in order of time.
 * @param steps of one file
 */
export const eventsIn = (steps: readonly Taken[]): CourtEvent[] =>
  steps
    .flatMap(({ step, form }) => {
      const kind = step === 'outcome' && COURT_EVENTS.find((known) => known === form.kind);
      if (!kind) return [];
      const accused = typeof form.accused === 'number' ? form.accused : null;
      const result = typeof form.result === 'string' ? form.result : null;
      return [{ kind, on: Temporal.Instant.from(String(form.at)), accused, result }];
    })
    .sort((a, b) => Temporal.Instant.compare(a.on, b.on));

/** Which charge sheet the last submitted report is: the original one or a supplementary one; null for a report that closes. */
export function sheetIn(steps: readonly Taken[]): string | null {
  const sheet = steps.findLast(({ step }) => step === 'submit-report')?.form.sheet;
  return typeof sheet === 'string' ? sheet : null;
}
