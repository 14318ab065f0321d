// How long what is kept, and what was erased lately.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { erasedLately, SCHEDULE } from '#operations';
import { signedIn } from '../../signed-in.ts';
import type { PageServerLoad } from './$types';

const KEEPERS: readonly string[] = ['administrator', 'auditor'];

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!KEEPERS.includes(staff.post_kind)) error(404, { message: 'not-found' });
  const { lang, request_id } = event.locals;
  const erased = await read(staff, 'operations.look-at-erasing', erasedLately, { request_id });
  const schedule = SCHEDULE.map(({ kind, keeps, because }) => ({
    kind,
    because,
    days: typeof keeps === 'object' ? keeps.days : null,
    keeps: typeof keeps === 'object' ? null : keeps,
    rows: erased
      .filter(({ name }) => SCHEDULE.find((line) => line.kind === kind)?.tables.includes(name))
      .reduce((sum, { rows }) => sum + rows, 0),
  }));
  return { lang, schedule };
};
