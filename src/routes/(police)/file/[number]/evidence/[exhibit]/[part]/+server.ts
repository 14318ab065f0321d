// The bytes of an exhibit: a copy to look at, the original to keep, or played here. A page of another site cannot ask for them, and
// what comes can run nothing.
import { Readable } from 'node:stream';
import { error, redirect } from '@sveltejs/kit';
import { lookAt, type Part, type Shown } from '#evidence';
import { Refusal } from '#foundation';
import { statusOf } from '../../../../../../refusal-status.ts';
import { signedIn } from '../../../../../signed-in.ts';
import { exhibitIn } from '../../which.ts';
import type { RequestHandler } from './$types';

const PARTS: readonly string[] = ['view', 'original', 'play'] satisfies Part[];

// what is downloaded or looked at stands alone; what is played asks for its own parts again, which a sandbox would not let it
const SHUT = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
const PLAYED = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'";

/** One range of bytes; several at once, or what is no range, is answered with the whole. */
function rangeOf(header: string | null): { from: number | undefined; to: number | undefined } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return { from: undefined, to: Number(last) };
  return { from: Number(first), to: last === '' ? undefined : Number(last) + 1 };
}

const streamed = (bytes: Shown['bytes']): BodyInit =>
  Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : (Readable.toWeb(Readable.from(bytes)) as BodyInit);

export const GET: RequestHandler = async (event) => {
  const staff = signedIn(event);
  const { number, part } = event.params;
  if (!PARTS.includes(part) || !/^\d{12}$/.test(number)) error(404, { message: 'not-found' });
  // evidence is looked at from its own page or from the address bar, never from within a page of somebody else's
  if (['cross-site', 'same-site'].includes(event.request.headers.get('sec-fetch-site') ?? 'none'))
    error(403, { message: 'not-your-power' });
  const range = part === 'view' ? undefined : rangeOf(event.request.headers.get('range'));
  let shown: Shown;
  try {
    shown = await lookAt(staff, number, exhibitIn(event.params), part as Part, range, {
      request_id: event.locals.request_id,
    });
  } catch (refused) {
    if (!(refused instanceof Refusal)) throw refused;
    if (refused.code === 'cannot-be-shown') redirect(303, `/file/${number}/evidence/${event.params.exhibit}`);
    error(statusOf(refused.code), { message: refused.code });
  }
  const { from, to, size, name } = shown;
  return new Response(streamed(shown.bytes), {
    status: range ? 206 : 200,
    headers: {
      'content-type': part === 'original' ? 'application/octet-stream' : shown.media,
      'content-length': String(to - from),
      'content-disposition': `${part === 'original' ? 'attachment' : 'inline'}; filename="${name}"`,
      'content-security-policy': part === 'play' ? PLAYED : SHUT,
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...(part === 'view' ? {} : { 'accept-ranges': 'bytes' }),
      ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${size}` } : {}),
    },
  });
};
