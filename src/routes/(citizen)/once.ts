// What the forms behind her gate share: pressed twice is one form, and what is wrong leads to its field.
import type { z } from 'zod';
import { type Act, bodyHash, firstTime } from '#foundation';
import { type Lang, reason } from '#words';
import type { FilePress } from './file-deeds.ts';
import { type Outcome, typedBehind } from './outcomes.ts';

/** Does the work of a form once. Drawn for one page; without its id, or with another's, its text alone says whether it came before. */
export async function once(
  a: Act,
  { file, sent }: Pick<FilePress, 'file' | 'sent'>,
  work: () => Promise<unknown>,
): Promise<void> {
  const fields = [...sent].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : []));
  const body_hash = bodyHash(fields);
  const id = String(sent.get('form_id') ?? '').slice(0, 40);
  const key = `${id} ${body_hash.toString('hex').slice(0, 32)}`;
  if (await firstTime(a, { scope: `page ${file} correspondence`, key, body_hash }, file)) await work();
}

/** What the form does not take, each at its field, with everything she typed. */
export const wrongWith = (lang: Lang, error: z.ZodError, sent: FormData): Outcome => ({
  errors: error.issues.map(({ path, message }) => ({ input: String(path[0] ?? 'main'), text: reason(lang, message) })),
  typed: typedBehind(sent),
});

export const asked = ({ event }: Pick<FilePress, 'event'>) => ({ request_id: event.locals.request_id });
