// Her life is in danger: the identity opens at once, and those above hear of it.
import { sql } from 'kysely';
import { type Act, asHouse, type Reading, refuse, tell } from '#foundation';
import { chainsOf } from '#deadlines';
import { type Identity, openInDanger } from '#sealed-identity';
import { lockById } from './store.ts';

const TOLD = 2;
const MINUTES = 15;

/**
 * Opens the identity of a file in danger, for a post of the file's circle or one that answers alarms in its district. The two nearest
 * posts above the file's desk that somebody holds are told at once, and one of them looks at it within 24 hours.
 * @param number the complaint number
 * @param why what the danger is, in words
 * @throws Refusal `not-found`
 */
export async function openDangerOf(
  a: Act,
  number: string,
  why: string,
): Promise<{ identity: Identity; until: Temporal.Instant }> {
  const { actor } = a;
  if (actor.kind !== 'officer') return refuse('not-your-power');
  const { rows } = await sql<{ id: string | null }>`select casework.id_in_danger(${number}) as id`.execute(a.db);
  const id = rows[0]?.id ?? refuse('not-found');
  const told = await asHouse(a, async (h) => {
    const desk = (await lockById(h, id)).desk_post;
    const above = ((await chainsOf(h, [desk])).get(desk) ?? []).filter(({ post, vacant }) => !vacant && post !== desk);
    const found = above
      .map(({ post }) => post)
      .filter((post) => post !== actor.post)
      .slice(0, TOLD);
    for (const post of found) await tell(h, 'attention', post);
    return found;
  });
  return { identity: await openInDanger(a, id, why, told), until: a.now.add({ minutes: MINUTES }) };
}

/** The complaint numbers of files in sight, by their ids; what is out of sight is not in it. */
export async function filesByIds(r: Pick<Reading, 'db'>, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await r.db
    .selectFrom('casework.file')
    .select(['id', 'number'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.flatMap(({ id, number }) => (number ? [[id, number] as const] : [])));
}
