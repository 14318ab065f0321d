// What may be asked of the search. What stands openly in files may stand in an address; a number or a name is asked for with a reason.
import { z } from 'zod';
import { vocabulary } from '#intake';
import { asciiDigits } from '#law';
import { sectionAsked } from './desk-asked.ts';
import { STATES } from './powers.ts';

const NUMBER_OF_YEAR = /^(\d{1,7})(?:\s*\/\s*(\d{4}|\d{2}))?$/;

/** A number in a register of a year: "412", "412/26", "४१२/२०२६". Undefined for anything else. */
export function numberOfYear(text: string): { number: number; year: number | null } | undefined {
  const found = NUMBER_OF_YEAR.exec(asciiDigits(text).trim());
  if (!found) return undefined;
  const year = found[2] ? Number(found[2]) : null;
  return { number: Number(found[1]), year: year !== null && year < 100 ? 2000 + year : year };
}

const numbered = z
  .string()
  .max(20, 'not-understood')
  .refine((text) => numberOfYear(text) !== undefined, 'number-of-year')
  .optional();
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'date-unreal')
  .transform((text, context) => {
    try {
      return Temporal.PlainDate.from(text, { overflow: 'reject' });
    } catch {
      context.addIssue({ code: 'custom', message: 'date-unreal' });
      return z.NEVER;
    }
  })
  .optional();

export const PLACES = vocabulary.PLACE_TYPES;
/** A Zero FIR as it is said: "zero 12/26", "जीरो 12/26", "ज़ीरो एफआईआर 12", "0-FIR 12/2026". Undefined for anything else. */
export function zeroNumber(text: string): ReturnType<typeof numberOfYear> {
  const said = /^(?:zero|z|0|जीरो|ज़ीरो|शून्य)[\s.-]*(?:fir|एफआईआर)?[\s.:-]+(.+)$/iu.exec(
    asciiDigits(text).trim().normalize('NFC'),
  );
  return said?.[1] ? numberOfYear(said[1]) : undefined;
}

/** What is looked for openly. Everything given must hold; at least one thing must be given. */
export const searchForm = z.object({
  q: z.string().trim().max(100, 'not-understood').optional(),
  fir: numbered,
  zero: numbered,
  register: numbered,
  section: z
    .string()
    .max(40, 'not-understood')
    .refine((text) => sectionAsked(text) !== undefined, 'section-asked')
    .optional(),
  category: z.enum(vocabulary.CATEGORIES, 'not-understood').optional(),
  place: z.enum(PLACES, 'not-understood').optional(),
  state: z.enum(STATES, 'not-understood').optional(),
  from: day,
  until: day,
  limit: z.coerce
    .number('not-understood')
    .int('not-understood')
    .min(1, 'not-understood')
    .max(200, 'not-understood')
    .default(50),
  after: z.string().max(200, 'not-understood').optional(),
});
export type SearchAsked = z.output<typeof searchForm>;

/** Why somebody looks for a number or a name. It stands in the ledger; the superiors see it. */
export const LOOK_UP_REASONS = ['she-asks', 'same-accused', 'same-matter', 'order', 'safety'] as const;
export const LOOK_UPS = ['mobile', 'accused-name'] as const;
export type LookUpBy = (typeof LOOK_UPS)[number];
/** A look-up by her number, or by how the name of an accused sounds. Never in an address. */
export const lookUpForm = z
  .object({
    by: z.enum(LOOK_UPS, 'not-understood'),
    value: z.string('value-missing').trim().min(1, 'value-missing').max(100, 'not-understood'),
    reason: z.enum(LOOK_UP_REASONS, 'say-why'),
  })
  .meta({ id: 'LookUp' });
export type LookUp = z.output<typeof lookUpForm>;
