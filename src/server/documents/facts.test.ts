// Which sections are cited beside her name: those that say it themselves, in this case; and which rights stand on which paper.
import { expect, test } from 'vitest';
import { verifiedRights } from '#law';
import { protectedBy, rightsOn } from './facts.ts';

const cited = (...sections: string[]) =>
  sections.map((said) => {
    const [act = '', section = ''] = said.split(' ');
    return { act, section, in_catalogue: true };
  });

test.each([
  [['BNS 64(1)'], false, ['BNS 72']],
  [['BNS 69'], false, ['BNS 72']],
  [['BNS 78'], false, []],
  // the IPC's own section said it then; BNS 72 does not speak of it
  [['IPC 376'], false, []],
  [['POCSO 8'], true, ['POCSO 23(2), 24(5)']],
  [['BNS 65(1)', 'POCSO 6'], true, ['BNS 72', 'POCSO 23(2), 24(5)']],
  [[], false, []],
] as const)('%j, child %s: %j', (sections, child, says) => {
  expect(protectedBy({ sections: cited(...sections), child })).toEqual(says);
});

test('a paper for her shows only rights that are verified, and each that was meant for it', () => {
  expect(rightsOn('acknowledgement').map(({ id }) => id)).toEqual(['electronic', 'free_copy', 'lawyer']);
  expect(rightsOn('notice').map(({ id }) => id)).toEqual(['not_called', 'lawyer']);
  expect(rightsOn('progress-letter').map(({ id }) => id)).toEqual(['copies', 'lawyer', 'no_withdrawal', 'identity']);
  for (const paper of ['fir', 'final-form', 'sealed-part', 'abstract', 'diary'] as const)
    expect(rightsOn(paper)).toEqual([]);
  const verified = new Set(verifiedRights().map(({ id }) => id));
  for (const { id } of rightsOn('progress-letter')) expect(verified.has(id)).toBe(true);
});
