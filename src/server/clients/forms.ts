// What may come in of clients.
import { z } from 'zod';
import { vocabulary } from '#intake';
import { RIGHTS } from './rules.ts';

const whole = (least: number, most: number) =>
  z.coerce.number('not-understood').int('not-understood').min(least, 'out-of-range').max(most, 'out-of-range');
const rights = z
  .array(z.enum(RIGHTS, 'not-an-answer'), 'choose-one')
  .min(1, 'choose-one')
  .max(RIGHTS.length, 'not-understood')
  .transform((list) => [...new Set(list)])
  .meta({
    description:
      'file: complaints and drafts · track: open and read her file · write: everything else of hers · figures: what is public of its unit, by edition · dashboard: the figures of its unit as they are',
  });
const per_minute = whole(1, 6000)
  .default(60)
  .meta({ description: 'knocks a minute, counted for each purpose: file, track, write, look, figures, dashboard' });
const per_day = whole(1, 10_000_000).default(10_000).meta({ description: 'knocks a day in India, for each purpose' });

/** A program that wants to be registered. */
export const clientForm = z
  .object({
    name: z.string('missing').trim().min(2, 'too-short').max(120, 'too-long'),
    contact_post: z.uuid('choose-a-post').meta({ description: 'the post that answers for it' }),
    channel: z.enum(vocabulary.CHANNELS, 'not-an-answer').meta({ description: 'under which it may file' }),
    rights,
    per_minute,
    per_day,
  })
  .meta({ id: 'ClientForm' });
/** What may be changed of a registered one. */
export const limitsForm = z.object({ rights, per_minute, per_day }).meta({ id: 'ClientLimits' });
/** How long the old token or secret is good beside the new one. */
export const rotateForm = z
  .object({ overlap_hours: whole(0, 168).default(24).meta({ description: '0: the old one ends at once' }) })
  .meta({ id: 'Rotation' });
/** Where to tell of changes. */
export const webhookForm = z
  .object({ url: z.string('missing').trim().max(500, 'too-long') })
  .meta({ id: 'WebhookForm' });

export type ClientForm = z.output<typeof clientForm>;
export type LimitsForm = z.output<typeof limitsForm>;
export type RotateForm = z.output<typeof rotateForm>;
