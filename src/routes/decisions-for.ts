// What a superior decides today, for the page and for the API: the files of casework, what she has against their desks, and calls that are late.
import type { Reading } from '#foundation';
import { lateCalls } from '#callback';
import { decisionsHere } from '#casework';
import { concernsHere } from '#correspondence';

/** What below a unit asks the acting post for a decision: files, concerns that wait for its answer among them, and desks late with their calls. */
export async function decisionsFor(r: Reading, unit: string) {
  const concerns = (await concernsHere(r)).map(({ number }) => number);
  return { ...(await decisionsHere(r, unit, concerns)), calls: await lateCalls(r, unit) };
}
