// One situation: what she can do, whom she can call, what the law says.
import { error } from '@sveltejs/kit';
import { words } from '#words';
import { isSituation, numbersSaid, rightsSaid, SITUATIONS } from '../which.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) => {
  const { situation } = params;
  if (!isSituation(situation)) error(404, 'not-found');
  const { rights, numbers } = SITUATIONS[situation];
  return {
    told: words(locals.lang).rights.situations[situation],
    rights: rightsSaid(rights, locals.lang),
    numbers: numbersSaid(numbers, locals.lang),
  };
};
