// What SMS may cost in a day in India: counted before a message is handed over, told at half and at four fifths, and then only alarms go.
import { type Act, type Actor, asHouse, newId, note, type Reading, refuse } from '#foundation';
import { istDay, istMidnight } from '#law';
import { mustBeConfirmed } from '#posts';
import type { BudgetForm } from './forms.ts';
import { marksPassed, mayBePaid } from './rules.ts';
import { segmentsOf } from './segments.ts';
import * as store from './store-budget.ts';
import { comeToEach } from './queue.ts';

/** How the day's money stands: paise a part, rupees a day, parts and rupees gone today, how many wait for tomorrow. */
export type Budget = {
  paise_per_part: number;
  rupees_per_day: number;
  parts: number;
  rupees: number;
  percent: number;
  waiting: number;
};
const administrator = (actor: Actor): Extract<Actor, { kind: 'officer' }> =>
  actor.kind === 'officer' && actor.post_kind === 'administrator' ? actor : refuse('not-your-power');

/**
 * Pays for a text out of the day's money. As the house, in the act that hands it over.
 * @param whatever it answers an alarm: it goes in any case, and is counted
 * @returns when to come again if there is no money left today; undefined when it is paid
 */
export async function pay(h: Act, text: string, whatever: boolean): Promise<Temporal.Instant | undefined> {
  const day = istDay(h.now);
  // whoever pays at the same time waits here: of the last rupee only one message goes
  const [price, { paise }] = await Promise.all([store.price(h), store.lockDay(h, day)]);
  const parts = segmentsOf(text).parts.length;
  const cost = parts * price.paise_per_part;
  const limit_paise = price.rupees_per_day * 100;
  if (!mayBePaid({ paise, limit_paise }, cost, whatever)) {
    await store.mark(h, day, 'all_at');
    return istMidnight(day.add({ days: 1 }));
  }
  await store.spend(h, day, parts, cost);
  for (const mark of marksPassed(paise, paise + cost, limit_paise)) {
    await store.mark(h, day, mark);
    await note(h, 'notify.budget-mark', null, { mark });
  }
  return undefined;
}

/** How the day's money stands. For the house and an administrator. */
export async function budget(r: Reading): Promise<Budget> {
  const { paise_per_part, rupees_per_day } = await store.price(r);
  const { parts, paise } = (await store.day(r, istDay(r.now))) ?? { parts: 0, paise: 0 };
  const rupees = paise / 100;
  const waiting = await store.countWaiting(r);
  return { paise_per_part, rupees_per_day, parts, rupees, percent: (rupees / rupees_per_day) * 100, waiting };
}

/**
 * An administrator says what a part costs and how much may go in a day; what waited for money is tried again at once.
 * @throws Refusal `not-your-power`, `confirm-yourself`
 */
export async function setBudget(a: Act, form: BudgetForm): Promise<void> {
  const who = administrator(a.actor);
  await mustBeConfirmed(a);
  await asHouse(a, async (h) => {
    await store.addPrice(h, {
      ...form,
      id: newId(),
      from_at: h.now,
      set_by_post: who.post,
      set_by_officer: who.officer,
    });
    await note(h, 'notify.budget-set', null, { ...form });
    await comeToEach(
      h,
      (await store.waitingForMoney(h)).map(({ id }) => id),
    );
  });
}
