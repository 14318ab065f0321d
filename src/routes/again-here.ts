// Who sits there, shown in the very form that was refused without it: what was typed goes on with it, and nothing is lost.
import type { RequestEvent } from '@sveltejs/kit';
import { confirmInPractice, confirmWithPasskey, enterForm } from '#signin';
import type { Actor } from '#foundation';

/** The fields by which a form shows who sits there: a passkey's answer; in practice a button. They are kept nowhere. */
export const AGAIN_FIELDS: readonly string[] = ['passkey', 'again'];

/**
 * Takes what a form brings along to show who sits there, in an act of its own before the form's.
 * @returns why not; undefined where it was shown, or where the form brings nothing
 */
export async function confirmHere(
  { locals }: Pick<RequestEvent, 'locals'>,
  actor: Actor,
  data: FormData,
): Promise<string | undefined> {
  const [passkey, again] = AGAIN_FIELDS.map((name) => {
    const told = data.get(name);
    data.delete(name);
    return typeof told === 'string' && told !== '' ? told : undefined;
  });
  if (again && locals.mode === 'sandbox') await confirmInPractice(actor);
  if (!passkey) return undefined;
  const told = enterForm.safeParse({ passkey });
  if (!told.success) return 'passkey-not-accepted';
  return (await confirmWithPasskey(actor, told.data.passkey))?.refused;
}
