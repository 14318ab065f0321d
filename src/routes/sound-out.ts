// A piece of an alarm's sound on its way out: to be played at the board, nowhere else.
import { type Actor, refuse } from '#foundation';
import { listen } from '#sos';
import { bytesOut } from './bytes-out.ts';

/** The answer with a piece's bytes. @throws Refusal what #sos `listen` says */
export async function soundOut(actor: Actor, piece: string, request_id: string): Promise<Response> {
  if (!/^[0-9a-f]{32}$/.test(piece)) refuse('not-found');
  const { bytes, media } = await listen(actor, piece, request_id);
  const size = bytes.length;
  return bytesOut({ bytes, media, size, from: 0, to: size, name: 'sound' }, 'play', undefined);
}
