// What the sealed identity does later: the slow half of a look-up that must not slow a filing.
import { act, house, type Jobs } from '#foundation';
import { indexMobile } from './sealed-identity.ts';

export const jobs = {
  /** Writes the blind index of a case's number. */
  'sealed-identity.index': async ({ subject }: Jobs['sealed-identity.index']): Promise<void> => {
    await act(house(), 'sealed-identity.index', (h) => indexMobile(h, subject), { subject });
  },
};
