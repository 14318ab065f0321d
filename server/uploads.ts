// Uploads stand before the pages' framework: they stream without limit of a form, and speak the methods of tus.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { tusDoor } from '#evidence';
import { type Actor, log, newId, nobody } from '#foundation';
import { actorOf } from '#signin';
import { scopeOf } from '../src/routes/api/v1/endpoint.ts';
import { languageOf } from '../src/routes/api/v1/language.ts';
import { Problem, problemResponse } from '../src/routes/api/v1/problem.ts';
import { HERS, STAFF } from '../src/routes/cookies.ts';
import { isStreamed } from './streamed.ts';

const DOOR = /^\/api\/v1\/uploads(?:\/[^/?]*)?(?:\?|$)/;
/** The pages' forms with a file in them, which stream too: the officers', and hers where she sends one. */
const FORM = /^\/(?:file\/\d{12}\/evidence\/add|admin\/imports)(?:\?|$)/;
const streams = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'POST' &&
  (FORM.test(url ?? '') || (url === '/' && /^multipart\/form-data/i.test(headers['content-type'] ?? '')));
const REST_MS = 3000;
const SILENT_MS = 60_000;

/** Whether a request belongs to tus. */
export const isUpload = (url: string | undefined): boolean => DOOR.test(url ?? '');

/**
 * How long a request may take to arrive: a minute, as everywhere; a file may take as long as it needs, as long as something comes.
 * (The server's own limit would end the upload of a slow phone after a minute, however well it goes.)
 * @param most milliseconds
 */
export function limitTime(request: IncomingMessage, most = SILENT_MS): void {
  const { url, socket } = request;
  if (isUpload(url) || isStreamed(request) || streams(request)) {
    // called when nothing has moved on the connection
    request.setTimeout(most, () => request.destroy());
    // what has arrived whole is being looked at, which may take longer; and the next request on this connection is another matter
    const calm = () => socket.setTimeout(0);
    request.once('end', calm).once('close', calm);
    return;
  }
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, most);
  timer.unref();
  request.once('close', () => clearTimeout(timer));
}

const cookie = (request: IncomingMessage, name: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${name}=([A-Za-z0-9_-]{20,100})(?:;|$)`).exec(request.headers.cookie ?? '')?.[1];

// A token, or the cookie of a shift, or hers. tus wants a header of its own with every request, which no other site's form can send.
async function sender(request: IncomingMessage): Promise<Actor> {
  const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  const secret =
    bearer ?? (request.headers.authorization ? undefined : (cookie(request, STAFF) ?? cookie(request, HERS)));
  const actor = secret ? await actorOf(secret) : undefined;
  if (!actor) throw new Problem('signed-out', [], { 'www-authenticate': 'Bearer' });
  return actor;
}

function asked(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  const { method = 'GET', url = '/' } = request;
  const body = method === 'PATCH' || method === 'POST' ? (Readable.toWeb(request) as WebStream<Uint8Array>) : undefined;
  return new Request(`http://localhost${url}`, {
    method,
    headers,
    ...(body ? { body: body as BodyInit, duplex: 'half' } : {}),
  } as RequestInit);
}

const keyOf = (request: IncomingMessage): string | undefined => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x20-\x7e]{8,200}$/.test(key)) throw new Problem('key-not-printable');
  return key;
};

/** Answers one request of tus: who sends, what the room says to it, and in words what it refuses. */
export async function answerUpload(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const request_id = newId();
  const from = request.headers['sec-fetch-site'];
  let answer: Response;
  let web: Request;
  try {
    web = asked(request);
  } catch {
    // a method that no page and no program of ours can send
    response.writeHead(405, { connection: 'close' }).end();
    return;
  }
  try {
    if (from === 'cross-site' || from === 'same-site') throw new Problem('not-your-power');
    const actor = request.method === 'OPTIONS' ? nobody : await sender(request);
    const key = keyOf(request);
    const repeat = key === undefined ? undefined : { scope: scopeOf(actor, 'POST', 'uploads'), key };
    const { response: said, thrown } = await tusDoor(web, actor, repeat, { request_id });
    answer = thrown === undefined ? said : problemResponse(thrown, languageOf(web), request_id);
  } catch (thrown) {
    answer = problemResponse(thrown, languageOf(web), request_id);
  }
  if (!response.destroyed) await send(request, response, answer, request_id);
  const { method, complete } = request;
  log.info(
    {
      request: request_id,
      method,
      route: '/api/v1/uploads',
      status: answer.status,
      whole: complete,
      ms: Math.round(performance.now() - started),
    },
    'request',
  );
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Response,
  request_id: string,
): Promise<void> {
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.setHeader('tus-resumable', '1.0.0');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-request-id', request_id);
  const text = request.method === 'HEAD' ? '' : await answer.text();
  if (!request.complete) {
    // refused before all of it came: the answer first, then the door, so that the sender can still read why
    response.setHeader('connection', 'close');
    request.resume();
    setTimeout(() => request.destroy(), REST_MS).unref();
  }
  response.end(text);
}
