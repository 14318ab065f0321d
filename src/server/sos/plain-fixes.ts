// A batch of positions as it nearly always comes, read in one pass: twenty thousand a second are too many for a schema that asks each of them
// everything. It takes nothing that the form would refuse; whatever is unusual it leaves to the form, which says what is wrong.
import { instantFrom } from '#foundation';
import type { FixesForm } from './forms.ts';

const MOST = 5000;
/** An id or a call sign in plain letters. */
const PLAIN_NAME = /^[\w -]{1,60}$/;

const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;
const isMissingOrWithin = (value: unknown, least: number, most: number): value is number | undefined =>
  value === undefined || isWithin(value, least, most);

/**
 * Reads a batch of fixes.
 * @param raw parsed JSON from outside
 * @returns what `fixesForm` would make of it; undefined where that has to look
 */
export function plainFixes(raw: unknown): FixesForm | undefined {
  const { fixes: list, sent_at } = (raw ?? {}) as { fixes?: unknown; sent_at?: unknown };
  if (!Array.isArray(list) || list.length < 1 || list.length > MOST) return undefined;
  const sent = typeof sent_at === 'string' ? instantFrom(sent_at) : undefined;
  if (sent_at !== undefined && !sent) return undefined;
  const fixes: FixesForm['fixes'] = [];
  let written = '';
  let instant: Temporal.Instant | undefined;
  for (const one of list as Record<string, unknown>[]) {
    if (typeof one !== 'object' || one === null) return undefined;
    const { vehicle, lat, lon, at, age_s, speed_kmh, accuracy_m } = one;
    if (age_s !== undefined) return undefined;
    if (typeof vehicle !== 'string' || !PLAIN_NAME.test(vehicle) || typeof at !== 'string') return undefined;
    if (!isWithin(lat, -90, 90) || !isWithin(lon, -180, 180)) return undefined;
    if (!isMissingOrWithin(speed_kmh, 0, 400) || !isMissingOrWithin(accuracy_m, 0, 100_000)) return undefined;
    // a gateway writes the same instant beside many
    if (at !== written) {
      instant = instantFrom(at);
      written = at;
    }
    if (!instant) return undefined;
    fixes.push({ vehicle, lat, lon, at: instant, speed_kmh, accuracy_m });
  }
  return { ...(sent ? { sent_at: sent } : {}), fixes };
}
