// Her rights, from the verified rows of law only.
import { type Right, verifiedRights } from '#law';
import { pick, words } from '#words';
import type { PageServerLoad } from './$types';

type Group = 'report' | 'inquiry' | 'health' | 'court' | 'name' | 'some';
const GROUPS: Record<Group, readonly string[]> = {
  report: ['any_station', 'electronic', 'woman_officer', 'disability', 'free_copy', 'refusal'],
  inquiry: ['home_statement', 'not_called', 'magistrate', 'two_months', 'progress'],
  health: ['medical', 'free_treatment'],
  court: ['closure_hearing', 'copies', 'in_camera', 'lawyer', 'compensation', 'no_withdrawal', 'bail_presence'],
  name: ['identity', 'privacy'],
  // and whatever a later table brings
  some: [],
};
const LISTED = new Set(Object.values(GROUPS).flat());

export const load: PageServerLoad = ({ locals }) => {
  const { lang } = locals;
  const { scopeNames } = words(lang).info.rights;
  const say = (right: Right) => ({
    id: right.id,
    text: lang === 'hi' ? right.text_hi : right.text_en,
    law: right.law,
    scope: pick(scopeNames, right.scope, right.scope),
  });
  const rights = verifiedRights();
  const groups = (Object.keys(GROUPS) as Group[]).map((id) => ({
    id,
    rights: rights.filter((right) => (id === 'some' ? !LISTED.has(right.id) : GROUPS[id].includes(right.id))).map(say),
  }));
  return { groups: groups.filter((group) => group.rights.length > 0) };
};
