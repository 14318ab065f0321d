// Who are you, in which language; what an unexpected error may say. The doors to the street begin here.
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError } from '@sveltejs/kit/hooks';
import { faultOf, log, newId, nobody, traced } from '#foundation';
import { actorOf, lookOf } from '#signin';
import { groundOf } from '#sos';
import { answered, looksAfter } from './routes/answered.ts';
import { HERS, LANGUAGE, STAFF } from './routes/cookies.ts';
import { hasView } from './routes/(citizen)/view-cookie.ts';
import { NEUTRAL_SITE } from './routes/neutral-site.ts';
import { filesOrigin } from './routes/shown-link.ts';

const HER_FORM = '/(citizen)';
const OPEN_PAGE = /^\/(?:rights|help|notice)(?:\/|$)/;

function languageOf(event: RequestEvent): 'hi' | 'en' {
  if (event.url.pathname.startsWith('/api/')) {
    const first = event.request.headers.get('accept-language')?.split(',')[0]?.trim().toLowerCase() ?? '';
    return first.startsWith('en') ? 'en' : 'hi';
  }
  // what is open to search engines has an address in each language
  const asked = OPEN_PAGE.test(event.url.pathname) ? event.url.searchParams.get('lang') : null;
  if (asked === 'hi' || asked === 'en') return asked;
  return event.cookies.get(LANGUAGE) === 'en' ? 'en' : 'hi';
}

/** Help is called by whoever holds the phone: before its page nobody is asked who that is. */
const FOR_ANYBODY = '/(citizen)/sos';

const looksAtHers = ({ route, request, cookies }: RequestEvent): boolean =>
  route.id === HER_FORM && request.method === 'GET' && hasView(cookies);

async function introduce(event: RequestEvent): Promise<void> {
  const { locals, cookies, request } = event;
  locals.request_id = newId();
  locals.mode = process.env.ITSSO_MODE === 'production' ? 'production' : 'sandbox';
  locals.lang = languageOf(event);
  locals.citizen = nobody as App.Locals['citizen'];
  locals.staff = null;
  const bearer = request.headers.get('authorization')?.match(/^Bearer ([A-Za-z0-9_-]{20,100})$/)?.[1];
  locals.bearer = request.headers.has('authorization') ? (bearer && (await actorOf(bearer))) || null : undefined;
  if (event.route.id === FOR_ANYBODY) return;
  const hers = cookies.get(HERS);
  if (hers) {
    try {
      // her page is read with the look that asks who she is
      const found = looksAtHers(event) ? await lookOf(hers) : { actor: await actorOf(hers), looked: undefined };
      if (found?.actor?.kind === 'citizen') {
        locals.citizen = found.actor;
        locals.looked = found.looked;
      }
    } catch (fault) {
      // her own form comes back to her with what she typed; everything else fails as a whole
      if (event.route.id !== HER_FORM || request.method !== 'POST') throw fault;
      locals.unasked = fault;
      return;
    }
  }
  const theirs = cookies.get(STAFF);
  if (theirs) {
    const actor = await actorOf(theirs);
    if (actor?.kind === 'officer') locals.staff = actor;
  }
}

// A form of another site never acts here, whatever its content type; a browser always says where it comes from.
const foreign = (event: RequestEvent): boolean =>
  !['GET', 'HEAD', 'OPTIONS'].includes(event.request.method) &&
  ['cross-site', 'same-site'].includes(event.request.headers.get('sec-fetch-site') ?? 'none');

// Production has no practice doors, whichever page forgets to ask; by the route, because an address can be written in many ways.
const practiceDoor = (event: RequestEvent): boolean => event.route.id?.split('/').includes('sandbox') ?? false;

// the framework's own page for an error at a door that is no page comes without a policy
const BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// pictures and films of a page come from the host that shows files, where that is one of its own
const withFiles = (csp: string): string => {
  const files = filesOrigin();
  return files
    ? csp.replace("img-src 'self'", `img-src 'self' ${files}`).replace("media-src 'self'", `media-src 'self' ${files}`)
    : csp;
};

const said = (response: Response | undefined): Record<string, string> =>
  response ? { 'http.response.status_code': String(response.status) } : {};

// the route, never the address: an address may name a file
export const handle: Handle = (asked) => {
  const { request, route } = asked.event;
  if (looksAfter(route.id)) return answer(asked);
  return traced(
    `${request.method} ${route.id ?? 'none'}`,
    'server',
    () => answer(asked),
    said,
    request.headers.get('traceparent'),
  );
};

// the maps alone, and only where somebody's tiles are configured, asks one host outside
const MAPS: ReadonlySet<string> = new Set(['/(control-room)/sos-board', '/(vehicle)/orders']);
const groundOutside = (route: string | null): string => {
  const host = route !== null && MAPS.has(route) ? groundOf('')?.host : undefined;
  return host ? ` ${host}` : '';
};

// a microphone is opened on these pages and on no other: her words spoken, her alarm, the talk, the diary
const HEARING_PAGES: ReadonlySet<string | null> = new Set([
  '/(citizen)',
  '/(citizen)/sos',
  '/(citizen)/room',
  '/(police)/hearings/[id]',
  '/(police)/file/[number]',
]);
const HEARS = 'camera=(self), microphone=(self), geolocation=(self), interest-cohort=()';

const answer = async ({ event, resolve }: Parameters<Handle>[0]): Promise<Response> => {
  const started = performance.now();
  if (foreign(event)) return new Response(null, { status: 403, headers: { 'cache-control': 'no-store' } });
  await introduce(event);
  if (event.locals.mode === 'production' && practiceDoor(event)) return new Response(null, { status: 404 });
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => html.replace('%itsso.lang%', event.locals.lang),
  });
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
  // what nobody may keep needs no mark to be known again by
  if (response.headers.get('cache-control') === 'no-store') response.headers.delete('etag');
  response.headers.set('x-request-id', event.locals.request_id);
  if (HEARING_PAGES.has(event.route.id)) response.headers.set('permissions-policy', HEARS);
  const csp = response.headers.get('content-security-policy');
  // leaving the page ends on a neutral site of others; browsers hold a form's redirect to the same rule as the form
  if (csp)
    response.headers.set(
      'content-security-policy',
      withFiles(csp)
        .replace("form-action 'self'", `form-action 'self' ${new URL(NEUTRAL_SITE).origin}`)
        .replace("connect-src 'self'", `connect-src 'self'${groundOutside(event.route.id)}`),
    );
  else if (response.headers.get('content-type')?.startsWith('text/html'))
    response.headers.set('content-security-policy', BARE_POLICY);
  const { status } = response;
  answered({ id: event.locals.request_id, method: event.request.method, route: event.route.id, status }, started);
  return response;
};

export const handleError: HandleServerError = (caught) => {
  const { request_id } = caught.event.locals;
  if (caught.kind !== 'unknown') return { message: caught.error.message, request_id };
  log.error({ request: request_id, route: caught.event.route.id, ...faultOf(caught.error) }, 'unexpected');
  return { message: 'unexpected', request_id };
};
