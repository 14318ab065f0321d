// The desk: what lies here, in the order of what has to be done, and one search.
import { redirect } from '@sveltejs/kit';
import { read } from '#foundation';
import { DESK_KINDS, digestOf, onDesk } from '#casework';
import { homeOf, signedIn } from '../signed-in.ts';
import type { PageServerLoad } from './$types';
import { findOnDesk, GROUPS, groupOf, isShown, plainNumber, SHOWS } from './groups.ts';

const LONGEST_SEARCH = 40;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (homeOf(staff.post_kind) === '/callbacks') redirect(303, '/callbacks');
  const hasDesk = (DESK_KINDS as readonly string[]).includes(staff.post_kind);
  const asked = hasDesk ? (event.url.searchParams.get('q') ?? '').slice(0, LONGEST_SEARCH).trim() : '';
  if (/^\d{12}$/.test(plainNumber(asked))) redirect(303, `/file/${plainNumber(asked)}`);
  const { at, rows, digest } = await read(
    staff,
    'casework.list-desk',
    async (r) => ({ at: r.now, rows: hasDesk ? await onDesk(r) : [], digest: await digestOf(r) }),
    { request_id: event.locals.request_id },
  );
  const found = asked === '' ? null : findOnDesk(rows, asked);
  const only = found?.length === 1 ? found[0] : undefined;
  if (only) redirect(303, `/file/${only.number}`);
  const show = SHOWS.find((known) => known === event.url.searchParams.get('show')) ?? 'all';
  const shown = (found?.length ? found : rows).filter((row) => isShown(row, show, at));
  return {
    at,
    digest: digest ?? null,
    none: rows.length === 0,
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
