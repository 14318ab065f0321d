// How the API says no: RFC 9457 problem+json, by code, in the caller's language. Never a stack, never SQL, never a person.
import { z } from 'zod';
import { faultOf, log, Refusal } from '#foundation';
import { type Lang, pick, reason, words } from '#words';
import { statusOf } from '../../refusal-status.ts';

export type FieldProblem = { path: string; code: string; message: string };

/** What went wrong, before it has words. */
export class Problem extends Error {
  readonly code: string;
  readonly fields: readonly { path: string; code: string; limit?: number }[];
  readonly headers: Record<string, string>;
  constructor(code: string, fields: Problem['fields'] = [], headers: Record<string, string> = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.fields = fields;
    this.headers = headers;
  }
}

export const problemSchema = z
  .object({
    type: z.string().meta({ description: 'urn:itsso:problem: and the code' }),
    title: z.string().meta({ description: 'what went wrong, in the language of Accept-Language' }),
    status: z.int(),
    code: z.string().meta({ description: 'kebab-case, stable', example: 'not-found' }),
    fields: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

/** The issues of a failed parse as codes: each schema gives its code as the message, or a code is made of zod's own. */
export const issuesOf = (error: z.ZodError): Problem['fields'] =>
  error.issues.map((issue) => {
    const path = issue.path.join('.');
    if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(issue.message) && issue.message.length < 60)
      return { path, code: issue.message, ...limitOf(issue) };
    if (issue.code === 'too_big') return { path, code: 'too-long', ...limitOf(issue) };
    if (issue.code === 'too_small') return { path, code: 'too-short', ...limitOf(issue) };
    if (issue.code === 'invalid_type' && issue.input === undefined) return { path, code: 'missing' };
    return { path, code: issue.code === 'invalid_value' ? 'not-an-answer' : 'not-understood' };
  });

const limitOf = (issue: object): { limit?: number } => {
  const { maximum, minimum } = issue as { maximum?: unknown; minimum?: unknown };
  const limit = typeof maximum === 'number' ? maximum : minimum;
  return typeof limit === 'number' ? { limit } : {};
};

/** The sentence beside a field. */
function sayField(lang: Lang, field: Problem['fields'][number]): string {
  const { reasons, problems } = words(lang);
  const known = Object.hasOwn(problems, field.code)
    ? (problems as unknown as Record<string, string | ((n: number) => string)>)[field.code]
    : undefined;
  if (typeof known === 'string') return known;
  if (known && field.limit !== undefined) return known(field.limit);
  return pick(reasons, field.code, pick(reasons, 'not-understood', field.code));
}

/**
 * The answer for whatever was thrown. A bug is logged with its kind and place and answered as 500 without a word of it.
 * @param request_id also in the answer, so that a caller can name it
 */
export function problemResponse(thrown: unknown, lang: Lang, request_id: string): Response {
  const problem = asProblem(thrown);
  const status = statusOf(problem.code);
  if (status === 500) log.error({ request: request_id, ...faultOf(thrown) }, 'unexpected');
  const fields = problem.fields.map((field) => ({
    path: field.path,
    code: field.code,
    message: sayField(lang, field),
  }));
  const body = {
    type: `urn:itsso:problem:${problem.code}`,
    title: reason(lang, problem.code),
    status,
    code: problem.code,
    ...(fields.length ? { fields } : {}),
    request_id,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'content-language': lang,
      'cache-control': 'no-store',
      ...problem.headers,
    },
  });
}

const RETRY_AFTER_SECONDS = 60;

function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  // rooms are not bundled with the pages: one copy of each, so instanceof holds
  if (!(thrown instanceof Refusal)) return new Problem('unexpected');
  const { code, about, detail } = thrown;
  const headers: Record<string, string> = {};
  if (statusOf(code) === 429) headers['retry-after'] = String(detail?.retry_after ?? RETRY_AFTER_SECONDS);
  if (statusOf(code) === 401) headers['www-authenticate'] = 'Bearer';
  return new Problem(code, about ? [{ path: about, code }] : [], headers);
}
