// The sections of the acts that are held as test data, and how their words are looked at.
import bns from './bns.json' with { type: 'json' };
import bnss from './bnss.json' with { type: 'json' };
import dpa from './dpa.json' with { type: 'json' };
import it from './it.json' with { type: 'json' };
import pocso from './pocso.json' with { type: 'json' };
import pwdva from './pwdva.json' with { type: 'json' };

/** The acts whose words are held, by their short code. */
export const HELD = { BNS: bns, BNSS: bnss, POCSO: pocso, IT: it, DPA: dpa, PWDVA: pwdva } as const;
export type HeldAct = keyof typeof HELD;

export const isHeld = (act: string): act is HeldAct => Object.hasOwn(HELD, act);

/**
 * The words of a section as they stand, without the marks of its footnotes.
 * @param section number with the letters of its name: "64", "66E"
 * @returns undefined if the act, or the copy of it, has no such section
 */
export function textOf(act: HeldAct, section: string): string | undefined {
  const found = HELD[act].sections.find((one) => one.section === section);
  return found?.text.replaceAll(/\^\d+/g, '');
}

/** One line of words: breaks, quotation marks and the markers of clauses at the head of a paragraph taken away. */
export const plain = (text: string): string =>
  text
    .replaceAll(/(^|\n)\s*\((?:\d+[A-Z]?|[a-z]{1,4})\)\s*/g, '$1')
    .replaceAll(/[“”]/g, '"')
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .trim();

/**
 * The one paragraph of a section that begins with given words.
 * @param begins the first words, a marker such as "(2)" included
 * @throws Error if there is none, or more than one
 */
export function paragraph(act: HeldAct, section: string, begins: string): string {
  const paragraphs = (textOf(act, section) ?? '').split(/\n\s*\n/).map((one) => one.replaceAll(/\s+/g, ' ').trim());
  const found = paragraphs.filter((one) => one.startsWith(begins));
  if (found.length !== 1 || !found[0])
    throw new Error(`${act} ${section}: ${found.length} paragraphs begin "${begins}"`);
  return found[0];
}

const NAMES: readonly (readonly [RegExp, HeldAct])[] = [
  [/^Bharatiya Nyaya Sanhita/, 'BNS'],
  [/^Bharatiya Nagarik Suraksha Sanhita/, 'BNSS'],
  [/^Protection of Children from Sexual Offences Act/, 'POCSO'],
];
const ITEM = String.raw`(?:sub-section \(\d+\) of )?(?:sections? )?\d+[A-Z]*`;
const ENUMERATION = new RegExp(
  String.raw`((?:sub-section \(\d+\) of )?sections? \d+[A-Z]*(?:(?:, or |, and |, | or | and | to )${ITEM})*)(?: of the ([A-Z][A-Za-z ]+?),? \d{4})?(?: \(\d+ of \d{4}\))?`,
  'g',
);

/**
 * Every section a sentence of an act names, "section 64, section 65" and "sections 4, 6, 8 or section 10" and "section 64 to
 * section 71" alike, by the act the sentence says it is of, else the act it stands in.
 * @returns the sections in order as "BNS 64" or "BNS 124(1)", and what is left of the sentence when they are taken out
 */
export function named(sentence: string, of_act: HeldAct): { sections: string[]; rest: string } {
  const sections: string[] = [];
  const rest = sentence.replaceAll(ENUMERATION, (_all, list: string, law: string | undefined) => {
    const act = law === undefined ? of_act : (NAMES.find(([name]) => name.test(law))?.[1] ?? law);
    sections.push(...numbersOf(list).map((number) => `${act} ${number}`));
    return '…';
  });
  return { sections, rest };
}

function numbersOf(list: string): string[] {
  const items = [...list.matchAll(/(?:(to) )?(?:sub-section \((\d+)\) of )?(?:sections? )?(\d+[A-Z]*)/g)];
  return items.flatMap(([, to, sub, number = ''], at) => {
    const before = Number(items[at - 1]?.[3]);
    if (!to) return [sub ? `${number}(${sub})` : number];
    return Array.from({ length: Number(number) - before }, (_, n) => String(before + n + 1));
  });
}
