// The same accused in other files, over the API: what is suggested among the files in sight, and what officers decided.
import { z } from 'zod';
import { decideRepeat, type Repeat, repeatForm, repeatsOf } from '#casework';
import type { Lang } from '#words';
import { actsOnce, type Endpoint, endpoint, reads } from './endpoint.ts';
import { numberOf } from './officers.ts';
import { cited, state, text } from './shapes.ts';
import { instant, iso } from './time.ts';

const repeat = z
  .object({
    number: text,
    accused: z.int().meta({ description: 'which accused of this file, from 1' }),
    other_accused: z.int(),
    why: z.array(z.enum(['phone', 'vehicle', 'name', 'address'])),
    sections: z.array(cited),
    state,
    fir: text.nullable(),
    submitted_at: instant,
    post_name: text,
    decided: z.object({ same: z.boolean(), at: instant, post_name: text, note: text }).nullable(),
  })
  .meta({ id: 'Repeat' });

const present = (one: Repeat, lang: Lang): z.input<typeof repeat> => ({
  number: one.number,
  accused: one.accused,
  other_accused: one.other_accused,
  why: one.why,
  sections: one.sections.map(({ act, section }) => ({ act, section })),
  state: one.state,
  fir: one.fir,
  submitted_at: iso(one.submitted_at),
  post_name: one.post_name[lang],
  decided: one.decided && {
    same: one.decided.same,
    at: iso(one.decided.at),
    post_name: one.decided.post_name[lang],
    note: one.decided.note,
  },
});

export const repeats: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/files/{number}/repeats',
    who: 'officer',
    summary: 'Accused of other files in sight who may be the same as one of this file; nobody’s name',
    status: 200,
    answer: z.object({ items: z.array(repeat) }),
    answers: (call) =>
      reads(call, 'casework.read-repeats', async (r) => ({
        items: (await repeatsOf(r, numberOf(call))).map((one) => present(one, call.lang)),
      })),
  }),
  endpoint({
    method: 'POST',
    path: '/files/{number}/repeats',
    who: 'officer',
    summary: 'Decide that an accused of this file is, or is not, one of another',
    status: 201,
    body: repeatForm,
    answer: z.object({ number: text, same: z.boolean() }),
    repeats: 'key',
    answers: async (call) => {
      const number = numberOf(call);
      await actsOnce(
        call,
        'casework.link-accused',
        (a) => decideRepeat(a, number, call.body),
        async () => undefined,
      );
      return { number: call.body.other, same: call.body.same };
    },
  }),
];
