// Knocks at the API door without a web server: a request in, its answer out, each answer held against its own schema.
import { expect } from 'vitest';
import { dispatch } from '../../src/routes/api/v1/dispatch.ts';
import type { Endpoint } from '../../src/routes/api/v1/endpoint.ts';
import { refusalsOf } from '../../src/routes/api/v1/openapi.ts';
import { problemSchema } from '../../src/routes/api/v1/problem.ts';
import { ENDPOINTS } from '../../src/routes/api/v1/table.ts';
import { actorOf } from '#signin';
import { newId } from '#foundation';

export type Answer = { status: number; headers: Headers; text: string; bytes: Buffer; body: Body };
// what a foreign system reads is untyped; the schema has checked it
type Body = Awaited<ReturnType<Response['json']>>;
export type Ask = {
  token?: string | undefined;
  body?: unknown;
  /** the body as it stands, instead of JSON */
  raw?: BodyInit;
  key?: string;
  lang?: string;
  accept?: string;
  type?: string;
  address?: string;
  /** the token of a registered program, beside hers */
  client?: string | undefined;
};

const lineFor = (method: string, path: string): Endpoint | undefined =>
  ENDPOINTS.find(
    (line) =>
      line.method === method &&
      new RegExp(`^${line.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );

/** Asks once. @param at method and path below /api/v1: 'GET /desk' */
export async function ask(at: string, options: Ask = {}): Promise<Answer> {
  const [method = 'GET', target = ''] = at.split(' ');
  const url = new URL(`http://localhost/api/v1${target}`);
  const headers = new Headers({ 'accept-language': options.lang ?? 'en' });
  if (options.accept) headers.set('accept', options.accept);
  if (options.client) headers.set('client-token', options.client);
  if (options.key) headers.set('idempotency-key', options.key);
  const sent = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (sent !== undefined) headers.set('content-type', options.type ?? 'application/json');
  const request = new Request(url, {
    method,
    headers,
    ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
  } as RequestInit);
  const bearer = options.token === undefined ? undefined : ((await actorOf(options.token)) ?? null);
  const response = await dispatch({
    request,
    url,
    path: decodeURIComponent(url.pathname.slice('/api/v1/'.length)),
    bearer,
    request_id: newId(),
    address: options.address ?? '203.0.113.7',
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString('utf8');
  const isJson = /json$/.test(response.headers.get('content-type') ?? '');
  const body = text && isJson ? JSON.parse(text) : {};
  const answer = { status: response.status, headers: response.headers, text, bytes, body };
  hold(lineFor(method, url.pathname.slice('/api/v1'.length)), answer);
  return answer;
}

// Nothing more and nothing less than the document says.
function hold(line: Endpoint | undefined, answer: Answer): void {
  if (answer.status >= 400) {
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(problemSchema.parse(answer.body)).toEqual(answer.body);
    expect(answer.body.status).toBe(answer.status);
    // of a method that is none the document says nothing, nor of a fault of ours
    if (line && ![405, 500].includes(answer.status))
      expect([...refusalsOf(line)], `${line.method} ${line.path} ${answer.body.code}`).toContain(answer.status);
  } else if (line?.file) {
    expect(answer.status).toBe(line.status);
    expect(answer.headers.get('content-type')).toBe(line.media);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
  } else if (line?.csv && answer.headers.get('content-type')?.startsWith('text/csv')) {
    expect(answer.status).toBe(line.status);
  } else if (line && answer.text) {
    expect(answer.status).toBe(line.status);
    expect(answer.headers.get('content-type')).toBe(line.media ? `${line.media}; charset=utf-8` : 'application/json');
    const said = line.media ? answer.text : answer.body;
    expect(line.answer.parse(said)).toEqual(said);
  }
}

/** The answer without what differs in every answer. */
export const apart = (answer: Answer): string => `${answer.status} ${answer.text.replace(answer.body.request_id, '…')}`;
