// The open pages show every verified right somewhere, each with its section, and no other; their headings betray nobody.
import { expect, test } from 'vitest';
import { helplines, verifiedRights } from '#law';
import { type Lang, words } from '#words';
import { numbersSaid, otherRights, rightsSaid, SITUATIONS, type Situation, type Stage, STAGES } from './which.ts';

const LANGS: Lang[] = ['hi', 'en'];
const lists = [...Object.values(SITUATIONS).map(({ rights }) => rights), ...Object.values(STAGES)];

test('every right and every number that a page names is there and verified', () => {
  const verified = new Set(verifiedRights().map(({ id }) => id));
  expect(lists.flat().filter((id) => !verified.has(id))).toEqual([]);
  const numbers = new Set(helplines().map(({ number }) => number));
  expect(Object.values(SITUATIONS).flatMap((told) => told.numbers.filter((number) => !numbers.has(number)))).toEqual(
    [],
  );
});

test('what is not verified is left out, wherever it is named', () => {
  const rows = verifiedRights();
  const [first, second] = rows;
  expect(rightsSaid([first!.id, 'unknown', second!.id], 'hi', rows.slice(1)).map(({ id }) => id)).toEqual([second!.id]);
  expect(numbersSaid(['112', '000'], 'hi').map(({ number }) => number)).toEqual(['112']);
});

test('between the stages and the situations each verified right is shown, in each language, with its section', () => {
  for (const lang of LANGS) {
    const shown = [...lists.flatMap((ids) => rightsSaid(ids, lang)), ...otherRights(lang)];
    expect(new Set(shown.map(({ id }) => id))).toEqual(new Set(verifiedRights().map(({ id }) => id)));
    expect(shown.filter(({ law }) => !/\d/.test(law))).toEqual([]);
    for (const { text, scope } of shown) expect(`${text}${scope}`).not.toMatch(/undefined/);
  }
});

test('a right that a later table brings is shown below the stages until it has a place', () => {
  const [first] = verifiedRights();
  const later = { ...first!, id: 'later' };
  expect(otherRights('hi', [...verifiedRights(), later]).map(({ id }) => id)).toEqual(['later']);
});

test('each stage of an application has its place, and each situation its words', () => {
  expect(Object.keys(STAGES)).toEqual(Object.keys(words('hi').track.stages));
  for (const lang of LANGS) expect(Object.keys(SITUATIONS)).toEqual(Object.keys(words(lang).rights.situations));
  expect(Object.values(STAGES).every((ids: readonly string[]) => ids.length > 1)).toBe(true);
});

test('no heading of these pages names an offence', () => {
  const banned = /rape|sexual|assault|molest|बलात्कार|दुष्कर्म|यौन|छेड़छाड़|पीड़ित/i;
  for (const lang of LANGS) {
    const { situations, places, bySituation, byStage } = words(lang).rights;
    const headings = (Object.keys(situations) as Situation[]).flatMap((id) => [
      situations[id].title,
      situations[id].line,
    ]);
    const stages = (Object.keys(STAGES) as Stage[]).map((id) => words(lang).track.stages[id]);
    for (const heading of [...headings, ...stages, places.title, bySituation, byStage])
      expect(heading).not.toMatch(banned);
  }
});
