// What courts have ordered in a case, as it stands beside its dates: recorded, shown, and moving none of them.
import { COURT_ORDERS } from './forms.ts';
import type * as store from './store.ts';

/** An order: its kind and the day it was given. Its words stay in the file. */
export type CourtOrder = { kind: (typeof COURT_ORDERS)[number]; on: Temporal.Instant };

/**
 * The orders among the steps of a file, in order of time.
 * @param steps of one file
 */
export const ordersIn = (steps: readonly Pick<store.Step, 'step' | 'form'>[]): CourtOrder[] =>
  steps
    .flatMap(({ step, form }) => {
      const kind = step === 'court-order' && COURT_ORDERS.find((known) => known === form.kind);
      return kind ? [{ kind, on: Temporal.Instant.from(String(form.at)) }] : [];
    })
    .sort((a, b) => Temporal.Instant.compare(a.on, b.on));

/** Whether the last word of a court on a stay is that it stands. */
export const isStayed = (orders: readonly CourtOrder[]): boolean =>
  orders.findLast(({ kind }) => kind === 'stay' || kind === 'stay-lifted')?.kind === 'stay';
