// Districts and stations as she types them: in either script, with or without “district” or “station” in the name.

/** A district or a station: its path and its two names. */
export type Place = { path: string; hi: string; en: string };
/** The districts, and the stations of the district she lives in. */
export type Places = { districts: readonly Place[]; stations: readonly Place[] };

// “थाना कल्याणपुर” and “Kalyanpur police station” are both the station Kalyanpur; dots below letters are often left out.
const key = (name: string): string =>
  name
    .normalize('NFD')
    .toLocaleLowerCase('en')
    .replaceAll('\u093c', '')
    .replace(/थाना|जिला|police station|district|station|thana/gu, '')
    .replace(/[^\p{L}\p{M}\d]/gu, '')
    .replace(/[\u0300-\u036f]/gu, '');

/**
 * The place whose name she typed.
 * @param places where to look
 * @param typed the name in Hindi or English
 * @returns undefined if none, or more than one, is meant
 */
export function findPlace(places: readonly Place[], typed: string): Place | undefined {
  const wanted = key(typed);
  if (!wanted) return undefined;
  const found = places.filter((place) => key(place.hi) === wanted || key(place.en) === wanted || place.path === typed);
  return found.length === 1 ? found[0] : undefined;
}
