// The doors of the practice system, at the root: JSON in and out with the API's own manners; in production they do not exist.
import type { z } from 'zod';
import type { RequestEvent } from '@sveltejs/kit';
import type { Lang } from '#words';
import { readJson } from './body.ts';
import { languageOf } from './language.ts';
import { issuesOf, Problem, problemResponse } from './problem.ts';

type Event = Pick<RequestEvent, 'request' | 'url' | 'cookies' | 'locals'>;

/**
 * One door of the practice system.
 * @param work what is answered, in the caller's language
 */
export const practice =
  (work: (event: Event, lang: Lang) => Promise<unknown>) =>
  async (event: Event): Promise<Response> => {
    const { request, locals } = event;
    const lang = languageOf(request);
    try {
      if (locals.mode !== 'sandbox') throw new Problem('not-found');
      return Response.json(await work(event, lang), {
        headers: { 'content-language': lang, 'cache-control': 'no-store' },
      });
    } catch (thrown) {
      return problemResponse(thrown, lang, locals.request_id);
    }
  };

/** The body, as its schema says. @throws Problem `not-json`, `invalid`, … */
export async function bodyOf<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const raw = await readJson(request);
  if (raw === undefined) throw new Problem('not-json');
  const parsed = schema.safeParse(raw, { reportInput: true });
  if (!parsed.success) throw new Problem('invalid', issuesOf(parsed.error));
  return parsed.data;
}
