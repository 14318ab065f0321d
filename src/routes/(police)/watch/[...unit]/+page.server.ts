// Figures of a unit and of those below it. Read with the rights of oversight: no case and nobody is in reach of this page.
import { error, redirect } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { GROUPS } from '#law';
import { signsOf, watchPage } from '#oversight';
import { findUnit, liesIn, SUPERVISING, unitNames } from '#posts';
import { signedIn } from '../../signed-in.ts';
import { askedOf } from '../asked.ts';
import type { PageServerLoad } from './$types';

const notFound = () => error(404, { message: 'not-found' });

export const load: PageServerLoad = async (event) => {
  const staff = signedIn(event);
  if (!(SUPERVISING as readonly string[]).includes(staff.post_kind)) notFound();
  if (event.params.unit === '') redirect(303, `/watch/${staff.unit.replaceAll('.', '/')}`);
  const read_ = askedOf(event.params.unit, event.url.searchParams);
  if (!read_) return notFound();
  const { asked, typed, wrong } = read_;
  try {
    return await read(
      staff,
      'oversight.watch',
      async (r) => {
        const seen = await watchPage(r, asked);
        const parts = asked.unit.split('.');
        const above = parts.map((_, n) => parts.slice(0, n + 1).join('.'));
        const crumbs = [];
        for (const path of above) {
          const unit = path === asked.unit ? undefined : await findUnit(r, path);
          if (unit) crumbs.push({ path, name: { hi: unit.name_hi, en: unit.name_en }, mine: liesIn(path, staff.unit) });
        }
        // signs are looked at where somebody can ask the station: from the districts down
        const found = parts.length > 2 ? await signsOf(r, asked.unit) : null;
        const names = found ? await unitNames(r, [...new Set(found.reports.map(({ unit }) => unit))]) : new Map();
        const signs = found && {
          ...found,
          reports: found.reports.map((sign) => ({
            ...sign,
            name: names.get(sign.unit) ?? { hi: sign.unit, en: sign.unit },
          })),
        };
        return { seen, signs, crumbs, typed, wrong, groups: ['all', ...GROUPS] as const, query: event.url.search };
      },
      { as: 'watch', request_id: event.locals.request_id },
    );
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') notFound();
    throw refused;
  }
};
