// What may come in: a registration, an alarm, fixes, what a crew presses, what the control room decides.
import { z } from 'zod';
import { asciiDigits } from '#law';
import { instantFrom } from '#foundation';
import { toE164 } from '#sealed-identity';
import { CREW_DEEDS, DECLINE_REASONS, OUTCOMES, SOUND } from './rules.ts';

const empty = (value: unknown) => (value === '' || value === null ? undefined : value);
const maybe = <S extends z.ZodType>(schema: S) => z.preprocess(empty, schema.optional());
const line = (max: number) => z.string('missing').trim().min(1, 'missing').max(max, 'too-long');
const digits = (pattern: RegExp, code: string) =>
  z
    .string('missing')
    .overwrite((text) => asciiDigits(text).replace(/[\s-]/g, ''))
    .regex(pattern, code);
const mobile = () =>
  z
    .string('missing')
    .overwrite((text) => toE164(text) ?? text)
    .regex(/^\+91[6-9]\d{9}$/, 'mobile-wrong');
const at = z
  .string('missing')
  .transform((text, context) => {
    const found = instantFrom(text);
    if (found) return found;
    context.addIssue({ code: 'custom', message: 'not-an-instant' });
    return z.NEVER;
  })
  .meta({ format: 'date-time', example: '2026-03-05T10:00:00+05:30' });
const lat = z.number('missing').min(-90, 'point-outside').max(90, 'point-outside');
const lon = z.number('missing').min(-180, 'point-outside').max(180, 'point-outside');
const pin = (code: string) => digits(/^\d{4,6}$/, code);
const unit = z.string().regex(/^[a-z0-9_]{1,60}(?:\.[a-z0-9_]{1,60}){0,9}$/, 'unit-unknown');

/** `POST /sos/registrations`. */
export const registerForm = z
  .object({
    mobile: mobile(),
    name: maybe(line(100)),
    language: z.enum(['hi', 'en']).default('hi'),
    home: maybe(unit).meta({ description: 'the district or zone she lives in' }),
    emergency_contact: maybe(mobile()).meta({ description: 'somebody to call; kept sealed' }),
  })
  .meta({ id: 'SosRegistration' });
export type RegisterForm = z.output<typeof registerForm>;

/** `POST /sos/registrations/confirm`. The duress PIN cancels to the eye only. */
export const confirmForm = z
  .object({
    mobile: mobile(),
    asked: z
      .uuid('not-understood')
      .optional()
      .meta({ description: 'which asking this code belongs to, as it was answered' }),
    code: digits(/^\d{6}$/, 'code-shape'),
    pin: pin('sos-pin-shape'),
    duress_pin: pin('sos-pin-shape'),
  })
  .refine((form) => form.pin !== form.duress_pin, { path: ['duress_pin'], message: 'pins-alike' })
  .meta({ id: 'SosConfirm' });
export type ConfirmForm = z.output<typeof confirmForm>;

const herPoint = z.object({ lat, lon, accuracy_m: z.number().min(0).max(100_000).optional(), fixed_at: at.optional() });
const sent_at = at.optional().meta({
  description: "the phone's own hour as it sends: what it tells then counts as so long ago, however wrong its clock is",
});
/** `POST /sos/alerts`. Nothing in it is needed but the hour, and even that may be missing. */
export const alertForm = z
  .object({
    at: at.optional(),
    sent_at,
    form_id: z
      .uuid('not-understood')
      .optional()
      .meta({ description: 'drawn on the phone: a repeated sending is the same alarm' }),
    point: herPoint.nullish(),
    place_text: maybe(line(500)),
    district: maybe(unit).meta({ description: 'where no point is known: which control room looks for her' }),
    silent: z.boolean().default(false),
    drill: z.boolean().default(false),
    hold_s: z
      .int()
      .min(0)
      .max(10)
      .default(0)
      .meta({ description: 'seconds in which a cancel stops it; then it goes, whatever has become of the phone' }),
  })
  .meta({ id: 'SosAlert' });
export type AlertForm = z.output<typeof alertForm>;

/** `POST /sos/alerts/{alert}/fixes`. */
export const herFixesForm = z
  .object({
    sent_at,
    fixes: z
      .array(z.object({ lat, lon, at, accuracy_m: z.number().min(0).max(100_000).optional() }))
      .min(1, 'missing')
      .max(500, 'too-many-items'),
  })
  .meta({ id: 'SosFixes' });
export type HerFixesForm = z.output<typeof herFixesForm>;
/** `POST /sos/alerts/{alert}/sound`: one piece of a few seconds, whole by itself (WebM with Opus, or MP4). */
export const soundForm = z
  .object({
    piece: z.uuid('not-understood').meta({ description: 'drawn on the phone: a repeated sending is the same piece' }),
    at: at.meta({ description: 'when it begins, by the phone' }),
    agreed: z
      .boolean()
      .default(false)
      .meta({ description: 'she has switched sound on; of a registered phone her registration says it' }),
    sound: z
      .base64('not-understood')
      .min(4, 'file-empty')
      .max(Math.ceil(SOUND.bytes / 3) * 4, 'sound-too-large')
      .transform((text) => Buffer.from(text, 'base64'))
      .refine(({ length }) => length <= SOUND.bytes, 'sound-too-large'),
  })
  .meta({ id: 'SosSound' });
export type SoundForm = z.output<typeof soundForm>;
/** Her phone stops what it has just sent, by the id it drew for it. */
export const stopForm = z.object({ stop: z.literal(true), form_id: z.uuid('not-understood') });
/** `POST /sos/alerts/{alert}/cancel`. */
export const cancelForm = z.object({ pin: maybe(pin('sos-pin-shape')) }).meta({ id: 'SosCancel' });
/** `POST /sos/alerts/{alert}/safe`. */
export const safeForm = z
  .object({ word: z.enum(['safe', 'here']).default('safe'), place_text: maybe(line(500)) })
  .meta({ id: 'SosSafe' });
export type SafeForm = z.output<typeof safeForm>;
/** `POST /sos/alerts/{alert}/complaint`: what the alarm does not know of her. */
export const complainForm = z
  .object({
    age: z.int('age-range').min(0, 'age-range').max(120, 'age-range'),
    mobile: maybe(mobile()),
    name: maybe(line(100)),
    agreed: z.literal(true, 'agree-missing'),
  })
  .meta({ id: 'SosComplaint' });
export type ComplainForm = z.output<typeof complainForm>;

const age_s = z.number().min(0).max(86_400);
/** `POST /vehicles/fixes`: a crew of its own vehicle, a gateway of any. */
export const fixesForm = z
  .object({
    sent_at: at.optional().meta({
      description:
        "the sender's own hour as it sends: with it each `at` counts as so long ago, however wrong that clock is; without it the clock is believed",
    }),
    fixes: z
      .array(
        z
          .object({
            vehicle: z
              .string()
              .min(1, 'missing')
              .max(60, 'too-long')
              .meta({ description: 'id of the vehicle (of its post) or its call sign' }),
            lat,
            lon,
            at: at.optional(),
            age_s: age_s.optional().meta({ description: 'instead of `at`: how long ago it was, by a stopwatch' }),
            speed_kmh: z.number().min(0).max(400).optional(),
            accuracy_m: z.number().min(0).max(100_000).optional(),
          })
          .refine((fix) => fix.at !== undefined || fix.age_s !== undefined, { path: ['at'], message: 'missing' }),
      )
      .min(1, 'missing')
      .max(5000, 'too-many-items'),
  })
  .meta({ id: 'VehicleFixes' });
export type FixesForm = z.output<typeof fixesForm>;

/** `POST /orders/{order}/{deed}`. */
export const deedForm = z
  .object({
    match_code: maybe(digits(/^\d{2}(?:\d{2})?$/, 'match-code-wrong')).meta({
      description:
        'with `arrived`: the four digits that she says; they prove the arrival. The two digits of the order itself prove nothing',
    }),
    reason: maybe(z.enum(DECLINE_REASONS, 'choose-a-reason')),
    report: maybe(line(2000)),
    outcome: maybe(z.enum(OUTCOMES, 'choose-an-outcome')),
  })
  .meta({ id: 'CrewDeed' });
export type DeedForm = z.output<typeof deedForm>;
export const deedName = z.enum(CREW_DEEDS);
/** What the crew's page sends: where the vehicle was, and what was pressed, each with how long ago that was. */
export const crewForm = z.object({
  fixes: fixesForm.shape.fixes.optional(),
  presses: z
    .array(
      deedForm.extend({
        id: z.uuid('not-understood').meta({ description: 'drawn on the phone: a repeated sending is the same press' }),
        about: z.uuid('not-understood').optional().meta({ description: 'the order, or the shift that ends' }),
        deed: z.enum([...CREW_DEEDS, 'begin-shift', 'end-shift']),
        sealed: z.base64('not-understood').max(40_000, 'too-long').optional(),
        age_s,
      }),
    )
    .max(50, 'too-many-items')
    .optional(),
  /** places that outlived the page, sealed by it */
  kept: z.base64('not-understood').max(200_000, 'too-long').optional(),
});
export type CrewForm = z.output<typeof crewForm>;

/** `POST /sos/alerts/{alert}/{widen|reinforce|place|hand-112|close}`. */
export const controlForm = z
  .object({
    vehicles: z.int().min(1).max(10).optional(),
    vehicle: maybe(z.string().max(60, 'too-long')),
    point: z.object({ lat, lon }).optional(),
    outcome: maybe(z.enum(OUTCOMES, 'choose-an-outcome')),
    reason: maybe(line(1000)),
  })
  .meta({ id: 'SosDecision' });
export type ControlForm = z.output<typeof controlForm>;

/** Switching the programme off from a day, or on again. */
export const programmeForm = z.object({
  turns: z.enum(['off', 'on'], 'choose-one'),
  from_day: maybe(
    z.string().transform((text, context) => {
      try {
        return Temporal.PlainDate.from(asciiDigits(text));
      } catch {
        context.addIssue({ code: 'custom', message: 'date-unreal' });
        return z.NEVER;
      }
    }),
  ),
  reason: line(500),
});
export type ProgrammeForm = z.output<typeof programmeForm>;

/** `POST /shifts`. */
export const shiftForm = z.object({ vehicle: maybe(z.string().max(60, 'too-long')) }).meta({ id: 'Shift' });
/** `POST /sms/inbound`. */
export const smsForm = z
  .object({ from: z.string().max(20, 'too-long'), text: z.string().max(1000, 'too-long'), received_at: at.optional() })
  .meta({ id: 'SmsInbound' });
export type SmsForm = z.output<typeof smsForm>;
