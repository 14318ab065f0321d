// Which paper when and by whom: the whole table, each line beside what it must say.
import { describe, expect, test } from 'vitest';
import { STATES } from '#casework';
import { POST_KINDS } from '#posts';
import { carriesName, PAPER_KINDS, PAPERS, type PaperFacts, type PaperKind, partsOf, whyNoPaper } from './rules.ts';

const whole = (state: PaperFacts['state']): PaperFacts => ({
  state,
  fir: true,
  summons: 1,
  report: true,
  closure: true,
  entries: 1,
});

// written a second time, by hand: who may, and from which state on
const MAY: Record<PaperKind, string> = {
  acknowledgement: 'help-desk io sho',
  fir: 'help-desk io sho',
  notice: 'io sho',
  'progress-letter': 'io sho',
  'closure-notice': 'io sho',
  'final-form': 'io sho',
  abstract: 'help-desk io sho acp adcp-women dcp cp sp state national',
  diary: 'io sho acp adcp-women dcp cp sp state national',
};
const WHEN: Record<PaperKind, string> = {
  acknowledgement:
    'confirmed received signed investigating report-submitted report-approved forwarded closed refused transferred',
  fir: 'investigating report-submitted report-approved forwarded closed',
  notice: 'investigating report-submitted report-approved forwarded closed',
  'progress-letter': 'investigating report-submitted report-approved forwarded closed',
  'closure-notice': 'forwarded closed',
  'final-form': 'report-submitted report-approved forwarded closed',
  abstract:
    'confirmed received signed investigating report-submitted report-approved forwarded closed refused transferred',
  diary:
    'confirmed received signed investigating report-submitted report-approved forwarded closed refused transferred',
};

describe.each(PAPER_KINDS)('%s', (paper) => {
  test('in every state, by every kind of post', () => {
    for (const state of STATES)
      for (const kind of POST_KINDS) {
        const may = MAY[paper].split(' ').includes(kind);
        const when = WHEN[paper].split(' ').includes(state);
        const why = whyNoPaper(paper, whole(state), [kind]);
        expect(why, `${state} ${kind}`).toBe(may ? (when ? undefined : PAPERS[paper].early) : 'not-your-power');
      }
  });
});

test('a post that answers for a vacant one may what that one might', () => {
  expect(whyNoPaper('fir', whole('investigating'), ['acp'])).toBe('not-your-power');
  expect(whyNoPaper('fir', whole('investigating'), ['acp', 'sho'])).toBeUndefined();
});

test('what is not on record makes no paper, and each says what is missing', () => {
  const file = whole('report-submitted');
  expect(whyNoPaper('fir', { ...file, fir: false }, ['sho'])).toBe('needs-fir');
  expect(whyNoPaper('notice', { ...file, summons: 0 }, ['io'])).toBe('needs-summon');
  expect(whyNoPaper('final-form', { ...file, report: false }, ['io'])).toBe('needs-report');
  expect(whyNoPaper('diary', { ...file, entries: 0 }, ['io'])).toBe('needs-entry');
  expect(whyNoPaper('closure-notice', { ...file, state: 'closed', closure: false }, ['io'])).toBe('needs-closure');
  expect(
    whyNoPaper('abstract', { state: 'confirmed', fir: false, summons: 0, report: false, closure: false, entries: 0 }, [
      'io',
    ]),
  ).toBe(undefined);
});

test('her name stands on the FIR, the notice and the sealed part, and on nothing else', () => {
  const all = PAPER_KINDS.flatMap(partsOf);
  expect(all.filter(carriesName)).toEqual(['fir', 'notice', 'sealed-part']);
  expect(partsOf('final-form')).toEqual(['final-form', 'sealed-part']);
});
