// Whom she can call, from the verified rows only.
import { helplines } from '#law';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => ({
  numbers: helplines().map((line) => ({
    number: line.number,
    name: locals.lang === 'hi' ? line.name_hi : line.name_en,
  })),
});
