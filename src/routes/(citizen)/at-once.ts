// Her tracking page without the pages' framework, which takes as long for it as all the rest together. What stands here is only who asks for
// it: who she is, what is hers and how it is drawn is said where every page asks. Whatever is not exactly that page, of her own open file, with
// nothing to be set or told, is not answered here and is the framework's.
import type { IncomingHttpHeaders } from 'node:http';
import { render } from 'svelte/server';
import { newId, traced } from '#foundation';
import { lookOf } from '#signin';
import type { Lang } from '#words';
import { answered } from '../answered.ts';
import { HERS, LANGUAGE, STAFF } from '../cookies.ts';
import { NEUTRAL_SITE } from '../neutral-site.ts';
import AtOnce from './parts/AtOnce.svelte';
import { viewOf } from './state.ts';
import { readView, VIEW } from './view-cookie.ts';

const ROUTE = '/(citizen)';
/** What stands between the beginning and the end of the document. */
export type Drawn = { id: string; lang: Lang; body: string };

const OURS: ReadonlySet<string> = new Set([HERS, VIEW, LANGUAGE, STAFF]);
/** The cookies of hers; undefined where one of them is not as this house writes it, or stands there twice. */
function cookiesIn(header: string): Map<string, string> | undefined {
  const found = new Map<string, string>();
  for (const part of header.split(';')) {
    const [, name = '', value = ''] = /^ ?([^=]+)=(.*)$/.exec(part) ?? [];
    if (!OURS.has(name)) continue;
    if (found.has(name) || !/^[\w-]+$/.test(value)) return undefined;
    found.set(name, value);
  }
  return found;
}

/**
 * Draws it, if that is what this request for her address asks for.
 * @returns undefined where it is anything else
 */
export async function trackingAtOnce({
  cookie = '',
  authorization,
  traceparent,
}: IncomingHttpHeaders): Promise<Drawn | undefined> {
  const started = performance.now();
  const cookies = cookiesIn(cookie);
  const secret = cookies?.get(HERS);
  if (!cookies || !secret || cookies.has(STAFF) || authorization !== undefined) return undefined;
  const kept = readView(cookies);
  if (!kept.shown || kept.page || kept.told) return undefined;
  return traced(
    `GET ${ROUTE}`,
    'server',
    () => draw(secret, cookies.get(LANGUAGE), kept, started),
    undefined,
    String(traceparent ?? ''),
  );
}

async function draw(
  secret: string,
  language: string | undefined,
  kept: ReturnType<typeof readView>,
  started: number,
): Promise<Drawn | undefined> {
  const found = await lookOf(secret);
  if (found?.actor.kind !== 'citizen' || found.actor.subject !== kept.shown) return undefined;
  const mode = process.env.ITSSO_MODE === 'production' ? 'production' : 'sandbox';
  const lang: Lang = language === 'en' ? 'en' : 'hi';
  const id = newId();
  const locals = {
    citizen: found.actor,
    looked: found.looked,
    lang,
    mode,
    request_id: id,
    staff: null,
    bearer: undefined,
  } as const;
  const shown = await viewOf(locals, kept);
  if (shown.at !== 'track') return undefined;
  const props = { lang, practice: mode === 'sandbox', away: NEUTRAL_SITE, view: shown.track, lines: shown.lines };
  const { body } = render(AtOnce, { props });
  answered({ id, method: 'GET', route: ROUTE, status: 200 }, started);
  return { id, lang, body };
}
