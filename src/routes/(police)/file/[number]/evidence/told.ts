// What the forms of evidence send, as the room's forms read it: a day and an hour for an instant, a list of ticked numbers.
import { z } from 'zod';
import { moveForm, thingForm, uploadForm } from '#evidence';
import { instantTyped } from '../../../day-and-hour.ts';

const form_id = z.object({ form_id: z.uuid('not-understood') });
const withInstant = (name: string, schema: z.ZodType) =>
  z.preprocess((sent) => {
    const fields = { ...(sent as Record<string, unknown>) };
    return { ...fields, [name]: instantTyped(fields[name]) };
  }, schema);

const thing = z.intersection(form_id, thingForm);
const file = z.intersection(form_id, uploadForm);
const move = z.intersection(form_id, moveForm);
export const thingTold = withInstant('found_at', thing) as z.ZodType<z.output<typeof thing>>;
export const fileTold = withInstant('found_at', file) as z.ZodType<z.output<typeof file>>;
export const moveTold = withInstant('at', move) as z.ZodType<z.output<typeof move>>;
