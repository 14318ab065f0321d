// What may come in when a post decides how many vehicles come, and who answers for a part of the service.
import { z } from 'zod';
import { asciiDigits } from '#law';
import { KINDS } from './rules.ts';
import { BOUNDS } from './settings-rules.ts';
import { PARTS } from './store-watch.ts';

const unit = z.string('missing').regex(/^[a-z0-9_]{1,60}(?:\.[a-z0-9_]{1,60}){0,9}$/, 'unit-unknown');
const reason = z.string('say-why').trim().min(1, 'say-why').max(500, 'too-long');
// a field of a page, or a number of the API
const whole = z
  .union([z.string(), z.number()], 'missing')
  .transform((given) => asciiDigits(String(given)).trim())
  .pipe(z.string().regex(/^\d{1,4}$/, 'whole-number'))
  .transform(Number);
const between = ({ least, most }: { least: number; most: number }, code: string) =>
  whole.refine((n) => n >= least && n <= most, code);

const about = { kind: z.enum(KINDS, 'choose-one'), area: unit, reason };
/** How many vehicles an alarm of a kind brings in an area; `as-above`: what is decided for the area above it. */
export const wantForm = z
  .discriminatedUnion(
    'how',
    [
      z.object({
        ...about,
        how: z.literal('own'),
        vehicles: between(BOUNDS.vehicles, 'vehicles-range'),
        reserve: between(BOUNDS.reserve, 'reserve-range'),
        share: between(BOUNDS.share, 'share-range'),
        least: between(BOUNDS.least, 'least-range'),
      }),
      z.object({ ...about, how: z.literal('as-above') }),
    ],
    'choose-one',
  )
  .transform(({ kind, area, reason, ...form }) => ({
    kind,
    area,
    reason,
    to:
      form.how === 'own'
        ? { vehicles: form.vehicles, reserve: form.reserve, share: form.share, least: form.least }
        : null,
  }));
export type WantForm = z.output<typeof wantForm>;

const held = { minimum: whole.optional(), owner: z.uuid('choose-one').optional() };
/** Who answers for a part, and how much of it there must be; what is left out stays. */
export const partForm = z.object({
  part: z.string('choose-one').transform((text, context) => {
    const [name = '', where = ''] = text.split(' ');
    const part = z.enum(PARTS).safeParse(name);
    const found = unit.safeParse(where);
    if (part.success && found.success) return { part: part.data, unit: found.data };
    context.addIssue({ code: 'custom', message: 'choose-one' });
    return z.NEVER;
  }),
  ...held,
  // on one page with the form above: no two fields there have one name
  why: reason,
});
export type PartForm = z.output<typeof partForm>;
/** The same as the API is told it: part, unit and reason by their own names. */
export const partCallForm = z
  .object({ part: z.enum(PARTS, 'choose-one'), unit, ...held, reason })
  .transform(({ part, unit, reason: why, ...form }): PartForm => ({ part: { part, unit }, why, ...form }));
