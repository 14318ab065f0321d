// What this house says of a request that was answered: a number and a line, by the route and never the address, which may name a file.
import { log, measure } from '#foundation';

/** @param started when it came, by the clock that only goes forward */
export function answered(
  request: { id: string; method: string; route: string | null; status: number },
  started: number,
): void {
  const { id, method, route, status } = request;
  const ms = performance.now() - started;
  measure('request_seconds', [route ?? 'none', method, String(status)], ms / 1000);
  log.info({ request: id, method, route, status, ms: Math.round(ms) }, 'request');
}
