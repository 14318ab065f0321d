// What may be asked of the figures.
import { z } from 'zod';
import { GROUPS } from '#law';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'not-a-day')
  .transform((text, ctx) => {
    try {
      return Temporal.PlainDate.from(text);
    } catch {
      ctx.addIssue({ code: 'custom', message: 'not-a-day' });
      return z.NEVER;
    }
  })
  .meta({ type: 'string', format: 'date', examples: ['2026-04-01'] });

/** Which figures: of a unit, of what was recorded from a day to a day, of a group of offences. */
export const watchForm = z.object({
  unit: z
    .string()
    .max(300)
    .regex(/^[a-z0-9_]+(\.[a-z0-9_]+)*$/, 'not-found'),
  from: day.optional(),
  to: day.optional(),
  group: z.enum(['all', ...GROUPS]).default('all'),
});
export type WatchForm = z.output<typeof watchForm>;

/** Figures that lead to the cases they count. */
export const CASE_FIGURES = [
  'registered',
  'registered_two_months_ago',
  'completed_in_two_months',
  'not_in_time',
  'completed',
  'pending',
  'pending_within',
  'pending_beyond',
  'charge_sheeted',
  'final_reported',
  'false_reported',
  'transferred',
  'quashed',
  'reopened',
] as const;
export type CaseFigure = (typeof CASE_FIGURES)[number];
/** Which cases: those of a figure, with the same questions as the figure itself. */
export const casesForm = watchForm.extend({
  figure: z.enum(CASE_FIGURES),
  limit: z.enum(['all', 'law', 'target']).default('all'),
  after: z
    .string()
    .max(400)
    .regex(/^\d{4}-\d{2}-\d{2} .+$/, 'not-understood')
    .optional()
    .meta({ description: 'what `next` was of the part before' }),
});
export type CasesForm = z.output<typeof casesForm>;
