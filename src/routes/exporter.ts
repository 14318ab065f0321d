// What is taken out of the house bears by whom, when, and under which mark the ledger has it: whoever passes it on passes that on too.
import { type Actor, read } from '#foundation';
import { mustBeConfirmed, postName, readPost } from '#posts';
import type { Lang } from '#words';
import { exporterLine } from './figure-table.ts';

const LENGTH = 12;
/** The mark of a request: the end of the id under which the ledger has it. */
export const markOf = (request_id: string): string => request_id.slice(-LENGTH);

/**
 * Writes into the ledger that something is taken out, and gives the line that is put under it. An officer is asked first who sits there.
 * @param deed `room.deed`, as it will stand in the ledger
 * @param as the name of a program of others; what else takes out is named by its post or its own name
 * @throws Refusal `confirm-yourself`
 */
export async function exportedBy(
  actor: Actor,
  deed: string,
  { request_id, lang, as }: { request_id: string; lang: Lang; as?: string | undefined },
): Promise<string> {
  const mark = markOf(request_id);
  const by = await read(
    actor,
    deed,
    async (r) => {
      await mustBeConfirmed(r);
      const post = actor.kind === 'officer' ? postName(await readPost(r, actor.post))[lang] : undefined;
      return { name: as ?? post ?? (actor.kind === 'machine' ? actor.name : ''), at: r.now };
    },
    { note: true, request_id, detail: { mark } },
  );
  return exporterLine(by.name, by.at, mark);
}
