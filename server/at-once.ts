// Her tracking page stands before the pages' framework, as alarms do. It is drawn from the same pieces; what stands around it, headers and all, is
// what the framework itself answers for her address, asked once for each language.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { faultOf, log } from '#foundation';
import type { trackingAtOnce } from '../src/routes/(citizen)/at-once.ts';

/** Whether a request may be one for her tracking page: her address as it is, with cookies. */
export const mayBeHers = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'GET' && url === '/' && headers.cookie !== undefined;

type Framework = { respond: (request: Request, more: { getClientAddress: () => string }) => Promise<Response> };
type Frame = { headers: [string, string][]; before: string; after: string };
/** Of one answer and no other; and what only the framework says. */
const NOT_OF_EVERY_ANSWER = new Set(['x-request-id', 'x-sveltekit-page', 'content-length', 'etag', 'date']);

async function frameIn(framework: Framework, lang: string): Promise<Frame> {
  const request = new Request('http://localhost/', { headers: { cookie: `__Host-l=${lang}` } });
  const answer = await framework.respond(request, { getClientAddress: () => '' });
  const [, before, after] = /^(.*<body[^>]*>).*(<\/body>.*)$/s.exec(await answer.text()) ?? [];
  if (answer.status !== 200 || before === undefined || after === undefined)
    throw new Error('her address is not answered');
  return { headers: [...answer.headers].filter(([name]) => !NOT_OF_EVERY_ANSWER.has(name)), before, after };
}

/**
 * Opens this door, where the framework has begun.
 * @returns answers a request, or says that it is the framework's: what failed here the framework tries, and says so in its own words
 */
export async function openAtOnce(): Promise<(request: IncomingMessage, response: ServerResponse) => Promise<boolean>> {
  const built = (name: string) => import(new URL(`../build/${name}`, import.meta.url).href);
  const { server } = (await built('adapter-node.js')) as { server: Framework };
  const draws = (await built('server/at-once.js')) as { trackingAtOnce: typeof trackingAtOnce };
  const frames = new Map<string, Frame>();
  return async (request, response) => {
    try {
      const drawn = await draws.trackingAtOnce(request.headers);
      if (!drawn) return false;
      const frame = frames.get(drawn.lang) ?? (await frameIn(server, drawn.lang));
      frames.set(drawn.lang, frame);
      for (const [name, value] of frame.headers) response.setHeader(name, value);
      response.setHeader('x-request-id', drawn.id);
      response.end(frame.before + drawn.body + frame.after);
      return true;
    } catch (fault) {
      log.error(faultOf(fault), 'not at once');
      return false;
    }
  };
}
