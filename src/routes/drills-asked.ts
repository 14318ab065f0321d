// Drills that a control room is asked about, in words.
import { type Actor, read } from '#foundation';
import { listUnits } from '#posts';
import { drillsAsked } from '#sos';
import { type Lang, words } from '#words';
import { shortTime } from '../words/format.ts';

/** What the board shows until somebody says that it was seen; for a control room only. */
export async function asksAboutDrills(staff: Extract<Actor, { kind: 'officer' }>, lang: Lang) {
  if (staff.post_kind !== 'control-room') return [];
  const asked = await read(staff, 'sos.read-drills', drillsAsked);
  const units =
    asked.length > 0 ? await read(staff, 'posts.list-units', (r) => listUnits(r, { under: staff.unit })) : [];
  const w = words(lang).sos.status;
  return asked.map(({ id, unit, at }) => {
    const zone = units.find(({ path }) => path === unit)?.[lang === 'hi' ? 'name_hi' : 'name_en'] ?? unit;
    return { id, text: w.drill_asked(zone, shortTime(lang, at)), press: w.drill_press };
  });
}
