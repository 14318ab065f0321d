// The control room's board: every open alarm, every vehicle on duty.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { board, CONTROL_DEEDS, groundOf, seesBoard } from '#sos';
import { reason, words } from '#words';
import { presentBoard } from '../../api/v1/sos-present.ts';
import { asksAboutDrills } from '../../drills-asked.ts';
import { missingParts } from '../../missing-parts.ts';
import { nightFrame } from '../../night-frame.ts';
import { signedIn } from '../../(police)/signed-in.ts';
import type { PageServerLoad } from './$types';

const WHY_NOT = ['needs-crew-report', 'needs-her-yes', 'wrong-state', 'not-your-power'] as const;

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
  setHeaders({ 'cache-control': 'no-store' });
  const staff = signedIn({ locals, url });
  if (!seesBoard(staff.post_kind)) error(404);
  const { lang } = locals;
  return {
    frame: await nightFrame(staff, locals, '/sos-board'),
    w: words(lang).sos.board,
    outcomes: words(lang).sos.crew.outcomes,
    why: Object.fromEntries(WHY_NOT.map((code) => [code, reason(lang, code)])),
    deeds: CONTROL_DEEDS,
    unit: staff.unit,
    ground: groundOf('/sos-board/tiles/{z}/{x}/{y}') ?? null,
    missing: await missingParts(staff, lang),
    drills: await asksAboutDrills(staff, lang),
    board: presentBoard(await read(staff, 'sos.read-board', (r) => board(r)), lang),
  };
};
