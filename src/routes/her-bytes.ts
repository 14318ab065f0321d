// The bytes of a file of her thread, for her page and for a program that she uses: by one rule.
import { lookAtMine } from '#correspondence';
import type { Part } from '#evidence';
import type { Actor } from '#foundation';
import { bytesOut, type Range } from './bytes-out.ts';

/**
 * The answer with the bytes.
 * @param asked the number of the file in her case; how it is looked at; a range of its bytes, of what is no copy for looking at
 * @throws Refusal as #correspondence `lookAtMine`
 */
export async function myBytes(
  actor: Actor,
  asked: { exhibit: number; part: Part; range: Range | undefined; request_id: string },
): Promise<Response> {
  const { exhibit, part, request_id } = asked;
  const range = part === 'view' ? undefined : asked.range;
  const shown = await lookAtMine(actor, exhibit, part, range, { request_id });
  // the name under which a phone keeps it says nothing either
  return bytesOut(shown, part, range, shown.name.replace(/^.*\./, 'document.'));
}
