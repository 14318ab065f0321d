// The address of a desk as it is asked: only what differs from the plain desk stands in it.
import type { DeskAsked } from '#casework';

/** The fields of an address, in their order. */
const FIELDS = ['show', 'state', 'category', 'section', 'sort', 'after', 'before', 'at'] as const;
const PLAIN: Partial<Record<(typeof FIELDS)[number], string>> = { show: 'all', sort: 'urgency' };

/**
 * Where a desk is found.
 * @param asked what is asked of it
 * @param change what is asked differently; marks of a part are never carried over into another question
 */
export function addressOf(asked: Partial<DeskAsked>, change: Partial<DeskAsked> = {}): string {
  const { after: _after, before: _before, at: _at, ...rest } = asked;
  const whole: Partial<DeskAsked> = { ...rest, ...change };
  const fields = FIELDS.flatMap((name) => {
    const value = whole[name];
    return value !== undefined && value !== PLAIN[name] ? [[name, value] as [string, string]] : [];
  });
  return fields.length > 0 ? `/desk?${new URLSearchParams(fields)}` : '/desk';
}
