// From a figure to its files: the cases it counts, read with the rights of oversight; then those of them that this post may open, by its own sight.
import { z } from 'zod';
import { filesOfFirs } from '#casework';
import { read } from '#foundation';
import { CASE_FIGURES, casesForm, casesOf } from '#oversight';
import { unitNames } from '#posts';
import { unsent } from '../../../unsent.ts';
import { signedIn } from '../../signed-in.ts';
import { askedOf, foundOr404, notFound } from '../../watch/asked.ts';
import type { PageServerLoad } from './$types';

const more = z.object({
  figure: z.enum(CASE_FIGURES),
  limit: casesForm.shape.limit,
  after: casesForm.shape.after,
});

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  const { searchParams: params } = event.url;
  const page = askedOf(event.params.unit, params);
  const asked = more.safeParse({
    figure: params.get('figure') ?? 'pending_beyond',
    limit: params.get('limit') ?? undefined,
    after: params.get('after') ?? undefined,
  });
  if (!page || !asked.success) return notFound();
  const form = { ...page.asked, ...asked.data };
  return foundOr404(async () => {
    const { cases, next } = await read(staff, 'oversight.list-cases', (r) => casesOf(r, form), { as: 'watch' });
    const files = await read(staff, 'casework.find-firs', async (r) => ({
      of: await filesOfFirs(
        r,
        cases.filter(({ here }) => here),
      ),
      names: await unitNames(r, [...new Set([form.unit, ...cases.map(({ unit }) => unit)])]),
    }));
    const rest = new URLSearchParams(params);
    if (next) rest.set('after', next);
    return unsent({
      unit: form.unit,
      name: files.names.get(form.unit) ?? null,
      figure: form.figure,
      limit: form.limit,
      typed: page.typed,
      cases: cases.map((one) => ({
        ...one,
        station: files.names.get(one.unit) ?? null,
        file: files.of.get(`${one.unit}/${one.year}/${one.fir_number}`) ?? null,
      })),
      next: next ? `?${rest}` : null,
      back: `/watch/${form.unit.replaceAll('.', '/')}`,
    });
  });
};
