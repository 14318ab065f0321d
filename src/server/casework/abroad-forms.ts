// What a file from another State brings with it. Parsed where its parcel is opened; what is said of a case there is as strict as what is said here.
import { z } from 'zod';
import { complaintForm } from '#intake';
import { MOMENTS } from '#law';

const code = z.string().regex(/^[a-z0-9-]{1,60}$/, 'not-understood');
const named = z.object({ hi: z.string().max(300), en: z.string().max(300) });
const instant = z
  .string()
  .max(40)
  .transform((said, context) => {
    try {
      return Temporal.Instant.from(said);
    } catch {
      context.addIssue({ code: 'custom', message: 'not-an-instant' });
      return z.NEVER;
    }
  });
const day = z.iso.date().transform((said) => Temporal.PlainDate.from(said));
const words = z.string().max(40_000).nullable();

/** What was done to a file before it came: desks, steps, diary, with the names of offices and officers as they were. */
export const historyForm = z.object({
  desks: z
    .array(
      z.object({
        office: named,
        unit: named,
        officer: named.nullable(),
        from: instant,
        to: instant.nullable(),
        reason: code,
      }),
    )
    .max(1000),
  steps: z
    .array(
      z.object({
        step: code,
        about: code.nullable(),
        at: instant,
        office: named,
        officer: named.nullable(),
        note: words,
      }),
    )
    .max(5000),
  diary: z
    .array(
      z.object({
        number: z.int().positive(),
        at: instant,
        office: named,
        officer: named.nullable(),
        text: z.string().max(40_000),
      }),
    )
    .max(5000),
});
export type History = z.output<typeof historyForm>;

/** A file as it leaves one State for another. */
export const travellingForm = z.object({
  to_path: z.string().regex(/^[a-z0-9_]+(?:\.[a-z0-9_]+){2,9}$/, 'station-unknown'),
  from: z.object({ state: named, station: named, number: z.string().regex(/^\d{12}$/) }),
  handed_at: instant,
  complaint: complaintForm,
  submitted_at: instant,
  confirmed_at: instant.nullable(),
  oral_at: instant.nullable(),
  signed_at: instant.nullable(),
  sign_place: code.nullable(),
  zero: z.object({
    number: z.string().regex(/^(?=.*[1-9])\d{1,7}$/, 'fir-number-shape'),
    year: z.int().min(1900).max(2200),
    recorded_at: instant,
  }),
  sections: z
    .array(z.object({ act: z.string().min(1).max(100), section: z.string().min(1).max(60) }))
    .min(1)
    .max(40),
  offence_on: day.nullable(),
  happened: z.object({
    from: z.string().max(40).nullable(),
    to: z.string().max(40).nullable(),
    precision: code,
    place_type: z.string().max(60),
    accused: z.int().min(0).max(100),
    accused_police: z.boolean(),
    reported_for_her: z.boolean(),
  }),
  account_kind: z.enum(['text', 'upload', 'defer']),
  /** what has stopped a clock there: it stops the same clock here */
  moments: z.array(z.object({ moment: z.enum(MOMENTS, 'not-understood'), at: instant })).max(500),
  history: historyForm,
});
export type Travelling = z.output<typeof travellingForm>;

/** Where a file lies in the State that goes on with it. */
export const standingForm = z.object({
  state: code,
  fir_number: z.string().max(20).nullable(),
  fir_year: z.int().nullable(),
  since: z.string().max(40),
  office_hi: z.string().max(300),
  office_en: z.string().max(300),
  unit_hi: z.string().max(300),
  unit_en: z.string().max(300),
});
