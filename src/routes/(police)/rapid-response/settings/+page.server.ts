// How many vehicles come, and which posts answer for the parts of the service: what is decided, by whom, what it was before; and the two forms.
import { error } from '@sveltejs/kit';
import { read } from '#foundation';
import { listUnits, unitNames } from '#posts';
import {
  decidePart,
  decidesService,
  decideWant,
  partForm,
  seesBoard,
  SERVICE_BOUNDS,
  serviceSettings,
  wantForm,
} from '#sos';
import { formAction } from '../../../form-action.ts';
import { signedIn } from '../../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

// an alarm belongs to a zone, or to its district where it is in none; above the district a list of zones would be without end
const LEVELS = {
  near: ['commissionerate', 'district', 'zone'],
  far: ['nation', 'state', 'commissionerate', 'district'],
} as const;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!seesBoard(staff.post_kind)) error(404);
  const { lang } = event.locals;
  return read(staff, 'sos.read-settings', async (r) => {
    const decides = decidesService(staff.post_kind);
    const { wants, parts, changes, owners } = await serviceSettings(r);
    const levels = staff.unit.split('.').length <= 2 ? LEVELS.far : LEVELS.near;
    const areas = decides ? await listUnits(r, { under: staff.unit, levels }) : [];
    const names = await unitNames(r, [
      ...new Set([...wants.map(({ area }) => area), ...[...parts, ...changes].map(({ unit }) => unit)]),
    ]);
    const nameOf = (path: string) => names.get(path)?.[lang] ?? path;
    return {
      wants: wants.map((want) => ({ ...want, name: nameOf(want.area) })),
      parts: parts.map((part) => ({ ...part, name: nameOf(part.unit) })),
      changes: changes.map((change) => ({ ...change, name: nameOf(change.unit) })),
      areas: areas.map((unit) => ({ path: unit.path, name: lang === 'hi' ? unit.name_hi : unit.name_en })),
      owners,
      bounds: SERVICE_BOUNDS,
      decides,
      done: event.url.searchParams.has('done'),
    };
  });
};

const next = () => '/rapid-response/settings?done';
export const actions: Actions = {
  want: formAction(wantForm, 'sos.decide-want', decideWant, next),
  part: formAction(partForm, 'sos.decide-part', decidePart, next),
};
