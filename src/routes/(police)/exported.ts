// Taking something out from a page: where it has to be asked first who sits there, the page that asks leads back.
import { redirect } from '@sveltejs/kit';
import { Refusal } from '#foundation';
import { exportedBy } from '../exporter.ts';

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
  try {
    return await exportedBy(staff, deed, { request_id: locals.request_id, lang: locals.lang });
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'confirm-yourself')
      redirect(303, `/again?to=${encodeURIComponent(url.pathname)}`);
    throw refused;
  }
}
