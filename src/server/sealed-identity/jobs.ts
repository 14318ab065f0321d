// What the sealed identity does later: the slow half of a look-up that must not slow a filing.
import { act, house, type Jobs, read, type Watch } from '#foundation';
import { slowHalf } from './cipher.ts';
import { hashOlderNames } from './names.ts';
import { contactOf, indexMobile } from './sealed-identity.ts';
import { nameMark } from './store.ts';

export const jobs = {
  /** Writes the blind index of a case's number. */
  'sealed-identity.index': async ({ subject }: Jobs['sealed-identity.index']): Promise<void> => {
    const contact = await read(house(), 'sealed-identity.index', (r) => contactOf(r, subject));
    if (!contact) return;
    const ready = { mobile: contact.mobile, slow: await slowHalf('mobile', contact.mobile) };
    await act(house(), 'sealed-identity.index', (h) => indexMobile(h, subject, ready), { subject });
  },
};

/** Names of files that were here before names were hashed: some at a time, until none is left. */
export const watch: Watch = {
  name: 'sealed-identity',
  nextAt: async (r) => ((await nameMark(r)) ? r.now : undefined),
  sweep: hashOlderNames,
};
