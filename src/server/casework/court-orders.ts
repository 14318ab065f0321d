// What courts have ordered in a case, and its days in court, as they stand beside its dates: recorded, shown, and moving none of them.
import { COURT_DATES, COURT_ORDERS } from './form-codes.ts';
import type * as store from './store.ts';

/** Leave to go on (BNSS 193(9)) is a court's order too, with a step of its own. */
const KINDS = [...COURT_ORDERS, 'further-investigation'] as const;

/** An order: its kind and the day it was given. Its words stay in the file. */
export type CourtOrder = { kind: (typeof KINDS)[number]; on: Temporal.Instant };
/** A day in court and what it is for. */
export type CourtDate = { on: Temporal.PlainDate; for: (typeof COURT_DATES)[number] };

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
