// A form that is pressed twice is one form: its key and what it says are remembered inside the act that it stands for.
import { type Act, bodyHash, firstTime, refuse } from '#foundation';

/**
 * Does a thing once for a form, however often the form arrives. The same form with other words in it is another one.
 * @param form what was sent; `form_id` was drawn when the page was shown
 * @param about path of the page: whose form it is
 * @param work what is done the first time
 * @param again what is answered to a repetition
 */
export async function once<T>(
  a: Act,
  form: { form_id: string },
  about: string,
  work: () => Promise<T>,
  again: () => Promise<T>,
): Promise<T> {
  if (a.actor.kind !== 'officer') refuse('not-your-power');
  const body_hash = bodyHash(JSON.parse(JSON.stringify(form)));
  const key = `${form.form_id} ${body_hash.toString('hex').slice(0, 32)}`;
  return (await firstTime(a, { scope: `page ${a.actor.post} ${about}`, key, body_hash })) ? work() : again();
}
