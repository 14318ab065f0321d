// The clock's form on the practice page: a step forward, or a day and an hour.
import { z } from 'zod';
import { toObject } from '../form-fields.ts';
import { instantTyped } from '../(police)/day-and-hour.ts';

/** The steps on the buttons. */
export const STEPS_FORWARD = ['PT1H', 'PT12H', 'PT22H', 'P1D', 'P7D', 'P1M'] as const;

export const clockForm = z.preprocess(
  (data) => {
    const { advance, to } = toObject(data as FormData);
    return advance === undefined ? { now: instantTyped(to) } : { advance };
  },
  z.union(
    [z.object({ advance: z.enum(STEPS_FORWARD, 'not-understood') }), z.object({ now: z.string('give-the-time') })],
    {
      error: 'give-the-time',
    },
  ),
);
