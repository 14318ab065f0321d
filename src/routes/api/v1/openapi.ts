// The OpenAPI document, written from the same table that answers requests. Nothing in it is written by hand twice.
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import about from '../../../../package.json' with { type: 'json' };
import type { Endpoint } from './endpoint.ts';
import { problemSchema } from './problem.ts';
import { statusChanged } from './webhooks.ts';

const REFUSALS: Record<number, string> = {
  400: 'Not JSON, or an Idempotency-Key that cannot be printed',
  401: 'No token, or one that answers to nobody',
  403: 'Not in the power of this post',
  404: 'Does not exist, or is not to be seen by this caller: the same answer',
  409: 'The matter stands differently, or the Idempotency-Key came with another body',
  413: 'The body is larger than 256 KB',
  415: 'Not application/json',
  422: 'Something in it needs putting right; `fields` says what',
  429: 'Too many; see Retry-After',
};

const idempotencyKey = z.string().min(8).max(200).optional().meta({
  description: 'Printable ASCII. The same key and body gives the first answer again; another body gives 409.',
});

// a registered program adds its own token to hers; at the public doors it may come with it alone, and anybody without
function securityOf({ who }: Endpoint): Record<string, []>[] {
  if (who === 'anyone') return [{}, { client: [] }];
  if (who === 'importer') return [{ officer: [] }, { machine: [] }];
  return who === 'complainant' ? [{ complainant: [] }, { complainant: [], client: [] }] : [{ [who]: [] }];
}

const namesIn = ({ path }: Endpoint): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');

/** The statuses with which a line may refuse: its own, and those that come with its kind of caller, path, body and query. */
export function refusalsOf(line: Endpoint): Set<number> {
  const names = namesIn(line);
  // a registered program that names itself is counted, and may lack the right
  const clients = line.who === 'anyone' || line.who === 'complainant';
  return new Set([
    ...(line.who === 'anyone' ? [] : [401]),
    ...(clients ? [401, 403, 429] : []),
    ...(names.length ? [404] : line.who === 'anyone' ? [] : [403]),
    ...(line.body ? [400, 413, 415, 422] : line.method === 'GET' ? [] : [413]),
    ...(line.streams ? [415] : []),
    ...(line.query ? [422] : []),
    ...(line.repeats ? [400, 409] : []),
    ...(line.refuses ?? []),
  ]);
}

function operation(line: Endpoint): ZodOpenApiOperationObject {
  const names = namesIn(line);
  const statuses = refusalsOf(line);
  return {
    operationId: operationId(line),
    summary: line.summary,
    security: securityOf(line),
    requestParams: {
      ...(names.length ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {}),
      ...(line.query ? { query: line.query } : {}),
      header: z.object({
        'accept-language': z.string().optional().meta({ description: 'hi (default) or en' }),
        ...(line.repeats ? { 'idempotency-key': idempotencyKey } : {}),
      }),
    },
    ...(line.body
      ? { requestBody: { required: !line.bodiless, content: { 'application/json': { schema: line.body } } } }
      : {}),
    ...(line.streams
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(line.streams.map((type) => [type, { schema: z.string() }])),
          },
        }
      : {}),
    responses: {
      [`${line.status}`]: {
        description: 'Done',
        content: {
          [line.media ?? 'application/json']: { schema: line.answer },
          ...(line.csv ? { 'text/csv': { schema: z.string() } } : {}),
        },
      },
      ...Object.fromEntries(
        [...statuses].sort().map((status) => [
          `${status}`,
          {
            description: REFUSALS[status] ?? 'Refused',
            content: { 'application/problem+json': { schema: problemSchema } },
          },
        ]),
      ),
    },
  } as ZodOpenApiOperationObject;
}

const operationId = ({ method, path }: Endpoint): string =>
  `${method.toLowerCase()}${path
    .split(/[/{}._-]+/)
    .filter(Boolean)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')}`;

const WEBHOOK: ZodOpenApiPathsObject[string] = {
  post: {
    operationId: 'statusChanged',
    summary:
      'Told to a client: something has changed in a complaint that was filed through it. At least once; ask with her session what it is',
    requestParams: {
      header: z.object({
        'webhook-id': z.string().meta({ description: 'the same at every try: take a message once' }),
        'webhook-timestamp': z
          .string()
          .meta({ description: 'seconds since 1970; refuse what is older than five minutes' }),
        'webhook-signature': z.string().meta({
          description:
            'Standard Webhooks: v1, and HMAC-SHA-256 in base64 of id.timestamp.body; several, set apart by spaces, while the secret is changed',
        }),
      }),
    },
    requestBody: { required: true, content: { 'application/json': { schema: statusChanged } } },
    responses: { 204: { description: 'Taken. Anything but 2xx is tried again; 410 ends it' } },
  },
};

/** The document for a table of endpoints. */
export function describe(lines: readonly Endpoint[]): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const line of lines) paths[line.path] = { ...paths[line.path], [line.method.toLowerCase()]: operation(line) };
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'ITSSO',
      version: about.version,
      description:
        'Investigation Tracking System for Sexual Offences. Instants are ISO 8601 with offset, days YYYY-MM-DD in Asia/Kolkata, names snake_case.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    webhooks: { 'status-changed': WEBHOOK },
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        complainant: {
          type: 'http',
          scheme: 'bearer',
          description: 'Opened by her receipt, or by number, mobile and code',
        },
        officer: { type: 'http', scheme: 'bearer', description: 'An officer at a post' },
        machine: { type: 'http', scheme: 'bearer', description: 'A machine with rights' },
        client: {
          type: 'apiKey',
          in: 'header',
          name: 'Client-Token',
          description:
            'A registered program of others, beside her own bearer token. 401 client-unknown, 403 client-lacks-right, 429 client-quota-spent with Retry-After: its own quota, for each purpose',
        },
      },
    },
  });
}
