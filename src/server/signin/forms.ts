// What a browser may hand in when somebody enrols or signs in. Anything else is not understood.
import { z } from 'zod';

const base64url = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/);
const attachment = z.enum(['platform', 'cross-platform']).optional().catch(undefined);
// a browser may name ways that do not exist yet: they are left out, not refused
const transports = z
  .array(z.string())
  .max(20)
  .transform((all) => all.filter((one) => /^[a-z-]{1,20}$/.test(one)))
  .optional();
const answer = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: attachment,
  clientExtensionResults: z.object({}).default({}),
};

const made = z.object({
  ...answer,
  response: z.object({ clientDataJSON: base64url(4000), attestationObject: base64url(20_000), transports }),
});
const signed = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: base64url(4000),
    authenticatorData: base64url(4000),
    signature: base64url(8000),
    userHandle: base64url(100).nullish(),
  }),
});

// the answer of a device rides in one hidden field, as JSON
const inJson = <S extends z.ZodType>(schema: S) =>
  z
    .string({ error: 'passkey-needs-script' })
    .min(1, 'passkey-needs-script')
    .max(40_000, 'passkey-not-accepted')
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'passkey-not-accepted' });
        return z.NEVER;
      }
    })
    .pipe(schema);

/** The token of an enrolment link, or the ticket of a choice: 256 bits in base64url. */
export const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'link-over');

/** The form that brings a new passkey. */
export const enrolForm = z.object({ passkey: inJson(made) });
/** The form that signs in with one. */
export const enterForm = z.object({ passkey: inJson(signed) });
/** The form that chooses the post of the shift. */
export const chooseForm = z.object({ ticket: secret, post: z.uuid('not-found') });
/** The form with which an administrator asks for a link. */
export const inviteForm = z.object({ officer: z.uuid('not-found') });

const CROCKFORD = /^[0-9A-HJKMNP-TV-Z]{12}$/;
/** A code that a superior has given: 60 bits, without letters that look alike; spaces and strokes do not count. */
const vouched = z
  .string({ error: 'codes-not-accepted' })
  .max(40, 'codes-not-accepted')
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1'))
  .pipe(z.string().regex(CROCKFORD, 'codes-not-accepted'));
const sixDigits = z
  .string({ error: 'code-shape' })
  .max(20, 'code-shape')
  .transform((text) => text.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'code-shape'));
/** The form that begins a shift, or shows who sits there, by two codes. */
export const codesForm = z.object({ vouch: vouched, code: sixDigits });
/** The form with which the first code of a new app is shown. */
export const appForm = z.object({ code: sixDigits });
/** The form with which a superior asks for a code for an officer. */
export const vouchForm = z.object({ officer: z.uuid('value-missing') });
/** By which name the state's identity provider knows an officer; empty: by none any more. */
export const stateIdentityForm = z.object({
  officer: z.uuid('not-found'),
  value: z.string({ error: 'value-missing' }).trim().max(255, 'too-long'),
});
/** The form that registers a machine. */
export const machineForm = z.object({
  name: z
    .string({ error: 'value-missing' })
    .trim()
    .min(2, 'too-short')
    .max(80, 'too-long')
    .refine((name) => name.toLowerCase() !== 'house', 'name-taken'),
  holds: z.enum(['cctns', 'sms', 'fleet'], { error: 'value-missing' }),
});
/** How long the key before is good still, in hours. */
export const machineKeyForm = z.object({
  overlap_hours: z.coerce.number().int('hours-shape').min(0, 'hours-shape').max(168, 'hours-shape'),
});

export type MadePasskey = z.output<typeof made>;
export type SignedPasskey = z.output<typeof signed>;
