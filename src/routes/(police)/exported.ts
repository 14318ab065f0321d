// What is taken out of the house bears by whom, when, and under which mark the ledger has it: whoever passes it on passes that on too.
import { redirect } from '@sveltejs/kit';
import { read, Refusal } from '#foundation';
import { mustBeConfirmed, postName, readPost } from '#posts';
import { exporterLine } from '../figure-table.ts';

const LENGTH = 12;
/** The mark of a request: the end of the id under which the ledger has it. */
export const markOf = (request_id: string): string => request_id.slice(-LENGTH);

type Asked = { locals: App.Locals; url: URL };

/**
 * Writes into the ledger that something is taken out, and gives the line that is put under it. Asks first who sits there.
 * @param deed `room.deed`, as it will stand in the ledger
 * @throws a redirect to where it is asked who sits there
 */
export async function takenOut(
  { locals, url }: Asked,
  staff: NonNullable<App.Locals['staff']>,
  deed: string,
): Promise<string> {
  const mark = markOf(locals.request_id);
  try {
    const by = await read(
      staff,
      deed,
      async (r) => {
        await mustBeConfirmed(r);
        return { post: postName(await readPost(r, staff.post))[locals.lang], at: r.now };
      },
      { note: true, request_id: locals.request_id, detail: { mark } },
    );
    return exporterLine(by.post, by.at, mark);
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'confirm-yourself')
      redirect(303, `/again?to=${encodeURIComponent(url.pathname)}`);
    throw refused;
  }
}
