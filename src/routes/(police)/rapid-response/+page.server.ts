// Rapid response as its posts see it: the month by zone, and switching it off or on, which takes two of them.
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { read } from '#foundation';
import { listUnits } from '#posts';
import {
  agreeSwitch,
  monthlyReport,
  programmeChanges,
  programmeForm,
  proposeSwitch,
  seesBoard,
  switchesProgramme,
  withdrawSwitch,
} from '#sos';
import { formAction } from '../../form-action.ts';
import { plainDay } from '../day-and-hour.ts';
import { signedIn } from '../signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const MONTH = /^[12]\d{3}-(?:0[1-9]|1[0-2])$/;

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!seesBoard(staff.post_kind)) error(404);
  const { lang } = event.locals;
  const { now, units } = await read(staff, 'posts.list-units', async (r) => ({
    now: r.now,
    units: await listUnits(r, { under: staff.unit }),
  }));
  const asked = event.url.searchParams.get('month') ?? '';
  const month = MONTH.test(asked)
    ? asked
    : now.toZonedDateTimeISO('Asia/Kolkata').toPlainDate().toPlainYearMonth().toString();
  const names = new Map(units.map((unit) => [unit.path, lang === 'hi' ? unit.name_hi : unit.name_en]));
  const district = staff.unit.split('.').slice(0, 3).join('.');
  return {
    now,
    month,
    rows: (await monthlyReport(month)).map((row) => ({ ...row, name: names.get(row.unit) ?? row.unit })),
    changes: (await programmeChanges())
      .filter(({ unit }) => unit === district || staff.unit === unit || unit.startsWith(`${staff.unit}.`))
      .map((change) => ({ ...change, name: names.get(change.unit) ?? '' })),
    switches: switchesProgramme(staff.post_kind),
    done: event.url.searchParams.has('done'),
  };
};

const one = z.object({ id: z.uuid('not-found') });
// the day as officers type it
const dayAsTyped = (sent: unknown): unknown => {
  if (typeof sent !== 'object' || sent === null || !('from_day' in sent)) return sent;
  const { from_day } = sent;
  return { ...sent, from_day: typeof from_day === 'string' && from_day !== '' ? plainDay(from_day) : undefined };
};
const next = () => '/rapid-response?done';
export const actions: Actions = {
  propose: formAction(z.preprocess(dayAsTyped, programmeForm), 'sos.propose-switch', proposeSwitch, next),
  agree: formAction(one, 'sos.agree-switch', (a, { id }) => agreeSwitch(a, id), next),
  withdraw: formAction(one, 'sos.withdraw-switch', (a, { id }) => withdrawSwitch(a, id), next),
};
