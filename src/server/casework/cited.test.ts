// Real FIRs cite sections of acts that no catalogue of ours holds, beside those it does.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { read } from '#foundation';
import { onDesk } from '#casework';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { storyIn } from '../../../test/story.ts';
import { canonicalSections, faultOfSections, marked } from './cited.ts';

const cites = (...sections: [string, string][]) => sections.map(([act, section]) => ({ act, section }));

describe('sections beside the catalogue', () => {
  const known: [string, string] = ['BNS', '74'];
  test.each<[string, string]>([
    ['BNS', '352'],
    ['BNS', '3(5)'],
    ['BNS', '78(1)'],
    ['IPC', '504'],
    ['IT Act', '72A'],
    ['Dowry Prohibition Act', '5'],
    ['SC/ST Act', '3(1)(r)'],
    ['DV Act', '12'],
    ['ITPA', '8'],
    ['Arms Act', '25'],
    ['आर्म्स एक्ट', '२५'],
    ['7 CLA Act', '7'],
  ])('%s %s stands with one the catalogue knows, and alone it does not', (act, section) => {
    expect(faultOfSections(cites(known, [act, section]))).toBeUndefined();
    expect(faultOfSections(cites([act, section]))).toEqual({ code: 'unknown-section', about: 'sections.0.section' });
  });

  test('an act that nobody knows, a section that is none, a number beyond the act and a slip in a section with a limit are refused', () => {
    expect(faultOfSections(cites(known, ['XYZ', '1']))).toEqual({ code: 'unknown-act', about: 'sections.1.act' });
    expect(faultOfSections(cites(known, ['Arms Act', 'all of it']))).toEqual({
      code: 'section-shape',
      about: 'sections.1.section',
    });
    for (const [act, section] of cites(['BNS', '999'], ['BNS', '64(9)'], ['IPC', '376(7)']).map((c) => [
      c.act,
      c.section,
    ]))
      expect(faultOfSections(cites(known, [act ?? '', section ?? '']))?.code).toBe('unknown-section');
  });

  test('kept in one spelling and marked', () => {
    expect(
      marked(canonicalSections(cites(['बीएनएस', '७४'], ['आर्म्स एक्ट', '25 (1)'], ['arms act 1959', '25(1)']))),
    ).toEqual([
      { act: 'BNS', section: '74', in_catalogue: true },
      { act: 'Arms Act', section: '25(1)', in_catalogue: false },
    ]);
  });
});

describe('in a file', () => {
  let h: TestHouse;
  beforeAll(async () => {
    h = await testHouse({ at: '2026-01-05T10:00:00+05:30' });
  });
  afterAll(() => h.close());

  test('an FIR with such sections is registered; they stand in the file, marked, and change no clock', async () => {
    const story = storyIn(h);
    const registered = async (fir_number: string, more: { act: string; section: string }[]) => {
      const number = await story.confirmed();
      await story.step('suman', number, { step: 'receive' });
      const now = (await story.now()).toString();
      await story.step('suman', number, { step: 'sign', signed_at: now, place: 'home' });
      const fir = { step: 'register-fir', fir_number, year: 2026, recorded_at: now };
      return story.step('verma', number, { ...fir, sections: [{ act: 'BNS', section: '74' }, ...more] });
    };
    const plain = await registered('1', []);
    const more = await registered('2', cites(['BNS', '352'], ['Arms Act', '25']));
    expect(more.sections).toEqual([
      { act: 'BNS', section: '74', in_catalogue: true },
      { act: 'BNS', section: '352', in_catalogue: false },
      { act: 'Arms Act', section: '25', in_catalogue: false },
    ]);
    const clocks = (file: typeof plain) => file.clocks.map(({ rule, kind, basis }) => [rule, kind, basis]);
    expect(clocks(more)).toEqual(clocks(plain));
    expect(more.duties).toEqual(plain.duties);
    const rows = await read(await h.as('verma'), 'casework.desk', onDesk);
    expect(rows.find((row) => row.number === more.number)?.sections).toHaveLength(3);
  });
});
