// What may be asked of the sealed identity: a purpose, and nothing without one.
import { z } from 'zod';

/** Why a post opens her identity. She sees the word on her tracking page. */
export const PURPOSES = [
  'call-back',
  'signing',
  'statement',
  'medical',
  'investigation',
  'supervision',
  'court',
  'safety',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** `POST /files/{number}/identity` and the page's button. */
export const purposeForm = z
  .object({ purpose: z.enum(PURPOSES, { error: 'purpose-unknown' }) })
  .meta({ id: 'OpenIdentity' });
