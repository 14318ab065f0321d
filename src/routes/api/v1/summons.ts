// Who calls women to come: her answer to a summons, and how often each officer of a circle has called in ninety days.
import { z } from 'zod';
import { answerSummon, summonAnswerForm, summonsCounted, type SummonTally, track } from '#casework';
import type { Lang } from '#words';
import { idOf } from './callbacks.ts';
import { actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { presentTrack } from './present.ts';
import { appearances, text } from './shapes.ts';

const tally = {
  all: z.int(),
  by_law: z.int().meta({ description: 'signing, Magistrate’s statement, medical examination' }),
  promised: z.int().meta({ description: 'for the charge sheet or final report' }),
  beyond: z.int().meta({ description: 'every other' }),
  agreed: z.int().meta({ description: 'of those beyond: she agreed to come' }),
  came: z.int().meta({ description: 'of those beyond: she came' }),
};
const counted = z
  .object({
    days: z.int(),
    total: z.object(tally),
    stations: z.array(z.object({ unit_name: text, ...tally })),
    items: z.array(z.object({ post: z.uuid(), post_name: text, unit_name: text, officer: text.nullable(), ...tally })),
  })
  .meta({ id: 'SummonsCounted' });
const only = ({ all, by_law, promised, beyond, agreed, came }: SummonTally): SummonTally => ({
  all,
  by_law,
  promised,
  beyond,
  agreed,
  came,
});

export const summons: Endpoint[] = [
  endpoint({
    method: 'POST',
    path: '/track/summons/{id}/answer',
    who: 'complainant',
    summary:
      'Answer a summons: come, be heard at home, by a woman officer, online, or at another time; the last answer counts',
    status: 200,
    body: summonAnswerForm,
    answer: appearances,
    refuses: [404, 409, 429],
    repeats: 'key',
    answers: (call) => {
      const id = idOf(call, 'id');
      const seen = async (r: Parameters<typeof track>[0], lang: Lang) => presentTrack(await track(r), lang).appearances;
      return actsOnce(
        call,
        'casework.answer-summon',
        async (a) => {
          await answerSummon(a, id, call.body);
          return seen(a, call.lang);
        },
        (a) => seen(a, call.lang),
      );
    },
  }),
  endpoint({
    method: 'GET',
    path: '/summons',
    who: 'officer',
    summary:
      'How often women were called to come in ninety days, by officer and station, for this post and those it supervises',
    status: 200,
    answer: counted,
    answers: (call) =>
      reads(call, 'casework.count-summons', async (r) => {
        const { days, rows, stations, total } = await summonsCounted(r);
        const { lang } = call;
        return {
          days,
          total: only(total),
          stations: stations.map((one) => ({ unit_name: one.unit_name[lang], ...only(one) })),
          items: rows.map((one) => ({
            post: one.post,
            post_name: one.post_name[lang],
            unit_name: one.unit_name[lang],
            officer: one.officer?.[lang] ?? null,
            ...only(one),
          })),
        };
      }),
  }),
];
