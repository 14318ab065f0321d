// FIRs that a station has recorded for others, over the API: where each lies and since when; nothing of what is in it.
import { z } from 'zod';
import { type Elsewhere, sentElsewhere } from '#casework';
import type { Lang } from '#words';
import { type Endpoint, endpoint, reads } from './endpoint.ts';
import { state, text } from './shapes.ts';
import { instant, iso, isoOrNull } from './time.ts';

/** An FIR recorded here for another station, as it is told. */
export const transfer = z
  .object({
    number: text,
    zero_fir: z.object({ number: text, year: z.int(), recorded_at: instant }),
    state,
    unit: text,
    post_name: text,
    sent_at: instant,
    since: instant.meta({ description: 'when it came to the post it lies with' }),
    due_at: instant
      .nullable()
      .meta({ description: 'by when it has to be taken there: a practice, not a limit in law' }),
    returned: z.int().meta({ description: 'how often it was sent back' }),
    accepted: z.object({ at: instant, fir: text }).nullable(),
  })
  .meta({ id: 'Transfer' });

/** One of them in the caller's language. */
export const presentTransfer = (one: Elsewhere, lang: Lang) => ({
  number: one.number,
  zero_fir: { ...one.zero_fir, recorded_at: iso(one.zero_fir.recorded_at) },
  state: one.state,
  unit: one.unit[lang],
  post_name: one.lies_with[lang],
  sent_at: iso(one.sent_at),
  since: iso(one.since),
  due_at: isoOrNull(one.due_at),
  returned: one.returned,
  accepted: one.accepted && { at: iso(one.accepted.at), fir: one.accepted.fir },
});

export const transfers: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/transfers',
    who: 'officer',
    summary: 'FIRs recorded here for other stations: those that wait there, and for a month those that were taken',
    status: 200,
    answer: z.object({ items: z.array(transfer) }),
    answers: (call) =>
      reads(call, 'casework.sent-elsewhere', async (r) => {
        const { lang } = call;
        const items = (await sentElsewhere(r)).map((one) => presentTransfer(one, lang));
        return { items };
      }),
  }),
];
