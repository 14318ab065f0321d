// GET /sandbox/cast: the people and machines one can sign in as.
import type { RequestHandler } from '@sveltejs/kit';
import { sandboxCast } from '#signin';
import { practice } from '../../api/v1/practice.ts';

export const GET: RequestHandler = practice(async (_event, lang) =>
  (await sandboxCast()).map(({ id, kind, name, post, post_name, unit }) => ({
    id,
    kind,
    name: name[lang],
    post,
    post_name: post_name?.[lang] ?? null,
    unit,
  })),
);
