// Her rights: by what is happening to her, by how far her application has come. From the verified rows of law only.
import { words } from '#words';
import type { PageServerLoad } from './$types';
import { otherRights, rightsSaid, type Situation, SITUATIONS, type Stage, STAGES } from './which.ts';

export const load: PageServerLoad = ({ locals }) => {
  const { lang } = locals;
  const { rights, track } = words(lang);
  return {
    situations: (Object.keys(SITUATIONS) as Situation[]).map((id) => ({
      id,
      title: rights.situations[id].title,
      line: rights.situations[id].line,
    })),
    stages: (Object.keys(STAGES) as Stage[]).map((id) => ({
      id: `stage-${id}`,
      title: track.stages[id],
      rights: rightsSaid(STAGES[id], lang),
    })),
    others: otherRights(lang),
  };
};
