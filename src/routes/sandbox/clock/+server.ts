// GET and POST /sandbox/clock: the one clock of web, worker and database. What falls due on the way is done before the answer.
import type { RequestHandler } from '@sveltejs/kit';
import { z } from 'zod';
import { house, INDIA, moveClockTo, read, refuse } from '#foundation';
import { bodyOf, practice } from '../../api/v1/practice.ts';
import { instantIn, iso } from '../../api/v1/time.ts';

const FARTHEST_YEARS = 5;

const duration = z.string().transform((text, context) => {
  try {
    return Temporal.Duration.from(text.trim());
  } catch {
    context.addIssue({ code: 'custom', message: 'not-understood' });
    return z.NEVER;
  }
});
const clockForm = z
  .object({ now: instantIn.optional(), advance: duration.optional() })
  .refine(({ now, advance }) => (now === undefined) !== (advance === undefined), {
    message: 'not-understood',
    path: ['now'],
  });

const timeNow = (): Promise<Temporal.Instant> => read(house(), 'foundation.ask-time', async (r) => r.now);

function later(now: Temporal.Instant, by: Temporal.Duration | undefined): Temporal.Instant {
  try {
    return now
      .toZonedDateTimeISO(INDIA)
      .add(by ?? 'PT0S')
      .toInstant();
  } catch {
    // beyond the calendar's own end
    return refuse('clock-too-far', 'advance');
  }
}

// two hands on one clock would each sweep the other's way: they take turns
let turn: Promise<unknown> = Promise.resolve();
function move(form: z.output<typeof clockForm>): Promise<Temporal.Instant> {
  const mine = turn.then(async () => {
    const now = await timeNow();
    const target = form.now ?? later(now, form.advance);
    if (Temporal.Instant.compare(target, now) < 0) refuse('clock-only-forward', form.now ? 'now' : 'advance');
    const farthest = now.toZonedDateTimeISO(INDIA).add({ years: FARTHEST_YEARS }).toInstant();
    if (Temporal.Instant.compare(target, farthest) > 0) refuse('clock-too-far', form.now ? 'now' : 'advance');
    return moveClockTo(target);
  });
  turn = mine.catch(() => undefined);
  return mine;
}

export const GET: RequestHandler = practice(async () => ({ now: iso(await timeNow()) }));
export const POST: RequestHandler = practice(async ({ request }) => ({
  now: iso(await move(await bodyOf(request, clockForm))),
}));
