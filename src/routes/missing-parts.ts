// What is missing of rapid response, in words, for the posts that see it: on the board and under what has come up.
import { type Actor, read } from '#foundation';
import { listUnits } from '#posts';
import { outagesHere } from '#sos';
import { type Lang, words } from '#words';
import { shortTime } from '../words/format.ts';
import { saidMissing } from './said-missing.ts';

type Officer = Extract<Actor, { kind: 'officer' }>;

/** The parts that are missing now and that this post answers for, was told of or stands above. */
export async function missingParts(staff: Officer, lang: Lang) {
  const missing = await read(staff, 'sos.read-outages', outagesHere);
  const units =
    missing.length > 0 ? await read(staff, 'posts.list-units', (r) => listUnits(r, { under: staff.unit })) : [];
  const w = words(lang).sos.status;
  const nameOf = (path: string) =>
    units.find((unit) => unit.path === path)?.[lang === 'hi' ? 'name_hi' : 'name_en'] ?? '';
  return missing.map(({ id, part, unit, why, since, level }) => ({
    id,
    name: w.parts[part],
    unit: nameOf(unit),
    ...saidMissing(lang, why, level),
    since: w.since(shortTime(lang, since)),
  }));
}
