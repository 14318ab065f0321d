// The OpenAPI document, written from the same table that answers requests. Nothing in it is written by hand twice.
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { version } from '../../../../package.json' with { type: 'json' };
import type { Endpoint } from './endpoint.ts';
import { problemSchema } from './problem.ts';

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
const SCHEME = { anyone: undefined, complainant: 'complainant', officer: 'officer', machine: 'machine' } as const;

const idempotencyKey = z.string().min(8).max(200).optional().meta({
  description: 'Printable ASCII. The same key and body gives the first answer again; another body gives 409.',
});

function operation(line: Endpoint): ZodOpenApiOperationObject {
  const names = [...line.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const statuses = new Set([
    ...(line.who === 'anyone' ? [] : [401]),
    ...(names.length ? [404] : []),
    ...(line.body ? [400, 413, 415, 422] : []),
    ...(line.query ? [422] : []),
    ...(line.repeats ? [400, 409] : []),
    ...(line.refuses ?? []),
  ]);
  const scheme = SCHEME[line.who];
  return {
    operationId: operationId(line),
    summary: line.summary,
    ...(scheme ? { security: [{ [scheme]: [] }] } : { security: [] }),
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
    responses: {
      [`${line.status}`]: {
        description: 'Done',
        content: { [line.media ?? 'application/json']: { schema: line.answer } },
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

/** The document for a table of endpoints. */
export function describe(lines: readonly Endpoint[]): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const line of lines) paths[line.path] = { ...paths[line.path], [line.method.toLowerCase()]: operation(line) };
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'ITSSO',
      version,
      description:
        'Investigation Tracking System for Sexual Offences. Instants are ISO 8601 with offset, days YYYY-MM-DD in Asia/Kolkata, names snake_case.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
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
      },
    },
  });
}
