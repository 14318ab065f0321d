// The control room's board: every open alarm, every vehicle on duty.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { listUnits } from '#posts';
import { board, CONTROL_DEEDS, outagesHere, seesBoard } from '#sos';
import { reason, words } from '#words';
import { presentBoard } from '../../api/v1/sos-present.ts';
import { nightFrame } from '../../night-frame.ts';
import { signedIn } from '../../(police)/signed-in.ts';
import type { PageServerLoad } from './$types';

const WHY_NOT = ['needs-crew-report', 'needs-her-yes', 'wrong-state', 'not-your-power'] as const;

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const staff = signedIn({ locals, url });
  if (!seesBoard(staff.post_kind)) error(404);
  const { lang } = locals;
  const missing = await read(staff, 'sos.read-outages', outagesHere);
  const units =
    missing.length > 0 ? await read(staff, 'posts.list-units', (r) => listUnits(r, { under: staff.unit })) : [];
  const nameOf = (path: string) =>
    units.find((unit) => unit.path === path)?.[lang === 'hi' ? 'name_hi' : 'name_en'] ?? path;
  return {
    frame: await nightFrame(staff, locals),
    w: words(lang).sos.board,
    outcomes: words(lang).sos.crew.outcomes,
    why: Object.fromEntries(WHY_NOT.map((code) => [code, reason(lang, code)])),
    deeds: CONTROL_DEEDS,
    unit: staff.unit,
    missing: missing.map(({ id, part, unit }) => ({
      id,
      name: words(lang).sos.status.parts[part],
      unit: nameOf(unit),
    })),
    board: presentBoard(await read(staff, 'sos.read-board', (r) => board(r))),
  };
};
