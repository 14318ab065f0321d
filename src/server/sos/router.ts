// Arrival times by road, asked of a router that speaks OSRM's table service, where one is configured. Nobody waits for it: vehicles are sent by
// distance, and the minutes are made better when the answer comes. It hears places and nothing else, and should be the state's own.
// https://project-osrm.org/docs/v5.24.0/api/#table-service
import { log } from '#foundation';
import type { Point } from './rules.ts';

const PATIENCE_MS = 800;
/** After a failure the router is left alone for so long. */
const REST_MS = 10_000;
const DIGITS = 5;

let base: string | undefined;
let restsUntil = 0;

/** Names the router. @param url `http(s)://host[/path]` without the service; undefined: none @throws Error for anything else */
export function openRouter(url: string | undefined): void {
  if (url !== undefined && !/^https?:\/\/[^\s?#@]+$/.test(url))
    throw new Error('ROUTER_URL must be http:// or https:// and a host, with a path or without');
  base = url?.replace(/\/$/, '');
  restsUntil = 0;
}
/** Whether a router is configured. */
export const hasRouter = (): boolean => base !== undefined;

const place = ({ lat, lon }: Point): string => `${lon.toFixed(DIGITS)},${lat.toFixed(DIGITS)}`;

/**
 * Seconds from each of several places to one, by road.
 * @returns null for a place from which no road leads; undefined where the router does not answer in time, or not as it should
 */
export async function byRoad(from: readonly Point[], to: Point): Promise<(number | null)[] | undefined> {
  if (!base || from.length === 0 || performance.now() < restsUntil) return undefined;
  const places = [to, ...from].map(place).join(';');
  const sources = from.map((_, n) => n + 1).join(';');
  try {
    const answer = await fetch(
      `${base}/table/v1/driving/${places}?sources=${sources}&destinations=0&annotations=duration`,
      {
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      },
    );
    const said = (await answer.json()) as { code?: unknown; durations?: unknown };
    const rows = said.code === 'Ok' && Array.isArray(said.durations) ? said.durations : [];
    if (rows.length !== from.length) throw new Error('not as many rows as were asked for');
    return rows.map((row: unknown) => {
      const seconds: unknown = Array.isArray(row) ? row[0] : null;
      return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
    });
  } catch {
    // the address names places: that it failed is said, and nothing else
    log.warn({}, 'the router does not answer');
    restsUntil = performance.now() + REST_MS;
    return undefined;
  }
}
