// What an administrator may say of the cost of messages.
import { z } from 'zod';

const whole = (least: number, most: number) =>
  z.coerce.number({ error: 'out-of-range' }).int('out-of-range').min(least, 'out-of-range').max(most, 'out-of-range');

/** What a part of an SMS costs in paise, and how many rupees may go in a day. */
export const budgetForm = z.object({ paise_per_part: whole(0, 1000), rupees_per_day: whole(1, 100_000_000) });
export type BudgetForm = z.output<typeof budgetForm>;
