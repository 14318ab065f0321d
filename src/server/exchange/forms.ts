// What comes in from other houses and from administrators.
import { z } from 'zod';
import { travellingForm, standingForm } from '#casework';
import { STATE } from './rules.ts';

const state = z.string().regex(STATE);
const base64 = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(200);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z
  .string()
  .max(40)
  .refine((said) => {
    try {
      Temporal.Instant.from(said);
      return true;
    } catch {
      return false;
    }
  });

/** The first line of an envelope; the second is the signature over it. `sha256`: of the sealed bytes of a letter, of the plain ones of a part. */
export const headForm = z.strictObject({
  v: z.literal(1),
  parcel: z.uuid(),
  kind: z.enum(['zero-fir', 'news', 'part']),
  n: z.int().min(1).max(2000).optional(),
  from: state,
  to: state,
  signed_by: z.int().positive(),
  sealed_to: z.int().positive(),
  enc: base64,
  sent_at: instant,
  sha256,
  size: z.int().positive().optional(),
});
export type Head = z.output<typeof headForm>;

const code = z.string().regex(/^[a-z0-9-]{1,60}$/);
const file = z.strictObject({
  n: z.int().positive(),
  what: z.literal('exhibit'),
  kind: code,
  hers: z.boolean(),
  sent_as: z.enum(['account', 'evidence', 'message', 'alarm']).nullable(),
  size: z
    .int()
    .positive()
    .max(2048 * 1024 * 1024),
  sha256,
  name: z.string().max(500),
  description: z.string().max(4000).nullable(),
});
const paper = z.strictObject({
  n: z.int().positive(),
  what: z.literal('paper'),
  kind: z.enum([
    'acknowledgement',
    'fir',
    'notice',
    'progress-letter',
    'closure-notice',
    'final-form',
    'abstract',
    'diary',
  ]),
  year: z.int().min(1900).max(2200),
  serial: z.int().positive(),
  language: z.enum(['hi', 'en']),
  names_her: z.boolean(),
  issued_at: instant,
  mark: z.string().regex(/^[0-9a-f]{16}$/),
  size: z
    .int()
    .positive()
    .max(64 * 1024 * 1024),
  sha256,
});
/** What follows a letter, each by its own hash. */
export const partForm = z.discriminatedUnion('what', [file, paper]);
export type PartTold = z.output<typeof partForm>;

/** A letter that brings a file. */
export const fileLetter = z.strictObject({ file: travellingForm, parts: z.array(partForm).max(2000) });
/** A letter that says where a file lies now. */
export const newsLetter = z.strictObject({ about: z.uuid(), standing: standingForm, at: instant });

/** What is signed for what was taken: its text is kept as it came. */
export const receiptForm = z.strictObject({
  v: z.literal(1),
  parcel: z.uuid(),
  n: z.int().positive().optional(),
  from: state,
  to: state,
  sha256,
  number: z
    .string()
    .regex(/^\d{12}$/)
    .nullable(),
  received_at: instant,
  signed_by: z.int().positive(),
});
export type Receipt = z.output<typeof receiptForm>;
/** A text with the signature of the house that wrote it. */
export const signedForm = z.strictObject({
  text: z.string().max(4_000_000),
  signature: base64,
  signed_by: z.int().positive(),
});

const line = z.string().trim().min(1).max(200);
/** A State’s list of its stations. */
export const listForm = z.strictObject({
  v: z.literal(1),
  state,
  at: instant,
  stations: z
    .array(
      z.strictObject({
        path: z.string().regex(/^[a-z0-9_]+(?:\.[a-z0-9_]+){2,9}$/),
        name_hi: line,
        name_en: line,
        district_hi: line,
        district_en: line,
      }),
    )
    .max(20_000),
});

/** A peer, or another key of one: the line its administrator has sent, and where its house is. */
export const peerForm = z
  .object({
    key: z.string('missing').trim().min(1, 'missing').max(300, 'too-long'),
    address: z.string('missing').trim().min(1, 'missing').max(300, 'too-long'),
  })
  .meta({ id: 'ExchangePeer' });
export type PeerForm = z.output<typeof peerForm>;
/** The second post confirms a key by the fingerprint that the peer reads out. */
export const confirmKeyForm = z
  .object({ fingerprint: z.string('missing').trim().min(1, 'missing').max(80, 'too-long') })
  .meta({ id: 'ExchangeKeyConfirmed' });
