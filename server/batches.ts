// Files of CCTNS stand before the pages' framework: they stream without the limit of a form. What answers them is the API's own table.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { log, newId } from '#foundation';
import { actorOf } from '#signin';
import { dispatch } from '../src/routes/api/v1/dispatch.ts';
import { languageOf } from '../src/routes/api/v1/language.ts';
import { Problem, problemResponse } from '../src/routes/api/v1/problem.ts';

const DOOR = /^\/api\/v1\/cctns\/batches(?:\?|$)/;
const REST_MS = 3000;

/** Whether a request brings a file. */
export const isBatch = ({ method, url }: { method?: string | undefined; url?: string | undefined }): boolean =>
  method === 'POST' && DOOR.test(url ?? '');

function webRequest(request: IncomingMessage): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  return new Request(`http://localhost${request.url}`, {
    method: 'POST',
    headers,
    body: Readable.toWeb(request) as WebStream<Uint8Array> as BodyInit,
    duplex: 'half',
  } as RequestInit);
}

/** Answers one file: with the batch when all of it lies on the disk. Only a token opens this door: a cookie would come from any page. */
export async function answerBatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now();
  const request_id = newId();
  const web = webRequest(request);
  const { authorization } = request.headers;
  const secret = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization ?? '')?.[1];
  let answer: Response;
  try {
    const bearer = authorization === undefined ? undefined : (secret && (await actorOf(secret))) || null;
    const url = new URL(web.url);
    answer = await dispatch({
      request: web,
      url,
      path: url.pathname.slice('/api/v1/'.length),
      bearer,
      request_id,
      address: undefined,
    });
  } catch {
    // the sender has gone in the middle of it, or the database
    answer = problemResponse(new Problem('unexpected'), languageOf(web), request_id);
  }
  if (!response.destroyed) {
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.setHeader('x-request-id', request_id);
    const text = await answer.text();
    if (!request.complete) {
      // refused before all of it came: the answer first, then the door, so that the sender can still read why
      response.setHeader('connection', 'close');
      request.resume();
      setTimeout(() => request.destroy(), REST_MS).unref();
    }
    response.end(text);
  }
  log.info(
    {
      request: request_id,
      method: 'POST',
      route: '/api/v1/cctns/batches',
      status: answer.status,
      whole: request.complete,
      ms: Math.round(performance.now() - started),
    },
    'request',
  );
}
