// Some doors of the API stand before the pages' framework. What answers them is the API's own table, as everywhere.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Actor, log, measure, newId, traced } from '#foundation';
import { actorOf } from '#signin';
import { dispatch } from '../src/routes/api/v1/dispatch.ts';
import { languageOf } from '../src/routes/api/v1/language.ts';
import { Problem, problemResponse } from '../src/routes/api/v1/problem.ts';

const REST_MS = 3000;
// as the pages' framework calls the door behind which the same table stands
const ROUTE = '/api/v1/[...path]';

/**
 * Answers one request as the API's table says. Only a token opens these doors: a cookie would come from any page.
 * @param web the request, with its body as a stream or whole
 * @param whose whom a token answers to
 */
export async function answerAtDoor(
  request: IncomingMessage,
  response: ServerResponse,
  web: Request,
  whose: (secret: string) => Promise<Actor | undefined> = actorOf,
): Promise<void> {
  await traced(
    `POST ${ROUTE}`,
    'server',
    () => answered(request, response, web, whose),
    (status) => ({ 'http.response.status_code': String(status) }),
    web.headers.get('traceparent'),
  );
}

async function answered(
  request: IncomingMessage,
  response: ServerResponse,
  web: Request,
  whose: (secret: string) => Promise<Actor | undefined>,
): Promise<number> {
  const started = performance.now();
  const request_id = newId();
  const { authorization } = request.headers;
  const from = request.headers['sec-fetch-site'];
  const secret = /^Bearer ([A-Za-z0-9_-]{20,100})$/.exec(authorization ?? '')?.[1];
  const url = new URL(web.url);
  let answer: Response;
  try {
    if (from === 'cross-site' || from === 'same-site') throw new Problem('not-your-power');
    const bearer = authorization === undefined ? undefined : (secret && (await whose(secret))) || null;
    answer = await dispatch({
      request: web,
      url,
      path: url.pathname.slice('/api/v1/'.length),
      bearer,
      request_id,
      address: undefined,
    });
  } catch (thrown) {
    // the sender has gone in the middle of it, or the database
    answer = problemResponse(thrown, languageOf(web), request_id);
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
  const ms = performance.now() - started;
  measure('request_seconds', [ROUTE, 'POST', String(answer.status)], ms / 1000);
  log.info(
    {
      request: request_id,
      method: 'POST',
      route: url.pathname,
      status: answer.status,
      whole: request.complete,
      ms: Math.round(ms),
    },
    'request',
  );
  return answer.status;
}

/** The request as the API's table reads it. */
export function webRequest(request: IncomingMessage, body: BodyInit | null): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  return new Request(`http://localhost${request.url}`, {
    method: 'POST',
    headers,
    ...(body === null ? {} : { body, duplex: 'half' }),
  } as RequestInit);
}
