// What may come in about a clock: why it is late, and that an alarm was heard.
import { z } from 'zod';

/** Why an investigation takes longer. It explains; it stops no clock. */
export const DELAY_KINDS = [
  'fsl-awaited',
  'medical-awaited',
  'accused-absconding',
  'witness-awaited',
  'court-order',
  'officer-changed',
  'digital-evidence',
  'other',
] as const;
export type DelayKind = (typeof DELAY_KINDS)[number];

/** `POST /attention/{id}/acknowledge`: what was done, or what was directed. */
export const acknowledgeForm = z
  .object({ note: z.string('say-what-was-done').trim().min(1, 'say-what-was-done').max(2000, 'too-long') })
  .meta({ id: 'Acknowledge' });
