// What may come in from outside: the eighteen points of the complaint, and the codes that lead back to it. Parsed here once,
// trusted inside. What depends on the day (nothing in the future) and on the units is asked by the verb.
import { z } from 'zod';
import { asciiDigits } from '#law';
import { periodOf } from './rules.ts';
import { digits, flag, line, lines, maybe, mobile, oneOf, personName, someOf } from './texts.ts';
import * as words from './vocabulary.ts';

const object = <T extends z.ZodRawShape>(shape: T) => z.object(shape, { error: 'missing' });
const clock = () =>
  z
    .string({ error: 'missing' })
    .overwrite((text) =>
      asciiDigits(text)
        .trim()
        .replace(/^(\d):/, '0$1:'),
    )
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'time-shape');
const day = () =>
  z
    .string({ error: 'missing' })
    .overwrite((text) => asciiDigits(text).trim())
    .refine((text) => /^\d{4}-\d\d-\d\d$/.test(text) && periodOf(text) !== undefined, 'date-unreal')
    .meta({ format: 'date' });
const moment = () =>
  z
    .string({ error: 'missing' })
    .overwrite((text) => asciiDigits(text).trim())
    .refine((text) => periodOf(text) !== undefined, 'date-unreal')
    .meta({
      description: 'A year, a month, a day, or an instant; without an offset in India',
      examples: ['2026-03-05', '2026-03'],
    });
/** The last part of the address that the upload was given: files sent in beforehand and not attached yet. */
const uploadId = z
  .string('not-understood')
  .regex(/^[0-9a-f]{32}$/, 'not-understood')
  .meta({ description: 'id of an upload sent in with `draft`: the last part of its address' });
/** A unit's path; a bare name of a district is taken as one of Uttar Pradesh. */
const unitPath = (unknown: string) =>
  z
    .string({ error: 'missing' })
    .overwrite((text) => {
      const path = text
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/g, '_');
      return path === 'any' || path.includes('.') ? path : `in.up.${path}`;
    })
    .regex(/^(?:any|[a-z0-9_]{1,60}(?:\.[a-z0-9_]{1,60}){1,9})$/, unknown);

const reporter = object({
  relation: oneOf('ReporterRelation', words.RELATIONS),
  name: maybe(personName()),
  mobile: maybe(mobile()),
});
const affected = object({
  woman_or_girl: z.literal(true, { error: 'for-women-and-girls' }),
  name: maybe(personName()),
  guardian_name: maybe(personName()),
  guardian_relation: maybe(oneOf('GuardianRelation', words.GUARDIAN_RELATIONS)),
  guardian_safe: maybe(oneOf('GuardianSafe', words.GUARDIAN_SAFE)),
  age: maybe(z.int({ error: 'age-range' }).min(0, 'age-range').max(120, 'age-range')),
  born_on: maybe(day()),
}).refine((she) => she.age !== undefined || she.born_on !== undefined, { error: 'age-missing', path: ['age'] });

const safeContact = object({
  modes: someOf(oneOf('ContactMode', words.MODES), 1).refine(
    (modes) =>
      !modes.includes('no_contact') || modes.every((mode) => mode === 'no_contact' || mode === 'whatsapp_none'),
    'contact-either',
  ),
  windows: z
    .array(
      object({ from: clock(), to: clock() }).refine(({ from, to }) => from !== to, {
        error: 'time-order',
        path: ['to'],
      }),
      { error: 'missing' },
    )
    .max(10, 'too-many-items')
    .default([]),
  voicemail: flag(),
  code_word: maybe(line(20).min(3, 'too-short')),
  decoy_subject: maybe(oneOf('DecoySubject', words.DECOY_SUBJECTS)),
}).refine(({ modes, windows }) => modes.includes('no_contact') || windows.length > 0, {
  error: 'windows-missing',
  path: ['windows'],
});

const FINENESS = { year: 1, month: 2, day: 3, exact: 3, unknown: 0 } as const;
const when = object({
  from: maybe(moment()),
  to: maybe(moment()),
  precision: oneOf('WhenPrecision', words.PRECISIONS),
  note: maybe(lines(300)),
}).superRefine(({ from, to, precision }, ctx) => {
  const [first, last] = [from && periodOf(from), to && periodOf(to)];
  if (precision !== 'unknown' && !first) ctx.addIssue({ code: 'custom', message: 'when-missing', path: ['from'] });
  for (const [name, period] of [
    ['from', first],
    ['to', last],
  ] as const) {
    if (period && period.parts < FINENESS[precision])
      ctx.addIssue({ code: 'custom', message: 'date-parts', path: [name] });
  }
  if (first && last && Temporal.Instant.compare(last.end, first.start) < 0) {
    ctx.addIssue({ code: 'custom', message: 'date-order', path: ['to'] });
  }
});

const where = object({
  place_type: oneOf('PlaceType', words.PLACE_TYPES),
  text: maybe(lines(300)),
  // a box around India; the border itself is no matter of a form
  point: maybe(
    object({
      lat: z.number().min(6, 'point-outside').max(38, 'point-outside'),
      lon: z.number().min(68, 'point-outside').max(98, 'point-outside'),
    }),
  ),
  url: maybe(line(500)),
}).refine(({ text, url }) => text !== undefined || url !== undefined, { error: 'where-missing', path: ['text'] });

const accused = object({
  known: flag(),
  name: maybe(personName()),
  relation: maybe(oneOf('AccusedRelation', words.ACCUSED_RELATIONS)),
  description: maybe(lines(1000)),
  address: maybe(lines(300)),
  is_police: z.boolean().optional(),
  is_public_servant: z.boolean().optional(),
  minor: z.boolean().optional(),
  lives_with_me: z.boolean().optional(),
});

const account = z.union(
  [
    z.strictObject({ text: lines(20_000) }),
    z.strictObject({ upload: uploadId }),
    z.strictObject({ defer: z.literal(true) }),
  ],
  { error: (issue) => accountFault(issue.input) },
);
function accountFault(input: unknown): string {
  const text = typeof input === 'object' && input !== null && 'text' in input ? input.text : undefined;
  if (typeof text !== 'string') return 'account-missing';
  const found = lines(20_000).safeParse(text);
  return found.success
    ? 'account-missing'
    : (found.error.issues[0]?.message ?? 'account-missing').replace('missing', 'account-missing');
}

const earlier = object({
  station: maybe(line(120)),
  // a stroke or a hyphen stands between two numbers: “12/3” is never read as 123
  number: maybe(
    z
      .string({ error: 'missing' })
      .overwrite((text) => asciiDigits(text).replace(/\s/g, ''))
      .regex(/^\d{1,5}$/, 'number-shape'),
  ),
  year: maybe(z.int({ error: 'year-shape' }).min(1947, 'year-shape').max(2200, 'year-shape')),
  on: maybe(day()),
  officer: maybe(line(120)),
  refused: z.boolean().optional(),
});

/** The body of `POST /complaints`: the eighteen points. */
export const complaintForm = object({
  form_id: z.uuid({ error: 'missing' }).overwrite((id) => id.toLowerCase()),
  language: z.enum(['hi', 'en'], { error: 'not-an-answer' }),
  channel: oneOf('Channel', words.CHANNELS),
  reporter,
  affected,
  mobile: mobile(),
  mobile_shared: flag(),
  phone_watched: flag(),
  safe_contact: safeContact,
  access: object({
    languages: someOf(oneOf('SpokenLanguage', words.LANGUAGES)).default([]),
    needs: someOf(oneOf('AccessNeed', words.ACCESS_NEEDS)).default([]),
  }).default({ languages: [], needs: [] }),
  email: maybe(z.email('email-shape').max(254, 'too-long')),
  address_now: object({
    district: unitPath('district-unknown'),
    pin: maybe(digits(/^[1-9]\d{5}$/, 'pin-shape')),
    text: maybe(lines(500)),
    accused_lives_here: z.boolean().optional(),
  }),
  station: unitPath('station-unknown'),
  happened: someOf(oneOf('Happened', words.CATEGORIES), 1),
  when,
  where,
  accused: z.array(accused, { error: 'missing' }).max(20, 'too-many-items').default([]),
  account,
  evidence: z.array(uploadId, { error: 'missing' }).max(20, 'too-many-items').default([]),
  earlier: maybe(earlier),
  needs: object({ danger_now: flag(), doctor: flag(), safe_place: flag(), protection: flag() }).default({
    danger_now: false,
    doctor: false,
    safe_place: false,
    protection: false,
  }),
  agreed: z.literal(true, { error: 'agree-missing' }),
  notice_version: line(40),
})
  .refine(({ safe_contact, email }) => !safe_contact.modes.includes('email') || email !== undefined, {
    error: 'email-missing',
    path: ['email'],
  })
  .meta({ id: 'Complaint' });
export type ComplaintForm = z.output<typeof complaintForm>;

const receipt = digits(/^\d{16}$/, 'receipt-shape');
const number = digits(/^\d{12}$/, 'number-twelve');
/** `POST /track/sessions` with the receipt alone. */
export const receiptForm = object({ receipt }).meta({ id: 'TrackByReceipt' });
/** `POST /track/codes`. */
export const numberForm = object({ number, mobile: mobile() }).meta({ id: 'TrackCodeRequest' });
/** `POST /track/sessions` with number, mobile and the code that came by SMS. */
export const numberCodeForm = object({ number, mobile: mobile(), code: digits(/^\d{6}$/, 'code-shape') }).meta({
  id: 'TrackByNumber',
});
/** The code of a half-written form. */
export const resumeForm = object({ resume: digits(/^\d{12}$/, 'resume-shape') }).meta({ id: 'ResumeDraft' });
