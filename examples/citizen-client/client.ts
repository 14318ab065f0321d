// How an app of others speaks to ITSSO for a woman who uses it: types from the document, nothing else of ours.
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api.ts';

export type Complaint = components['schemas']['Complaint'];
export type Filed = components['schemas']['Filed'];
type Problem = components['schemas']['Problem'];

/** The house said no: `code` is stable, `title` may be shown to her. */
export class Refused extends Error {
  readonly code: string;
  readonly retry_after: number | undefined;
  constructor(problem: Problem, retry_after: number | undefined) {
    super(problem.title);
    this.code = problem.code;
    this.retry_after = retry_after;
  }
}

type Answered<T> = { data?: T; error?: unknown; response: Response };
function orRefused<T>({ data, error, response }: Answered<T>): T {
  if (data !== undefined) return data;
  const wait = Number(response.headers.get('retry-after') ?? Number.NaN);
  throw new Refused(error as Problem, Number.isNaN(wait) ? undefined : wait);
}

/**
 * @param at where ITSSO lies: scheme and host
 * @param clientToken the app's own token: on the app's server, never inside the app
 * @param language of titles and names
 */
export function itsso(at: string, clientToken: string, language: 'hi' | 'en' = 'hi') {
  const api: Client<paths> = createClient<paths>({
    baseUrl: `${at}/api/v1`,
    headers: { 'client-token': clientToken, 'accept-language': language },
  });
  return {
    /** Files. Keep `key` with the form until the answer has come: sent again after a lost line, it is the same complaint. */
    file: async (body: Complaint, key: string): Promise<Filed> =>
      orRefused(await api.POST('/complaints', { body, params: { header: { 'idempotency-key': key } } })),
    /** Opens her file by her receipt; the token is hers, lives for minutes, and is kept in memory only. */
    open: async (receipt: string): Promise<string> =>
      orRefused(await api.POST('/track/sessions', { body: { receipt } })).token,
    /** Where her case stands. */
    track: async (token: string) =>
      orRefused(await api.GET('/track', { headers: { authorization: `Bearer ${token}` } })),
  };
}

export type Itsso = ReturnType<typeof itsso>;
