// Compresses pages and JSON on their way out: Hindi text shrinks to a quarter. Streams and what is already encoded pass untouched.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const TEXT = /^(text\/(html|css|plain|csv)|application\/(problem\+)?json|image\/svg)/;
const SMALLEST = 400;
/** Up to here an answer is compressed in one piece, when all of it is there. */
const WHOLE = 128 * 1024;
/**
 * Pieces that are compressed at the same time. Each holds a megabyte or two until it is done; a crowd of thousands, all begun and none
 * finished, took gigabytes. Whoever waits holds nothing but its text.
 */
const AT_ONCE = 4;

/** From here on a page is long: an officer's, hers are short. */
const LONG = 48 * 1024;
/**
 * Up to here a page is compressed where it stands: that takes a fifth of a millisecond. Handed to a thread it costs twice as much again, for a
 * stream of its own, and for waking the thread and being woken.
 */
const SHORT = 16 * 1024;

// quality 7 costs about a millisecond and a half on a page of 20 kB and saves a twentieth over 5; 9 costs ten
const BROTLI: zlib.BrotliOptions = {
  chunkSize: 64 * 1024,
  params: {
    [zlib.constants.BROTLI_PARAM_QUALITY]: 7,
    [zlib.constants.BROTLI_PARAM_MODE]: zlib.constants.BROTLI_MODE_TEXT,
    // a page is hardly longer than this; the usual window of 4 MB makes it no smaller, and takes twice the memory
    [zlib.constants.BROTLI_PARAM_LGWIN]: 16,
  },
};
// of a short page 5 costs half of what 7 does, for a twentieth more bytes
const BROTLI_OF_SHORT: zlib.BrotliOptions = {
  ...BROTLI,
  params: { ...BROTLI.params, [zlib.constants.BROTLI_PARAM_QUALITY]: 5 },
};
// of a long page 4 costs half of what 7 does, for a tenth more bytes
const BROTLI_OF_LONG: zlib.BrotliOptions = {
  ...BROTLI,
  params: { ...BROTLI.params, [zlib.constants.BROTLI_PARAM_QUALITY]: 4 },
};
const GZIP: zlib.ZlibOptions = { level: 6, chunkSize: 64 * 1024 };
type Encoding = 'br' | 'gzip';
const brotli: (text: Buffer, how: zlib.BrotliOptions) => Promise<Buffer> = promisify(zlib.brotliCompress);
const gzip: (text: Buffer, how: zlib.ZlibOptions) => Promise<Buffer> = promisify(zlib.gzip);

const packHere = (text: Buffer, encoding: Encoding): Buffer =>
  encoding === 'br' ? zlib.brotliCompressSync(text, BROTLI_OF_SHORT) : zlib.gzipSync(text, GZIP);

let busy = 0;
const queue: (() => void)[] = [];
/** Compresses one piece when it is its turn. */
async function pack(text: Buffer, encoding: Encoding): Promise<Buffer> {
  if (busy >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
  busy++;
  try {
    return await (encoding === 'br' ? brotli(text, text.length > LONG ? BROTLI_OF_LONG : BROTLI) : gzip(text, GZIP));
  } finally {
    busy--;
    queue.shift()?.();
  }
}

/** Lets the response compress itself with brotli or gzip when the reader accepts it and the content is text. */
export function compress(request: IncomingMessage, response: ServerResponse): void {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  const encoding: Encoding | undefined = /\bbr\b/.test(accepted)
    ? 'br'
    : /\bgzip\b/.test(accepted)
      ? 'gzip'
      : undefined;
  if (!encoding || request.method === 'HEAD') return;
  const { writeHead, write, end } = response;
  /** undecided, untouched, in one piece, or as it comes */
  let way: 'plain' | 'whole' | 'streamed' | undefined;
  let held: Buffer[] = [];
  let size = 0;
  let packer: zlib.BrotliCompress | zlib.Gzip | undefined;

  const decide = () => {
    if (way) return;
    const length = Number(response.getHeader('content-length') ?? Number.POSITIVE_INFINITY);
    const bodiless = response.statusCode === 204 || response.statusCode === 304;
    if (
      bodiless ||
      response.hasHeader('content-encoding') ||
      length < SMALLEST ||
      !TEXT.test(String(response.getHeader('content-type') ?? ''))
    ) {
      way = 'plain';
      return;
    }
    way = 'whole';
    response.removeHeader('content-length');
    response.setHeader('content-encoding', encoding);
    response.appendHeader('vary', 'Accept-Encoding');
  };
  // too long to be held: it is compressed as it comes
  const stream = () => {
    const made = encoding === 'br' ? zlib.createBrotliCompress(BROTLI) : zlib.createGzip(GZIP);
    made.on('data', (chunk: Buffer) => {
      if (write.call(response, chunk, 'utf8') === false) {
        made.pause();
        response.once('drain', () => made.resume());
      }
    });
    // whoever writes waits for the response to have room again; while it is compressed, it is the packer that has or has not
    made.on('drain', () => response.emit('drain'));
    made.on('end', () => end.call(response, undefined, 'utf8'));
    response.on('close', () => made.destroy());
    made.on('error', () => response.destroy());
    const text = Buffer.concat(held);
    held = [];
    packer = made;
    way = 'streamed';
    return made.write(text);
  };
  const take = (chunk: unknown): boolean => {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : Buffer.from(chunk as Uint8Array);
    if (packer) return packer.write(bytes);
    held.push(bytes);
    size += bytes.length;
    return size > WHOLE ? stream() : true;
  };

  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    response.statusCode = status;
    const headers = rest.find((part) => typeof part === 'object' && part !== null);
    if (headers)
      for (const [name, value] of Object.entries(headers as Record<string, string | number | string[]>))
        response.setHeader(name, value);
    decide();
    return writeHead.call(response, status);
  } as typeof response.writeHead;
  response.write = ((chunk: unknown, encodingOrDone?: unknown, done?: unknown) => {
    decide();
    return way === 'plain'
      ? write.call(response, chunk as Buffer, encodingOrDone as BufferEncoding, done as () => void)
      : take(chunk);
  }) as typeof response.write;
  response.end = ((chunk?: unknown, encodingOrDone?: unknown, done?: unknown) => {
    decide();
    if (way === 'plain')
      return end.call(response, chunk as Buffer, encodingOrDone as BufferEncoding, done as () => void);
    if (chunk !== undefined && chunk !== null && typeof chunk !== 'function') take(chunk);
    if (packer) packer.end();
    else if (size <= SHORT) end.call(response, packHere(Buffer.concat(held), encoding), 'utf8');
    else
      pack(Buffer.concat(held), encoding).then(
        (packed) => end.call(response, packed, 'utf8'),
        () => response.destroy(),
      );
    held = [];
    return response;
  }) as typeof response.end;
}
