// What this house says of a request that was answered: a number and a line, by the route and never the address, which may name a file.
import { log, measure } from '#foundation';

// a balancer asks each process several times a second: that all is well would push out of log and traces what somebody looks for there
const LOOKS_AFTER = /^\/health\//;
/** Whether a route only asks how this process is. */
export const looksAfter = (route: string | null): boolean => LOOKS_AFTER.test(route ?? '');

/** @param started when it came, by the clock that only goes forward */
export function answered(
  request: { id: string; method: string; route: string | null; status: number },
  started: number,
): void {
  const { id, method, route, status } = request;
  const ms = performance.now() - started;
  measure('request_seconds', [route ?? 'none', method, String(status)], ms / 1000);
  const level = looksAfter(route) && status < 300 ? 'debug' : 'info';
  log[level]({ request: id, method, route, status, ms: Math.round(ms) }, 'request');
}
