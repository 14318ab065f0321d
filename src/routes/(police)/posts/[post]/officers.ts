// The officers a superior may choose as deputy or successor: those of the circle around a station, of the own unit above that.
import type { Reading } from '#foundation';
import { type Named, officersBelow } from '#posts';

export type OfficerChoice = { id: string; name: Named; rank: Named; woman: boolean };

/** The choice of officers around a unit, by name. @param who kind and unit of the acting post */
export async function officersToChoose(r: Reading, who: { kind: string; unit: string }): Promise<OfficerChoice[]> {
  const around = who.kind === 'sho' ? who.unit.split('.').slice(0, -1).join('.') : who.unit;
  return (await officersBelow(r, around, r.now)).map((o) => ({
    id: o.id,
    name: { hi: o.name_hi, en: o.name_en },
    rank: { hi: o.rank_hi, en: o.rank_en },
    woman: o.woman,
  }));
}
