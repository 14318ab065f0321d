// What an auditor may ask of the ledger.
import { z } from 'zod';

const id = z.uuid('not-found');
const day = z.iso.date('not-a-date').transform((text) => Temporal.PlainDate.from(text));
const empty = z.literal('').transform(() => undefined);

/** Filters of the ledger; `before`: the last line of the page before, as `at~id`. */
export const ledgerForm = z.object({
  deed: empty.or(z.string().regex(/^[a-z-]{1,40}(?:\.[a-z-]{0,60})?$/, 'unknown-deed')).optional(),
  post: empty.or(id).optional(),
  subject: empty.or(id).optional(),
  from: empty.or(day).optional(),
  to: empty.or(day).optional(),
  before: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z~[0-9a-f-]{36}$/, 'not-found')
    .transform((text) => {
      const [at = '', row = ''] = text.split('~');
      return { at, row };
    })
    .optional(),
});
export type LedgerForm = z.output<typeof ledgerForm>;
