// The officers a superior may choose as deputy or successor: those of the circle around a station, of the own unit above that, and those
// who have given up a post there and hold none. Two may bear one name, so each is told with a post of hers or his.
import type { Reading } from '#foundation';
import { type Named, officersOf, postsBelow, seatsBelow, tenuresOf } from '#posts';

/** `post`: null for who holds none now. */
export type OfficerChoice = { id: string; name: Named; rank: Named; post: Named | null; woman: boolean };

/** The choice of officers around a unit, in the order of their posts. @param who kind and unit of the acting post */
export async function officersToChoose(r: Reading, who: { kind: string; unit: string }): Promise<OfficerChoice[]> {
  const around = who.kind === 'sho' ? who.unit.split('.').slice(0, -1).join('.') : who.unit;
  const seats = Map.groupBy(await seatsBelow(r, around), ({ officer }) => officer);
  const posts = (await postsBelow(r, around)).map(({ id }) => id);
  const once = (await tenuresOf(r, posts)).map(({ officer }) => officer);
  const officers = new Map((await officersOf(r, [...new Set([...seats.keys(), ...once])])).map((o) => [o.id, o]));
  return [...new Set([...seats.keys(), ...once])].flatMap((id) => {
    const o = officers.get(id);
    if (!o) return [];
    return [
      {
        id,
        name: { hi: o.name_hi, en: o.name_en },
        rank: { hi: o.rank_hi, en: o.rank_en },
        post: seats.get(id)?.[0]?.post_name ?? null,
        woman: o.woman,
      },
    ];
  });
}
