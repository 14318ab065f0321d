// The bytes of a file on their way out of a page: nothing of another site asks for them, and what comes can run nothing.
import { Readable } from 'node:stream';
import type { Part, Shown } from '#evidence';
import { filesOrigin } from './shown-link.ts';

export const PARTS: readonly Part[] = ['view', 'original', 'play'];

// what is downloaded or looked at stands alone; what is played asks for its own parts again, which a sandbox would not let it
const SHUT = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
const PLAYED = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'";

export type Range = { from: number | undefined; to: number | undefined };

/**
 * Whether a page of somebody else's asks. Files are looked at from our own pages or from the address bar.
 * @param shown at the place where files are shown: where that is a host of its own, our pages are its neighbours
 */
export const fromElsewhere = (request: Request, shown = false): boolean =>
  ['cross-site', ...(shown && filesOrigin() ? [] : ['same-site'])].includes(
    request.headers.get('sec-fetch-site') ?? 'none',
  );

/** The one range of bytes that is asked for; several at once, or what is no range, is answered with the whole. */
export function rangeOf(request: Request): Range | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(request.headers.get('range') ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return { from: undefined, to: Number(last) };
  return { from: Number(first), to: last === '' ? undefined : Number(last) + 1 };
}

const streamed = (bytes: Shown['bytes']): BodyInit =>
  Buffer.isBuffer(bytes) ? new Uint8Array(bytes) : (Readable.toWeb(Readable.from(bytes)) as BodyInit);

/**
 * The answer with the bytes.
 * @param shown what the room hands out
 * @param part how it is looked at
 * @param range as it was asked for
 * @param name under which it is saved
 */
export function bytesOut(shown: Shown, part: Part, range: Range | undefined, name = shown.name): Response {
  const { from, to, size } = shown;
  return new Response(streamed(shown.bytes), {
    status: range ? 206 : 200,
    headers: {
      'content-type': part === 'original' ? 'application/octet-stream' : shown.media,
      'content-length': String(to - from),
      'content-disposition': `${part === 'original' ? 'attachment' : 'inline'}; filename="${name}"`,
      'content-security-policy': part === 'play' ? PLAYED : SHUT,
      'cross-origin-resource-policy': filesOrigin() ? 'same-site' : 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...(part === 'view' ? {} : { 'accept-ranges': 'bytes' }),
      ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${size}` } : {}),
    },
  });
}
