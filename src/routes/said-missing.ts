// How a part of the service that is missing is named, everywhere in the same words.
import type { ServicePart } from '#sos';
import { type Lang, words } from '#words';

/**
 * Where not one is left of what should be several, that is said and not that they are few.
 * @param level how much there is of it; null where only that it is missing is known
 */
export function saidMissing(lang: Lang, why: NonNullable<ServicePart['why']>, level: number | null) {
  const w = words(lang).sos.status;
  const none = why === 'too-few' && level === 0;
  return { state: none ? w.nothing : w.missing[why], is_few: why === 'too-few' && !none, is_none: none };
}
