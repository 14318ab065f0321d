// What an auditor says of a decoy file before it is laid.
import { z } from 'zod';
import { vocabulary } from '#intake';

const WORDS = 2000;
const NAME = 120;
const said = (most: number) => z.string('missing').trim().min(1, 'missing').max(most, 'out-of-range');

/** Where it lies, how long ago it was, and what it is to tell. All of it invented; `mobile`: one that the auditor's own office answers. */
export const decoyForm = z.object({
  station: said(NAME),
  days_ago: z.coerce.number('out-of-range').int('out-of-range').min(20, 'out-of-range').max(300, 'out-of-range'),
  category: z.enum(vocabulary.CATEGORIES, 'choose-one'),
  place_type: z.enum(vocabulary.PLACE_TYPES, 'choose-one'),
  place: said(NAME),
  name: said(NAME),
  accused: said(NAME),
  mobile: z
    .string('missing')
    .trim()
    .regex(/^[6-9]\d{9}$/, 'mobile-wrong'),
  account: said(WORDS),
  reason: said(WORDS),
});
export type DecoyForm = z.output<typeof decoyForm>;
