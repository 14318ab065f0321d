// One file as its pages read it: the same look-up, the same 404 for what does not exist and what may not be seen.
import { error } from '@sveltejs/kit';
import { type Reading, read, Refusal } from '#foundation';
import { type FileView, readFile } from '#casework';

const NUMBER = /^\d{12}$/;

/**
 * Reads a file for a page, in one reading that leaves its mark.
 * @param asked the officer, the complaint number of the address, the request
 * @param also what else the page needs, in the same reading
 * @throws 404 outside this post's sight
 */
export async function fileOf<T>(
  asked: { staff: NonNullable<App.Locals['staff']>; number: string; request_id: string },
  also: (r: Reading, file: FileView) => Promise<T>,
): Promise<{ file: FileView; also: T }> {
  if (!NUMBER.test(asked.number)) error(404, { message: 'not-found' });
  try {
    return await read(
      asked.staff,
      'casework.read-file',
      async (r) => {
        const file = await readFile(r, asked.number);
        return { file, also: await also(r, file) };
      },
      { note: 'inside', request_id: asked.request_id },
    );
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
}

/**
 * Reads one part of a file for a page of its own, in a reading that leaves its mark; the same 404.
 * @param asked as {@link fileOf}
 * @param part what the page shows, and no more
 */
export async function partOf<T>(
  asked: { staff: NonNullable<App.Locals['staff']>; number: string; request_id: string },
  part: (r: Reading, number: string) => Promise<T>,
): Promise<T> {
  if (!NUMBER.test(asked.number)) error(404, { message: 'not-found' });
  try {
    return await read(asked.staff, 'casework.read-part', (r) => part(r, asked.number), {
      note: 'inside',
      request_id: asked.request_id,
    });
  } catch (refused) {
    if (refused instanceof Refusal && refused.code === 'not-found') error(404, { message: 'not-found' });
    throw refused;
  }
}
