// The desk: what lies here, in the order of what has to be done, and one search.
import { redirect } from '@sveltejs/kit';
import { homeOf, signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';
import { findOnDesk, GROUPS, groupOf, isShown, plainNumber, SHOWS } from './groups.ts';

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (homeOf(staff.post_kind) === '/callbacks') redirect(303, '/callbacks');
  const { rows, now, find } = await event.parent();
  const at = now ?? Temporal.Now.instant();
  const asked = (find ?? '').trim();
  if (/^\d{12}$/.test(plainNumber(asked))) redirect(303, `/file/${plainNumber(asked)}`);
  const found = asked === '' ? null : findOnDesk(rows, asked);
  const only = found?.length === 1 ? found[0] : undefined;
  if (only) redirect(303, `/file/${only.number}`);
  const show = SHOWS.find((known) => known === event.url.searchParams.get('show')) ?? 'all';
  const shown = (found?.length ? found : rows).filter((row) => isShown(row, show, at));
  return {
    at,
    show,
    shows: SHOWS,
    asked: asked === '' ? null : { text: asked, found: found?.length ?? 0 },
    moved: event.url.searchParams.has('moved'),
    counts: Object.fromEntries(SHOWS.map((one) => [one, rows.filter((row) => isShown(row, one, at)).length])),
    groups: GROUPS.map((group) => ({ group, rows: shown.filter((row) => groupOf(row, at) === group) })).filter(
      (g) => g.rows.length > 0,
    ),
  };
};
