// The exhibit that an address names.
import { error } from '@sveltejs/kit';
import { asciiDigits } from '#law';

/** Its number in the case. @throws 404 for what is no number */
export function exhibitIn(params: { exhibit: string }): number {
  const said = asciiDigits(params.exhibit);
  if (!/^[1-9]\d{0,5}$/.test(said)) error(404, { message: 'not-found' });
  return Number(said);
}
